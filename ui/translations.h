// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>

class QCoreApplication;

namespace mocoscope::ui {

/// The codes of the languages that the window speaks, such as "de": English, which the sources are
/// in, and those of resources/translations that were compiled in.
[[nodiscard]] QStringList languages();
/// The first of `wanted` ("de-AT", "en") that the window speaks; English where it speaks none.
[[nodiscard]] QString languageFor(const QStringList& wanted);
/// Has the window's texts, and Qt's own, said in `language`, one of `languages()`; the system's
/// where it is empty. Before the first window: what is shown already stays as it is. False: nothing
/// is translated, and all texts stay English.
bool installTranslation(QCoreApplication& application, const QString& language = {});

} // namespace mocoscope::ui
