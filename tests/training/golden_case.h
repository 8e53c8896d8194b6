// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "training/interchange/safetensors.h"

#include <torch/torch.h>

#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace mocoscope::training {

/// One case of golden data: its description and its tensors.
struct GoldenCase
{
    std::string name;
    nlohmann::json description;
    std::map<std::string, torch::Tensor> tensors;

    [[nodiscard]] const nlohmann::json& hyper() const { return description.at("hyperparameters"); }
    [[nodiscard]] const torch::Tensor& at(const std::string& key) const { return tensors.at(key); }
};

inline std::filesystem::path goldenFolder()
{
    const char* folder = std::getenv("MOCOSCOPE_GOLDEN");
    if (folder != nullptr && *folder != '\0') {
        return folder;
    }
    const char* source = std::getenv("MOCOSCOPE_SOURCE_DIR");
    return std::filesystem::path(source == nullptr ? "." : source) / "tests" / "golden";
}

inline GoldenCase readGolden(const std::string& name)
{
    std::ifstream text(goldenFolder() / (name + ".json"));
    GoldenCase golden {name, nlohmann::json::parse(text), {}};
    auto file = readSafetensors(goldenFolder() / (name + ".safetensors"));
    if (!file) {
        throw std::runtime_error(toText(file.error()));
    }
    golden.tensors = std::move(file->tensors);
    return golden;
}

/// Names of the cases that start with `prefix`, sorted.
inline std::vector<std::string> goldenCases(const std::string& prefix)
{
    std::vector<std::string> names;
    for (const auto& entry : std::filesystem::directory_iterator(goldenFolder())) {
        const std::string stem = entry.path().stem().string();
        if (stem.starts_with(prefix) && entry.path().extension() == ".json") {
            names.push_back(stem);
        }
    }
    std::sort(names.begin(), names.end());
    return names;
}

inline double largestDifference(const torch::Tensor& a, const torch::Tensor& b)
{
    return (a.to(torch::kFloat64) - b.to(torch::kFloat64)).abs().max().item<double>();
}

} // namespace mocoscope::training
