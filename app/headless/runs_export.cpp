// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/headless/commands.h"
#include "app/headless/format.h"
#include "app/headless/output_file.h"
#include "app/headless/record_json.h"
#include "app/headless/run_store.h"
#include "storage/curve_query.h"

#include <algorithm>
#include <limits>

namespace mocoscope::headless {

namespace {

using Json = nlohmann::ordered_json;
using storage::Curve;
using storage::Database;
using storage::Result;
using storage::RunRecord;

/// A run with every value that was recorded.
struct WholeRun
{
    RunRecord run;
    std::vector<storage::MetricSummary> metrics;
    std::vector<Curve> curves; ///< one a metric, in the same order
    storage::StepTimes times;
    std::vector<storage::EventRecord> events;
    std::vector<storage::CheckpointRecord> checkpoints;
};

/// Stores the value of `result` or keeps the first error.
template <typename Value>
bool take(Result<Value> result, Value& value, std::optional<training::Error>& error)
{
    if (result) {
        value = std::move(*result);
    } else if (!error) {
        error = std::move(result.error());
    }
    return !error;
}

Result<WholeRun> readWholeRun(Database& database, const RunRecord& run)
{
    storage::RunRepository runs(database);
    storage::CurveQuery query(database);
    WholeRun whole;
    whole.run = run;
    std::optional<training::Error> error;
    take(query.summaries(run.id), whole.metrics, error);
    take(query.stepTimes(run.id), whole.times, error);
    take(runs.events(run.id), whole.events, error);
    take(runs.checkpoints(run.id), whole.checkpoints, error);
    for (const storage::MetricSummary& metric : whole.metrics) {
        whole.curves.emplace_back();
        if (!take(query.curve(run.id, metric.name), whole.curves.back(), error)) {
            break;
        }
    }
    return error ? Result<WholeRun>(tl::unexpected(*error)) : whole;
}

/// RFC 4180: quotes around what would end a cell.
std::string csvCell(const std::string& text)
{
    if (text.find_first_of(",\"\r\n") == std::string::npos) {
        return text;
    }
    std::string quoted = "\"";
    for (const char letter : text) {
        quoted += letter == '"' ? "\"\"" : std::string(1, letter);
    }
    return quoted + '"';
}

/// The curves side by side: each knows its next value, the smallest next step is the next row.
class CsvRows
{
public:
    explicit CsvRows(const WholeRun& whole)
        : m_whole(whole)
        , m_next(whole.curves.size(), 0)
    {
    }

    void write(std::ostream& out)
    {
        out << "step,epoch,seconds";
        for (const storage::MetricSummary& metric : m_whole.metrics) {
            out << ',' << csvCell(metric.name);
        }
        out << '\n';
        for (std::int64_t step = nextStep(); step != none && out; step = nextStep()) {
            writeRow(out, step);
        }
    }

private:
    static constexpr std::int64_t none = std::numeric_limits<std::int64_t>::max();

    [[nodiscard]] std::int64_t nextStep() const
    {
        std::int64_t smallest = none;
        for (std::size_t i = 0; i < m_next.size(); ++i) {
            const auto& steps = m_whole.curves[i].steps;
            smallest = m_next[i] < steps.size() ? std::min(smallest, steps[m_next[i]]) : smallest;
        }
        return smallest;
    }

    void writeRow(std::ostream& out, std::int64_t step)
    {
        out << step << ',' << timeCells(step);
        for (std::size_t i = 0; i < m_next.size(); ++i) {
            const Curve& curve = m_whole.curves[i];
            out << ',';
            if (m_next[i] < curve.steps.size() && curve.steps[m_next[i]] == step) {
                out << exactNumber(curve.values[m_next[i]++]);
            }
        }
        out << '\n';
    }

    [[nodiscard]] std::string timeCells(std::int64_t step)
    {
        const storage::StepTimes& times = m_whole.times;
        while (m_nextTime < times.steps.size() && times.steps[m_nextTime] < step) {
            ++m_nextTime;
        }
        if (m_nextTime == times.steps.size() || times.steps[m_nextTime] != step) {
            return ",";
        }
        return exactNumber(times.epochs[m_nextTime]) + ',' + exactNumber(times.seconds[m_nextTime]);
    }

    const WholeRun& m_whole;
    std::vector<std::size_t> m_next;
    std::size_t m_nextTime = 0;
};

Json curveJson(const storage::MetricSummary& metric, const Curve& curve)
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

Result<void> writeRun(const WholeRun& whole, const ExportArguments& arguments,
                      const Console& console)
{
    const bool isCsv = !arguments.csvFile.empty();
    const std::string& file = isCsv ? arguments.csvFile : arguments.jsonFile;
    const auto write
        = [&](std::ostream& out) { isCsv ? CsvRows(whole).write(out) : writeJson(whole, out); };
    if (file != "-") {
        return writeFile(file, write);
    }
    write(console.out);
    console.out << std::flush;
    return {};
}

} // namespace

int run(const ExportArguments& arguments, const Program& program)
{
    auto database = openHistory(arguments.store);
    if (!database) {
        return report(program.console, database.error());
    }
    storage::RunRepository runs(*database);
    const auto written
        = findRun(runs, arguments.run)
              .and_then([&](const RunRecord& run) { return readWholeRun(*database, run); })
              .and_then([&](const WholeRun& whole) {
                  return writeRun(whole, arguments, program.console);
              });
    return written ? Done : report(program.console, written.error());
}

} // namespace mocoscope::headless
