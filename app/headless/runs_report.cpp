// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/headless/commands.h"
#include "app/headless/format.h"
#include "app/headless/run_store.h"
#include "storage/clock.h"
#include "storage/exchange/output_file.h"
#include "storage/exchange/report.h"

namespace mocoscope::headless {

using storage::RunRecord;

int run(const ReportArguments& arguments, const Program& program)
{
    const Console& console = program.console;
    if (const auto extension = arguments.file.extension();
        extension == ".pdf" || extension == ".PDF") {
        return report(
            console,
            {training::ErrorCode::BadArgument,
             "a report as PDF is written by the window; here it is one web page",
             "Name a .html file, which a browser prints to PDF; or in the window: Runs or "
             "Compare, Report as PDF"});
    }
    auto database = openHistory(arguments.store);
    if (!database) {
        return report(console, database.error());
    }
    const storage::ReportOptions options {arguments.title, arguments.metrics,
                                          storage::systemTime()};
    const auto made
        = findRuns(*database, arguments.runs).and_then([&](const std::vector<RunRecord>& runs) {
              return storage::readReport(*database, runs, options);
          });
    if (!made) {
        return report(console, made.error());
    }
    const auto write = [&](std::ostream& out) { storage::writeReport(*made, out); };
    if (arguments.file == "-") {
        write(console.out);
        console.out << std::flush;
        return Done;
    }
    const auto written = storage::writeFile(arguments.file, write);
    if (!written) {
        return report(console, written.error());
    }
    console.out << "report of " << made->runs.size()
                << (made->runs.size() == 1 ? " run in " : " runs in ")
                << printable(arguments.file.string()) << '\n'
                << std::flush;
    return Done;
}

} // namespace mocoscope::headless
