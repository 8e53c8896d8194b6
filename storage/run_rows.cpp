// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/run_rows.h"

#include "storage/sqlite_error.h"
#include "storage/uuid.h"

#include <algorithm>
#include <map>
#include <sqlite3.h>
#include <utility>

namespace mocoscope::storage {

using training::RunState;

namespace {

constexpr const char* runColumns
    = "SELECT id, uuid, name, preset, state, state_reason, created_at, started_at, finished_at,"
      " updated_at, trashed_at, config_json, software, device, seed, parent_run, notes, colour,"
      " total_steps, last_step, duration_ms, last_loss, last_knn_top1, best_knn_top1,";
/// A value of step i comes before update i + 1, one of an evaluation after n updates has step n.
constexpr const char* doneColumn
    = ", max(last_step, ifnull(1 + (SELECT step FROM metric_row WHERE run_id = run.id AND name_id"
      " = (SELECT metric_name.id FROM metric_name WHERE metric_name.name = 'train/loss')"
      " ORDER BY step DESC LIMIT 1), 0))";
constexpr const char* sweepColumns
    = ", sweep_id, (SELECT sweep.name FROM sweep WHERE sweep.id = sweep_id), sweep_place,"
      " sweep_setting, iif(parent_run IS NULL, NULL, (SELECT min(event.step) FROM event"
      " WHERE event.run_id = run.id AND kind = 'forked')), (SELECT count(*) FROM event"
      " WHERE event.run_id = run.id AND kind IN ('spike', 'non_finite')) FROM run ";

/// The newest value of a metric, one step into an index.
std::string lastValue(const std::string& metric)
{
    return "(SELECT value FROM metric_row WHERE run_id = run.id AND name_id = (SELECT "
           "metric_name.id"
           " FROM metric_name WHERE metric_name.name = '"
        + metric + "') ORDER BY step DESC LIMIT 1)";
}

/// Of the run itself, else of the last one that evaluated it.
std::string accuracyOf(const std::string& task)
{
    return " ifnull(" + lastValue(task + "/top1") + ", " + lastValue("eval/" + task + "_top1")
        + ")";
}

/// The configuration may be nested or flat; the seed is 0 where it names none.
constexpr const char* sqlInsertRun
    = "INSERT INTO run (uuid, name, preset, created_at, updated_at, config_json, parent_run, seed)"
      " VALUES (?1, ?2, ?3, ?4, ?4, ?5, ?6, iif(json_valid(?5), CAST(coalesce("
      "json_extract(?5, '$.train.seed'), json_extract(?5, '$.\"train.seed\"'), 0) AS INTEGER), 0))";

/// A state that only a newer version knows is shown as an ended one, so that nobody touches it.
RunState readState(const std::string& text)
{
    return training::runStateFromText(text).value_or(RunState::Stopped);
}

RunRecord readRun(const Statement& row)
{
    RunRecord run;
    int column = 0;
    run.id = {row.integer(column++)};
    for (std::string* text : {&run.uuid, &run.name, &run.preset})
        *text = row.text(column++);
    run.state = readState(row.text(column++));
    run.stateReason = row.text(column++);
    run.createdAt = row.integer(column++);
    run.startedAt = row.optionalInteger(column++);
    run.finishedAt = row.optionalInteger(column++);
    run.updatedAt = row.integer(column++);
    run.trashedAt = row.optionalInteger(column++);
    for (std::string* text : {&run.configJson, &run.software, &run.device})
        *text = row.text(column++);
    run.seed = row.integer(column++);
    if (const auto parent = row.optionalInteger(column++))
        run.parent = RunId {*parent};
    run.notes = row.text(column++);
    run.colour = row.text(column++);
    for (std::int64_t* number : {&run.totalSteps, &run.lastStep, &run.durationMs})
        *number = row.integer(column++);
    for (std::optional<double>* value :
         {&run.lastLoss, &run.lastKnnTop1, &run.bestKnnTop1, &run.linearTop1, &run.finetuneTop1})
        *value = row.finiteReal(column++);
    run.stepsDone = row.integer(column++);
    if (run.totalSteps > 0) // other programs may count from 1
        run.stepsDone = std::min(run.stepsDone, run.totalSteps);
    if (const auto sweep = row.optionalInteger(column))
        run.sweep = SweepPlace {
            {*sweep}, row.text(column + 1), row.integer(column + 2), row.text(column + 3)};
    run.forkStep = row.optionalInteger(column + 4);
    run.incidents = row.integer(column + 5);
    return run;
}

/// Of all runs in one query: cheaper than one query a run, and tags may hold any separator.
void addTags(Database& database, std::vector<RunRecord>& runs)
{
    std::map<RunId, RunRecord*> byId;
    for (RunRecord& run : runs)
        byId[run.id] = &run;
    const std::string where = runs.size() == 1 ? "WHERE run_id = ?1 " : "";
    Statement tags(database, "SELECT run_id, name FROM tag " + where + "ORDER BY run_id, name");
    if (runs.size() == 1)
        tags.bind(runs.front().id);
    while (tags.step())
        if (const auto found = byId.find({tags.integer(0)}); found != byId.end())
            found->second->tags.push_back(tags.text(1));
}

} // namespace

Statement detail::selectRuns(Database& database, const std::string& condition)
{
    return Statement(database,
                     runColumns + accuracyOf("linear") + "," + accuracyOf("finetune") + doneColumn
                         + sweepColumns + condition);
}

std::vector<RunRecord> detail::fetchRuns(Database& database, Statement& statement)
{
    std::vector<RunRecord> runs;
    while (statement.step())
        runs.push_back(readRun(statement));
    if (!runs.empty())
        addTags(database, runs);
    return runs;
}

RunId insertRun(Database& database, const NewRun& run, const std::string& name, UtcMilliseconds now)
{
    std::optional<std::int64_t> parent;
    if (run.parent)
        parent = run.parent->value;
    Statement(database, sqlInsertRun)
        .run(makeUuid(), name, run.preset, now, run.configJson, parent);
    return {sqlite3_last_insert_rowid(database.handle())};
}

std::int64_t thisProcessId(Database& database)
{
    const ProcessIdentity self = currentProcess();
    Statement(database,
              "INSERT OR IGNORE INTO process (host, boot_id, pid_namespace, pid, start_ticks)"
              " VALUES (?1, ?2, ?3, ?4, ?5)")
        .run(self.host, self.bootId, self.pidNamespace, self.pid, self.startTicks);
    Statement row(database,
                  "SELECT id FROM process WHERE host = ?1 AND boot_id = ?2"
                  " AND pid_namespace = ?3 AND pid = ?4 AND start_ticks = ?5");
    row.bind(self.host, self.bootId, self.pidNamespace, self.pid, self.startTicks).step();
    return row.integer(0);
}

std::vector<RunOwner> ownersOfActiveRuns(Database& database)
{
    Statement rows(database,
                   "SELECT run.id, name, state, host, boot_id, pid_namespace, pid, start_ticks"
                   " FROM run LEFT JOIN process ON process.id = process_id"
                   " WHERE state IN ('created', 'running', 'paused')");
    std::vector<RunOwner> owners;
    while (rows.step())
        owners.push_back(
            {{rows.integer(0)},
             rows.text(1),
             readState(rows.text(2)),
             {rows.text(3), rows.text(4), rows.text(5), rows.integer(6), rows.integer(7)}});
    return owners;
}

void writeState(Database& database, RunId id, RunState state, const std::string& reason,
                UtcMilliseconds now)
{
    std::optional<std::int64_t> owner;
    if (!training::isEnded(state))
        owner = thisProcessId(database);
    Statement(database,
              "UPDATE run SET state = ?2, state_reason = ?3, updated_at = ?4,"
              " started_at = iif(?2 = 'running', ifnull(started_at, ?4), started_at),"
              " finished_at = iif(?5, ifnull(finished_at, ?4), NULL),"
              " process_id = ifnull(?6, process_id) WHERE id = ?1")
        .run(id, training::toText(state), reason, now,
             static_cast<std::int64_t>(training::isEnded(state)), owner);
}

} // namespace mocoscope::storage
