// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/exchange/run_comparison.h"

#include "storage/curve_query.h"
#include "storage/metric_order.h"
#include "training/api/config_json.h"
#include "training/api/config_schema.h"
#include "training/api/study_reference.h"

#include <algorithm>

namespace mocoscope::storage {

namespace {

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
            if (isNew && (allMetrics || !isOfMany(metric.name))) {
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

Result<ComparedRun> readComparedRun(Database& database, const RunRecord& run)
{
    return CurveQuery(database).summaries(run.id).map([&](std::vector<MetricSummary> metrics) {
        const auto config = training::fromJson(run.configJson);
        return ComparedRun {run, config ? std::optional(*config) : std::nullopt,
                            std::move(metrics)};
    });
}

std::vector<DifferingOption> differingOptions(const std::vector<ComparedRun>& runs)
{
    std::vector<DifferingOption> options;
    for (const training::FieldDescription& field : training::configFields()) {
        DifferingOption option {field.key, {}};
        std::optional<std::string> known; // of the first run that has one
        bool differs = false;
        for (const ComparedRun& run : runs) {
            option.values.push_back(run.config ? training::toText(field.get(*run.config)) : "?");
            if (run.config) {
                differs = differs || (known && option.values.back() != *known);
                known = known ? known : option.values.back();
            }
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

bool isResult(const Figure& figure, const std::vector<Figure>& all)
{
    return std::any_of(all.begin(), all.end(), [&](const Figure& other) {
        return other.metric == figure.metric && other.which == "best";
    });
}

std::vector<SeedGroup> seedGroups(const std::vector<ComparedRun>& runs)
{
    std::vector<const training::TrainingConfig*> configs;
    for (const ComparedRun& run : runs) {
        const bool isFinished = run.run.state == training::RunState::Finished;
        configs.push_back(isFinished && run.config ? &*run.config : nullptr);
    }
    std::vector<SeedGroup> groups;
    for (const auto& members : training::groupBySeed(configs)) {
        if (configs[members.front()] != nullptr) {
            const RunRecord& first = runs[members.front()].run;
            const bool hasSetting = first.sweep && !first.sweep->setting.empty();
            groups.push_back({hasSetting ? first.sweep->setting : first.name, members});
        }
    }
    return groups;
}

std::optional<training::Spread> spreadOf(const Figure& figure, const SeedGroup& group)
{
    std::vector<std::optional<double>> values;
    for (const std::size_t run : group.runs) {
        values.push_back(figure.values[run]);
    }
    return training::spreadOf(values);
}

std::vector<StudyLine> studyLines(const std::vector<ComparedRun>& runs)
{
    std::vector<StudyLine> lines;
    for (std::size_t i = 0; i < runs.size(); ++i) {
        if (!runs[i].config) {
            continue;
        }
        for (const training::StudyValue& value :
             training::studyValues(runs[i].run.preset, *runs[i].config)) {
            auto line = std::find_if(lines.begin(), lines.end(), [&](const StudyLine& known) {
                return known.label == value.label;
            });
            if (line == lines.end()) {
                line = lines.insert(lines.end(), {value.label, value.unit, {}});
                line->values.resize(runs.size());
            }
            line->values[i] = value.value;
        }
    }
    return lines;
}

} // namespace mocoscope::storage
