// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <nlohmann/json.hpp>
#include <span>
#include <stdexcept>
#include <string>
#include <vector>

namespace mocoscope::testing {

/// Where the reference data is: $MOCOSCOPE_GOLDEN, else tests/golden of the source tree.
inline std::filesystem::path goldenFolder()
{
    if (const char* folder = std::getenv("MOCOSCOPE_GOLDEN")) {
        return folder;
    }
    const char* source = std::getenv("MOCOSCOPE_SOURCE_DIR");
    return std::filesystem::path(source != nullptr ? source : ".") / "tests" / "golden";
}

/// A tensor as it is stored, for tests that do without LibTorch.
struct StoredTensor
{
    std::string dtype;
    std::vector<std::int64_t> shape;
    std::vector<std::uint8_t> bytes;

    template <typename T> [[nodiscard]] std::vector<T> values() const
    {
        std::vector<T> result(bytes.size() / sizeof(T));
        std::memcpy(result.data(), bytes.data(), result.size() * sizeof(T));
        return result;
    }
};

/// Reads all tensors of a .safetensors file; throws when it cannot.
inline std::map<std::string, StoredTensor> readSafetensors(const std::filesystem::path& path)
{
    std::ifstream file(path, std::ios::binary);
    const std::vector<char> content {std::istreambuf_iterator<char>(file), {}};
    std::uint64_t headerBytes = 0;
    if (content.size() < sizeof headerBytes) {
        throw std::runtime_error("cannot read " + path.string());
    }
    std::memcpy(&headerBytes, content.data(), sizeof headerBytes);
    const auto header = nlohmann::json::parse(content.data() + sizeof headerBytes,
                                              content.data() + sizeof headerBytes + headerBytes);
    const auto data = std::span(content).subspan(sizeof headerBytes + headerBytes);
    std::map<std::string, StoredTensor> tensors;
    for (const auto& [name, entry] : header.items()) {
        if (name == "__metadata__") {
            continue;
        }
        const auto range = entry.at("data_offsets").get<std::vector<std::size_t>>();
        const auto bytes = data.subspan(range.at(0), range.at(1) - range.at(0));
        tensors[name] = {entry.at("dtype"), entry.at("shape"), {bytes.begin(), bytes.end()}};
    }
    return tensors;
}

} // namespace mocoscope::testing
