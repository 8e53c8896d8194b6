// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/interchange/safetensors.h"

#include <algorithm>
#include <array>
#include <fstream>
#include <limits>
#include <nlohmann/json.hpp>
#include <set>

namespace mocoscope::training {

namespace {

using Json = nlohmann::ordered_json;
using NamedTensors = std::vector<std::pair<std::string, torch::Tensor>>;

constexpr std::uint64_t maxHeaderBytes = 100U << 20U; // the format's own limit

struct TypeName
{
    torch::ScalarType type;
    const char* name;
};
constexpr std::array<TypeName, 10> typeNames {{{torch::kFloat64, "F64"},
                                               {torch::kFloat32, "F32"},
                                               {torch::kFloat16, "F16"},
                                               {torch::kBFloat16, "BF16"},
                                               {torch::kInt64, "I64"},
                                               {torch::kInt32, "I32"},
                                               {torch::kInt16, "I16"},
                                               {torch::kInt8, "I8"},
                                               {torch::kUInt8, "U8"},
                                               {torch::kBool, "BOOL"}}};

const TypeName* findType(const std::string& name)
{
    const auto found = std::find_if(typeNames.begin(), typeNames.end(),
                                    [&](const TypeName& t) { return name == t.name; });
    return found == typeNames.end() ? nullptr : &*found;
}

std::string typeText(torch::ScalarType type)
{
    const auto found = std::find_if(typeNames.begin(), typeNames.end(),
                                    [&](const TypeName& t) { return type == t.type; });
    return found == typeNames.end() ? std::string {} : found->name;
}

tl::unexpected<Error> unreadable(const std::filesystem::path& file, std::string reason)
{
    return failure(ErrorCode::Unreadable, "cannot read " + file.string(), std::move(reason));
}

/// A tensor's entry in the header, checked against the size of the data part.
struct Entry
{
    std::string name;
    torch::ScalarType type = torch::kFloat32;
    std::vector<std::int64_t> shape;
    std::uint64_t begin = 0;
    std::uint64_t end = 0;
};

/// Bytes of a tensor of this shape; empty on overflow.
std::optional<std::uint64_t> byteCount(const std::vector<std::int64_t>& shape,
                                       std::uint64_t itemSize)
{
    std::uint64_t bytes = itemSize;
    for (const std::int64_t side : shape) {
        if (__builtin_mul_overflow(bytes, static_cast<std::uint64_t>(side), &bytes)) {
            return std::nullopt;
        }
    }
    return bytes;
}

/// Whole numbers alone: others would be converted, where they fit or not.
std::optional<std::vector<std::int64_t>> wholeNumbers(const Json& node)
{
    constexpr auto most = static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max());
    if (!node.is_array()) {
        return std::nullopt;
    }
    std::vector<std::int64_t> numbers;
    for (const Json& number : node) {
        if (!number.is_number_unsigned() || number.get<std::uint64_t>() > most) {
            return std::nullopt;
        }
        numbers.push_back(number.get<std::int64_t>());
    }
    return numbers;
}

Result<Entry> readEntry(const std::string& name, const Json& node)
{
    const auto bad = [&](const std::string& why) {
        return failure(ErrorCode::Unreadable, "tensor '" + name + "'", why);
    };
    const TypeName* type = findType(node.at("dtype").get<std::string>());
    if (type == nullptr) {
        return bad("unknown type " + node.at("dtype").dump());
    }
    const auto shape = wholeNumbers(node.at("shape"));
    const auto offsets = wholeNumbers(node.at("data_offsets"));
    if (!shape || !offsets || offsets->size() != 2) {
        return bad("its shape or its place is not of whole numbers");
    }
    Entry entry {name, type->type, *shape, static_cast<std::uint64_t>(offsets->front()),
                 static_cast<std::uint64_t>(offsets->back())};
    const auto bytes = byteCount(entry.shape, c10::elementSize(entry.type));
    if (!bytes || entry.begin > entry.end || entry.end - entry.begin != *bytes) {
        return bad("its shape does not fit its place in the file");
    }
    return entry;
}

struct Header
{
    std::vector<Entry> entries;
    std::map<std::string, std::string> metadata;
};

/// A name that comes twice would let two programs see two different files.
Result<Json> parseHeader(const std::string& text)
{
    std::set<std::string> names;
    std::string twice;
    const auto watch = [&](int depth, Json::parse_event_t event, Json& parsed) {
        if (depth == 1 && event == Json::parse_event_t::key
            && !names.insert(parsed.get<std::string>()).second) {
            twice = parsed.get<std::string>();
        }
        return true;
    };
    Json root = Json::parse(text, watch);
    if (!twice.empty()) {
        return failure(ErrorCode::Unreadable, "tensor '" + twice + "'", "its name comes twice");
    }
    return root;
}

/// May throw Json exceptions, which the caller words.
Result<Header> readHeader(const std::string& text, std::uint64_t dataBytes)
{
    const Result<Json> parsed = parseHeader(text);
    if (!parsed) {
        return tl::unexpected(parsed.error());
    }
    const Json& root = *parsed;
    Header header;
    for (const auto& [name, node] : root.items()) {
        if (name == "__metadata__") {
            header.metadata = node.get<std::map<std::string, std::string>>();
            continue;
        }
        Result<Entry> entry = readEntry(name, node);
        if (!entry) {
            return tl::unexpected(entry.error());
        }
        header.entries.push_back(std::move(*entry));
    }
    std::sort(header.entries.begin(), header.entries.end(), [](const Entry& a, const Entry& b) {
        return std::pair(a.begin, a.end) < std::pair(b.begin, b.end);
    });
    std::uint64_t at = 0;
    for (const Entry& entry : header.entries) {
        if (entry.begin != at) {
            return failure(ErrorCode::Unreadable, "tensor '" + entry.name + "'",
                           "its data overlap another tensor's or leave a gap");
        }
        at = entry.end;
    }
    if (at != dataBytes) {
        return failure(ErrorCode::Unreadable, "the data part",
                       "has " + std::to_string(dataBytes) + " bytes, the header describes "
                           + std::to_string(at) + "; the file is cut off or damaged");
    }
    return header;
}

Result<TensorFile> readTensors(std::ifstream& stream, const std::filesystem::path& file,
                               std::uint64_t fileBytes, const WantedTensors& isWanted)
{
    std::uint64_t headerBytes = 0;
    stream.read(reinterpret_cast<char*>(&headerBytes),
                sizeof headerBytes); // little-endian, as we are
    if (!stream || headerBytes > maxHeaderBytes || headerBytes + 8 > fileBytes) {
        return unreadable(file, "it is not a safetensors file, or it is cut off");
    }
    std::string text(headerBytes, '\0');
    stream.read(text.data(), static_cast<std::streamsize>(headerBytes));
    const Result<Header> header = readHeader(text, fileBytes - headerBytes - 8);
    if (!header) {
        return unreadable(file, toText(header.error()));
    }
    TensorFile result;
    result.metadata = header->metadata;
    for (const Entry& entry : header->entries) {
        if (isWanted && !isWanted(entry.name)) {
            continue;
        }
        stream.seekg(static_cast<std::streamoff>(8 + headerBytes + entry.begin));
        torch::Tensor tensor = torch::empty(entry.shape, entry.type);
        stream.read(static_cast<char*>(tensor.data_ptr()),
                    static_cast<std::streamsize>(entry.end - entry.begin));
        result.tensors.emplace(entry.name, std::move(tensor));
    }
    if (!stream) {
        return unreadable(file, "reading stopped before its end");
    }
    return result;
}

std::string headerText(const NamedTensors& tensors,
                       const std::map<std::string, std::string>& metadata)
{
    Json root = Json::object();
    if (!metadata.empty()) {
        root["__metadata__"] = metadata;
    }
    std::uint64_t at = 0;
    for (const auto& [name, tensor] : tensors) {
        const auto bytes = static_cast<std::uint64_t>(tensor.nbytes());
        root[name] = {{"dtype", typeText(tensor.scalar_type())},
                      {"shape", tensor.sizes().vec()},
                      {"data_offsets", {at, at + bytes}}};
        at += bytes;
    }
    std::string text = root.dump();
    text.resize((text.size() + 7) / 8 * 8, ' '); // data start at a multiple of 8
    return text;
}

} // namespace

