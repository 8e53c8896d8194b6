// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "storage/clock.h"
#include "storage/database.h"
#include "storage/run_record.h"

#include <span>
#include <string>
#include <vector>

namespace mocoscope::storage {

/// Runs without their curves. On the thread that owns the connection.
class RunRepository
{
public:
    explicit RunRepository(Database& database, Clock clock = systemTime);

    /// An empty name becomes the preset's (or "run") with the id behind it. The run belongs to this
    /// process from now on, see recoverInterrupted(). A fork gets its checkpoint at the same time.
    [[nodiscard]] Result<RunRecord> create(const NewRun& run);
    /// Newest first, without those in the trash.
    [[nodiscard]] Result<std::vector<RunRecord>> list();
    /// Last trashed first.
    [[nodiscard]] Result<std::vector<RunRecord>> trash();
    /// Also in the trash.
    [[nodiscard]] Result<RunRecord> find(RunId id);
    /// By id, else by uuid (or a prefix of 6 or more letters of it), else by name; not in the
    /// trash. The error says when none or several fit.
    [[nodiscard]] Result<RunRecord> find(const std::string& text);

    [[nodiscard]] Result<void> rename(RunId id, const std::string& name);
    [[nodiscard]] Result<void> setNotes(RunId id, const std::string& notes);
    /// `#rrggbb`, or empty for the palette's.
    [[nodiscard]] Result<void> setColour(RunId id, const std::string& colour);
    [[nodiscard]] Result<void> setTags(RunId id, const std::vector<std::string>& tags);
    [[nodiscard]] Result<void> setState(RunId id, training::RunState state,
                                        const std::string& reason);
    /// Hides the runs from list(); undone by restore(), made final by purgeTrash(). All or none; a
    /// run that is on in a living process is refused.
    [[nodiscard]] Result<void> moveToTrash(std::span<const RunId> ids);
    [[nodiscard]] Result<void> restore(std::span<const RunId> ids);
    /// Deletes trashed runs with their curves and the rows of their files; returns the paths of
    /// checkpoints and artifacts, which the caller removes.
    [[nodiscard]] Result<std::vector<std::string>> purgeTrash();

    [[nodiscard]] Result<std::vector<CheckpointRecord>> checkpoints(RunId id);
    [[nodiscard]] Result<std::vector<EventRecord>> events(RunId id);

    /// Marks runs as Interrupted that were created, running or paused in a process that no longer
    /// lives. Runs of other machines are left alone: nothing is known about those. Returns how
    /// many.
    [[nodiscard]] Result<int> recoverInterrupted();

private:
    Database& m_database;
    Clock m_clock;
};

} // namespace mocoscope::storage
