// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/run_repository.h"

#include "storage/run_fork.h"
#include "storage/run_rows.h"
#include "storage/sqlite_error.h"
#include "storage/statement.h"

#include <algorithm>
#include <set>
#include <sqlite3.h>
#include <utility>

namespace mocoscope::storage {

namespace {

std::string trimmed(const std::string& text)
{
    constexpr const char* blanks = " \t\r\n";
    const std::size_t first = text.find_first_not_of(blanks);
    if (first == std::string::npos)
        return {};
    return text.substr(first, text.find_last_not_of(blanks) - first + 1);
}

bool isColour(const std::string& text)
{
    return text.size() == 7 && text.front() == '#'
        && text.find_first_not_of("0123456789abcdefABCDEF", 1) == std::string::npos;
}

[[noreturn]] void failUnknown(Database& database, RunId id)
{
    fail(ErrorCode::NotFound,
         "There is no run " + std::to_string(id.value) + " in " + database.file().string(),
         "It may have been deleted meanwhile.");
}

void failUnlessChanged(Database& database, RunId id)
{
    if (sqlite3_changes(database.handle()) == 0)
        failUnknown(database, id);
}

/// `column` comes from the code, never from outside.
Result<void> setText(Database& database, RunId id, const char* column, const std::string& text,
                     UtcMilliseconds now)
{
    return guarded([&] {
        Statement(database,
                  std::string("UPDATE run SET updated_at = ?3, ") + column + " = ?2 WHERE id = ?1")
            .run(id, text, now);
        failUnlessChanged(database, id);
    });
}

} // namespace

RunRepository::RunRepository(Database& database, Clock clock)
    : m_database(database)
    , m_clock(std::move(clock))
{
}

Result<RunRecord> RunRepository::create(const NewRun& run)
{
    return guarded([&] {
        Transaction transaction(m_database);
        const std::string name = trimmed(run.name);
        const RunId id = insertRun(m_database, run, name, m_clock());
        Statement(m_database, "UPDATE run SET process_id = ?2 WHERE id = ?1")
            .run(id, thisProcessId(m_database));
        if (name.empty())
            Statement(m_database, "UPDATE run SET name = ?2 WHERE id = ?1")
                .run(id,
                     (run.preset.empty() ? "run" : run.preset) + " " + std::to_string(id.value));
        RunRecord made = readRuns(m_database, "WHERE id = ?1", id).front();
        if (run.forkedFrom) {
            adoptCheckpoint(m_database, id, made.uuid, run, made.createdAt);
            made.forkStep = run.forkedFrom->step;
        }
        transaction.commit();
        return made;
    });
}

Result<std::vector<RunRecord>> RunRepository::list()
{
    return guarded([&] {
        return readRuns(m_database, "WHERE trashed_at IS NULL ORDER BY created_at DESC, id DESC");
    });
}

Result<std::vector<RunRecord>> RunRepository::trash()
{
    return guarded([&] {
        return readRuns(m_database,
                        "WHERE trashed_at IS NOT NULL ORDER BY trashed_at DESC, id DESC");
    });
}

Result<RunRecord> RunRepository::find(RunId id)
{
    return guarded([&] {
        auto runs = readRuns(m_database, "WHERE id = ?1", id);
        if (runs.empty())
            failUnknown(m_database, id);
        return std::move(runs.front());
    });
}

Result<void> RunRepository::rename(RunId id, const std::string& name)
{
    const std::string text = trimmed(name);
    if (text.empty())
        return training::failure(ErrorCode::BadArgument, "The name of a run cannot be empty",
                                 "Give it a name with at least one letter.");
    return setText(m_database, id, "name", text, m_clock());
}

Result<void> RunRepository::setNotes(RunId id, const std::string& notes)
{
    return setText(m_database, id, "notes", notes, m_clock());
}

Result<void> RunRepository::setColour(RunId id, const std::string& colour)
{
    if (!colour.empty() && !isColour(colour))
        return training::failure(ErrorCode::BadArgument, "\"" + colour + "\" is not a colour",
                                 "Write it as #rrggbb, for example #1f77b4.");
    return setText(m_database, id, "colour", colour, m_clock());
}

Result<void> RunRepository::setTags(RunId id, const std::vector<std::string>& tags)
{
    return guarded([&] {
        Transaction transaction(m_database);
        // Also tells others, who watch the table run, that something changed.
        Statement(m_database, "UPDATE run SET updated_at = ?2 WHERE id = ?1").run(id, m_clock());
        failUnlessChanged(m_database, id);
        Statement(m_database, "DELETE FROM tag WHERE run_id = ?1").run(id);
        Statement insert(m_database, "INSERT OR IGNORE INTO tag (run_id, name) VALUES (?1, ?2)");
        for (const std::string& tag : tags)
            if (const std::string name = trimmed(tag); !name.empty())
                insert.run(id, name);
        transaction.commit();
    });
}

Result<void> RunRepository::setState(RunId id, training::RunState state, const std::string& reason)
{
    return guarded([&] {
        Transaction transaction(m_database);
        writeState(m_database, id, state, reason, m_clock());
        failUnlessChanged(m_database, id);
        transaction.commit();
    });
}

Result<std::vector<CheckpointRecord>> RunRepository::checkpoints(RunId id)
{
    return guarded([&] {
        Statement rows(
            m_database,
            "SELECT step, path, sha256, bytes, saved_at,"
            " (SELECT value FROM metric_row WHERE metric_row.run_id = checkpoint.run_id"
            "  AND name_id = (SELECT id FROM metric_name WHERE name = 'eval/knn_top1')"
            "  AND metric_row.step <= checkpoint.step ORDER BY metric_row.step DESC LIMIT 1)"
            " FROM checkpoint WHERE run_id = ?1 ORDER BY step, saved_at, path");
        rows.bind(id);
        std::vector<CheckpointRecord> checkpoints;
        while (rows.step())
            checkpoints.push_back({id, rows.integer(0), rows.text(1), rows.text(2), rows.integer(3),
                                   rows.integer(4), rows.finiteReal(5)});
        return checkpoints;
    });
}

Result<std::vector<EventRecord>> RunRepository::events(RunId id)
{
    return guarded([&] {
        // A file of an older version that cannot be written has no columns for spikes, nor spikes.
        Statement rows(m_database,
                       m_database.schemaVersion() < 3
                           ? "SELECT step, at, kind, layer, message, NULL, NULL, NULL, NULL"
                             " FROM event WHERE run_id = ?1 ORDER BY step, id"
                           : "SELECT step, at, kind, layer, message, peak, layers, lag, dip"
                             " FROM event WHERE run_id = ?1 ORDER BY step, id");
        rows.bind(id);
        std::vector<EventRecord> events;
        while (rows.step()) {
            events.push_back(
                {rows.integer(0), rows.integer(1), rows.text(2), rows.text(3), rows.text(4)});
            if (!rows.isNull(5))
                events.back().spike = training::SpikeFacts {
                    rows.real(5), rows.integer(6), rows.optionalInteger(7), rows.finiteReal(8)};
        }
        return events;
    });
}

} // namespace mocoscope::storage
