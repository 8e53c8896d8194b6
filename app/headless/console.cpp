// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/headless/console.h"

#include "app/headless/format.h"

#include <csignal>
#include <iostream>
#include <sstream>
#include <string>
#include <sys/ioctl.h>
#include <unistd.h>

namespace mocoscope::headless {

namespace {

int terminalColumns()
{
    winsize size {};
    const bool known = ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0;
    return known ? size.ws_col : 80;
}

} // namespace

Console systemConsole()
{
    std::signal(SIGPIPE, SIG_IGN);
    return {.in = std::cin,
            .out = std::cout,
            .err = std::cerr,
            .inIsTerminal = isatty(STDIN_FILENO) == 1,
            .outIsTerminal = isatty(STDOUT_FILENO) == 1,
            .columns = terminalColumns};
}

int exitCodeFor(training::ErrorCode code)
{
    using training::ErrorCode;
    const bool isArgument = code == ErrorCode::BadArgument || code == ErrorCode::BadConfiguration
        || code == ErrorCode::NotFound;
    return isArgument ? BadArguments : FailedWhileRunning;
}

std::string_view toText(training::ErrorCode code)
{
    using training::ErrorCode;
    switch (code) {
    case ErrorCode::BadConfiguration:
        return "bad_configuration";
    case ErrorCode::BadArgument:
        return "bad_argument";
    case ErrorCode::NotFound:
        return "not_found";
    case ErrorCode::Unreadable:
        return "unreadable";
    case ErrorCode::Unwritable:
        return "unwritable";
    case ErrorCode::NonFinite:
        return "non_finite";
    case ErrorCode::OutOfMemory:
        return "out_of_memory";
    case ErrorCode::Device:
        return "device";
    case ErrorCode::Newer:
        return "newer";
    case ErrorCode::Cancelled:
        return "cancelled";
    case ErrorCode::Internal:
        return "internal";
    }
    return "internal";
}

int report(const Console& console, const training::Error& error)
{
    std::string text = "mocoscope-train: " + printable(error.message) + "\n";
    std::istringstream detail(error.detail);
    for (std::string line; std::getline(detail, line);) {
        text += "  " + printable(line) + "\n";
    }
    console.err << text << std::flush;
    return exitCodeFor(error.code);
}

} // namespace mocoscope::headless
