// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/exchange/markdown_text.h"

#include "storage/exchange/html_text.h"

#include <md4c-html.h>
#include <regex>
#include <utility>

namespace mocoscope::storage {

namespace {

/// Two blanks before its end keep a line what it is: who writes notes does not fill paragraphs.
std::string withLinesKept(std::string_view text)
{
    std::string kept;
    for (const char letter : text) {
        kept += letter == '\n' ? "  \n" : std::string(1, letter);
    }
    return kept;
}

/// Links that lead to the web alone. Neither they nor headings stand in a text by itself, whose own
/// brackets and quotes are escaped.
void removeOtherLinks(std::string& html)
{
    for (const std::string_view begin : {" href=\"", " src=\""}) {
        for (std::size_t at = html.find(begin); at != std::string::npos;
             at = html.find(begin, at)) {
            const std::size_t link = at + begin.size();
            const std::size_t end = html.find('"', link);
            const std::string_view target = std::string_view(html).substr(link, end - link);
            if (target.starts_with("https://") || target.starts_with("http://")) {
                at = end;
            } else {
                html.erase(at, end + 1 - at);
            }
        }
    }
}

/// Headings below those of the page.
std::string fittedIn(std::string html)
{
    static const std::regex heading("<(/?)h[1-6]>");
    static const std::regex blanksOfCode("  \n"); // withLinesKept()'s: elsewhere they are <br>
    removeOtherLinks(html);
    return std::regex_replace(std::regex_replace(html, heading, "<$1h4>"), blanksOfCode, "\n");
}

void append(const MD_CHAR* part, MD_SIZE size, void* html)
{
    static_cast<std::string*>(html)->append(part, size);
}

} // namespace

std::string markdownToHtml(std::string_view text)
{
    constexpr unsigned dialect = MD_FLAG_NOHTML | MD_FLAG_TABLES | MD_FLAG_STRIKETHROUGH
        | MD_FLAG_TASKLISTS | MD_FLAG_PERMISSIVEURLAUTOLINKS;
    const std::string lines = withLinesKept(text);
    std::string html;
    const bool isRead
        = md_html(lines.data(), static_cast<MD_SIZE>(lines.size()), append, &html, dialect, 0) == 0;
    return isRead ? fittedIn(std::move(html))
                  : "<pre>" + escaped(text) + "</pre>\n"; // out of memory
}

} // namespace mocoscope::storage
