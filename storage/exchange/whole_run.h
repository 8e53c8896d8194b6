// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "storage/database.h"
#include "storage/run_record.h"

#include <optional>
#include <vector>

namespace mocoscope::storage {

/// A run with every value that was recorded.
struct WholeRun
{
    RunRecord run;
    std::vector<MetricSummary> metrics;
    std::vector<Curve> curves; ///< one a metric, in the same order
    StepTimes times;
    std::vector<EventRecord> events;
    std::vector<CheckpointRecord> checkpoints;
};

[[nodiscard]] Result<WholeRun> readWholeRun(Database& database, const RunRecord& run);
[[nodiscard]] Result<std::vector<WholeRun>> readWholeRuns(Database& database,
                                                          const std::vector<RunRecord>& runs);

/// Goes through the steps that have a value of any curve, with the values of each.
class StepRows
{
public:
    struct Row
    {
        std::int64_t step = 0;
        /// Of the step itself; empty where only a value was recorded.
        std::optional<double> epoch;
        std::optional<double> seconds;
        std::vector<std::optional<double>> values; ///< one a metric; NaN where it was not finite
    };
    /// `run` must outlive it.
    explicit StepRows(const WholeRun& run);
    /// Ascending steps; nullptr at the end. Valid until the next call.
    [[nodiscard]] const Row* next();

private:
    [[nodiscard]] std::optional<std::int64_t> nextStep() const;
    void takeTime();

    const WholeRun& m_run;
    std::vector<std::size_t> m_next; ///< of each curve: index of its next value
    std::size_t m_nextTime = 0;
    Row m_row;
};

} // namespace mocoscope::storage
