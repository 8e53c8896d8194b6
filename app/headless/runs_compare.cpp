// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/headless/commands.h"
#include "app/headless/comparison.h"
#include "app/headless/format.h"
#include "app/headless/record_json.h"
#include "app/headless/run_store.h"
#include "app/headless/text_table.h"

namespace mocoscope::headless {

namespace {

using Align = TextTable::Align;
using Json = nlohmann::ordered_json;
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
