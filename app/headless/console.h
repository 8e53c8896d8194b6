// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "training/api/result.h"

#include <functional>
#include <istream>
#include <ostream>
#include <string_view>

namespace mocoscope::headless {

enum ExitCode : int
{
    Done = 0,
    FailedWhileRunning = 1,
    BadArguments = 2, ///< arguments or configuration
    Interrupted = 130,
};

/// Where a command reads and writes. `out` gets results, `err` what goes wrong and what is asked.
struct Console
{
    std::istream& in;
    std::ostream& out;
    std::ostream& err;
    bool inIsTerminal = false;
    bool outIsTerminal = false;
    std::function<int()> columns = [] { return 80; }; ///< of the terminal; asked at each redraw
};

/// The process's own streams. From now on writing to a closed pipe is an error of the stream
/// instead of the end of the process.
[[nodiscard]] Console systemConsole();

/// 2 for what the user can set right by other arguments, 1 for everything else.
[[nodiscard]] int exitCodeFor(training::ErrorCode code);
/// `bad_configuration`: how the code is written in JSON.
[[nodiscard]] std::string_view toText(training::ErrorCode code);
/// `mocoscope-train: what failed`, the lines of the detail indented. Returns the exit code.
int report(const Console& console, const training::Error& error);

} // namespace mocoscope::headless
