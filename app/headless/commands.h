// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/headless/command_line.h"
#include "app/headless/program.h"

namespace mocoscope::headless {

/// Each command, from its arguments to its exit code; one source file a command.
[[nodiscard]] int run(const UsageText& usage, const Program& program);
[[nodiscard]] int run(const TrainArguments& arguments, const Program& program);
[[nodiscard]] int run(const JobArguments& arguments, const Program& program);
[[nodiscard]] int run(const EvaluateArguments& arguments, const Program& program);
[[nodiscard]] int run(const ResumeArguments& arguments, const Program& program);
[[nodiscard]] int run(const ForkArguments& arguments, const Program& program);
[[nodiscard]] int run(const ExportModelArguments& arguments, const Program& program);
[[nodiscard]] int run(const FeaturesArguments& arguments, const Program& program);
[[nodiscard]] int run(const SweepArguments& arguments, const Program& program);
[[nodiscard]] int run(const ListArguments& arguments, const Program& program);
[[nodiscard]] int run(const ShowArguments& arguments, const Program& program);
[[nodiscard]] int run(const CompareArguments& arguments, const Program& program);
[[nodiscard]] int run(const ExportArguments& arguments, const Program& program);
[[nodiscard]] int run(const ImportArguments& arguments, const Program& program);
[[nodiscard]] int run(const ReportArguments& arguments, const Program& program);
[[nodiscard]] int run(const TagArguments& arguments, const Program& program);
[[nodiscard]] int run(const BackupArguments& arguments, const Program& program);
[[nodiscard]] int run(const MergeArguments& arguments, const Program& program);
[[nodiscard]] int run(const DeleteArguments& arguments, const Program& program);
[[nodiscard]] int run(const PresetsArguments& arguments, const Program& program);
[[nodiscard]] int run(const DevicesArguments& arguments, const Program& program);
[[nodiscard]] int run(const OptionsArguments& arguments, const Program& program);

} // namespace mocoscope::headless
