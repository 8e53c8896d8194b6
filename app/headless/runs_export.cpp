// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/headless/commands.h"
#include "app/headless/format.h"
#include "app/headless/record_json.h"
#include "app/headless/run_store.h"
#include "storage/exchange/json_lines.h"
#include "storage/exchange/output_file.h"
#include "storage/exchange/run_csv.h"
#include "storage/exchange/tensorboard.h"

#include <functional>

namespace mocoscope::headless {

namespace {

using Json = nlohmann::ordered_json;
using storage::Database;
using storage::Result;
using storage::RunRecord;
using storage::WholeRun;
using Runs = std::vector<WholeRun>;

Json curveJson(const storage::MetricSummary& metric, const storage::Curve& curve)
{
    return {{"unit", metric.unit}, {"steps", curve.steps}, {"values", curve.values}};
}

void writeJson(const WholeRun& whole, std::ostream& out)
{
    Json object = toJson(whole.run);
    object["config"] = configJson(whole.run);
    Json& metrics = object["metrics"] = Json::object();
    for (std::size_t i = 0; i < whole.metrics.size(); ++i) {
        metrics[whole.metrics[i].name] = curveJson(whole.metrics[i], whole.curves[i]);
    }
    object["times"] = {{"steps", whole.times.steps},
                       {"epochs", whole.times.epochs},
                       {"seconds", whole.times.seconds}};
    object["events"] = toJson(whole.events);
    object["checkpoints"] = toJson(whole.checkpoints);
    out << dump(object) << '\n';
}

void writeTable(const Runs& runs, std::ostream& out)
{
    if (runs.size() == 1) {
        storage::writeCsv(runs.front(), out);
    } else {
        storage::writeCsv(runs, out);
    }
}

void writeLines(const Runs& runs, std::ostream& out)
{
    for (const WholeRun& run : runs) {
        storage::writeJsonLines(run, out);
    }
}

Result<void> writeFolders(const Runs& runs, const std::filesystem::path& folder)
{
    for (const WholeRun& run : runs) {
        const std::string own
            = std::to_string(run.run.id.value) + "-" + storage::fileNamePart(run.run.name);
        const auto written
            = storage::writeTensorBoard(run, runs.size() == 1 ? folder : folder / own);
        if (!written) {
            return tl::unexpected(written.error());
        }
    }
    return {};
}

/// `file` may be `-`.
Result<void> writeTo(const std::string& file, const Console& console,
                     const std::function<void(std::ostream&)>& write)
{
    if (file != "-") {
        return storage::writeFile(file, write);
    }
    write(console.out);
    console.out << std::flush;
    return {};
}

Result<void> writeRuns(const Runs& runs, const ExportArguments& arguments, const Console& console)
{
    if (!arguments.tensorBoardFolder.empty()) {
        return writeFolders(runs, arguments.tensorBoardFolder);
    }
    if (!arguments.csvFile.empty()) {
        return writeTo(arguments.csvFile, console,
                       [&](std::ostream& out) { writeTable(runs, out); });
    }
    if (!arguments.jsonLinesFile.empty()) {
        return writeTo(arguments.jsonLinesFile, console,
                       [&](std::ostream& out) { writeLines(runs, out); });
    }
    return writeTo(arguments.jsonFile, console,
                   [&](std::ostream& out) { writeJson(runs.front(), out); });
}

} // namespace

int run(const ExportArguments& arguments, const Program& program)
{
    auto database = openHistory(arguments.store);
    if (!database) {
        return report(program.console, database.error());
    }
    const auto written = findRuns(*database, arguments.runs)
                             .and_then([&](const auto& records) {
                                 return storage::readWholeRuns(*database, records);
                             })
                             .and_then([&](const Runs& runs) {
                                 return writeRuns(runs, arguments, program.console);
                             });
    return written ? Done : report(program.console, written.error());
}

} // namespace mocoscope::headless
