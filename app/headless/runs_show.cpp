// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/headless/commands.h"
#include "app/headless/format.h"
#include "app/headless/record_json.h"
#include "app/headless/run_store.h"
#include "app/headless/text_table.h"
#include "storage/curve_query.h"
#include "storage/run_fork.h"
#include "training/api/config_json.h"
#include "training/api/config_schema.h"
#include "training/api/presets.h"

namespace mocoscope::headless {

namespace {

using Align = TextTable::Align;
using storage::Database;
using storage::Result;
using storage::RunRecord;
using storage::RunRepository;

struct RunDetails
{
    RunRecord run;
    std::vector<storage::MetricSummary> metrics;
    std::vector<storage::CheckpointRecord> checkpoints;
    std::vector<storage::EventRecord> events;
    std::vector<storage::Ancestor> ancestry;
    std::filesystem::path folder;
};

Result<RunDetails> readDetails(Database& database, const std::string& text)
{
    RunRepository runs(database);
    return findRun(runs, text).and_then([&](const RunRecord& run) -> Result<RunDetails> {
        auto metrics = storage::CurveQuery(database).summaries(run.id);
        auto checkpoints = runs.checkpoints(run.id);
        auto events = runs.events(run.id);
        if (!metrics) {
            return tl::unexpected(metrics.error());
        }
        if (!checkpoints) {
            return tl::unexpected(checkpoints.error());
        }
        if (!events) {
            return tl::unexpected(events.error());
        }
        const auto ancestry = storage::ancestryOf(run, [&](storage::RunId id) {
            const auto found = runs.find(id);
            return found ? std::optional(*found) : std::nullopt;
        });
        return RunDetails {run,     *metrics, *checkpoints,
                           *events, ancestry, runFolder(database.file(), run.uuid)};
    });
}

void printLine(std::ostream& out, std::string name, const std::string& value)
{
    if (!value.empty()) {
        name.resize(12, ' ');
        out << "  " << name << printable(value) << '\n';
    }
}

std::string joined(const std::vector<std::string>& words)
{
    std::string text;
    for (const std::string& word : words) {
        text += (text.empty() ? "" : ", ") + word;
    }
    return text;
}

/// `run 3 'demo' at step 500, from run 1 'base' at step 100`.
std::string describe(const std::vector<storage::Ancestor>& ancestry)
{
    std::string text;
    for (const storage::Ancestor& ancestor : ancestry) {
        text += (text.empty() ? "run " : ", from run ") + std::to_string(ancestor.id.value)
            + (ancestor.name.empty() ? " (deleted)" : " '" + ancestor.name + "'")
            + (ancestor.forkStep ? " at step " + std::to_string(*ancestor.forkStep) : "");
    }
    return text;
}

void printHeading(const RunDetails& details, std::ostream& out)
{
    const RunRecord& run = details.run;
    out << "run " << run.id.value << " '" << printable(run.name) << "'\n";
    printLine(out, "state",
              std::string(training::toText(run.state))
                  + (run.stateReason.empty() ? "" : ": " + run.stateReason));
    printLine(out, "steps",
              std::to_string(run.stepsDone)
                  + (run.totalSteps > 0 ? " of " + std::to_string(run.totalSteps) : ""));
    printLine(out, "trained", formatDuration(run.durationMs));
    printLine(out, "created", formatTime(run.createdAt));
    printLine(out, "finished", run.finishedAt ? formatTime(run.finishedAt) : "");
    printLine(out, "preset", run.preset);
    printLine(out, run.forkStep ? "forked from" : "made from", describe(details.ancestry));
    printLine(out, "device", run.device);
    printLine(out, "software", run.software);
    printLine(out, "seed", std::to_string(run.seed));
    printLine(out, "tags", joined(run.tags));
    printLine(out, "notes", run.notes);
    printLine(out, "uuid", run.uuid);
    printLine(out, "folder", details.folder.string());
}

/// Options that differ from those that the run would have had by itself.
void printOptions(const RunRecord& run, std::ostream& out)
{
    const auto config = training::fromJson(run.configJson);
    if (!config) {
        out << "\noptions cannot be read: " << printable(toText(config.error())) << '\n';
        return;
    }
    const auto preset = training::findPreset(run.preset);
    const std::string origin = preset ? "preset" : "default";
    const auto changed
        = training::difference(preset ? preset->config : training::TrainingConfig {}, *config);
    if (changed.empty()) {
        return;
    }
    out << "\noptions that differ from the " << origin << '\n';
    TextTable table({{"option"}, {"here"}, {origin}});
    for (const training::ConfigDifference& option : changed) {
        table.addRow({option.key, option.right, option.left});
    }
    table.print(out, "  ");
}

void printMetrics(const std::vector<storage::MetricSummary>& metrics, std::ostream& out)
{
    if (metrics.empty()) {
        return;
    }
    out << "\nmetrics\n";
    TextTable table({{"name"},
                     {"unit"},
                     {"values", Align::Right},
                     {"last", Align::Right},
                     {"smallest", Align::Right},
                     {"at step", Align::Right},
                     {"largest", Align::Right},
                     {"at step", Align::Right}});
    for (const storage::MetricSummary& metric : metrics) {
        table.addRow({metric.name, metric.unit, std::to_string(metric.count),
                      formatNumber(metric.last), formatNumber(metric.minimum),
                      std::to_string(metric.minimumStep), formatNumber(metric.maximum),
                      std::to_string(metric.maximumStep)});
    }
    table.print(out, "  ");
}

void printCheckpoints(const std::vector<storage::CheckpointRecord>& checkpoints, std::ostream& out)
{
    if (checkpoints.empty()) {
        return;
    }
    out << "\ncheckpoints\n";
    TextTable table({{"step", Align::Right},
                     {"kNN %", Align::Right},
                     {"size", Align::Right},
                     {"saved"},
                     {"file"}});
    for (const storage::CheckpointRecord& checkpoint : checkpoints) {
        table.addRow({std::to_string(checkpoint.step), formatNumber(checkpoint.accuracy),
                      formatBytes(checkpoint.bytes), formatTime(checkpoint.savedAt),
                      checkpoint.path});
    }
    table.print(out, "  ");
}

void printEvents(const std::vector<storage::EventRecord>& events, std::ostream& out)
{
    if (events.empty()) {
        return;
    }
    out << "\nevents\n";
    TextTable table({{"step", Align::Right}, {"at"}, {"kind"}, {"layer"}, {"message"}});
    for (const storage::EventRecord& event : events) {
        table.addRow({std::to_string(event.step), formatTime(event.at), event.kind, event.layer,
                      event.message});
    }
    table.print(out, "  ");
}

} // namespace

int run(const ShowArguments& arguments, const Program& program)
{
    auto database = openHistory(arguments.store);
    if (!database) {
        return report(program.console, database.error());
    }
    const auto details = readDetails(*database, arguments.run);
    if (!details) {
        return report(program.console, details.error());
    }
    std::ostream& out = program.console.out;
    if (arguments.json) {
        auto object = toJson(details->run);
        object["folder"] = details->folder.string();
        object["config"] = configJson(details->run);
        object["metrics"] = toJson(details->metrics);
        object["checkpoints"] = toJson(details->checkpoints);
        object["ancestry"] = toJson(details->ancestry);
        object["events"] = toJson(details->events);
        out << dump(object) << '\n';
    } else {
        printHeading(*details, out);
        printOptions(details->run, out);
        printMetrics(details->metrics, out);
        printCheckpoints(details->checkpoints, out);
        printEvents(details->events, out);
    }
    out << std::flush;
    return Done;
}

} // namespace mocoscope::headless
