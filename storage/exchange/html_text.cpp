// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/exchange/html_text.h"

namespace mocoscope::storage {

namespace {

/// Bytes of the code point that `text` begins with; 0 where it is no UTF-8.
std::size_t codePointSize(std::string_view text)
{
    const auto first = static_cast<unsigned char>(text.front());
    const std::size_t size = first < 0x80 ? 1
        : first >= 0xC2 && first < 0xE0   ? 2
        : first >= 0xE0 && first < 0xF0   ? 3
        : first >= 0xF0 && first < 0xF5   ? 4
                                          : 0;
    if (size > text.size()) {
        return 0;
    }
    for (std::size_t i = 1; i < size; ++i) {
        if ((static_cast<unsigned char>(text[i]) & 0xC0U) != 0x80U) {
            return 0;
        }
    }
    return size;
}

std::string_view entity(char letter)
{
    switch (letter) {
    case '&':
        return "&amp;";
    case '<':
        return "&lt;";
    case '>':
        return "&gt;";
    case '"':
        return "&quot;";
    case '\'':
        return "&#39;";
    default:
        return {};
    }
}

std::string row(const std::vector<std::string>& cells, const char* tag, std::size_t firstNumber)
{
    std::string html = "<tr>";
    for (std::size_t i = 0; i < cells.size(); ++i) {
        html += std::string("<") + tag + (i >= firstNumber ? " class=\"n\">" : ">") + cells[i]
            + "</" + tag + ">";
    }
    return html + "</tr>\n";
}

} // namespace

std::string escaped(std::string_view text)
{
    std::string html;
    while (!text.empty()) {
        const std::size_t size = codePointSize(text);
        const char first = text.front();
        const bool isControl
            = (static_cast<unsigned char>(first) < 0x20 && first != '\n' && first != '\t')
            || first == 0x7F;
        if (size == 0 || isControl) {
            html += '?';
        } else if (const auto replacement = entity(first); !replacement.empty()) {
            html += replacement;
        } else {
            html += text.substr(0, size);
        }
        text.remove_prefix(size == 0 ? 1 : size);
    }
    return html;
}

std::string toHtml(const HtmlTable& table)
{
    std::string html = "<div class=\"table\"><table>\n<thead>"
        + row(table.titles, "th", table.firstNumber) + "</thead>\n<tbody>\n";
    for (const auto& cells : table.rows) {
        html += row(cells, "td", table.firstNumber);
    }
    return html + "</tbody></table></div>\n";
}

} // namespace mocoscope::storage
