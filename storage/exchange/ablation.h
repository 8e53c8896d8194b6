// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "storage/run_record.h"
#include "training/api/seed_groups.h"
#include "training/api/study_reference.h"
#include "training/api/training_config.h"

#include <cstddef>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace mocoscope::storage {

/// A run and the one figure of it that an ablation is about. What is pointed to outlives the call.
struct AblatedRun
{
    const RunRecord* run = nullptr;
    const training::TrainingConfig* config = nullptr; ///< nullptr: not known
    std::optional<double> value;
};

/// Whether what is learnt can depend on an option. Not on the seed, whose spread is told apart, and
/// not on threads, devices, checkpoints and what is watched.
[[nodiscard]] bool isFactor(std::string_view key);

/// An option that is not as in the baseline; both values as in a file.
struct ChangedOption
{
    std::string key;
    std::string baseline;
    std::string value;
    bool operator==(const ChangedOption&) const = default;
};

/// A setting: runs that are equal but for the seed, and what came of them.
struct AblationRow
{
    std::vector<std::size_t> runs; ///< indices; the first one stands for all
    std::vector<ChangedOption> changes; ///< in the schema's order
    std::optional<training::Spread> value;
    std::optional<double> difference; ///< of the means, to the baseline's
    /// Standard deviation of that difference, see Ablation. Empty where one of both has one seed.
    std::optional<double> differenceDeviation;
    bool isPaired = false; ///< that deviation is over pairs of runs with the same seed
    std::vector<std::optional<training::StudyValue>> published; ///< one a label of the ablation

    /// What the study reports of this setting less what it reports of the baseline; empty unless
    /// both are in the same table of it.
    [[nodiscard]] std::optional<double> publishedDifference(const AblationRow& baseline,
                                                            std::size_t label) const;
};

/// What the difference of two means is uncertain by.
struct DifferenceSpread
{
    std::optional<double> deviation; ///< empty where one of both is of one seed
    bool isPaired = false; ///< over pairs of runs with the same seed
};
using ValuesBySeed = std::map<std::int64_t, double>;
/// As Ablation tells it.
[[nodiscard]] DifferenceSpread spreadOfDifference(const ValuesBySeed& ours,
                                                  const ValuesBySeed& theirs);

/// What changing one option of a baseline did.
///
/// Deviations are of the sample. Of a difference: where both settings have the same two or more
/// seeds it is that of the differences from seed to seed, so that what the seed does to both alike
/// is no part of it; else the root of the sum of both variances.
struct Ablation
{
    AblationRow baseline;
    std::vector<AblationRow> single; ///< one option changed; in the schema's order, then by value
    std::vector<AblationRow> several; ///< more than one, the fewest first
    std::vector<AblationRow> repeated; ///< the baseline's options with seeds that it has already
    std::vector<std::size_t> leftOut; ///< not finished, or their options are not known
    std::vector<std::string> labels; ///< of published values
};

/// `baseline`: a run whose setting is the baseline; empty, or one that is left out: the setting
/// that most others differ from in one option, of several such the one with the most runs, then
/// the first. Empty when no run is finished with options that are known.
[[nodiscard]] std::optional<Ablation> ablate(std::span<const AblatedRun> runs,
                                             std::optional<std::size_t> baseline);

/// `optimizer.lr=0.5, train.batch_size=512`; of an empty list nothing.
[[nodiscard]] std::string changesText(const std::vector<ChangedOption>& changes);

} // namespace mocoscope::storage
