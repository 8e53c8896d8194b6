// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/event_writer.h"

#include "storage/evaluation_result.h"
#include "storage/run_rows.h"

#include <filesystem>
#include <limits>
#include <system_error>
#include <utility>

namespace mocoscope::storage {

using namespace training;

namespace {

template <typename... Cases> struct Overloaded : Cases...
{
    using Cases::operator()...;
};

constexpr std::int64_t batchesOfAPacking = 512;

// A resumed run records its steps since the checkpoint a second time: the newer value counts.
constexpr const char* sqlInsertValue
    = "INSERT INTO metric_row (run_id, name_id, step, value) VALUES (?1, ?2, ?3, ?4)"
      " ON CONFLICT DO UPDATE SET value = excluded.value";
constexpr const char* sqlInsertTime
    = "INSERT INTO step_time (run_id, step, wall_ms, epoch) VALUES (?1, ?2, ?3, ?4)"
      " ON CONFLICT DO UPDATE SET wall_ms = excluded.wall_ms, epoch = excluded.epoch";
constexpr const char* sqlInsertName = "INSERT INTO metric_name (name, unit) VALUES (?1, ?2)"
                                      " ON CONFLICT DO UPDATE SET unit = excluded.unit"
                                      " WHERE excluded.unit <> '' AND excluded.unit <> unit";

// Read back from the rows rather than carried along, so that they agree after a resume, too. Each
// part is one step into an index, except for the best accuracy: one row an evaluation.
constexpr const char* sqlUpdateSummary
    = "WITH latest AS (SELECT step, wall_ms FROM step_time WHERE run_id = ?1"
      "                ORDER BY step DESC LIMIT 1),"
      " loss AS (SELECT value FROM metric_row WHERE run_id = ?1"
      "  AND name_id = (SELECT id FROM metric_name WHERE name = 'train/loss')"
      "  ORDER BY step DESC LIMIT 1),"
      " knn AS (SELECT step, value FROM metric_row WHERE run_id = ?1"
      "  AND name_id = (SELECT id FROM metric_name WHERE name = 'eval/knn_top1'))"
      "UPDATE run SET updated_at = ?2, last_step = ifnull((SELECT step FROM latest), last_step),"
      " duration_ms = ifnull((SELECT wall_ms FROM latest), duration_ms),"
      " last_loss = (SELECT value FROM loss),"
      " last_knn_top1 = (SELECT value FROM knn ORDER BY step DESC LIMIT 1),"
      " best_knn_top1 = (SELECT max(value) FROM knn WHERE abs(value) < 9e999) WHERE id = ?1";

} // namespace

EventWriter::EventWriter(Database& database)
    : m_database(database)
    , m_findRun(database, "SELECT 1 FROM run WHERE id = ?1")
    , m_insertName(database, sqlInsertName)
    , m_findName(database, "SELECT id FROM metric_name WHERE name = ?1")
    , m_insertValue(database, sqlInsertValue)
    , m_insertTime(database, sqlInsertTime)
    , m_insertEvent(database,
                    "INSERT INTO event (run_id, step, at, kind, layer, message)"
                    " VALUES (?1, ?2, ?3, ?4, ?5, ?6)")
    , m_updateSummary(database, sqlUpdateSummary)
    , m_packer(database)
{
}

bool EventWriter::runExists(RunId run)
{
    const bool exists = m_findRun.bind(run).step();
    m_findRun.reset();
    return exists;
}

void EventWriter::write(RecordedStream& stream, const TrainingEvent& event, UtcMilliseconds at)
{
    const RunId run = stream.run;
    std::visit(Overloaded {
                   [&](const RunFacts& facts) { writeFacts(run, facts); },
                   [&](const StateChanged& change) {
                       writeState(m_database, run, change.state, change.reason, at);
                   },
                   [&](const MetricsDeclared&) {}, // their names are written with their first value
                   [&](const MetricBatch& batch) { writeBatch(stream, batch); },
                   [&](const Incident& incident) { writeIncident(run, incident, at); },
                   [&](const CheckpointSaved& saved) { writeCheckpoint(run, saved, at); },
                   [&](const Progress&) {}, // of the moment only
                   [&](const Failed& failed) { writeFailure(run, failed.error, at); },
                   [&](const Finished& finished) {
                       // All: a run that repeated many steps has unpacked more than it has packed.
                       m_packer.pack(run, std::numeric_limits<std::int64_t>::max());
                       stream.packedThrough.reset();
                       writeEnd(run, finished, at);
                   },
               },
               event);
}

void EventWriter::updateSummary(RunId run, UtcMilliseconds at)
{
    m_updateSummary.run(run, at);
}

void EventWriter::writeFacts(RunId run, const RunFacts& facts)
{
    Statement(m_database,
              "UPDATE run SET total_steps = ?2, device = ?3, software = ?4 WHERE id = ?1")
        .run(run, facts.totalSteps, facts.device, facts.software);
}

void EventWriter::writeBatch(RecordedStream& stream, const MetricBatch& batch)
{
    makeRoomFor(stream, batch.step);
    m_insertTime.run(stream.run, batch.step, batch.wallMs, batch.epoch);
    for (const MetricValue& value : batch.values)
        m_insertValue.run(stream.run, nameId(stream, value.metric), batch.step, value.value);
    if (++stream.unpackedBatches == batchesOfAPacking) {
        m_packer.pack(stream.run);
        stream.unpackedBatches = 0;
        stream.packedThrough.reset();
    }
}

/// A resumed run repeats steps whose values may be packed already.
void EventWriter::makeRoomFor(RecordedStream& stream, std::int64_t step)
{
    if (!stream.packedThrough)
        stream.packedThrough = m_packer.packedThrough(stream.run);
    if (step <= *stream.packedThrough) {
        m_packer.unpack(stream.run, step);
        stream.packedThrough = step - 1;
    }
}

void EventWriter::writeIncident(RunId run, const Incident& incident, UtcMilliseconds at)
{
    if (!incident.spike) {
        m_insertEvent.run(run, incident.step, at, incident.kind, incident.layer, incident.message);
        return;
    }
    Statement(m_database,
              "DELETE FROM event WHERE run_id = ?1 AND step = ?2 AND kind = ?3 AND layer = ?4")
        .run(run, incident.step, incident.kind, incident.layer);
    Statement(m_database,
              "INSERT INTO event (run_id, step, at, kind, layer, message, peak, layers, lag, dip)"
              " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)")
        .run(run, incident.step, at, incident.kind, incident.layer, incident.message,
             incident.spike->peak, incident.spike->layers, incident.spike->lag,
             incident.spike->dip);
}

void EventWriter::writeCheckpoint(RunId run, const CheckpointSaved& saved, UtcMilliseconds at)
{
    Statement remove(m_database, "DELETE FROM checkpoint WHERE run_id = ?1 AND path = ?2");
    for (const std::string& path : saved.removed)
        remove.run(run, path);
    for (const std::string& path : vanishedBeside(run, saved.path))
        remove.run(run, path);
    Statement(m_database,
              "INSERT OR REPLACE INTO checkpoint"
              " (run_id, path, step, sha256, bytes, saved_at)"
              " VALUES (?1, ?2, ?3, ?4, ?5, ?6)")
        .run(run, saved.path, saved.step, saved.sha256, saved.bytes, at);
}

/// Recorded checkpoints in the folder of `saved` that are not there any more: deleted by a process
/// that was killed before it could tell, or by a person.
std::vector<std::string> EventWriter::vanishedBeside(RunId run, const std::string& saved)
{
    namespace fs = std::filesystem;
    std::error_code error;
    const fs::path folder = fs::path(saved).parent_path();
    std::vector<std::string> vanished;
    Statement rows(m_database, "SELECT path FROM checkpoint WHERE run_id = ?1 AND path <> ?2");
    rows.bind(run, saved);
    while (rows.step()) {
        const fs::path path = rows.text(0);
        const bool isBeside = !folder.empty() && path.parent_path() == folder;
        if (isBeside && !fs::exists(path, error) && !error)
            vanished.push_back(path.string());
    }
    return vanished;
}

void EventWriter::writeFailure(RunId run, const Error& error, UtcMilliseconds at)
{
    const std::string reason = toText(error);
    writeState(m_database, run, RunState::Failed, reason, at);
    Statement lastStep(m_database, "SELECT ifnull(max(step), 0) FROM step_time WHERE run_id = ?1");
    lastStep.bind(run).step();
    m_insertEvent.run(run, lastStep.integer(0), at, std::string_view("failed"), std::string_view(),
                      reason);
}

void EventWriter::writeEnd(RunId run, const Finished& finished, UtcMilliseconds at)
{
    writeState(m_database, run, finished.stopped ? RunState::Stopped : RunState::Finished, {}, at);
    if (finished.stopped)
        return;
    if (const auto evaluated = tellEvaluatedRun(m_database, run))
        updateSummary(*evaluated, at);
}

std::int64_t EventWriter::nameId(RecordedStream& stream, std::uint32_t metric)
{
    if (metric >= stream.nameIds.size())
        stream.nameIds.resize(metric + std::size_t {1}, 0);
    std::int64_t& id = stream.nameIds[metric];
    if (id == 0) {
        // A trainer that forgot to declare a metric loses its name, but no value.
        id = metric < stream.metrics.size() ? lookUp(stream.metrics[metric])
                                            : lookUp({"undeclared/" + std::to_string(metric), {}});
    }
    return id;
}

std::int64_t EventWriter::lookUp(const MetricDescription& metric)
{
    m_insertName.run(metric.name, metric.unit);
    m_findName.bind(metric.name).step();
    const std::int64_t id = m_findName.integer(0);
    m_findName.reset();
    return id;
}

} // namespace mocoscope::storage
