// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/headless/commands.h"
#include "app/headless/format.h"
#include "app/headless/record_json.h"
#include "app/headless/run_store.h"
#include "storage/clock.h"
#include "storage/exchange/tensorboard.h"

namespace mocoscope::headless {

namespace {

using storage::Database;
using storage::Result;
using storage::RunId;

/// An import may be the first thing that is ever done with a history: it is made when missing.
Result<std::vector<RunId>> importRuns(const ImportArguments& arguments)
{
    return storage::readForImport(arguments.path, arguments.name)
        .and_then([&](const std::vector<storage::ImportedRun>& runs) {
            return Database::open(databasePath(arguments.store), Database::Access::ReadWrite)
                .and_then([&](Database database) {
                    return storage::storeImportedRuns(database, runs, storage::systemTime());
                });
        });
}

Result<std::vector<storage::RunRecord>> readBack(const ImportArguments& arguments,
                                                 const std::vector<RunId>& ids)
{
    auto database = openHistory(arguments.store);
    if (!database) {
        return tl::unexpected(database.error());
    }
    std::vector<storage::RunRecord> runs;
    for (const RunId id : ids) {
        auto run = storage::RunRepository(*database).find(id);
        if (!run) {
            return tl::unexpected(run.error());
        }
        runs.push_back(std::move(*run));
    }
    return runs;
}

} // namespace

int run(const ImportArguments& arguments, const Program& program)
{
    const auto imported = importRuns(arguments).and_then(
        [&](const std::vector<RunId>& ids) { return readBack(arguments, ids); });
    if (!imported) {
        return report(program.console, imported.error());
    }
    for (const storage::RunRecord& run : *imported) {
        if (arguments.json) {
            program.console.out << dump(toJson(run)) << '\n';
        } else {
            program.console.out << "imported run " << run.id.value << " '" << printable(run.name)
                                << "', up to step " << run.lastStep << '\n';
        }
    }
    program.console.out << std::flush;
    return Done;
}

} // namespace mocoscope::headless
