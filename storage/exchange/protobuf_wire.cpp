// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/exchange/protobuf_wire.h"

#include <bit>

namespace mocoscope::storage {

std::uint64_t littleEndian(std::string_view bytes)
{
    std::uint64_t value = 0;
    for (std::size_t i = bytes.size(); i-- > 0;) {
        value = value << 8U | static_cast<unsigned char>(bytes[i]);
    }
    return value;
}

void appendLittleEndian(std::string& to, std::uint64_t value, int bytes)
{
    for (int i = 0; i < bytes; ++i, value >>= 8U) {
        to += static_cast<char>(value & 0xffU);
    }
}

void WireWriter::rawVarint(std::uint64_t value)
{
    for (; value >= 0x80U; value >>= 7U) {
        m_message += static_cast<char>((value & 0x7fU) | 0x80U);
    }
    m_message += static_cast<char>(value);
}

void WireWriter::tag(std::uint32_t field, std::uint32_t type)
{
    rawVarint(field << 3U | type);
}

void WireWriter::varint(std::uint32_t field, std::uint64_t value)
{
    tag(field, 0);
    rawVarint(value);
}

void WireWriter::real64(std::uint32_t field, double value)
{
    tag(field, 1);
    appendLittleEndian(m_message, std::bit_cast<std::uint64_t>(value), 8);
}

void WireWriter::real32(std::uint32_t field, float value)
{
    tag(field, 5);
    appendLittleEndian(m_message, std::bit_cast<std::uint32_t>(value), 4);
}

void WireWriter::bytes(std::uint32_t field, std::string_view value)
{
    tag(field, 2);
    rawVarint(value.size());
    m_message += value;
}

double WireField::asDouble() const
{
    return std::bit_cast<double>(bits);
}

float WireField::asFloat() const
{
    return std::bit_cast<float>(static_cast<std::uint32_t>(bits));
}

std::optional<std::uint64_t> WireReader::rawVarint()
{
    std::uint64_t value = 0;
    for (unsigned shift = 0; shift < 64 && !m_rest.empty(); shift += 7) {
        const auto byte = static_cast<unsigned char>(m_rest.front());
        m_rest.remove_prefix(1);
        value |= static_cast<std::uint64_t>(byte & 0x7fU) << shift;
        if ((byte & 0x80U) == 0) {
            return value;
        }
    }
    return std::nullopt;
}

std::optional<std::string_view> WireReader::take(std::uint64_t count)
{
    if (count > m_rest.size()) {
        return std::nullopt;
    }
    const std::string_view taken = m_rest.substr(0, count);
    m_rest.remove_prefix(count);
    return taken;
}

std::optional<WireField> WireReader::next()
{
    if (m_rest.empty() || m_isBroken) {
        return std::nullopt;
    }
    m_isBroken = true; // until the field is whole
    const auto tag = rawVarint();
    if (!tag || *tag >> 3U == 0 || *tag >> 3U > 0x1fffffffU) {
        return std::nullopt;
    }
    WireField field;
    field.number = static_cast<std::uint32_t>(*tag >> 3U);
    field.type = static_cast<WireField::Type>(*tag & 7U);
    std::optional<std::uint64_t> varint;
    std::optional<std::string_view> bytes;
    switch (field.type) {
    case WireField::Type::Varint:
        varint = rawVarint();
        break;
    case WireField::Type::Fixed64:
        bytes = take(8);
        break;
    case WireField::Type::Fixed32:
        bytes = take(4);
        break;
    case WireField::Type::Bytes:
        if (const auto size = rawVarint()) {
            bytes = take(*size);
        }
        break;
    }
    if (!varint && !bytes) {
        return std::nullopt;
    }
    m_isBroken = false;
    field.bytes = bytes.value_or(std::string_view());
    const bool isFixed
        = field.type == WireField::Type::Fixed64 || field.type == WireField::Type::Fixed32;
    field.bits = varint ? *varint : isFixed ? littleEndian(*bytes) : 0;
    return field;
}

} // namespace mocoscope::storage
