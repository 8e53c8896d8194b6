// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/exchange/crc32c.h"

#include <array>

namespace mocoscope::storage {

namespace {

using Table = std::array<std::uint32_t, 256>;

constexpr Table makeTable()
{
    constexpr std::uint32_t polynomial = 0x82f63b78; // reflected
    Table table {};
    for (std::uint32_t byte = 0; byte < table.size(); ++byte) {
        std::uint32_t sum = byte;
        for (int bit = 0; bit < 8; ++bit) {
            sum = (sum >> 1U) ^ ((sum & 1U) != 0 ? polynomial : 0U);
        }
        table[byte] = sum;
    }
    return table;
}

constexpr Table table = makeTable();

} // namespace

std::uint32_t crc32c(std::string_view bytes)
{
    std::uint32_t sum = 0xffffffff;
    for (const char byte : bytes) {
        sum = table[(sum ^ static_cast<unsigned char>(byte)) & 0xffU] ^ (sum >> 8U);
    }
    return ~sum;
}

std::uint32_t maskedCrc32c(std::string_view bytes)
{
    const std::uint32_t sum = crc32c(bytes);
    return ((sum >> 15U) | (sum << 17U)) + 0xa282ead8U;
}

} // namespace mocoscope::storage
