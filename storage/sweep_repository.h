// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "storage/clock.h"
#include "storage/database.h"
#include "storage/run_record.h"

#include <optional>
#include <string>
#include <vector>

namespace mocoscope::storage {

/// A run of a new sweep.
struct NewSweepRun
{
    NewRun run;
    std::string setting; ///< see SweepPlace
};

struct NewSweep
{
    std::string name;
    std::string planJson; ///< training::toJson() of its plan
    std::vector<NewSweepRun> runs; ///< in the order in which they are to be trained
};

/// A sweep and how far it is; runs in the trash are not counted.
struct SweepRecord
{
    SweepId id;
    std::string name;
    UtcMilliseconds createdAt = 0;
    std::string planJson;
    std::int64_t total = 0;
    std::int64_t finished = 0;
    std::int64_t failed = 0; ///< these are not tried again by themselves
    std::int64_t waiting = 0; ///< not started, or stopped or interrupted half-way
    std::int64_t active = 0; ///< in some process
};

/// Runs that were planned together. On the thread that owns the connection.
class SweepRepository
{
public:
    explicit SweepRepository(Database& database, Clock clock = systemTime);

    /// Stores the sweep and all its runs, or nothing. The runs belong to no process until they are
    /// claimed. A name that is taken is an error.
    [[nodiscard]] Result<SweepRecord> create(const NewSweep& sweep);
    /// Newest first.
    [[nodiscard]] Result<std::vector<SweepRecord>> list();
    /// Empty when there is none of that name.
    [[nodiscard]] Result<std::optional<SweepRecord>> find(const std::string& name);
    [[nodiscard]] Result<SweepRecord> find(SweepId id);
    /// In the order of training, without those in the trash.
    [[nodiscard]] Result<std::vector<RunRecord>> runs(SweepId id);

    /// The run that is to be trained next: one that was stopped or interrupted half-way, else the
    /// first that was not started. It is `created` and belongs to this process from now on, so that
    /// no other process gets it too. Empty: none is left.
    [[nodiscard]] Result<std::optional<RunRecord>> claimNext(SweepId id);
    /// Gives back a run that was claimed and not started.
    [[nodiscard]] Result<void> release(RunId id);

private:
    Database& m_database;
    Clock m_clock;
};

} // namespace mocoscope::storage
