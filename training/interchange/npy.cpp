// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/interchange/npy.h"

#include "training/interchange/input_file.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <regex>

namespace mocoscope::training {

namespace {

constexpr std::string_view magic = "\x93NUMPY\x01";
constexpr std::size_t prefixBytes = 10; ///< magic, version, length of the header
constexpr std::size_t maxNumpyHeaderBytes = 1024;

struct NumpyType
{
    torch::ScalarType type;
    const char* name;
};
constexpr std::array<NumpyType, 5> numpyTypes {{{torch::kFloat32, "<f4"},
                                                {torch::kFloat64, "<f8"},
                                                {torch::kInt64, "<i8"},
                                                {torch::kInt32, "<i4"},
                                                {torch::kUInt8, "|u1"}}};

std::string headerOf(const torch::Tensor& tensor)
{
    const auto type = std::find_if(numpyTypes.begin(), numpyTypes.end(), [&](const NumpyType& t) {
        return t.type == tensor.scalar_type();
    });
    TORCH_CHECK(type != numpyTypes.end(), "no .npy of ", tensor.scalar_type());
    std::string shape;
    for (const std::int64_t side : tensor.sizes()) {
        shape += std::to_string(side) + ",";
    }
    std::string text = std::string("{'descr': '") + type->name
        + "', 'fortran_order': False, 'shape': (" + shape + "), }";
    // the data start at a multiple of 64
    text.resize((prefixBytes + text.size() + 1 + 63) / 64 * 64 - prefixBytes - 1, ' ');
    return text + "\n";
}

struct Layout
{
    torch::ScalarType type = torch::kFloat32;
    std::vector<std::int64_t> shape;
};

/// Empty when it is not what writeNpy() writes.
std::optional<Layout> parseNumpyHeader(const std::string& text)
{
    static const std::regex pattern(
        R"(\{'descr': '([^']{3})', 'fortran_order': False, 'shape': \(([0-9, ]*)\), ?\} *\n)");
    std::smatch parts;
    if (!std::regex_match(text, parts, pattern)) {
        return std::nullopt;
    }
    const auto type = std::find_if(numpyTypes.begin(), numpyTypes.end(),
                                   [&](const NumpyType& t) { return parts[1] == t.name; });
    if (type == numpyTypes.end()) {
        return std::nullopt;
    }
    Layout layout {type->type, {}};
    const std::string sides = parts[2];
    for (const char *at = sides.data(), *end = at + sides.size(); at != end;) {
        if (*at == ' ' || *at == ',') {
            ++at;
            continue;
        }
        std::int64_t side = 0;
        const auto parsed = std::from_chars(at, end, side);
        if (parsed.ec != std::errc {}) {
            return std::nullopt;
        }
        layout.shape.push_back(side);
        at = parsed.ptr;
    }
    return layout;
}

/// Whether the elements fill the rest of the file, no more and no less.
bool fills(const Layout& layout, std::uint64_t bytes)
{
    std::uint64_t wanted = c10::elementSize(layout.type);
    for (const std::int64_t side : layout.shape) {
        if (__builtin_mul_overflow(wanted, static_cast<std::uint64_t>(side), &wanted)) {
            return false;
        }
    }
    return wanted == bytes;
}

} // namespace

Result<WrittenFile> writeNpy(const std::filesystem::path& file, const torch::Tensor& tensor)
{
    const torch::Tensor plain = tensor.detach().to(torch::kCPU).contiguous();
    const std::string header = headerOf(plain);
    const std::array<char, 3> versionAndLength {'\0', static_cast<char>(header.size() & 0xffU),
                                                static_cast<char>(header.size() >> 8U)};
    WholeFileWriter out(file);
    out.write(magic.data(), magic.size());
    out.write(versionAndLength.data(), versionAndLength.size());
    out.write(header.data(), header.size());
    out.write(plain.data_ptr(), plain.nbytes());
    return out.finish();
}

Result<torch::Tensor> readNpy(const std::filesystem::path& file)
{
    Result<InputFile> input = InputFile::open(file);
    if (!input) {
        return tl::unexpected(input.error());
    }
    const auto prefix = input->bytes(0, prefixBytes);
    if (prefix.empty()
        || !std::equal(magic.begin(), magic.end(), prefix.begin(),
                       [](char a, auto b) { return static_cast<std::uint8_t>(a) == b; })) {
        return input->unreadable("it is no .npy of version 1");
    }
    const auto headerBytes = littleEndian<std::uint16_t>(&prefix[8]);
    const auto header
        = input->bytes(prefixBytes, std::min<std::uint64_t>(headerBytes, maxNumpyHeaderBytes));
    const auto layout = parseNumpyHeader({header.begin(), header.end()});
    const std::uint64_t offset = prefixBytes + headerBytes;
    if (!layout) {
        return input->unreadable("its header is damaged, or it is of a type that is not read");
    }
    if (!fills(*layout, input->size() - offset)) {
        return input->unreadable("its size does not fit its shape");
    }
    torch::Tensor tensor = torch::empty(layout->shape, layout->type);
    if (!input->read(offset, tensor.data_ptr(), tensor.nbytes())) {
        return input->unreadable("reading stopped before its end");
    }
    return tensor;
}

} // namespace mocoscope::training
