// SPDX-License-Identifier: GPL-3.0-or-later
// A history of many long runs: what it takes on the disk and how long one waits for it. One line of
// JSON each; tests/bench/scale_bench.py calls it beside TensorBoard.
//
//   scale_bench write FILE RUNS STEPS METRICS   records runs, as training does
//   scale_bench open FILE RUN METRIC            the run table and one curve, once
//   scale_bench read FILE CURVES                the same many times over, from the disk and from
//   memory scale_bench events FILE RUNS FOLDER         the newest runs as TensorBoard's event files
#include "storage/curve_query.h"
#include "storage/exchange/tensorboard.h"
#include "storage/metric_recorder.h"
#include "storage/run_repository.h"
#include "training/api/config_json.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fcntl.h>
#include <random>
#include <string>
#include <unistd.h>

using namespace mocoscope::storage;
using namespace mocoscope::training;
namespace fs = std::filesystem;

namespace {

using Seconds = std::chrono::duration<double>;

class Stopwatch
{
public:
    [[nodiscard]] double seconds() const { return Seconds(SteadyClock::now() - m_begin).count(); }
    [[nodiscard]] double milliseconds() const { return seconds() * 1000; }

private:
    using SteadyClock = std::chrono::steady_clock;
    SteadyClock::time_point m_begin = SteadyClock::now();
};

template <typename Value> Value valueOrExit(Result<Value> result)
{
    if (!result) {
        std::fprintf(stderr, "%s\n", toText(result.error()).c_str());
        std::exit(1);
    }
    return std::move(*result);
}

std::string metricName(std::int64_t metric)
{
    return metric == 0 ? "train/loss"
        : metric == 1  ? "train/lr"
                       : "grad/l2/blocks." + std::to_string(metric - 2);
}

MetricsDeclared declarationOf(std::int64_t metrics)
{
    MetricsDeclared declared;
    for (std::int64_t metric = 0; metric < metrics; ++metric) {
        declared.metrics.push_back({metricName(metric), ""});
    }
    return declared;
}

/// Falling values with noise, fp32 as a training step's are.
MetricBatch valuesOf(std::int64_t step, std::int64_t metrics, std::mt19937& random)
{
    MetricBatch batch {step, static_cast<double>(step) / 100, 137 * step, {}};
    std::uniform_real_distribution<float> noise(0, 1);
    for (std::int64_t metric = 0; metric < metrics; ++metric) {
        const float value = 8.0F / (1.0F + static_cast<float>(step) / 1000.0F) + noise(random);
        batch.values.push_back({static_cast<std::uint32_t>(metric), value});
    }
    return batch;
}

void recordRun(MetricRecorder& recorder, const NewRun& described, std::int64_t steps,
               std::int64_t metrics)
{
    const RunId run = recorder
                          .submit([&](Database& database) {
                              return valueOrExit(RunRepository(database).create(described)).id;
                          })
                          .get();
    const auto queue = recorder.record(run);
    queue->publish(StateChanged {RunState::Running, {}});
    queue->publish(declarationOf(metrics));
    std::mt19937 random(static_cast<std::uint32_t>(run.value));
    const std::int64_t stepsOfATransaction = std::max<std::int64_t>(1, 1000 / metrics);
    for (std::int64_t step = 0; step < steps; ++step) {
        queue->publish(valuesOf(step, metrics, random));
        if (step % stepsOfATransaction == stepsOfATransaction - 1) {
            (void)recorder.flush(); // as many as the recorder takes at once: 1,000 values
        }
    }
    queue->publish(Finished {steps, false});
    queue->close();
    (void)recorder.flush();
}

int write(const fs::path& file, std::int64_t runs, std::int64_t steps, std::int64_t metrics)
{
    const Stopwatch watch;
    {
        const auto recorder = valueOrExit(MetricRecorder::start(file, {}, {}, {}));
        const std::string config = toJson(TrainingConfig {});
        for (std::int64_t run = 0; run < runs; ++run) {
            recordRun(*recorder, {"run " + std::to_string(run), "demo", config, {}}, steps,
                      metrics);
            if (run % 100 == 99) {
                std::fprintf(stderr, "  %lld runs in %.0f s\n", static_cast<long long>(run + 1),
                             watch.seconds());
            }
        }
    } // closing takes the write-ahead log into the file
    const double seconds = watch.seconds();
    const auto bytes = static_cast<double>(fs::file_size(file));
    const auto points = static_cast<double>(runs * steps * metrics);
    std::printf("{\"points\": %.0f, \"seconds\": %.1f, \"bytes\": %.0f, "
                "\"bytes_per_point\": %.2f, \"us_per_point\": %.3f}\n",
                points, seconds, bytes, bytes / points, seconds / points * 1e6);
    return 0;
}

/// So that the next read comes from the disk; the disk's own memory is not reached.
void forget(const fs::path& file)
{
    const int descriptor = ::open(file.c_str(), O_RDONLY | O_CLOEXEC);
    if (descriptor < 0 || ::posix_fadvise(descriptor, 0, 0, POSIX_FADV_DONTNEED) != 0) {
        std::fprintf(stderr, "%s cannot be dropped from memory\n", file.c_str());
        std::exit(1);
    }
    ::close(descriptor);
}

Database openForReading(const fs::path& file)
{
    return valueOrExit(Database::open(file, Database::Access::ReadOnly));
}

std::size_t pointsOf(Database& database, RunId run, const std::string& metric)
{
    return valueOrExit(CurveQuery(database).curve(run, metric)).steps.size();
}

/// Of a process that does nothing else.
int openOnce(const fs::path& file, std::int64_t run, const std::string& metric)
{
    forget(file);
    const Stopwatch watch;
    Database database = openForReading(file);
    const std::size_t runs = valueOrExit(RunRepository(database).list()).size();
    const double table = watch.milliseconds();
    const std::size_t points = pointsOf(database, {run}, metric);
    std::printf("{\"runs\": %zu, \"table_ms\": %.2f, \"points\": %zu, \"curve_after_ms\": %.2f}\n",
                runs, table, points, watch.milliseconds());
    return 0;
}

struct Times
{
    std::vector<double> all;
    [[nodiscard]] std::string toJson(const std::string& name)
    {
        std::ranges::sort(all);
        std::array<char, 160> text {};
        std::snprintf(text.data(), text.size(),
                      "\"%s_median_ms\": %.2f, \"%s_p99_ms\": %.2f, \"%s_max_ms\": %.2f",
                      name.c_str(), all[all.size() / 2], name.c_str(), all[all.size() * 99 / 100],
                      name.c_str(), all.back());
        return text.data();
    }
};

struct Reading
{
    Times tables;
    Times curves;
    std::size_t fewest = SIZE_MAX; ///< points of any curve that was read
};

/// `isCold`: each read on a connection of its own, after the file was dropped from memory.
Reading readAll(const fs::path& file, std::int64_t count, bool isCold)
{
    Reading reading;
    Database database = openForReading(file);
    const auto runs = valueOrExit(RunRepository(database).list());
    std::mt19937 random(7);
    for (std::int64_t i = 0; i < 5; ++i) {
        if (isCold) {
            database = openForReading(file);
            forget(file);
        }
        const Stopwatch watch;
        (void)valueOrExit(RunRepository(database).list());
        reading.tables.all.push_back(watch.milliseconds());
    }
    for (std::int64_t i = 0; i < count; ++i) {
        const RunId run = runs[random() % runs.size()].id;
        const auto names = valueOrExit(CurveQuery(database).metricNames(run));
        const std::string& name = names[random() % names.size()];
        if (isCold) {
            database = openForReading(file);
            forget(file);
        } else {
            (void)pointsOf(database, run, name);
        }
        const Stopwatch watch;
        reading.fewest = std::min(reading.fewest, pointsOf(database, run, name));
        reading.curves.all.push_back(watch.milliseconds());
    }
    return reading;
}

int read(const fs::path& file, std::int64_t count)
{
    Reading cold = readAll(file, count, true);
    Reading warm = readAll(file, count, false);
    std::printf("{\"fewest_points\": %zu, %s, %s, %s, %s}\n", std::min(cold.fewest, warm.fewest),
                cold.tables.toJson("table_cold").c_str(), warm.tables.toJson("table_warm").c_str(),
                cold.curves.toJson("curve_cold").c_str(), warm.curves.toJson("curve_warm").c_str());
    return 0;
}

int writeEvents(const fs::path& file, std::int64_t count, const fs::path& folder)
{
    Database database = openForReading(file);
    auto runs = valueOrExit(RunRepository(database).list());
    runs.resize(std::min(runs.size(), static_cast<std::size_t>(count)));
    std::uintmax_t bytes = 0;
    std::size_t points = 0;
    for (const RunRecord& run : runs) {
        const WholeRun whole = valueOrExit(readWholeRun(database, run));
        for (const Curve& curve : whole.curves) {
            points += curve.steps.size();
        }
        bytes += fs::file_size(valueOrExit(writeTensorBoard(whole, folder / run.name)));
    }
    std::printf("{\"runs\": %zu, \"points\": %zu, \"bytes\": %ju}\n", runs.size(), points, bytes);
    return 0;
}

} // namespace

int main(int argc, char** argv)
{
    const std::vector<std::string> words(argv + 1, argv + argc);
    const std::string task = words.empty() ? "" : words[0];
    const auto number
        = [&words](std::size_t at) { return std::max(1LL, std::atoll(words[at].c_str())); };
    if (task == "write" && words.size() == 5) {
        return write(words[1], number(2), number(3), number(4));
    }
    if (task == "open" && words.size() == 4) {
        return openOnce(words[1], number(2), words[3]);
    }
    if (task == "read" && words.size() == 3) {
        return read(words[1], number(2));
    }
    if (task == "events" && words.size() == 4) {
        return writeEvents(words[1], number(2), words[3]);
    }
    std::fprintf(stderr, "see the head of scale_bench.cpp\n");
    return 2;
}
