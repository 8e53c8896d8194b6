// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/exchange/whole_run.h"

#include "storage/curve_query.h"
#include "storage/run_repository.h"

#include <algorithm>
#include <optional>
#include <utility>

namespace mocoscope::storage {

namespace {

/// Stores the value of `result` or keeps the first error.
template <typename Value> bool take(Result<Value> result, Value& value, std::optional<Error>& error)
{
    if (result) {
        value = std::move(*result);
    } else if (!error) {
        error = std::move(result.error());
    }
    return !error;
}

} // namespace

Result<WholeRun> readWholeRun(Database& database, const RunRecord& run)
{
    RunRepository runs(database);
    CurveQuery query(database);
    WholeRun whole;
    whole.run = run;
    std::optional<Error> error;
    take(query.summaries(run.id), whole.metrics, error);
    take(query.stepTimes(run.id), whole.times, error);
    take(runs.events(run.id), whole.events, error);
    take(runs.checkpoints(run.id), whole.checkpoints, error);
    for (const MetricSummary& metric : whole.metrics) {
        whole.curves.emplace_back();
        if (!take(query.curve(run.id, metric.name), whole.curves.back(), error)) {
            break;
        }
    }
    return error ? Result<WholeRun>(tl::unexpected(*error)) : whole;
}

Result<std::vector<WholeRun>> readWholeRuns(Database& database, const std::vector<RunRecord>& runs)
{
    std::vector<WholeRun> all;
    for (const RunRecord& run : runs) {
        auto whole = readWholeRun(database, run);
        if (!whole) {
            return tl::unexpected(whole.error());
        }
        all.push_back(std::move(*whole));
    }
    return all;
}

StepRows::StepRows(const WholeRun& run)
    : m_run(run)
    , m_next(run.curves.size(), 0)
{
}

std::optional<std::int64_t> StepRows::nextStep() const
{
    std::optional<std::int64_t> smallest;
    for (std::size_t i = 0; i < m_next.size(); ++i) {
        const auto& steps = m_run.curves[i].steps;
        if (m_next[i] < steps.size() && (!smallest || steps[m_next[i]] < *smallest)) {
            smallest = steps[m_next[i]];
        }
    }
    return smallest;
}

void StepRows::takeTime()
{
    const StepTimes& times = m_run.times;
    while (m_nextTime < times.steps.size() && times.steps[m_nextTime] < m_row.step) {
        ++m_nextTime;
    }
    const bool isKnown = m_nextTime < times.steps.size() && times.steps[m_nextTime] == m_row.step;
    m_row.epoch = isKnown ? std::optional(times.epochs[m_nextTime]) : std::nullopt;
    m_row.seconds = isKnown ? std::optional(times.seconds[m_nextTime]) : std::nullopt;
}

const StepRows::Row* StepRows::next()
{
    const auto step = nextStep();
    if (!step) {
        return nullptr;
    }
    m_row.step = *step;
    m_row.values.assign(m_next.size(), std::nullopt);
    for (std::size_t i = 0; i < m_next.size(); ++i) {
        const Curve& curve = m_run.curves[i];
        if (m_next[i] < curve.steps.size() && curve.steps[m_next[i]] == *step) {
            m_row.values[i] = curve.values[m_next[i]++];
        }
    }
    takeTime();
    return &m_row;
}

} // namespace mocoscope::storage
