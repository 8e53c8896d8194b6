// SPDX-License-Identifier: GPL-3.0-or-later
// What the store costs, each beside the plain way of doing the same in the same run.
#include "storage/curve_query.h"
#include "storage/metric_pack.h"
#include "storage/metric_recorder.h"
#include "storage/run_repository.h"
#include "storage/statement.h"
#include "tests/support/temp_database.h"
#include "training/api/config_json.h"

#include <benchmark/benchmark.h>

using namespace mocoscope::storage;
using namespace mocoscope::training;
using mocoscope::testing::TempDatabase;

namespace {

constexpr std::int64_t metricCount = 20; ///< loss, rate and the gradients of a ViT-S
constexpr std::int64_t curvePoints = 100'000;
constexpr std::int64_t runCount = 1000;

MetricsDeclared manyMetrics()
{
    MetricsDeclared declared;
    declared.metrics.push_back({"train/loss", ""});
    for (std::int64_t layer = 1; layer < metricCount; ++layer)
        declared.metrics.push_back({"grad/l2/blocks." + std::to_string(layer), ""});
    return declared;
}

MetricBatch valuesOf(std::int64_t step)
{
    MetricBatch batch {step, static_cast<double>(step) / 100, 10 * step, {}};
    for (std::uint32_t metric = 0; metric < metricCount; ++metric)
        batch.values.push_back({metric, 1.0 / static_cast<double>(step + metric + 1)});
    return batch;
}

void reportPerValue(benchmark::State& state, std::int64_t values)
{
    state.counters["per_value"]
        = benchmark::Counter(static_cast<double>(state.iterations() * values),
                             benchmark::Counter::kIsRate | benchmark::Counter::kInvert);
}

/// From publish() to committed, values of one run.
void recordThroughRecorder(benchmark::State& state)
{
    constexpr std::int64_t steps = 5000;
    const TempDatabase temp;
    const auto recorder = MetricRecorder::start(temp.file(), {}, {}, {}).value();
    for (auto _ : state) {
        const RunId run = recorder
                              ->submit([](Database& database) {
                                  return RunRepository(database).create({}).value().id;
                              })
                              .get();
        const auto queue = recorder->record(run);
        queue->publish(manyMetrics());
        for (std::int64_t step = 0; step < steps; ++step) {
            queue->publish(valuesOf(step));
            if (step % 50 == 49) // as many as the recorder takes at once: 1,000 values
                (void)recorder->flush();
        }
        queue->close();
        (void)recorder->flush();
    }
    reportPerValue(state, steps * metricCount);
}

/// The same rows into the same table, one transaction each.
void recordRowByRow(benchmark::State& state)
{
    constexpr std::int64_t steps = 100;
    const TempDatabase temp;
    Database database = temp.open();
    (void)database.execute("INSERT INTO metric_name (id, name) WITH RECURSIVE n (x) AS (SELECT 1"
                           " UNION ALL SELECT x + 1 FROM n WHERE x < 20) SELECT x, x FROM n");
    Statement insert(database, "INSERT INTO metric_row VALUES (?1, ?2, ?3, ?4)");
    for (auto _ : state) {
        const RunId run = RunRepository(database).create({}).value().id;
        for (std::int64_t step = 0; step < steps; ++step)
            for (const MetricValue& value : valuesOf(step).values)
                insert.run(run, static_cast<std::int64_t>(value.metric) + 1, step, value.value);
    }
    reportPerValue(state, steps * metricCount);
}

/// One run with curvePoints values of each metric; also in a plain table without an index.
struct LongRun
{
    TempDatabase temp;
    Database database = temp.open();
    RunId run = RunRepository(database).create({}).value().id;

