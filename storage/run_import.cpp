// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/run_import.h"

#include "storage/event_writer.h"
#include "storage/metric_pack.h"
#include "storage/run_rows.h"
#include "storage/run_tags.h"
#include "storage/sqlite_error.h"
#include "storage/statement.h"

#include <algorithm>
#include <limits>

namespace mocoscope::storage {

namespace {

std::int64_t lastStepOf(const ImportedRun& run)
{
    std::int64_t last = -1;
    for (const Curve& curve : run.curves)
        last = curve.steps.empty() ? last : std::max(last, curve.steps.back());
    return last;
}

void insertCurve(Database& database, RunId run, const Curve& curve)
{
    Statement(database, "INSERT OR IGNORE INTO metric_name (name) VALUES (?1)").run(curve.metric);
    Statement name(database, "SELECT id FROM metric_name WHERE name = ?1");
    name.bind(curve.metric).step();
    const std::int64_t nameId = name.integer(0);
    Statement insert(
        database, "INSERT INTO metric_row (run_id, name_id, step, value) VALUES (?1, ?2, ?3, ?4)");
    for (std::size_t i = 0; i < curve.steps.size(); ++i)
        insert.run(run, nameId, curve.steps[i], curve.values[i]);
}

void insertTimes(Database& database, RunId run, const StepTimes& times)
{
    Statement insert(
        database, "INSERT INTO step_time (run_id, step, wall_ms, epoch) VALUES (?1, ?2, ?3, ?4)");
    for (std::size_t i = 0; i < times.steps.size(); ++i)
        insert.run(run, times.steps[i], static_cast<std::int64_t>(times.seconds[i] * 1000 + 0.5),
                   times.epochs[i]);
}

RunId storeRun(Database& database, const ImportedRun& imported, UtcMilliseconds now)
{
    const std::int64_t lastStep = lastStepOf(imported);
    if (lastStep < 0)
        fail(ErrorCode::Unreadable, "'" + imported.source + "' has no values of any curve",
             "Only scalars are read; images, histograms and graphs are passed over.");
    const RunId run
        = insertRun(database, {imported.name, {}, imported.configJson, {}}, imported.name, now);
    Statement(database,
              "UPDATE run SET state = 'finished', state_reason = ?2, software = ?3, notes = ?4,"
              " started_at = ?5, finished_at = ?6, last_step = ?7, total_steps = ?7 WHERE id = ?1")
        .run(run, "Imported from " + imported.source, "imported from " + imported.format,
             imported.notes, imported.startedAt, imported.finishedAt, lastStep);
    Statement(database, "INSERT INTO tag (run_id, name) VALUES (?1, ?2)").run(run, importedTag);
    for (const Curve& curve : imported.curves)
        insertCurve(database, run, curve);
    MetricPacker(database).pack(run, std::numeric_limits<std::int64_t>::max());
    insertTimes(database, run, imported.times);
    EventWriter(database).updateSummary(run, now);
    return run;
}

} // namespace

Result<std::vector<RunId>>
storeImportedRuns(Database& database, const std::vector<ImportedRun>& runs, UtcMilliseconds now)
{
    return guarded([&] {
        Transaction transaction(database);
        std::vector<RunId> ids;
        for (const ImportedRun& run : runs)
            ids.push_back(storeRun(database, run, now));
        transaction.commit();
        return ids;
    });
}

} // namespace mocoscope::storage
