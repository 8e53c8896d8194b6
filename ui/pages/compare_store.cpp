// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/compare_store.h"

#include <algorithm>

namespace mocoscope::ui {

CompareStore::CompareStore(RunLibrary& library, QObject* parent)
    : QObject(parent)
    , m_library(library)
{
}

void CompareStore::setRuns(std::vector<OverlaidRun> runs)
{
    m_runs = std::move(runs);
    readMissing();
    Q_EMIT changed();
}

void CompareStore::want(const QObject* view, std::set<std::string> metrics)
{
    auto& wanted = m_wanted[view];
    if (wanted != metrics) {
        wanted = std::move(metrics);
        readMissing();
    }
}

void CompareStore::readMissing()
{
    std::set<storage::RunId> runs;
    std::set<std::string> metrics;
    for (const OverlaidRun& run : m_runs) {
        const Stored& stored = m_stored[run.record.id];
        const bool hasGrown = run.record.lastStep > stored.lastStep;
        for (const auto& [view, wanted] : m_wanted) {
            for (const std::string& metric : wanted) {
                if (hasGrown || !stored.curves.contains(metric)) {
                    runs.insert(run.record.id);
                    metrics.insert(metric);
                }
            }
        }
    }
    if (runs.empty()) {
        return;
    }
    // One request replaces the one before: it asks for all that is still missing.
    m_library.readCurves(this, {runs.begin(), runs.end()}, {metrics.begin(), metrics.end()},
                         [this](const training::Result<std::vector<RunCurves>>& answer) {
                             if (!answer) {
                                 return; // told by RunLibrary::failed()
                             }
                             for (const RunCurves& read : *answer) {
                                 store(read);
                             }
                             Q_EMIT curvesRead(*answer);
                             Q_EMIT changed();
                         });
}

void CompareStore::store(const RunCurves& read)
{
    Stored& stored = m_stored[read.run.id];
    if (read.run.lastStep > stored.lastStep) {
        stored.curves.clear(); // those of metrics that nobody wants now are too short
    }
    stored.lastStep = read.run.lastStep;
    auto timeline = std::make_shared<Timeline>();
    for (std::size_t i = 0; i < read.times.steps.size(); ++i) {
        timeline->append(read.times.steps[i], read.times.epochs[i], read.times.seconds[i]);
    }
    stored.timeline = std::move(timeline);
    for (const storage::Curve& curve : read.curves) {
        auto values = std::make_shared<CurveData>();
        for (std::size_t i = 0; i < curve.steps.size(); ++i) {
            values->append(curve.steps[i], curve.values[i]);
        }
        stored.curves[curve.metric] = std::move(values);
    }
    for (const storage::MetricSummary& summary : read.summaries) {
        if (std::ranges::find(m_metrics, summary.name) == m_metrics.end()) {
            m_metrics.push_back(summary.name);
        }
    }
}

std::shared_ptr<const CurveData> CompareStore::curve(std::size_t run,
                                                     const std::string& metric) const
{
    const auto stored = m_stored.find(m_runs[run].record.id);
    if (stored == m_stored.end()) {
        return nullptr;
    }
    const auto found = stored->second.curves.find(metric);
    return found == stored->second.curves.end() ? nullptr : found->second;
}

std::shared_ptr<const Timeline> CompareStore::timeline(std::size_t run) const
{
    const auto stored = m_stored.find(m_runs[run].record.id);
    return stored == m_stored.end() ? std::make_shared<Timeline>() : stored->second.timeline;
}

} // namespace mocoscope::ui
