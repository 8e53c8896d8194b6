// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <ostream>
#include <string>
#include <vector>

namespace mocoscope::headless {

/// Columns of text, two spaces apart, as wide as their widest cell.
class TextTable
{
public:
    enum class Align : std::uint8_t
    {
        Left,
        Right
    };
    struct Column
    {
        std::string title;
        Align align = Align::Left;
    };

    explicit TextTable(std::vector<Column> columns);
    /// Missing cells are empty, control characters are replaced.
    void addRow(const std::vector<std::string>& cells);
    /// Every line starts with `indent` and has no trailing spaces.
    void print(std::ostream& out, const std::string& indent = {}) const;

private:
    void printRow(std::ostream& out, const std::string& indent,
                  const std::vector<std::string>& cells) const;
    std::vector<Column> m_columns;
    std::vector<std::size_t> m_widths;
    std::vector<std::vector<std::string>> m_rows;
};

} // namespace mocoscope::headless
