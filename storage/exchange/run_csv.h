// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "storage/exchange/whole_run.h"
#include "storage/run_import.h"

#include <filesystem>
#include <ostream>
#include <vector>

namespace mocoscope::storage {

/// One row a step, one column a metric: `step,epoch,seconds,train/loss,…`; empty where a metric has
/// no value at a step, `nan` where it was not finite.
void writeCsv(const WholeRun& run, std::ostream& out);
/// Several runs below each other, with `run,name` (id and name) before the step; a column for each
/// metric that any of them has.
void writeCsv(const std::vector<WholeRun>& runs, std::ostream& out);

/// Reads what writeCsv() writes, or any table with a column `step`; `epoch`, `seconds` or
/// TensorBoard's `wall time` are taken as times, every other column is a metric. Errors name the
/// line.
[[nodiscard]] Result<std::vector<ImportedRun>> readCsv(const std::filesystem::path& file);

} // namespace mocoscope::storage
