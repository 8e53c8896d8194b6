// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/headless/commands.h"
#include "app/headless/configuration.h"
#include "app/headless/follow_run.h"
#include "app/headless/format.h"
#include "app/headless/run_store.h"
#include "app/headless/sweep_plan.h"
#include "app/headless/sweep_run.h"
#include "training/api/config_json.h"

#include <system_error>

namespace mocoscope::headless {

namespace {

using storage::Database;
using storage::Result;
using storage::SweepRecord;
using storage::SweepRepository;
using training::ErrorCode;
using training::failure;

storage::NewSweep newSweep(const PlannedSweep& planned)
{
    storage::NewSweep sweep {planned.plan.name, training::toJson(planned.plan), {}};
    for (const training::SweepMember& member : planned.members) {
        storage::NewSweepRun& added = sweep.runs.emplace_back();
        added.run.name = member.name;
        added.run.preset = member.preset;
        added.run.configJson = training::toJson(member.config);
        added.setting = member.setting;
    }
    return sweep;
}

/// Goes on with the sweep that the history has already when it is the same one. On the recorder
/// thread.
Result<SweepRecord> storeOrFind(Database& database, const PlannedSweep& planned)
{
    SweepRepository sweeps(database);
    const auto known = sweeps.find(planned.plan.name);
    if (!known) {
        return tl::unexpected(known.error());
    }
    if (!*known) {
        return sweeps.create(newSweep(planned));
    }
    if ((*known)->planJson != training::toJson(planned.plan)) {
        return failure(ErrorCode::BadArgument,
                       "the history has a sweep '" + planned.plan.name + "' with other settings",
                       "--name gives this one another name; --resume "
                           + shellWord(planned.plan.name) + " goes on with the other");
    }
    return **known;
}

/// On the recorder thread.
Result<SweepRecord> findSweep(Database& database, const std::string& name)
{
    SweepRepository sweeps(database);
    const auto found = sweeps.find(name);
    if (found && *found) {
        return **found;
    }
    const auto all = sweeps.list();
    if (!found || !all) {
        return tl::unexpected(!found ? found.error() : all.error());
    }
    std::string names;
    for (const SweepRecord& sweep : *all) {
        names += (names.empty() ? "the sweeps there are: '" : ", '") + printable(sweep.name) + "'";
    }
    return failure(ErrorCode::NotFound, "there is no sweep '" + name + "' in the history",
                   names.empty() ? "the history has no sweeps yet" : names);
}

int resumeSweep(const SweepArguments& arguments, const Program& program)
{
    const std::filesystem::path file = databasePath(arguments.store);
    std::error_code error;
    if (!std::filesystem::exists(file, error) && !error) {
        return report(program.console, openHistory(arguments.store).error());
    }
    return trainSweep(
        arguments, [&](Database& database) { return findSweep(database, arguments.resume); },
        program);
}

} // namespace

int run(const SweepArguments& arguments, const Program& program)
{
    if (arguments.list) {
        return listBuiltInSweeps(arguments.json, program.console);
    }
    if (const auto refused = refuseProcesses("sweep", program)) {
        return *refused;
    }
    if (!arguments.resume.empty()) {
        return resumeSweep(arguments, program);
    }
    const auto planned = planSweep(arguments, program);
    if (!planned) {
        return report(program.console, planned.error());
    }
    if (arguments.dryRun) {
        return dryRunSweep(*planned, arguments.json, program);
    }
    return trainSweep(
        arguments, [&](Database& database) { return storeOrFind(database, *planned); }, program);
}

} // namespace mocoscope::headless
