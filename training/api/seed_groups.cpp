// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/api/seed_groups.h"

#include <algorithm>
#include <cmath>

namespace mocoscope::training {

namespace {

/// Configurations without their seeds: comparing copies that are made once is much cheaper than
/// copying at each comparison.
std::vector<std::optional<TrainingConfig>>
withoutSeeds(std::span<const TrainingConfig* const> configs)
{
    std::vector<std::optional<TrainingConfig>> all;
    for (const TrainingConfig* config : configs) {
        all.push_back(config != nullptr ? std::optional(*config) : std::nullopt);
        if (all.back()) {
            all.back()->train.seed = 0;
        }
    }
    return all;
}

bool hasSeed(const std::vector<std::size_t>& group, std::int64_t seed,
             std::span<const TrainingConfig* const> configs)
{
    return std::any_of(group.begin(), group.end(),
                       [&](std::size_t member) { return configs[member]->train.seed == seed; });
}

} // namespace

std::optional<Spread> spreadOf(std::span<const std::optional<double>> values)
{
    Spread spread;
    for (const auto& value : values) {
        if (value) {
            spread.mean += *value;
            ++spread.count;
        }
    }
    if (spread.count == 0) {
        return std::nullopt;
    }
    spread.mean /= static_cast<double>(spread.count);
    if (spread.count > 1) {
        double squares = 0;
        for (const auto& value : values) {
            squares += value ? (*value - spread.mean) * (*value - spread.mean) : 0;
        }
        spread.deviation = std::sqrt(squares / static_cast<double>(spread.count - 1));
    }
    return spread;
}

std::vector<std::vector<std::size_t>> groupBySeed(std::span<const TrainingConfig* const> configs)
{
    const auto settings = withoutSeeds(configs);
    std::vector<std::vector<std::size_t>> groups;
    for (std::size_t i = 0; i < configs.size(); ++i) {
        const auto joined = std::find_if(
            groups.begin(), groups.end(), [&](const std::vector<std::size_t>& group) {
                return settings[i] && settings[i] == settings[group.front()]
                    && !hasSeed(group, configs[i]->train.seed, configs);
            });
        if (joined == groups.end()) {
            groups.push_back({i});
        } else {
            joined->push_back(i);
        }
    }
    return groups;
}

} // namespace mocoscope::training
