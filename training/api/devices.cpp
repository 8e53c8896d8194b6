// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/api/devices.h"

#include <algorithm>
#include <charconv>
#include <optional>

namespace mocoscope::training {

namespace {

constexpr int mostReplicas = 256;

/// 0 … 999, digits alone.
std::optional<int> parseIndex(std::string_view text)
{
    int index = -1;
    const auto end = text.data() + text.size();
    const auto parsed = std::from_chars(text.data(), end, index);
    const bool isNumber
        = parsed.ec == std::errc {} && parsed.ptr == end && index >= 0 && index < 1000;
    return isNumber ? std::optional(index) : std::nullopt;
}

std::vector<std::string> cudaDevices(std::string_view indices)
{
    std::vector<std::string> names;
    while (true) {
        const std::size_t comma = std::min(indices.find(','), indices.size());
        const std::optional<int> index = parseIndex(indices.substr(0, comma));
        if (!index) {
            return {};
        }
        names.push_back("cuda:" + std::to_string(*index));
        if (comma == indices.size()) {
            return names;
        }
        indices.remove_prefix(comma + 1);
    }
}

} // namespace

std::vector<std::string> deviceNames(std::string_view text)
{
    if (text == "auto" || text == "cpu") {
        return {std::string(text)};
    }
    if (text.starts_with("cuda:")) {
        return cudaDevices(text.substr(5));
    }
    const std::optional<int> replicas
        = text.starts_with("cpu:") ? parseIndex(text.substr(4)) : std::nullopt;
    const bool isCount = replicas && *replicas > 0 && *replicas <= mostReplicas;
    return isCount ? std::vector<std::string>(static_cast<std::size_t>(*replicas), "cpu")
                   : std::vector<std::string> {};
}

std::int64_t replicaCount(const TrainingConfig& config)
{
    const auto names = deviceNames(config.train.device);
    return std::max<std::int64_t>(static_cast<std::int64_t>(names.size()), 1);
}

std::vector<Violation> shareViolations(const TrainingConfig& config, std::int64_t processes,
                                       const std::string& owner)
{
    const std::int64_t batch = config.train.batchSize;
    const std::string all = std::to_string(processes) + " " + owner;
    if (batch % processes != 0) {
        return {{"train.batch_size", std::to_string(batch), "expected a multiple of the " + all}};
    }
    const std::int64_t share = batch / processes;
    const std::int64_t microBatch = config.train.microBatch;
    if (microBatch > 0 && (microBatch > share || share % microBatch != 0)) {
        return {{"train.micro_batch", std::to_string(microBatch),
                 "expected a divisor of the share of each of the " + all + ", "
                     + std::to_string(share)}};
    }
    return {};
}

} // namespace mocoscope::training
