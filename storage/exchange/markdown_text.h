// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

namespace mocoscope::storage {

/// Notes in Markdown as HTML: headings, lists, code, bold, italic and links to the web; a line of
/// its own stays one. What else is there, HTML too, is shown as it was typed.
[[nodiscard]] std::string markdownToHtml(std::string_view text);

} // namespace mocoscope::storage
