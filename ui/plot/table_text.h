// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringList>

#include <vector>

namespace mocoscope::ui {

/// Quoted where RFC 4180 wants it.
[[nodiscard]] QString csvField(const QString& text);
/// Rows of a table, the first one its header: as CSV where `separator` is a comma; text with tabs
/// knows no quotes, so what would break a cell becomes a blank.
[[nodiscard]] QString tableText(const std::vector<QStringList>& rows, QChar separator);
/// The same as a table in Markdown; numbers, from column `firstNumber` on, stand to the right.
[[nodiscard]] QString markdownTable(std::vector<QStringList> rows, qsizetype firstNumber);

} // namespace mocoscope::ui
