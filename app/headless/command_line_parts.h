// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/headless/command_line.h"

#include <CLI/CLI.hpp>

// Inside only: what the files of the command line share.
namespace mocoscope::headless {

inline constexpr auto storeHelp = "Run history to use instead of the default one";
inline constexpr auto jsonHelp = "Write one JSON object a line";
inline constexpr auto runHelp = "A run: its id, its name, or six or more letters of its uuid";

/// A command that fills `arguments` and becomes `chosen` when it is used; both outlive `parent`.
template <typename Arguments>
CLI::App* addCommand(CLI::App& parent, const char* name, const char* description,
                     Arguments& arguments, Command& chosen)
{
    CLI::App* command = parent.add_subcommand(name, description);
    if constexpr (requires { arguments.store; }) {
        command->add_option("--store", arguments.store, storeHelp)->type_name("DB");
    }
    if constexpr (requires { arguments.json; }) {
        command->add_flag("--json", arguments.json, jsonHelp);
    }
    command->final_callback([&arguments, &chosen] { chosen = arguments; });
    return command;
}

/// Of the commands below `runs`.
struct RunsArguments
{
    ListArguments list;
    ShowArguments show;
    CompareArguments compare;
    ExportArguments exporting;
    ImportArguments importing;
    ReportArguments report;
    TagArguments tag;
    BackupArguments backup;
    MergeArguments merge;
    DeleteArguments deleting;
};
void addRunsCommands(CLI::App& app, RunsArguments& arguments, Command& chosen);

} // namespace mocoscope::headless
