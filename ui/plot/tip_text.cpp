// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plot/tip_text.h"

namespace mocoscope::ui {

QString wrappedTip(const QString& plain)
{
    if (plain.isEmpty()) {
        return {}; // no tip at all
    }
    return QStringLiteral("<qt>%1</qt>")
        .arg(plain.toHtmlEscaped().replace(QLatin1Char('\n'), QLatin1String("<br>")));
}

} // namespace mocoscope::ui
