// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/exchange/tensorboard_events.h"

#include "storage/exchange/crc32c.h"
#include "storage/exchange/protobuf_wire.h"

#include <bit>
#include <fstream>
#include <optional>
#include <system_error>

namespace mocoscope::storage {

using training::ErrorCode;
using training::Result;
using Type = WireField::Type;

namespace {

// Numbers of the fields in the .proto files.
enum EventField : std::uint32_t
{
    EventWallTime = 1,
    EventStep = 2,
    EventFileVersion = 3,
    EventSummary = 5
};
enum ValueField : std::uint32_t
{
    SummaryValue = 1,
    ValueTag = 1,
    ValueSimple = 2,
    ValueTensor = 8,
    ValueMetadata = 9,
    MetadataPlugin = 1,
    PluginName = 1
};
enum TensorField : std::uint32_t
{
    TensorType = 1,
    TensorShape = 2,
    TensorContent = 4,
    TensorFloats = 5,
    TensorDoubles = 6,
    TensorTexts = 8,
    ShapeDimension = 2,
    DimensionSize = 1
};
enum DataType : std::uint64_t
{
    Float = 1,
    Double = 2,
    Text = 7
};

std::string encodeScalar(const TensorBoardScalar& scalar)
{
    WireWriter value;
    value.bytes(ValueTag, scalar.tag);
    value.real32(ValueSimple, static_cast<float>(scalar.value));
    return value.message();
}

/// As torch.utils.tensorboard writes it: a tensor of one text, marked as one for the Text page.
std::string encodeText(const TensorBoardText& text)
{
    WireWriter dimension;
    dimension.varint(DimensionSize, 1);
    WireWriter shape;
    shape.bytes(ShapeDimension, dimension.message());
    WireWriter tensor;
    tensor.varint(TensorType, DataType::Text);
    tensor.bytes(TensorShape, shape.message());
    tensor.bytes(TensorTexts, text.text);
    WireWriter plugin;
    plugin.bytes(PluginName, "text");
    WireWriter metadata;
    metadata.bytes(MetadataPlugin, plugin.message());
    WireWriter value;
    value.bytes(ValueTag, text.tag);
    value.bytes(ValueTensor, tensor.message());
    value.bytes(ValueMetadata, metadata.message());
    return value.message();
}

std::string encode(const TensorBoardEvent& event)
{
    WireWriter message;
    message.real64(EventWallTime, event.wallTime);
    if (event.step != 0) {
        message.varint(EventStep, static_cast<std::uint64_t>(event.step));
    }
    if (!event.fileVersion.empty()) {
        message.bytes(EventFileVersion, event.fileVersion);
        return message.message();
    }
    WireWriter summary;
    for (const TensorBoardScalar& scalar : event.scalars) {
        summary.bytes(SummaryValue, encodeScalar(scalar));
    }
    for (const TensorBoardText& text : event.texts) {
        summary.bytes(SummaryValue, encodeText(text));
    }
    message.bytes(EventSummary, summary.message());
    return message.message();
}

/// A tensor that may hold a single number or text.
struct DecodedTensor
{
    std::uint64_t type = 0;
    std::string_view content;
    std::vector<double> numbers;
    std::vector<std::string_view> texts;
};

/// Repeated numbers come packed into one field, or one by one from old writers.
void takeNumbers(const WireField& field, std::size_t width, std::vector<double>& numbers)
{
    const auto real = [width](std::uint64_t bits) {
        return width == 8 ? std::bit_cast<double>(bits)
                          : double {std::bit_cast<float>(static_cast<std::uint32_t>(bits))};
    };
    if (field.type != Type::Bytes) {
        if (field.type == (width == 8 ? Type::Fixed64 : Type::Fixed32)) {
            numbers.push_back(real(field.bits));
        }
        return;
    }
    for (std::size_t i = 0; i + width <= field.bytes.size(); i += width) {
        numbers.push_back(real(littleEndian(field.bytes.substr(i, width))));
    }
}

DecodedTensor decodeTensor(std::string_view message)
{
    DecodedTensor tensor;
    WireReader reader(message);
    while (const auto field = reader.next()) {
        if (field->number == TensorType) {
            tensor.type = field->bits;
        } else if (field->number == TensorContent) {
            tensor.content = field->bytes;
        } else if (field->number == TensorFloats) {
            takeNumbers(*field, 4, tensor.numbers);
        } else if (field->number == TensorDoubles) {
            takeNumbers(*field, 8, tensor.numbers);
        } else if (field->number == TensorTexts) {
            tensor.texts.push_back(field->bytes);
        }
    }
    return tensor;
}

/// The one number of a tensor; empty where it holds several, or none.
std::optional<double> numberOf(DecodedTensor tensor)
{
    const std::size_t width = tensor.type == Float ? 4 : tensor.type == Double ? 8 : 0;
    if (width == 0) {
        return std::nullopt;
    }
    if (tensor.content.size() == width && tensor.numbers.empty()) {
        WireField content;
        content.type = Type::Bytes;
        content.bytes = tensor.content;
        takeNumbers(content, width, tensor.numbers);
    }
    return tensor.numbers.size() == 1 ? std::optional(tensor.numbers.front()) : std::nullopt;
}

void decodeValue(std::string_view message, TensorBoardEvent& event)
{
    std::string tag;
    std::optional<double> simple;
    std::optional<DecodedTensor> tensor;
    WireReader reader(message);
    while (const auto field = reader.next()) {
        if (field->number == ValueTag && field->type == Type::Bytes) {
            tag = field->bytes;
        } else if (field->number == ValueSimple && field->type == Type::Fixed32) {
            simple = field->asFloat();
        } else if (field->number == ValueTensor && field->type == Type::Bytes) {
            tensor = decodeTensor(field->bytes);
        }
    }
    if (tensor && !simple) {
        simple = numberOf(*tensor);
    }
    if (simple) {
        event.scalars.push_back({std::move(tag), *simple});
    } else if (tensor && tensor->type == Text && tensor->texts.size() == 1) {
        event.texts.push_back({std::move(tag), std::string(tensor->texts.front())});
    }
}

/// Empty: no event.
std::optional<TensorBoardEvent> decode(std::string_view message)
{
    TensorBoardEvent event;
    WireReader reader(message);
    while (const auto field = reader.next()) {
        if (field->number == EventWallTime && field->type == Type::Fixed64) {
            event.wallTime = field->asDouble();
        } else if (field->number == EventStep && field->type == Type::Varint) {
            event.step = static_cast<std::int64_t>(field->bits);
        } else if (field->number == EventFileVersion && field->type == Type::Bytes) {
            event.fileVersion = field->bytes;
        } else if (field->number == EventSummary && field->type == Type::Bytes) {
            WireReader summary(field->bytes);
            while (const auto value = summary.next()) {
                if (value->number == SummaryValue && value->type == Type::Bytes) {
                    decodeValue(value->bytes, event);
                }
            }
        }
    }
    return reader.isBroken() ? std::nullopt : std::optional(std::move(event));
}

constexpr std::size_t headSize = 12; // length and its checksum
constexpr std::size_t tailSize = 4; // checksum of the event

tl::unexpected<training::Error> damaged(const std::filesystem::path& file, std::uint64_t offset)
{
    return training::failure(
        ErrorCode::Unreadable, "'" + file.string() + "' is no whole event file of TensorBoard",
        "The record at byte " + std::to_string(offset) + " does not agree with its checksum.");
}

bool agrees(std::string_view bytes, std::string_view checksum)
{
    return maskedCrc32c(bytes) == littleEndian(checksum);
}

} // namespace

void writeEvent(std::ostream& out, const TensorBoardEvent& event)
{
    const std::string message = encode(event);
    std::string head;
    appendLittleEndian(head, message.size(), 8);
    appendLittleEndian(head, maskedCrc32c(head), 4);
    std::string tail;
    appendLittleEndian(tail, maskedCrc32c(message), 4);
    out << head << message << tail;
}

Result<void> readEvents(const std::filesystem::path& file,
                        const std::function<void(const TensorBoardEvent&)>& take)
{
    std::error_code error;
    const std::uint64_t size = std::filesystem::file_size(file, error);
    std::ifstream in(file, std::ios::binary);
    if (error || !in) {
        return training::failure(ErrorCode::Unreadable, "'" + file.string() + "' cannot be read",
                                 error ? error.message() : "Check its rights.");
    }
    std::string record(headSize, '\0');
    for (std::uint64_t offset = 0; offset + headSize + tailSize <= size;) {
        record.resize(headSize);
        if (!in.read(record.data(), headSize)) {
            break;
        }
        const std::string_view head = record;
        if (!agrees(head.substr(0, 8), head.substr(8))) {
            return damaged(file, offset);
        }
        const std::uint64_t length = littleEndian(head.substr(0, 8));
        if (length > size - offset - headSize - tailSize) {
            break; // cut off
        }
        record.resize(length + tailSize);
        if (!in.read(record.data(), static_cast<std::streamsize>(record.size()))) {
            break;
        }
        const std::string_view body = record;
        const auto event = decode(body.substr(0, length));
        if (!agrees(body.substr(0, length), body.substr(length)) || !event) {
            return damaged(file, offset);
        }
        take(*event);
        offset += headSize + length + tailSize;
    }
    return {};
}

} // namespace mocoscope::storage
