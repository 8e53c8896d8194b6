// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/headless/commands.h"
#include "app/headless/format.h"
#include "app/headless/record_json.h"
#include "app/headless/run_store.h"
#include "app/headless/text_table.h"
#include "storage/run_filter.h"
#include "storage/run_tags.h"
#include "training/api/config_json.h"

#include <algorithm>
#include <system_error>

namespace mocoscope::headless {

namespace {

using Align = TextTable::Align;
using storage::RunRecord;

std::string steps(const RunRecord& run)
{
    const std::string total = run.totalSteps > 0 ? "/" + std::to_string(run.totalSteps) : "";
    return std::to_string(run.stepsDone) + total;
}

void printTable(const std::vector<RunRecord>& runs, std::ostream& out)
{
    const bool hasSweeps = std::any_of(runs.begin(), runs.end(),
                                       [](const RunRecord& run) { return run.sweep.has_value(); });
    std::vector<TextTable::Column> columns {{"run", Align::Right},
                                            {"name"},
                                            {"state"},
                                            {"created"},
                                            {"trained", Align::Right},
                                            {"steps", Align::Right},
                                            {"loss", Align::Right},
                                            {"kNN top-1", Align::Right},
                                            {"best", Align::Right},
                                            {"linear", Align::Right},
                                            {"fine-tuned", Align::Right}};
    if (hasSweeps) {
        columns.push_back({"sweep"});
    }
    TextTable table(columns);
    for (const RunRecord& run : runs) {
        table.addRow({std::to_string(run.id.value), run.name,
                      std::string(training::toText(run.state)), formatTime(run.createdAt),
                      formatDuration(run.durationMs), steps(run), formatNumber(run.lastLoss),
                      formatNumber(run.lastKnnTop1), formatNumber(run.bestKnnTop1),
                      formatNumber(run.linearTop1), formatNumber(run.finetuneTop1),
                      run.sweep ? run.sweep->name : std::string()});
    }
    table.print(out);
}

/// The expression and below it a line that points to what is wrong.
training::Error toError(const std::string& expression, const storage::FilterProblem& problem)
{
    const std::string_view text = expression;
    const std::size_t before = displayWidth(text.substr(0, problem.position));
    const std::size_t width = displayWidth(text.substr(problem.position, problem.length));
    return {training::ErrorCode::BadArgument, "--where: " + problem.message,
            printable(text) + '\n' + std::string(before, ' ')
                + std::string(std::max<std::size_t>(width, 1), '^')};
}

bool fits(const storage::RunFilter& filter, const RunRecord& run)
{
    std::optional<training::TrainingConfig> config;
    if (filter.needsOptions()) {
        if (auto read = training::fromJson(run.configJson)) {
            config = std::move(*read);
        }
    }
    return filter.matches({run, config ? &*config : nullptr, [&](const std::string& word) {
                               return storage::containsIgnoringCase(storage::searchText(run), word);
                           }});
}

storage::Result<std::vector<RunRecord>> chosenRuns(storage::Database& database,
                                                   const ListArguments& arguments)
{
    const auto filter = storage::RunFilter::parse(arguments.where);
    if (!filter) {
        return tl::unexpected(toError(arguments.where, filter.error()));
    }
    return storage::RunRepository(database).list().map([&](std::vector<RunRecord> runs) {
        std::erase_if(runs, [&](const RunRecord& run) {
            const bool isHidden = !arguments.archived && storage::hasTag(run, storage::archivedTag);
            return isHidden || !fits(*filter, run);
        });
        return runs;
    });
}

} // namespace

int run(const ListArguments& arguments, const Program& program)
{
    const std::filesystem::path file = databasePath(arguments.store);
    const Console& console = program.console;
    std::error_code ignored;
    if (arguments.store.empty() && !std::filesystem::exists(file, ignored)) {
        console.err << "no runs yet: `mocoscope-train train --preset demo` makes the first one\n";
        return Done;
    }
    auto database = openHistory(arguments.store);
    if (!database) {
        return report(console, database.error());
    }
    const auto runs = chosenRuns(*database, arguments);
    if (!runs) {
        return report(console, runs.error());
    }
    if (arguments.json) {
        for (const RunRecord& run : *runs) {
            console.out << dump(toJson(run)) << '\n';
        }
    } else if (runs->empty()) {
        console.err << (arguments.where.empty() ? "no runs in " : "no run fits in ")
                    << file.string() << '\n';
    } else {
        printTable(*runs, console.out);
    }
    console.out << std::flush;
    return Done;
}

} // namespace mocoscope::headless
