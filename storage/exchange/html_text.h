// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace mocoscope::storage {

/// `text` as content or attribute of HTML and SVG. Texts come out of files that others may have
/// written: control characters, and bytes that are no UTF-8, become `?`.
[[nodiscard]] std::string escaped(std::string_view text);

/// A table; titles and cells are HTML.
struct HtmlTable
{
    std::vector<std::string> titles;
    std::vector<std::vector<std::string>> rows;
    std::size_t firstNumber = 1; ///< columns from here on hold numbers
};
[[nodiscard]] std::string toHtml(const HtmlTable& table);

} // namespace mocoscope::storage
