// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

namespace mocoscope::storage {

/// Notes in Markdown (CommonMark, with tables, lists of tasks and addresses as links) as HTML; a
/// line of its own stays one. HTML in it is shown as it was typed; links lead to the web alone.
[[nodiscard]] std::string markdownToHtml(std::string_view text);

} // namespace mocoscope::storage
