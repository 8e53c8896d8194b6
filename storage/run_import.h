// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "storage/database.h"
#include "storage/run_record.h"

#include <optional>
#include <string>
#include <vector>

namespace mocoscope::storage {

/// A run that another program recorded.
struct ImportedRun
{
    std::string name;
    std::string source; ///< the file, for people
    std::string format; ///< `TensorBoard`, `CSV`
    std::string configJson; ///< training::toJson(); empty: its options are not known
    std::string notes;
    std::vector<Curve> curves; ///< steps ascending
    StepTimes times; ///< may be empty; epochs are 0 where they are not known
    std::optional<UtcMilliseconds> startedAt;
    std::optional<UtcMilliseconds> finishedAt;
};

/// Stores runs as finished, all or none, with the tag `imported` and a reason that names the
/// source. A run without values is an error.
[[nodiscard]] Result<std::vector<RunId>>
storeImportedRuns(Database& database, const std::vector<ImportedRun>& runs, UtcMilliseconds now);

} // namespace mocoscope::storage
