// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace mocoscope::storage {

// The wire format of protocol buffers, as much of it as TensorBoard's events use.
// Source: https://protobuf.dev/programming-guides/encoding

/// Appends fields to a message.
class WireWriter
{
public:
    void varint(std::uint32_t field, std::uint64_t value);
    void real64(std::uint32_t field, double value);
    void real32(std::uint32_t field, float value);
    /// Texts, bytes and messages within the message.
    void bytes(std::uint32_t field, std::string_view value);
    [[nodiscard]] const std::string& message() const { return m_message; }

private:
    void tag(std::uint32_t field, std::uint32_t type);
    void rawVarint(std::uint64_t value);
    std::string m_message;
};

/// A field as it was found; one of the values is set, by `type`.
struct WireField
{
    enum class Type : std::uint8_t
    {
        Varint = 0,
        Fixed64 = 1,
        Bytes = 2,
        Fixed32 = 5
    };
    std::uint32_t number = 0;
    Type type = Type::Varint;
    std::uint64_t bits = 0; ///< of all but Bytes
    std::string_view bytes; ///< into the message that is read

    [[nodiscard]] double asDouble() const; ///< of Fixed64
    [[nodiscard]] float asFloat() const; ///< of Fixed32
};

/// Goes through the fields of a message. What does not follow the format ends it, and isBroken().
class WireReader
{
public:
    explicit WireReader(std::string_view message)
        : m_rest(message)
    {
    }
    /// Empty at the end.
    [[nodiscard]] std::optional<WireField> next();
    [[nodiscard]] bool isBroken() const { return m_isBroken; }

private:
    [[nodiscard]] std::optional<std::uint64_t> rawVarint();
    [[nodiscard]] std::optional<std::string_view> take(std::uint64_t count);
    std::string_view m_rest;
    bool m_isBroken = false;
};

/// Least significant byte first, as in files of TensorFlow and protocol buffers.
[[nodiscard]] std::uint64_t littleEndian(std::string_view bytes);
void appendLittleEndian(std::string& to, std::uint64_t value, int bytes);

} // namespace mocoscope::storage
