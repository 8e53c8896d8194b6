// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/headless/text_table.h"

#include "app/headless/format.h"

#include <algorithm>
#include <utility>

namespace mocoscope::headless {

TextTable::TextTable(std::vector<Column> columns)
    : m_columns(std::move(columns))
{
    for (const Column& column : m_columns) {
        m_widths.push_back(displayWidth(column.title));
    }
}

void TextTable::addRow(const std::vector<std::string>& cells)
{
    std::vector<std::string> row(m_columns.size());
    for (std::size_t i = 0; i < std::min(cells.size(), row.size()); ++i) {
        row[i] = printable(cells[i]);
        m_widths[i] = std::max(m_widths[i], displayWidth(row[i]));
    }
    m_rows.push_back(std::move(row));
}

void TextTable::print(std::ostream& out, const std::string& indent) const
{
    std::vector<std::string> titles;
    for (const Column& column : m_columns) {
        titles.push_back(column.title);
    }
    printRow(out, indent, titles);
    for (const auto& row : m_rows) {
        printRow(out, indent, row);
    }
}

void TextTable::printRow(std::ostream& out, const std::string& indent,
                         const std::vector<std::string>& cells) const
{
    std::string line = indent;
    for (std::size_t i = 0; i < cells.size(); ++i) {
        const std::string padding(m_widths[i] - displayWidth(cells[i]), ' ');
        line += m_columns[i].align == Align::Right ? padding + cells[i] : cells[i] + padding;
        line += "  ";
    }
    line.erase(line.find_last_not_of(' ') + 1);
    out << line << '\n';
}

} // namespace mocoscope::headless
