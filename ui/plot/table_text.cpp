// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plot/table_text.h"

#include <algorithm>

namespace mocoscope::ui {

QString csvField(const QString& text)
{
    static const QString special = QStringLiteral("\",\r\n");
    const bool plain
        = std::none_of(text.begin(), text.end(), [](QChar c) { return special.contains(c); });
    if (plain) {
        return text;
    }
    QString quoted = text;
    return QLatin1Char('"') + quoted.replace(QLatin1Char('"'), QLatin1String("\"\""))
        + QLatin1Char('"');
}

QString tableText(const std::vector<QStringList>& rows, QChar separator)
{
    QString text;
    for (QStringList row : rows) {
        for (QString& cell : row) {
            cell = separator == QLatin1Char(',')
                ? csvField(cell)
                : cell.replace(QLatin1Char('\t'), QLatin1Char(' '))
                      .replace(QLatin1Char('\n'), QLatin1Char(' '));
        }
        text += row.join(separator) + QLatin1String("\r\n");
    }
    return text;
}

QString markdownTable(std::vector<QStringList> rows, qsizetype firstNumber)
{
    QString text;
    for (QStringList& row : rows) {
        row.replaceInStrings(QStringLiteral("|"), QStringLiteral("\\|"));
        row.replaceInStrings(QStringLiteral("\n"), QStringLiteral(" "));
        const bool isHeader = text.isEmpty();
        text += QLatin1String("| ") + row.join(QLatin1String(" | ")) + QLatin1String(" |\n");
        for (qsizetype column = 0; isHeader && column < row.size(); ++column) {
            text += QLatin1String(column >= firstNumber ? "|---:" : "|---");
        }
        text += isHeader ? QStringLiteral("|\n") : QString();
    }
    return text;
}

} // namespace mocoscope::ui
