// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>

namespace mocoscope {

/// Before there is an application object, as Qt ends a program at once when it finds no display:
/// prints what `--help` or `--version` ask for, or that there is no display, and ends the program.
/// Otherwise returns.
void answerWithoutWindow(int count, char** arguments);

/// The run history that the arguments of the application name, else the usual one. Ends the program
/// where they are not understood.
[[nodiscard]] std::filesystem::path databaseFromArguments();

} // namespace mocoscope
