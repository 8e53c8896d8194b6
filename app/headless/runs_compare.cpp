// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/headless/ablation_output.h"
#include "app/headless/commands.h"
#include "app/headless/format.h"
#include "app/headless/record_json.h"
#include "app/headless/run_store.h"
#include "app/headless/seed_means.h"
#include "app/headless/text_table.h"
#include "storage/sweep_repository.h"

#include <algorithm>

namespace mocoscope::headless {

namespace {

using Align = TextTable::Align;
using Json = nlohmann::ordered_json;
using storage::DifferingOption;

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
            line["values"].push_back(orNull(figure.values[i]));
            line["differences"].push_back(orNull(figure.differenceToFirst(i)));
        }
        comparison["figures"].push_back(std::move(line));
    }
    comparison["means"] = meansJson(runs, seedGroups(runs), all);
    comparison["published"] = studyJson(runs);
    return comparison;
}

/// The runs which are to be compared: as they were named, or those of the sweep.
storage::Result<std::vector<storage::RunRecord>> chosenRuns(storage::Database& database,
                                                            const CompareArguments& arguments)
{
    if (arguments.sweep.empty()) {
        return findRuns(database, arguments.runs);
    }
    storage::SweepRepository sweeps(database);
    const auto sweep = sweeps.find(arguments.sweep);
    if (!sweep) {
        return tl::unexpected(sweep.error());
    }
    if (!*sweep) {
        return training::failure(training::ErrorCode::NotFound,
                                 "there is no sweep '" + arguments.sweep + "' in the history",
                                 "`mocoscope-train runs list` shows the sweep of each run");
    }
    return sweeps.runs((*sweep)->id);
}

storage::Result<std::vector<ComparedRun>> readRuns(storage::Database& database,
                                                   const std::vector<storage::RunRecord>& records)
{
    std::vector<ComparedRun> runs;
    for (const storage::RunRecord& record : records) {
        auto run = storage::readComparedRun(database, record);
        if (!run) {
            return tl::unexpected(run.error());
        }
        runs.push_back(std::move(*run));
    }
    return runs;
}

void printSweep(const std::vector<ComparedRun>& runs, const std::vector<Figure>& all,
                std::ostream& out)
{
    const auto groups = seedGroups(runs);
    std::size_t finished = 0;
    for (const SeedGroup& group : groups) {
        finished += group.runs.size();
    }
    printMeans(runs, groups, all, out);
    if (finished < runs.size()) {
        out << runs.size() - finished << " of " << runs.size()
            << " runs are not finished and left out\n";
    }
}

void printRuns(const std::vector<ComparedRun>& runs, const std::vector<Figure>& all,
               std::ostream& out)
{
    printOptions(runs, out);
    printFigures(runs, all, out);
    const auto groups = seedGroups(runs);
    const bool haveSeeds = std::any_of(
        groups.begin(), groups.end(), [](const SeedGroup& group) { return group.runs.size() > 1; });
    if (haveSeeds) {
        out << '\n';
        printMeans(runs, groups, all, out);
    }
    printStudy(runs, out);
}

/// Where the run that was named as the baseline stands among them.
storage::Result<std::optional<std::size_t>> baselineIn(storage::Database& database,
                                                       const std::vector<ComparedRun>& runs,
                                                       const std::string& text)
{
    if (text.empty()) {
        return std::nullopt;
    }
    storage::RunRepository repository(database);
    const auto baseline = findRun(repository, text);
    if (!baseline) {
        return tl::unexpected(baseline.error());
    }
    const auto found = std::ranges::find_if(
        runs, [&](const ComparedRun& run) { return run.run.id == baseline->id; });
    const bool isCompared = found != runs.end();
    if (!isCompared || found->run.state != training::RunState::Finished || !found->config) {
        const std::string why = !isCompared ? " is not among the runs that are compared"
            : found->config                 ? " is not finished"
                                            : " has options that are not known";
        return training::failure(training::ErrorCode::BadArgument,
                                 "run " + std::to_string(baseline->id.value) + " '"
                                     + printable(baseline->name) + "'" + why,
                                 "name another one as the baseline, or none");
    }
    return static_cast<std::size_t>(found - runs.begin());
}

int showAblation(storage::Database& database, const std::vector<ComparedRun>& runs,
                 const CompareArguments& arguments, const Console& console)
{
    const auto baseline = baselineIn(database, runs, arguments.baseline);
    if (!baseline) {
        return report(console, baseline.error());
    }
    const auto figure = ablatedFigure(runs, arguments.metric, arguments.best);
    if (!figure) {
        return report(console, figure.error());
    }
    const auto ablation = ablationOf(runs, *figure, *baseline);
    if (!ablation) {
        return report(console,
                      {training::ErrorCode::NotFound, "none of these runs is finished",
                       "values of runs that are not are those of another step"});
    }
    if (arguments.json) {
        console.out << dump(ablationJson(runs, *figure, *ablation)) << '\n';
    } else {
        printAblation(runs, *figure, *ablation, console.out);
    }
    console.out << std::flush;
    return Done;
}

} // namespace

int run(const CompareArguments& arguments, const Program& program)
{
    auto database = openHistory(arguments.store);
    if (!database) {
        return report(program.console, database.error());
    }
    const auto runs = chosenRuns(*database, arguments).and_then([&](const auto& records) {
        return readRuns(*database, records);
    });
    if (!runs) {
        return report(program.console, runs.error());
    }
    if (arguments.ablation) {
        return showAblation(*database, *runs, arguments, program.console);
    }
    const std::vector<Figure> all = figures(*runs, arguments.allMetrics);
    std::ostream& out = program.console.out;
    if (arguments.json) {
        out << dump(comparisonJson(*runs, all)) << '\n';
    } else {
        (arguments.sweep.empty() ? printRuns : printSweep)(*runs, all, out);
    }
    out << std::flush;
    return Done;
}

} // namespace mocoscope::headless