    LongRun()
    {
        const std::string points = std::to_string(curvePoints - 1);
        const std::string sql
            = "INSERT INTO metric_name (id, name) WITH RECURSIVE n (x) AS (SELECT 1 UNION ALL"
              " SELECT x + 1 FROM n WHERE x < 20) SELECT x, 'grad/l2/blocks.' || x FROM n;"
              "BEGIN; CREATE TABLE plain (run_id, name, step, value);"
              "WITH RECURSIVE n (x) AS (SELECT 0 UNION ALL SELECT x + 1 FROM n WHERE x < "
            + points
            + ") INSERT INTO plain SELECT 1, name, x, 1.0 / (x + 1) FROM n, metric_name;"
              "WITH RECURSIVE n (x) AS (SELECT 0 UNION ALL SELECT x + 1 FROM n WHERE x < "
            + points
            + ") INSERT INTO metric_row SELECT 1, id, x, 1.0 / (x + 1) FROM metric_name, n; COMMIT";
        if (auto filled = database.execute(sql.c_str()); !filled)
            std::fprintf(stderr, "%s\n", toText(filled.error()).c_str());
        Transaction transaction(database);
        MetricPacker(database).pack(run, curvePoints); // as while it is recorded
        transaction.commit();
    }
};

LongRun& longRun()
{
    static LongRun run;
    return run;
}

void readCurve(benchmark::State& state)
{
    LongRun& store = longRun();
    CurveQuery query(store.database);
    for (auto _ : state)
        if (query.curve(store.run, "grad/l2/blocks.7").value().steps.size() != curvePoints)
            state.SkipWithError("the curve is not complete");
}

void readCurveFromAPlainTable(benchmark::State& state)
{
    Statement rows(longRun().database,
                   "SELECT step, value FROM plain WHERE run_id = 1 AND name = ?1 ORDER BY step");
    for (auto _ : state) {
        rows.bind(std::string_view("grad/l2/blocks.7"));
        Curve curve;
        while (rows.step()) {
            curve.steps.push_back(rows.integer(0));
            curve.values.push_back(rows.real(1));
        }
        if (curve.steps.size() != curvePoints)
            state.SkipWithError("the curve is not complete");
    }
}

void readNames(benchmark::State& state)
{
    LongRun& store = longRun();
    CurveQuery query(store.database);
    for (auto _ : state)
        benchmark::DoNotOptimize(query.metricNames(store.run).value());
}

void readNamesDistinct(benchmark::State& state)
{
    Statement rows(longRun().database, "SELECT DISTINCT name FROM plain WHERE run_id = 1");
    for (auto _ : state)
        rows.bind().finish();
}

/// Of 2 M values.
void readSummaries(benchmark::State& state)
{
    LongRun& store = longRun();
    CurveQuery query(store.database);
    for (auto _ : state)
        benchmark::DoNotOptimize(query.summaries(store.run).value());
}

/// runCount runs with 200 losses and 200 accuracies each.
struct ManyRuns
{
    TempDatabase temp;
    Database database = temp.open();

    ManyRuns()
    {
        (void)database.execute("INSERT INTO metric_name (id, name) VALUES (1, 'train/loss'),"
                               " (2, 'eval/knn_top1'); BEGIN");
        const std::string config = toJson(TrainingConfig {});
        Statement insert(database,
                         "INSERT INTO run (uuid, name, config_json, created_at, updated_at,"
                         " last_loss, best_knn_top1) VALUES (?1, ?1, ?2, ?3, ?3, 1, 1)");
        for (std::int64_t run = 0; run < runCount; ++run)
            insert.run("run " + std::to_string(run), config, run);
        (void)database.execute(
            "WITH RECURSIVE n (x) AS (SELECT 0 UNION ALL SELECT x + 1 FROM n WHERE x < 199)"
            "INSERT INTO metric_row SELECT run.id, metric_name.id, x, x FROM run, metric_name, n;"
            "COMMIT");
    }
};

ManyRuns& manyRuns()
{
    static ManyRuns runs;
    return runs;
}

void listRuns(benchmark::State& state)
{
    RunRepository repository(manyRuns().database);
    for (auto _ : state)
        if (repository.list().value().size() != runCount)
            state.SkipWithError("runs are missing");
}

/// Without the summary columns: the best accuracy and last loss are looked for in the curves.
void listRunsByTheirCurves(benchmark::State& state)
{
    Statement rows(
        manyRuns().database,
        "SELECT run.*, (SELECT max(value) FROM metric_row WHERE run_id = run.id"
        " AND name_id = 2), (SELECT value FROM metric_row WHERE run_id = run.id"
        " AND name_id = 1 ORDER BY step DESC LIMIT 1) FROM run ORDER BY created_at DESC");
    for (auto _ : state)
        rows.bind().finish();
}

BENCHMARK(recordThroughRecorder)->Unit(benchmark::kMillisecond)->UseRealTime();
BENCHMARK(recordRowByRow)->Unit(benchmark::kMillisecond)->UseRealTime();
BENCHMARK(readCurve)->Unit(benchmark::kMillisecond);
BENCHMARK(readCurveFromAPlainTable)->Unit(benchmark::kMillisecond);
BENCHMARK(readNames)->Unit(benchmark::kMillisecond);
BENCHMARK(readNamesDistinct)->Unit(benchmark::kMillisecond);
BENCHMARK(readSummaries)->Unit(benchmark::kMillisecond);
BENCHMARK(listRuns)->Unit(benchmark::kMillisecond);
BENCHMARK(listRunsByTheirCurves)->Unit(benchmark::kMillisecond);

} // namespace

BENCHMARK_MAIN();
