// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/headless/sweep_plan.h"

#include "app/headless/configuration.h"
#include "app/headless/format.h"
#include "app/headless/nearest.h"
#include "app/headless/record_json.h"
#include "app/headless/text_table.h"
#include "training/api/model_shape.h"

#include <algorithm>
#include <filesystem>
#include <optional>
#include <system_error>
#include <utility>

namespace mocoscope::headless {

namespace {

using Json = nlohmann::ordered_json;
using training::DataConfig;
using training::DatasetFacts;
using training::ErrorCode;
using training::failure;
using training::Result;
using training::SweepMember;
using training::SweepPlan;

std::string builtInHint(const std::string& text)
{
    std::vector<std::string> names;
    for (const SweepPlan& plan : training::builtInSweeps()) {
        names.push_back(plan.name);
    }
    const auto near = nearestWords(text, names, 1);
    return (near.empty() ? std::string() : "did you mean " + quotedAlternatives(near) + "? ")
        + "`mocoscope-train sweep --list` shows the sweeps that are built in";
}

Result<SweepPlan> chosenPlan(const std::string& text, std::istream& in)
{
    std::error_code ignored;
    if (text != "-" && !std::filesystem::exists(text, ignored)) {
        if (const SweepPlan* plan = training::findBuiltInSweep(text)) {
            return *plan;
        }
        return failure(ErrorCode::NotFound,
                       "'" + text + "' is neither a file nor a sweep that is built in",
                       builtInHint(text));
    }
    return readConfigText(text, in).and_then(
        [](const std::string& json) { return training::parseSweep(json); });
}

/// The data of a sweep are mostly the same for all its runs: each is looked at once.
class DataLooker
{
public:
    explicit DataLooker(const Program& program)
        : m_inspector(program.makeDatasetInspector())
    {
    }
    Result<DatasetFacts> facts(const DataConfig& data)
    {
        const auto known = std::find_if(m_known.begin(), m_known.end(),
                                        [&](const auto& each) { return each.first == data; });
        if (known != m_known.end()) {
            return known->second;
        }
        auto facts = m_inspector->inspect(data, std::stop_token());
        m_known.emplace_back(data, facts);
        return facts;
    }

private:
    std::unique_ptr<training::DatasetInspector> m_inspector;
    std::vector<std::pair<DataConfig, Result<DatasetFacts>>> m_known;
};

Result<std::vector<std::int64_t>> stepCounts(const std::vector<SweepMember>& members,
                                             const Program& program)
{
    DataLooker data(program);
    std::vector<std::int64_t> steps;
    for (const SweepMember& member : members) {
        const auto facts = data.facts(member.config.data);
        if (!facts) {
            return tl::unexpected(facts.error());
        }
        steps.push_back(training::totalSteps(member.config, facts->trainImages));
        if (steps.back() == 0) {
            return failure(ErrorCode::BadConfiguration,
                           "'" + member.name
                               + "': the batch is larger than all images, train.batch_size = "
                               + std::to_string(member.config.train.batchSize),
                           "there are " + std::to_string(facts->trainImages));
        }
    }
    return steps;
}

/// The weights of a sweep are mostly the same for all its runs: each is looked at once.
Result<void> checkWeights(const std::vector<SweepMember>& members, const Program& program)
{
    const auto inspector = program.makeWeightsInspector();
    std::vector<std::pair<training::ModelConfig, std::string>> fitting;
    for (const SweepMember& member : members) {
        const std::pair start {member.config.model, member.config.method.name};
        if (std::find(fitting.begin(), fitting.end(), start) != fitting.end()) {
            continue;
        }
        if (const auto fits = inspector->check(member.config); !fits) {
            return failure(fits.error().code, "'" + member.name + "' cannot be trained",
                           toText(fits.error()));
        }
        fitting.push_back(start);
    }
    return {};
}

void printJson(const PlannedSweep& planned, const std::vector<std::int64_t>& steps,
               std::ostream& out)
{
    for (std::size_t i = 0; i < planned.members.size(); ++i) {
        const SweepMember& member = planned.members[i];
        out << dump(Json {{"type", "dry_run"},
                          {"sweep", planned.plan.name},
                          {"name", member.name},
                          {"preset", member.preset},
                          {"setting", member.setting},
                          {"seed", member.config.train.seed},
                          {"total_steps", steps[i]}})
            << '\n';
    }
}

void printText(const PlannedSweep& planned, const std::vector<std::int64_t>& steps,
               std::ostream& out)
{
    TextTable table({{"run"}, {"preset"}, {"steps", TextTable::Align::Right}});
    std::int64_t total = 0;
    for (std::size_t i = 0; i < planned.members.size(); ++i) {
        total += steps[i];
        table.addRow(
            {planned.members[i].name, planned.members[i].preset, std::to_string(steps[i])});
    }
    table.print(out);
    out << "The sweep '" << printable(planned.plan.name) << "' can start: " << steps.size()
        << " runs, " << total << " steps; nothing was stored.\n";
}

} // namespace

Result<PlannedSweep> planSweep(const SweepArguments& arguments, const Program& program)
{
    auto plan = chosenPlan(arguments.file, program.console.in);
    if (!plan) {
        return tl::unexpected(plan.error());
    }
    plan->name = arguments.name.empty() ? plan->name : arguments.name;
    auto members = training::expandSweep(*plan);
    if (!members) {
        return tl::unexpected(members.error());
    }
    for (const SweepMember& member : *members) {
        if (const auto checked = checkConfiguration(member.config); !checked) {
            return failure(checked.error().code, "'" + member.name + "' cannot be trained",
                           checked.error().detail);
        }
    }
    if (const auto fits = checkWeights(*members, program); !fits) {
        return tl::unexpected(fits.error());
    }
    return PlannedSweep {std::move(*plan), std::move(*members)};
}

int dryRunSweep(const PlannedSweep& planned, bool json, const Program& program)
{
    const auto steps = stepCounts(planned.members, program);
    if (!steps) {
        return report(program.console, steps.error());
    }
    (json ? printJson : printText)(planned, *steps, program.console.out);
    program.console.out << std::flush;
    return Done;
}

int listBuiltInSweeps(bool json, const Console& console)
{
    for (const SweepPlan& plan : training::builtInSweeps()) {
        const auto members = training::expandSweep(plan);
        const std::size_t runs = members ? members->size() : 0;
        if (json) {
            console.out << dump(Json {{"name", plan.name},
                                      {"title", plan.title},
                                      {"summary", plan.summary},
                                      {"runs", runs},
                                      {"plan", Json::parse(training::toJson(plan))}})
                        << '\n';
        } else {
            const int columns = std::min(100, console.outIsTerminal ? console.columns() : 80);
            console.out << plan.name << '\n'
                        << wrapped(plan.title + ", " + std::to_string(runs) + " runs. "
                                       + plan.summary,
                                   "    ", columns);
        }
    }
    console.out << std::flush;
    return Done;
}

} // namespace mocoscope::headless
