// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "training/api/result.h"
#include "training/api/training_config.h"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace mocoscope::training {

/// An option and its value as text, as `--set` takes it.
struct OptionSetting
{
    std::string key; ///< `optimizer.lr`
    std::string value; ///< `0.00015`
    bool operator==(const OptionSetting&) const = default;
};

/// An option and the values that it takes in turn.
struct SweepAxis
{
    std::string key;
    std::vector<std::string> values;
    bool operator==(const SweepAxis&) const = default;
};

/// Options that change together.
struct SweepVariant
{
    std::string label; ///< empty: made from the options
    std::vector<OptionSetting> settings;
    bool operator==(const SweepVariant&) const = default;
};

/// Which runs to make: each start × each point of the grid × each variant × each seed. Read from a
/// file as docs/command-line.md describes it, or put together by the window.
struct SweepPlan
{
    std::string name; ///< `lr-and-momentum`
    std::string title; ///< for people; may be empty
    std::string summary; ///< may be empty
    std::vector<std::string> presets; ///< where runs start; empty: from `config`
    TrainingConfig config;
    std::vector<OptionSetting> set; ///< changes for all runs
    std::vector<SweepAxis> grid;
    std::vector<SweepVariant> list;
    std::vector<std::int64_t> seeds; ///< never empty
    bool operator==(const SweepPlan&) const = default;
};

/// One run of a sweep.
struct SweepMember
{
    std::string name; ///< of the run: what sets it apart, `lr=1e-4, seed 1`
    std::string preset; ///< may be empty
    std::string setting; ///< the name without the seed: what runs of a group share
    TrainingConfig config;
};

/// More runs than this in one sweep are taken for a mistake.
inline constexpr std::size_t largestSweep = 1000;

/// Everything that is wrong with the file is listed in the error's detail, one a line; options are
/// looked at by expandSweep().
[[nodiscard]] Result<SweepPlan> parseSweep(std::string_view json);
/// What parseSweep() reads; the same text for the same plan.
[[nodiscard]] std::string toJson(const SweepPlan& plan);

/// The runs in the order in which they are trained: one seed of all settings, then the next seed,
/// so that a sweep that is stopped early has compared them all. All violations of all members are
/// listed in the error's detail, each once, with the runs that it concerns.
[[nodiscard]] Result<std::vector<SweepMember>> expandSweep(const SweepPlan& plan);

/// One for each row of the study, at the scale of a laptop; made from resources/sweeps/*.json.
[[nodiscard]] std::span<const SweepPlan> builtInSweeps();
/// Nullptr when there is none of that name.
[[nodiscard]] const SweepPlan* findBuiltInSweep(std::string_view name);

} // namespace mocoscope::training
