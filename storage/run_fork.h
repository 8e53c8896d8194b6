// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "storage/database.h"
#include "storage/run_record.h"

#include <functional>
#include <string>
#include <vector>

namespace mocoscope::storage {

/// Gives a new run the checkpoint that it goes on from as its own: a second name of the file, or a
/// copy where the disk has no such names, so that it outlives the run that wrote it. Records it,
/// and the event `forked` that keeps the step. Inside a transaction; throws.
void adoptCheckpoint(Database& database, RunId run, const std::string& uuid, const NewRun& made,
                     UtcMilliseconds now);

/// A run that another one was made from.
struct Ancestor
{
    RunId id;
    std::string name; ///< empty: it was deleted
    std::optional<std::int64_t> forkStep; ///< at which the younger one left it; empty: no fork
};

/// Parent, its parent and so on. `find` gives nothing for a run that was deleted.
[[nodiscard]] std::vector<Ancestor>
ancestryOf(const RunRecord& run, const std::function<std::optional<RunRecord>(RunId)>& find);

} // namespace mocoscope::storage
