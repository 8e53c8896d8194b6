// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/headless/commands.h"
#include "app/headless/format.h"
#include "app/headless/record_json.h"
#include "app/headless/run_store.h"
#include "app/headless/text_table.h"
#include "storage/curve_query.h"
#include "training/api/config_json.h"
#include "training/api/config_schema.h"

#include <algorithm>

namespace mocoscope::headless {

namespace {

using Align = TextTable::Align;
using Json = nlohmann::ordered_json;
using storage::Database;
using storage::MetricSummary;
using storage::Result;
using storage::RunRecord;

struct ComparedRun
{
    RunRecord run;
    training::TrainingConfig config;
    std::vector<MetricSummary> metrics;

    [[nodiscard]] const MetricSummary* find(const std::string& name) const
    {
        for (const MetricSummary& metric : metrics) {
            if (metric.name == name) {
                return &metric;
            }
        }
        return nullptr;
    }
};

/// One line of the figures: a metric's last or best value in each run.
struct Figure
{
    std::string metric;
    std::string which; ///< `last` or `best`
    std::vector<std::optional<double>> values;

    [[nodiscard]] std::optional<double> differenceToFirst(std::size_t run) const
    {
        return values[0] && values[run] ? std::optional(*values[run] - *values[0]) : std::nullopt;
    }
};

/// One line of the options: what differs between any two runs.
struct DifferingOption
{
    std::string key;
    std::vector<std::string> values;
};

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
    const bool isAccuracy = metric.ends_with("_top1") || metric.ends_with("_top5");
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

std::string title(const ComparedRun& run)
{
    return std::to_string(run.run.id.value) + " " + printable(run.run.name);
}

void printOptions(const std::vector<ComparedRun>& runs, std::ostream& out)
{
    const auto options = differingOptions(runs);
    if (options.empty()) {
        out << "all options are equal\n";
        return;
    }
    std::vector<TextTable::Column> columns {{"option"}};
    for (const ComparedRun& run : runs) {
        columns.push_back({title(run), Align::Right});
    }
    TextTable table(columns);
    for (const DifferingOption& option : options) {
        std::vector<std::string> cells {option.key};
        cells.insert(cells.end(), option.values.begin(), option.values.end());
        table.addRow(cells);
    }
    table.print(out);
}

void printFigures(const std::vector<ComparedRun>& runs, const std::vector<Figure>& all,
                  std::ostream& out)
{
    std::vector<TextTable::Column> columns {{"metric"}, {""}, {title(runs[0]), Align::Right}};
    for (std::size_t i = 1; i < runs.size(); ++i) {
        columns.push_back({title(runs[i]), Align::Right});
        columns.push_back({"difference", Align::Right});
    }
    TextTable table(columns);
    for (const Figure& figure : all) {
        std::vector<std::string> cells {figure.metric, figure.which,
                                        formatNumber(figure.values[0])};
        for (std::size_t i = 1; i < runs.size(); ++i) {
            cells.push_back(formatNumber(figure.values[i]));
            cells.push_back(formatDifference(figure.differenceToFirst(i)));
        }
        table.addRow(cells);
    }
    out << '\n';
    table.print(out);
}

Json optional(std::optional<double> value)
{
    return value ? Json(*value) : Json(nullptr);
}

/// One object: the runs, the options that differ and the figures, each with one entry a run.
Json comparisonJson(const std::vector<ComparedRun>& runs, const std::vector<Figure>& all)
{
    Json comparison {
        {"runs", Json::array()}, {"options", Json::object()}, {"figures", Json::array()}};
    for (const ComparedRun& run : runs) {
        comparison["runs"].push_back(toJson(run.run));
    }
    for (const DifferingOption& option : differingOptions(runs)) {
        comparison["options"][option.key] = option.values;
    }
    for (const Figure& figure : all) {
        Json line {{"metric", figure.metric},
                   {"which", figure.which},
                   {"values", Json::array()},
                   {"differences", Json::array()}};
        for (std::size_t i = 0; i < runs.size(); ++i) {
            line["values"].push_back(optional(figure.values[i]));
            line["differences"].push_back(optional(figure.differenceToFirst(i)));
        }
        comparison["figures"].push_back(std::move(line));
    }
    return comparison;
}

} // namespace

int run(const CompareArguments& arguments, const Program& program)
{
    auto database = openHistory(arguments.store);
    if (!database) {
        return report(program.console, database.error());
    }
    const auto runs = readRuns(*database, arguments.runs);
    if (!runs) {
        return report(program.console, runs.error());
    }
    const std::vector<Figure> all = figures(*runs, arguments.allMetrics);
    std::ostream& out = program.console.out;
    if (arguments.json) {
        out << dump(comparisonJson(*runs, all)) << '\n';
    } else {
        printOptions(*runs, out);
        printFigures(*runs, all, out);
    }
    out << std::flush;
    return Done;
}

} // namespace mocoscope::headless
