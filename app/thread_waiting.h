// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace mocoscope {

/// Lets the tensor library's threads sleep while they wait for each other. By default they spin,
/// and where anything else wants the cores a step then takes ten times as long: the spinning
/// threads hold up the one that they wait for. OpenMP reads this when it is loaded, so the program
/// is started again in the same process with OMP_WAIT_POLICY=passive. Does nothing where the
/// environment says how to wait. First thing in main().
void sleepWhileWaiting(char** arguments);

} // namespace mocoscope
