// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "storage/exchange/whole_run.h"

#include <ostream>

namespace mocoscope::storage {

/// One object a line, as `train --json` writes them while a run is on: `run` (with all options
/// under `config`), then `metrics` for each step. Values that are not finite are null.
void writeJsonLines(const WholeRun& run, std::ostream& out);

} // namespace mocoscope::storage
