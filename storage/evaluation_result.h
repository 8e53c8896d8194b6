// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "storage/database.h"
#include "storage/run_record.h"

#include <optional>

namespace mocoscope::storage {

/// Writes what a finished evaluation has found to the run that it evaluates, too: the last accuracy
/// as `eval/knn_top1`, `eval/linear_top1` or `eval/finetune_top1` at the step of the evaluated
/// weights, so that lists of pretraining runs can show it. Does nothing for other runs, for weights
/// that are not of the parent run, on other images (a transfer is told by its own run alone), and
/// for kNN with other options than the parent's own curve. Returns the run that was changed.
/// Inside a transaction of the caller; throws StorageFailure.
std::optional<RunId> tellEvaluatedRun(Database& database, RunId evaluation);

} // namespace mocoscope::storage
