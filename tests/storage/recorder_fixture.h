// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "storage/curve_query.h"
#include "storage/metric_recorder.h"
#include "storage/run_repository.h"
#include "tests/support/temp_database.h"

#include <condition_variable>
#include <map>
#include <mutex>
#include <string>
#include <vector>

namespace mocoscope::testing {

/// What a recorder told, to be waited for. Any thread.
class RecorderLog
{
public:
    void addCommit(storage::RunId run)
    {
        const std::scoped_lock lock(m_mutex);
        ++m_commits[run];
        m_changed.notify_all();
    }
    void addFailure(const training::Error& error, std::size_t waiting)
    {
        const std::scoped_lock lock(m_mutex);
        m_failures.push_back(error);
        m_waiting.push_back(waiting);
        m_changed.notify_all();
    }
    /// Blocks until there were more than `count` commits; the test's time-out is the limit.
    void waitForCommits(storage::RunId run, int count = 0)
    {
        std::unique_lock lock(m_mutex);
        m_changed.wait(lock, [&] { return m_commits[run] > count; });
    }
    void waitForFailures(std::size_t count = 0)
    {
        std::unique_lock lock(m_mutex);
        m_changed.wait(lock, [&] { return m_failures.size() > count; });
    }
    [[nodiscard]] int commits(storage::RunId run)
    {
        const std::scoped_lock lock(m_mutex);
        return m_commits[run];
    }
    [[nodiscard]] std::vector<training::Error> failures()
    {
        const std::scoped_lock lock(m_mutex);
        return m_failures;
    }
    [[nodiscard]] std::vector<std::size_t> waiting()
    {
        const std::scoped_lock lock(m_mutex);
        return m_waiting;
    }

private:
    std::mutex m_mutex;
    std::condition_variable m_changed;
    std::map<storage::RunId, int> m_commits;
    std::vector<training::Error> m_failures;
    std::vector<std::size_t> m_waiting;
};

/// A recorder on a new file, and a second connection that reads.
struct RecorderFixture
{
    explicit RecorderFixture(storage::MetricRecorder::Options options = patient())
        : recorder(storage::MetricRecorder::start(
                       temp.file(), std::move(options),
                       [this](const auto& error, std::size_t n) { log.addFailure(error, n); },
                       [this](storage::RunId run) { log.addCommit(run); })
                       .value())
        , reader(temp.open(storage::Database::Access::ReadOnly))
    {
    }

    /// Flushes only when it has to.
    static storage::MetricRecorder::Options patient()
    {
        storage::MetricRecorder::Options options;
        options.flushInterval = std::chrono::hours(1);
        options.retryInterval = std::chrono::milliseconds(10);
        options.busyTimeout = std::chrono::milliseconds(1);
        return options;
    }
    [[nodiscard]] storage::RunId makeRun(const std::string& name = "run")
    {
        return recorder
            ->submit([name](storage::Database& database) {
                return storage::RunRepository(database).create({name, "", "{}", {}}).value().id;
            })
            .get();
    }
    [[nodiscard]] storage::RunRecord read(storage::RunId run)
    {
        return storage::RunRepository(reader).find(run).value();
    }
    [[nodiscard]] storage::Curve curve(storage::RunId run, const std::string& metric)
    {
        return storage::CurveQuery(reader).curve(run, metric).value();
    }

    TempDatabase temp;
    RecorderLog log;
    std::unique_ptr<storage::MetricRecorder> recorder;
    storage::Database reader;
};

/// The metrics of the test runs, in the order of their indices.
inline training::MetricsDeclared lossAndAccuracy()
{
    return {{{"train/loss", ""}, {"eval/knn_top1", "%"}}};
}

/// A loss of 1/(1 + step), a quarter of an epoch and half a second a step.
inline training::MetricBatch lossAt(std::int64_t step)
{
    const auto number = static_cast<double>(step);
    return {step, number / 4, 500 * step, {{0, 1 / (1 + number)}}};
}

using Steps = std::vector<std::int64_t>;

/// 0 … count − 1.
inline Steps stepsUpTo(std::int64_t count)
{
    Steps steps;
    for (std::int64_t step = 0; step < count; ++step)
        steps.push_back(step);
    return steps;
}

} // namespace mocoscope::testing
