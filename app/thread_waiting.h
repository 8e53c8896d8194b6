// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace mocoscope {

/// Lets the tensor library's threads spin for a moment while they wait for each other, and then
/// sleep. By default they spin for minutes, and hold up whatever else wants the cores, often the
/// thread that they wait for. With sleep alone a small model's step takes twice as long on idle
/// cores (docs/performance.md). OpenMP reads this when it is loaded, so the program is started
/// again in the same process with GOMP_SPINCOUNT set. Does nothing where the environment says how
/// to wait. First thing in main().
void sleepSoonWhileWaiting(char** arguments);

} // namespace mocoscope
