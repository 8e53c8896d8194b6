// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/exchange/markdown_text.h"

#include "storage/exchange/html_text.h"

#include <algorithm>
#include <cctype>
#include <sstream>
#include <utility>

namespace mocoscope::storage {

namespace {

constexpr auto nowhere = std::string_view::npos;

bool isBlank(char letter)
{
    return letter == ' ' || letter == '\t';
}

bool isWordLetter(char letter)
{
    return std::isalnum(static_cast<unsigned char>(letter)) != 0 || letter == '_';
}

/// What stands within a line.
class InlineText
{
public:
    explicit InlineText(std::string_view text)
        : m_text(text)
    {
    }

    std::string html()
    {
        while (m_at < m_text.size()) {
            const char letter = m_text[m_at];
            const bool isTaken = letter == '`'   ? takeCode()
                : letter == '*' || letter == '_' ? takeEmphasis()
                : letter == '['                  ? takeLink()
                : letter == '\\'                 ? takeEscape()
                                                 : false;
            if (!isTaken) {
                m_plain += letter;
                ++m_at;
            }
        }
        flush();
        return std::move(m_html);
    }

private:
    void flush()
    {
        m_html += escaped(m_plain);
        m_plain.clear();
    }
    void add(const std::string& html, std::size_t end)
    {
        flush();
        m_html += html;
        m_at = end;
    }
    bool takeCode()
    {
        const std::size_t end = m_text.find('`', m_at + 1);
        if (end == nowhere || end == m_at + 1) {
            return false;
        }
        add("<code>" + escaped(m_text.substr(m_at + 1, end - m_at - 1)) + "</code>", end + 1);
        return true;
    }
    /// An underscore within a word is a part of it: `knn_top1` is a name.
    [[nodiscard]] bool isWithinWord(std::size_t before, std::size_t after) const
    {
        return m_text[m_at] == '_'
            && ((before != nowhere && isWordLetter(m_text[before]))
                || (after < m_text.size() && isWordLetter(m_text[after])));
    }
    [[nodiscard]] std::size_t endOfEmphasis(std::string_view mark) const
    {
        for (std::size_t end = m_text.find(mark, m_at + mark.size() + 1); end != nowhere;
             end = m_text.find(mark, end + 1)) {
            const std::size_t after = end + mark.size();
            const bool isLonger = after < m_text.size() && m_text[after] == mark.front();
            if (!isBlank(m_text[end - 1]) && !isLonger && !isWithinWord(nowhere, after)) {
                return end;
            }
        }
        return nowhere;
    }
    bool takeEmphasis()
    {
        const bool isStrong = m_at + 1 < m_text.size() && m_text[m_at + 1] == m_text[m_at];
        const std::string_view mark = m_text.substr(m_at, isStrong ? 2 : 1);
        const std::size_t begin = m_at + mark.size();
        const std::size_t before = m_at == 0 ? nowhere : m_at - 1;
        if (begin >= m_text.size() || isBlank(m_text[begin]) || isWithinWord(before, nowhere)) {
            return false;
        }
        const std::size_t end = endOfEmphasis(mark);
        if (end == nowhere) {
            return false;
        }
        const std::string tag = isStrong ? "strong" : "em";
        add("<" + tag + ">" + InlineText(m_text.substr(begin, end - begin)).html() + "</" + tag
                + ">",
            end + mark.size());
        return true;
    }
    bool takeLink()
    {
        const std::size_t middle = m_text.find("](", m_at);
        const std::size_t end = middle == nowhere ? nowhere : m_text.find(')', middle);
        if (end == nowhere) {
            return false;
        }
        const std::string_view link = m_text.substr(middle + 2, end - middle - 2);
        if (!link.starts_with("https://") && !link.starts_with("http://")) {
            return false;
        }
        add("<a href=\"" + escaped(link) + "\">"
                + escaped(m_text.substr(m_at + 1, middle - m_at - 1)) + "</a>",
            end + 1);
        return true;
    }
    bool takeEscape()
    {
        if (m_at + 1 >= m_text.size()
            || std::ispunct(static_cast<unsigned char>(m_text[m_at + 1])) == 0) {
            return false;
        }
        m_plain += m_text[m_at + 1];
        m_at += 2;
        return true;
    }

    std::string_view m_text;
    std::size_t m_at = 0;
    std::string m_plain;
    std::string m_html;
};

/// Paragraphs, lists and code, a line after the other.
class Blocks
{
public:
    void add(std::string_view line)
    {
        const std::string_view text
            = line.substr(std::min(line.find_first_not_of(" \t"), line.size()));
        if (text.starts_with("```")) {
            open(m_open == "pre" ? "" : "pre");
        } else if (m_open == "pre") {
            m_html += escaped(line) + "\n";
        } else if (text.empty()) {
            open("");
        } else if (const auto heading = headingOf(text); !heading.empty()) {
            open("");
            m_html += "<h4>" + InlineText(heading).html() + "</h4>\n";
        } else if (const auto bullet = afterBullet(text); bullet != 0) {
            open("ul");
            m_html += "<li>" + InlineText(text.substr(bullet)).html() + "</li>\n";
        } else if (const auto number = afterNumber(text); number != 0) {
            open("ol");
            m_html += "<li>" + InlineText(text.substr(number)).html() + "</li>\n";
        } else {
            m_html += m_open == "p" ? "<br>\n" : "";
            open("p");
            m_html += InlineText(text).html();
        }
    }
    std::string html()
    {
        open("");
        return std::move(m_html);
    }

private:
    void open(const std::string& tag)
    {
        if (tag != m_open) {
            m_html += m_open.empty() ? "" : "</" + m_open + ">\n";
            m_html += tag.empty() ? "" : "<" + tag + ">";
            m_open = tag;
        }
    }
    static std::string_view headingOf(std::string_view text)
    {
        const std::size_t level = std::min(text.find_first_not_of('#'), text.size());
        return level >= 1 && level <= 6 && level + 1 < text.size() && isBlank(text[level])
            ? text.substr(level + 1)
            : std::string_view();
    }
    static std::size_t afterBullet(std::string_view text)
    {
        const bool isBullet = text.size() > 2 && isBlank(text[1])
            && (text[0] == '-' || text[0] == '*' || text[0] == '+');
        return isBullet ? 2 : 0;
    }
    static std::size_t afterNumber(std::string_view text)
    {
        const std::size_t digits = std::min(text.find_first_not_of("0123456789"), text.size());
        const bool isNumber = digits > 0 && digits < 4 && digits + 2 < text.size()
            && (text[digits] == '.' || text[digits] == ')') && isBlank(text[digits + 1]);
        return isNumber ? digits + 2 : 0;
    }

    std::string m_open; ///< the tag that is open; empty: none
    std::string m_html;
};

} // namespace

std::string markdownToHtml(std::string_view text)
{
    Blocks blocks;
    std::istringstream lines {std::string(text)};
    for (std::string line; std::getline(lines, line);) {
        if (line.ends_with('\r')) {
            line.pop_back();
        }
        blocks.add(line);
    }
    return blocks.html();
}

} // namespace mocoscope::storage
