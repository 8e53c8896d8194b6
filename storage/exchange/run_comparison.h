// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "storage/database.h"
#include "storage/run_record.h"
#include "training/api/seed_groups.h"
#include "training/api/training_config.h"

#include <optional>
#include <string>
#include <vector>

namespace mocoscope::storage {

/// What a comparison needs of a run; no curves.
struct ComparedRun
{
    RunRecord run;
    std::optional<training::TrainingConfig> config; ///< empty: not known, as of imported runs
    std::vector<MetricSummary> metrics;

    /// Nullptr when the run has no values of it.
    [[nodiscard]] const MetricSummary* find(const std::string& metric) const;
};

/// One line of the figures: a metric's last or best value in each run.
struct Figure
{
    std::string metric;
    std::string which; ///< `last` or `best`
    std::vector<std::optional<double>> values;

    [[nodiscard]] std::optional<double> differenceToFirst(std::size_t run) const;
};

/// One line of the options: what differs between any two runs.
struct DifferingOption
{
    std::string key;
    std::vector<std::string> values;
};

/// Finished runs that differ in nothing but the seed.
struct SeedGroup
{
    std::string title; ///< the setting in its sweep, else the name of its first run
    std::vector<std::size_t> runs; ///< indices into the compared runs
};

/// What the study reports beside runs that correspond to one of its settings.
struct StudyLine
{
    std::string label;
    std::string unit;
    std::vector<std::optional<double>> values; ///< one a run
};

[[nodiscard]] Result<ComparedRun> readComparedRun(Database& database, const RunRecord& run);
/// In the schema's order; `?` where the options of a run are not known.
[[nodiscard]] std::vector<DifferingOption> differingOptions(const std::vector<ComparedRun>& runs);
/// Last values of every metric, and best ones where it is known what is better: the lowest loss,
/// the highest accuracy. Gradients of layers and the load of the machine only with `allMetrics`.
[[nodiscard]] std::vector<Figure> figures(const std::vector<ComparedRun>& runs, bool allMetrics);
/// Loss and accuracy, of which it is known what is better, and which differ from run to run.
[[nodiscard]] bool isResult(const Figure& figure, const std::vector<Figure>& all);
/// In the order of their first runs. Runs that are not finished are left out: their last values
/// are those of another step.
[[nodiscard]] std::vector<SeedGroup> seedGroups(const std::vector<ComparedRun>& runs);
[[nodiscard]] std::optional<training::Spread> spreadOf(const Figure& figure,
                                                       const SeedGroup& group);
[[nodiscard]] std::vector<StudyLine> studyLines(const std::vector<ComparedRun>& runs);

} // namespace mocoscope::storage
