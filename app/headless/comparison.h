// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "storage/database.h"
#include "storage/run_record.h"
#include "training/api/training_config.h"

#include <optional>
#include <string>
#include <vector>

namespace mocoscope::headless {

/// What a comparison needs of a run; no curves.
struct ComparedRun
{
    storage::RunRecord run;
    training::TrainingConfig config;
    std::vector<storage::MetricSummary> metrics;

    /// Nullptr when the run has no values of it.
    [[nodiscard]] const storage::MetricSummary* find(const std::string& metric) const;
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

/// The runs in the order in which they were named.
[[nodiscard]] storage::Result<std::vector<ComparedRun>>
readRuns(storage::Database& database, const std::vector<std::string>& texts);
/// In the schema's order.
[[nodiscard]] std::vector<DifferingOption> differingOptions(const std::vector<ComparedRun>& runs);
/// Last values of every metric, and best ones where it is known what is better: the lowest loss,
/// the highest accuracy. Gradients of layers only with `allMetrics`.
[[nodiscard]] std::vector<Figure> figures(const std::vector<ComparedRun>& runs, bool allMetrics);

} // namespace mocoscope::headless
