// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "storage/database.h"
#include "storage/process_identity.h"
#include "storage/run_record.h"
#include "storage/statement.h"

#include <span>
#include <string>
#include <vector>

// SQL on the table `run` that several classes share. Everything here throws StorageFailure.
namespace mocoscope::storage {

/// The runs that `condition` (the end of a SELECT, from WHERE on) picks, with their tags.
template <typename... Values>
[[nodiscard]] std::vector<RunRecord> readRuns(Database& database, const std::string& condition,
                                              const Values&... values);

/// Id of this process's row in the table `process`; made when missing. Inside a transaction.
[[nodiscard]] std::int64_t thisProcessId(Database& database);

/// Inserts a run, as `name`, that no process has yet. Inside a transaction.
[[nodiscard]] RunId insertRun(Database& database, const NewRun& run, const std::string& name,
                              UtcMilliseconds now);

/// The process that made or last ran the run; `pid` 0: none is known.
struct RunOwner
{
    RunId run;
    std::string name;
    training::RunState state = training::RunState::Created;
    ProcessIdentity process;
};
/// Of all runs that are created, running or paused.
[[nodiscard]] std::vector<RunOwner> ownersOfActiveRuns(Database& database);

/// State, reason and what follows: times, and this process as the owner of a run that is on.
void writeState(Database& database, RunId id, training::RunState state, const std::string& reason,
                UtcMilliseconds now);

namespace detail {
[[nodiscard]] Statement selectRuns(Database& database, const std::string& condition);
[[nodiscard]] std::vector<RunRecord> fetchRuns(Database& database, Statement& statement);
} // namespace detail

template <typename... Values>
std::vector<RunRecord> readRuns(Database& database, const std::string& condition,
                                const Values&... values)
{
    Statement statement = detail::selectRuns(database, condition);
    statement.bind(values...);
    return detail::fetchRuns(database, statement);
}

} // namespace mocoscope::storage
