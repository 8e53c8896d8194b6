// SPDX-License-Identifier: GPL-3.0-or-later
// The part of RunRepository that ends and deletes runs.
#include "storage/run_repository.h"
#include "storage/run_rows.h"
#include "storage/sqlite_error.h"
#include "storage/statement.h"

#include <algorithm>

namespace mocoscope::storage {

using training::RunState;

namespace {

/// Owners of the runs that are on in a living process. Runs of other machines are not among them:
/// they could never be deleted.
std::vector<RunOwner> liveRuns(Database& database)
{
    auto owners = ownersOfActiveRuns(database);
    std::erase_if(owners, [](const RunOwner& owner) {
        return owner.state == RunState::Created || livenessOf(owner.process) != Liveness::Alive;
    });
    return owners;
}

bool holds(const std::vector<RunOwner>& owners, RunId id)
{
    return std::ranges::any_of(owners, [id](const RunOwner& owner) { return owner.run == id; });
}

void refuseLive(Database& database, std::span<const RunId> ids)
{
    for (const RunOwner& owner : liveRuns(database))
        if (std::ranges::find(ids, owner.run) != ids.end())
            fail(ErrorCode::BadArgument,
                 "Run \"" + owner.name + "\" (" + std::to_string(owner.run.value)
                     + ") is still on, in process " + std::to_string(owner.process.pid),
                 "Stop it first.");
}

void setTrashedAt(Database& database, std::span<const RunId> ids,
                  std::optional<UtcMilliseconds> time)
{
    Statement update(database, "UPDATE run SET trashed_at = ?2 WHERE id = ?1");
    for (const RunId id : ids)
        update.run(id, time);
}

/// Of checkpoints and of what was made of them.
std::vector<std::string> filesOf(Database& database, RunId id)
{
    Statement rows(database,
                   "SELECT path FROM checkpoint WHERE run_id = ?1"
                   " UNION SELECT path FROM artifact WHERE run_id = ?1 ORDER BY path");
    rows.bind(id);
    std::vector<std::string> paths;
    while (rows.step())
        paths.push_back(rows.text(0));
    return paths;
}

std::vector<RunId> trashedIds(Database& database)
{
    Statement rows(database, "SELECT id FROM run WHERE trashed_at IS NOT NULL ORDER BY id");
    std::vector<RunId> ids;
    while (rows.step())
        ids.push_back({rows.integer(0)});
    return ids;
}

} // namespace

Result<void> RunRepository::moveToTrash(std::span<const RunId> ids)
{
    return guarded([&] {
        Transaction transaction(m_database);
        refuseLive(m_database, ids);
        setTrashedAt(m_database, ids, m_clock());
        transaction.commit();
    });
}

Result<void> RunRepository::restore(std::span<const RunId> ids)
{
    return guarded([&] {
        Transaction transaction(m_database);
        setTrashedAt(m_database, ids, std::nullopt);
        transaction.commit();
    });
}

Result<std::vector<std::string>> RunRepository::purgeTrash()
{
    return guarded([&] {
        Transaction transaction(m_database);
        const auto live = liveRuns(m_database); // resumed after it was trashed
        Statement remove(m_database, "DELETE FROM run WHERE id = ?1"); // the rest cascades
        std::vector<std::string> paths;
        for (const RunId id : trashedIds(m_database)) {
            if (holds(live, id))
                continue;
            std::ranges::move(filesOf(m_database, id), std::back_inserter(paths));
            remove.run(id);
        }
        executeOrThrow(m_database,
                       "DELETE FROM process WHERE id NOT IN"
                       " (SELECT process_id FROM run WHERE process_id IS NOT NULL);"
                       "DELETE FROM sweep WHERE id NOT IN"
                       " (SELECT sweep_id FROM run WHERE sweep_id IS NOT NULL)");
        transaction.commit();
        return paths;
    });
}

Result<int> RunRepository::recoverInterrupted()
{
    return guarded([&] {
        Transaction transaction(m_database);
        Statement update(m_database,
                         "UPDATE run SET state = 'interrupted', state_reason = ?2,"
                         " finished_at = updated_at WHERE id = ?1");
        int marked = 0;
        for (const RunOwner& owner : ownersOfActiveRuns(m_database)) {
            if (livenessOf(owner.process) != Liveness::Dead)
                continue;
            update.run(owner.run,
                       owner.state == RunState::Created ? "The program ended before the run started"
                                                        : "The program ended while the run was on");
            ++marked;
        }
        transaction.commit();
        return marked;
    });
}

} // namespace mocoscope::storage
