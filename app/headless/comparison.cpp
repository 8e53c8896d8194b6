// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/headless/comparison.h"

#include "app/headless/run_store.h"
#include "storage/curve_query.h"
#include "training/api/config_json.h"
#include "training/api/config_schema.h"

#include <algorithm>

namespace mocoscope::headless {

using storage::Database;
using storage::MetricSummary;
using storage::Result;
using storage::RunRecord;

namespace {

Result<ComparedRun> readRun(Database& database, const std::string& text)
{
    storage::RunRepository runs(database);
    return findRun(runs, text).and_then([&](const RunRecord& run) {
        return training::fromJson(run.configJson)
            .and_then([&](const training::TrainingConfig& config) {
                return storage::CurveQuery(database).summaries(run.id).map(
                    [&](const auto& metrics) {
                        return ComparedRun {run, config, metrics};
                    });
            });
    });
}

enum class Better : std::uint8_t
{
    Unknown,
    Lower,
    Higher
};

Better better(const std::string& metric)
{
    if (metric.ends_with("loss")) {
        return Better::Lower;
    }
    const bool isAccuracy
        = metric.find("top1") != std::string::npos || metric.find("top5") != std::string::npos;
    return isAccuracy ? Better::Higher : Better::Unknown;
}

std::optional<double> best(const MetricSummary* summary)
{
    if (summary == nullptr || better(summary->name) == Better::Unknown) {
        return std::nullopt;
    }
    return better(summary->name) == Better::Lower ? summary->minimum : summary->maximum;
}

std::vector<std::string> metricNames(const std::vector<ComparedRun>& runs, bool allMetrics)
{
    std::vector<std::string> names;
    for (const ComparedRun& run : runs) {
        for (const MetricSummary& metric : run.metrics) {
            const bool isNew = std::find(names.begin(), names.end(), metric.name) == names.end();
            if (isNew && (allMetrics || !metric.name.starts_with("grad/"))) {
                names.push_back(metric.name);
            }
        }
    }
    return names;
}

} // namespace

const MetricSummary* ComparedRun::find(const std::string& metric) const
{
    const auto found
        = std::find_if(metrics.begin(), metrics.end(),
                       [&](const MetricSummary& summary) { return summary.name == metric; });
    return found == metrics.end() ? nullptr : &*found;
}

std::optional<double> Figure::differenceToFirst(std::size_t run) const
{
    return values[0] && values[run] ? std::optional(*values[run] - *values[0]) : std::nullopt;
}

Result<std::vector<ComparedRun>> readRuns(Database& database, const std::vector<std::string>& texts)
{
    std::vector<ComparedRun> runs;
    for (const std::string& text : texts) {
        auto run = readRun(database, text);
        if (!run) {
            return tl::unexpected(run.error());
        }
        runs.push_back(std::move(*run));
    }
    return runs;
}

std::vector<DifferingOption> differingOptions(const std::vector<ComparedRun>& runs)
{
    std::vector<DifferingOption> options;
    for (const training::FieldDescription& field : training::configFields()) {
        DifferingOption option {field.key, {}};
        bool differs = false;
        for (const ComparedRun& run : runs) {
            option.values.push_back(training::toText(field.get(run.config)));
            differs = differs || option.values.back() != option.values.front();
        }
        if (differs) {
            options.push_back(std::move(option));
        }
    }
    return options;
}

std::vector<Figure> figures(const std::vector<ComparedRun>& runs, bool allMetrics)
{
    std::vector<Figure> all;
    for (const std::string& name : metricNames(runs, allMetrics)) {
        Figure last {name, "last", {}};
        Figure bests {name, "best", {}};
        for (const ComparedRun& run : runs) {
            const MetricSummary* summary = run.find(name);
            last.values.push_back(summary != nullptr ? summary->last : std::nullopt);
            bests.values.push_back(best(summary));
        }
        all.push_back(std::move(last));
        if (better(name) != Better::Unknown) {
            all.push_back(std::move(bests));
        }
    }
    return all;
}

} // namespace mocoscope::headless
