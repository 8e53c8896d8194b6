// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/uuid.h"

#include <array>
#include <cstdio>
#include <random>

namespace mocoscope::storage {

std::string makeUuid()
{
    std::random_device entropy;
    std::array<unsigned, 4> words {};
    for (unsigned& word : words)
        word = entropy();
    words[1] = (words[1] & 0xffff0fffU) | 0x00004000U; // version 4
    words[2] = (words[2] & 0x3fffffffU) | 0x80000000U; // variant of RFC 4122
    std::array<char, 37> text {};
    std::snprintf(text.data(), text.size(), "%08x-%04x-%04x-%04x-%04x%08x", words[0],
                  words[1] >> 16, words[1] & 0xffffU, words[2] >> 16, words[2] & 0xffffU, words[3]);
    return text.data();
}

} // namespace mocoscope::storage
