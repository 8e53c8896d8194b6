// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/headless/format.h"

#include <algorithm>
#include <sstream>
#include <utility>

namespace mocoscope::headless {

namespace {

/// Bytes of UTF-8 that go on with a code point begin with the bits 10.
bool continuesCodePoint(char byte)
{
    return (static_cast<unsigned char>(byte) & 0xC0U) == 0x80U;
}

} // namespace

std::string printable(std::string_view text)
{
    std::string result;
    for (const char character : text) {
        const auto byte = static_cast<unsigned char>(character);
        result += byte < 0x20 || byte == 0x7F ? '?' : character;
    }
    return result;
}

std::size_t displayWidth(std::string_view text)
{
    std::size_t width = 0;
    for (const char character : text) {
        width += continuesCodePoint(character) ? 0 : 1;
    }
    return width;
}

std::string_view cutToWidth(std::string_view text, std::size_t columns)
{
    std::size_t width = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (!continuesCodePoint(text[i]) && ++width > columns) {
            return text.substr(0, i);
        }
    }
    return text;
}

std::string wrapped(std::string_view text, const std::string& indent, int columns)
{
    std::string result;
    std::string line = indent;
    std::istringstream words {std::string(text)};
    for (std::string word; words >> word;) {
        const bool isFull = line.size() > indent.size()
            && displayWidth(line) + 1 + displayWidth(word) > static_cast<std::size_t>(columns);
        if (isFull) {
            result += std::exchange(line, indent) + "\n";
        }
        line += (line.size() > indent.size() ? " " : "") + word;
    }
    return result + line + "\n";
}

} // namespace mocoscope::headless
