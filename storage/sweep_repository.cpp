// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/sweep_repository.h"

#include "storage/run_rows.h"
#include "storage/sqlite_error.h"
#include "storage/statement.h"

#include <sqlite3.h>
#include <utility>

namespace mocoscope::storage {

namespace {

/// A run that is created and has a process was claimed by it.
constexpr const char* isWaiting = "(state = 'created' AND process_id IS NULL"
                                  " OR state IN ('stopped', 'interrupted'))";
constexpr const char* isActive = "(state = 'created' AND process_id IS NOT NULL"
                                 " OR state IN ('running', 'paused'))";

std::vector<SweepRecord> readSweeps(Database& database, const std::string& condition,
                                    const std::string& text = {})
{
    Statement rows(database,
                   std::string("SELECT sweep.id, sweep.name, sweep.created_at, plan_json,"
                               " count(run.id), total(state = 'finished'), total(state = 'failed'),"
                               " total(")
                       + isWaiting + "), total(" + isActive
                       + ") FROM sweep LEFT JOIN run ON sweep_id = sweep.id AND trashed_at IS NULL "
                       + condition
                       + " GROUP BY sweep.id ORDER BY sweep.created_at DESC, sweep.id DESC");
    if (!text.empty())
        rows.bind(text);
    std::vector<SweepRecord> sweeps;
    while (rows.step())
        sweeps.push_back({{rows.integer(0)},
                          rows.text(1),
                          rows.integer(2),
                          rows.text(3),
                          rows.integer(4),
                          rows.integer(5),
                          rows.integer(6),
                          rows.integer(7),
                          rows.integer(8)});
    return sweeps;
}

SweepRecord readSweep(Database& database, SweepId id)
{
    auto sweeps = readSweeps(database, "WHERE sweep.id = " + std::to_string(id.value));
    if (sweeps.empty())
        fail(ErrorCode::NotFound, "There is no sweep " + std::to_string(id.value),
             "All its runs may have been deleted meanwhile.");
    return std::move(sweeps.front());
}

void insertRuns(Database& database, SweepId sweep, const std::vector<NewSweepRun>& runs,
                UtcMilliseconds now)
{
    Statement place(database,
                    "UPDATE run SET sweep_id = ?2, sweep_place = ?3, sweep_setting = ?4"
                    " WHERE id = ?1");
    std::int64_t number = 0;
    for (const NewSweepRun& each : runs)
        place.run(insertRun(database, each.run, each.run.name, now), sweep.value, ++number,
                  each.setting);
}

} // namespace

SweepRepository::SweepRepository(Database& database, Clock clock)
    : m_database(database)
    , m_clock(std::move(clock))
{
}

Result<SweepRecord> SweepRepository::create(const NewSweep& sweep)
{
    return guarded([&] {
        Transaction transaction(m_database);
        if (!readSweeps(m_database, "WHERE sweep.name = ?1", sweep.name).empty())
            fail(ErrorCode::BadArgument, "There is a sweep \"" + sweep.name + "\" already",
                 "Give this one another name, or delete the runs of the other.");
        Statement(m_database, "INSERT INTO sweep (name, created_at, plan_json) VALUES (?1, ?2, ?3)")
            .run(sweep.name, m_clock(), sweep.planJson);
        const SweepId id {sqlite3_last_insert_rowid(m_database.handle())};
        insertRuns(m_database, id, sweep.runs, m_clock());
        SweepRecord made = readSweep(m_database, id);
        transaction.commit();
        return made;
    });
}

Result<std::vector<SweepRecord>> SweepRepository::list()
{
    return guarded([&] { return readSweeps(m_database, {}); });
}

Result<std::optional<SweepRecord>> SweepRepository::find(const std::string& name)
{
    return guarded([&] {
        auto sweeps = readSweeps(m_database, "WHERE sweep.name = ?1", name);
        return sweeps.empty() || name.empty() ? std::nullopt
                                              : std::optional(std::move(sweeps.front()));
    });
}

Result<SweepRecord> SweepRepository::find(SweepId id)
{
    return guarded([&] { return readSweep(m_database, id); });
}

Result<std::vector<RunRecord>> SweepRepository::runs(SweepId id)
{
    return guarded([&] {
        return readRuns(m_database,
                        "WHERE sweep_id = ?1 AND trashed_at IS NULL ORDER BY sweep_place, id",
                        id.value);
    });
}

Result<std::optional<RunRecord>> SweepRepository::claimNext(SweepId id)
{
    return guarded([&]() -> std::optional<RunRecord> {
        Transaction transaction(m_database); // holds the write lock: nobody else looks meanwhile
        auto next
            = readRuns(m_database,
                       std::string("WHERE sweep_id = ?1 AND trashed_at IS NULL AND ") + isWaiting
                           + " ORDER BY state = 'created', sweep_place, id LIMIT 1",
                       id.value);
        if (next.empty())
            return std::nullopt;
        const RunId claimed = next.front().id;
        writeState(m_database, claimed, training::RunState::Created, {}, m_clock());
        next = readRuns(m_database, "WHERE id = ?1", claimed);
        transaction.commit();
        return std::move(next.front());
    });
}

Result<void> SweepRepository::release(RunId id)
{
    return guarded([&] {
        Statement(m_database,
                  "UPDATE run SET process_id = NULL, updated_at = ?2,"
                  " state = iif(started_at IS NULL, 'created', 'stopped')"
                  " WHERE id = ?1 AND state = 'created'")
            .run(id, m_clock());
    });
}

} // namespace mocoscope::storage