Result<TensorFile> readSafetensors(const std::filesystem::path& file, const WantedTensors& isWanted)
{
    std::error_code error;
    const std::uint64_t fileBytes = std::filesystem::file_size(file, error);
    if (error) {
        return failure(ErrorCode::NotFound, "cannot open " + file.string(), error.message());
    }
    std::ifstream stream(file, std::ios::binary);
    try {
        return readTensors(stream, file, fileBytes, isWanted);
    } catch (const Json::exception& exception) {
        return unreadable(file, std::string("its header is damaged: ") + exception.what());
    } catch (const std::bad_alloc&) {
        return failure(ErrorCode::OutOfMemory, "not enough memory to read " + file.string());
    } catch (const c10::Error& exception) {
        return unreadable(file, exception.what_without_backtrace());
    }
}

Result<WrittenFile> writeSafetensors(const std::filesystem::path& file, const NamedTensors& tensors,
                                     const std::map<std::string, std::string>& metadata)
{
    WholeFileWriter out(file);
    const std::string header = headerText(tensors, metadata);
    const auto headerBytes = static_cast<std::uint64_t>(header.size());
    out.write(&headerBytes, sizeof headerBytes);
    out.write(header.data(), header.size());
    for (const auto& [name, tensor] : tensors) {
        const torch::Tensor plain = tensor.detach().to(torch::kCPU).contiguous();
        out.write(plain.data_ptr(), plain.nbytes());
    }
    return out.finish();
}

} // namespace mocoscope::training
