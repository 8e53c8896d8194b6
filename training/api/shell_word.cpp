// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/api/shell_word.h"

#include <algorithm>
#include <cctype>
#include <cstring>

namespace mocoscope::training {

std::string shellWord(std::string_view text)
{
    const bool isPlain
        = !text.empty() && std::all_of(text.begin(), text.end(), [](unsigned char letter) {
              return letter != 0
                  && (std::isalnum(letter) != 0 || std::strchr("/._-+:@%", letter) != nullptr);
          });
    if (isPlain) {
        return std::string(text);
    }
    std::string quoted = "'";
    for (const char letter : text) {
        quoted += letter == '\'' ? "'\\''" : std::string(1, letter);
    }
    return quoted + "'";
}

} // namespace mocoscope::training
