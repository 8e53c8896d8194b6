// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/headless/program.h"

#include "app/headless/commands.h"

#include <exception>

namespace mocoscope::headless {

int runProgram(const std::vector<std::string>& arguments, const Program& program)
{
    try {
        const Command command = parseCommandLine(arguments);
        return std::visit([&](const auto& parsed) { return run(parsed, program); }, command);
    } catch (const std::exception& error) {
        return report(
            program.console,
            {training::ErrorCode::Internal, "an unexpected error ended the program", error.what()});
    }
}

int run(const UsageText& usage, const Program& program)
{
    (usage.exitCode == Done ? program.console.out : program.console.err)
        << usage.text << std::flush;
    return usage.exitCode;
}

} // namespace mocoscope::headless
