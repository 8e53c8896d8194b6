// SPDX-License-Identifier: GPL-3.0-or-later
// From the plan of a sweep to its runs.
#include "training/api/sweep.h"

#include "training/api/config_schema.h"
#include "training/api/presets.h"

#include <algorithm>
#include <set>

namespace mocoscope::training {

namespace {

/// Where runs start.
struct Start
{
    std::string preset;
    std::string label; ///< empty where all runs start from the same
    TrainingConfig config;
};

/// A run before its seed is set.
struct Setting
{
    std::string preset;
    std::string label;
    TrainingConfig config;
};

std::string joined(const std::vector<std::string>& parts)
{
    std::string text;
    for (const std::string& part : parts) {
        text += (text.empty() || part.empty() ? "" : ", ") + part;
    }
    return text;
}

std::string lastPart(const std::string& key)
{
    const auto dot = key.rfind('.');
    return dot == std::string::npos ? key : key.substr(dot + 1);
}

/// `1e-4` for `1e-04`.
std::string withShortExponent(const FieldDescription* field, std::string value)
{
    const auto exponent = value.find("e-0");
    if (field != nullptr && field->type == FieldType::Real && exponent != std::string::npos) {
        value.erase(exponent + 2, 1);
    }
    return value;
}

/// Problems in the order in which they were found, each with the runs that have it.
class Problems
{
public:
    void add(const std::string& problem, const std::string& run = {})
    {
        auto found = std::find_if(m_all.begin(), m_all.end(),
                                  [&](const Problem& known) { return known.text == problem; });
        if (found == m_all.end()) {
            found = m_all.insert(m_all.end(), {problem, {}});
        }
        if (!run.empty()) {
            found->runs.push_back(run);
        }
    }
    [[nodiscard]] bool areNone() const { return m_all.empty(); }
    [[nodiscard]] tl::unexpected<Error> asError(std::size_t runCount) const
    {
        std::string detail;
        for (const Problem& problem : m_all) {
            detail += (detail.empty() ? "" : "\n") + problem.text;
            if (!problem.runs.empty() && problem.runs.size() < runCount) {
                detail += " (in " + shortened(problem.runs) + ")";
            }
        }
        return failure(ErrorCode::BadConfiguration,
                       m_all.size() == 1
                           ? "the sweep has an error"
                           : "the sweep has " + std::to_string(m_all.size()) + " errors",
                       detail);
    }

private:
    struct Problem
    {
        std::string text;
        std::vector<std::string> runs;
    };
    static std::string shortened(const std::vector<std::string>& runs)
    {
        constexpr std::size_t shown = 3;
        std::string text;
        for (std::size_t i = 0; i < std::min(shown, runs.size()); ++i) {
            text += (i == 0 ? "'" : ", '") + runs[i] + "'";
        }
        return runs.size() > shown ? text + " and " + std::to_string(runs.size() - shown) + " more"
                                   : text;
    }
    std::vector<Problem> m_all;
};

/// Expands one plan; what is wrong gathers in `problems`.
class Expansion
{
public:
    Expansion(const SweepPlan& plan, Problems& problems)
        : m_plan(plan)
        , m_problems(problems)
    {
        findAmbiguousParts();
    }

    [[nodiscard]] std::vector<Setting> settings()
    {
        std::vector<Setting> all;
        for (const Start& start : starts()) {
            const Setting changed {start.preset, start.label,
                                   withSettings(start.config, m_plan.set)};
            for (const Setting& point : points(changed)) {
                for (Setting& each : variants(point)) {
                    all.push_back(std::move(each));
                }
            }
        }
        return all;
    }

private:
    std::vector<Start> starts()
    {
        if (m_plan.presets.empty()) {
            return {{{}, {}, m_plan.config}};
        }
        std::vector<Start> all;
        for (const std::string& name : m_plan.presets) {
            const auto preset = findPreset(name);
            if (!preset) {
                m_problems.add(preset.error().message);
                continue;
            }
            const std::string label = preset->study ? preset->study->setting : preset->name;
            all.push_back(
                {name, m_plan.presets.size() > 1 ? label : std::string(), preset->config});
        }
        return all;
    }

    std::vector<Setting> points(const Setting& start)
    {
        std::vector<Setting> all {start};
        for (const SweepAxis& axis : m_plan.grid) {
            std::vector<Setting> longer;
            for (const Setting& setting : all) {
                for (const std::string& value : axis.values) {
                    longer.push_back(changed(setting, {{axis.key, value}}, {}));
                }
            }
            all = std::move(longer);
        }
        return all;
    }

    std::vector<Setting> variants(const Setting& point)
    {
        if (m_plan.list.empty()) {
            return {point};
        }
        std::vector<Setting> all;
        for (const SweepVariant& variant : m_plan.list) {
            all.push_back(changed(point, variant.settings, variant.label));
        }
        return all;
    }

    Setting changed(const Setting& from, const std::vector<OptionSetting>& settings,
                    const std::string& label)
    {
        std::vector<std::string> parts {from.label, label};
        for (std::size_t i = 0; label.empty() && i < settings.size(); ++i) {
            parts.push_back(labelOf(settings[i]));
        }
        std::erase(parts, std::string());
        return {from.preset, joined(parts), withSettings(from.config, settings)};
    }

    /// `lr=1e-4`; names speak for themselves: `byol`.
    [[nodiscard]] std::string labelOf(const OptionSetting& setting) const
    {
        const std::string part = lastPart(setting.key);
        if (part == "name") {
            return setting.value;
        }
        return (m_ambiguousParts.contains(part) ? setting.key : part) + "="
            + withShortExponent(findField(setting.key), setting.value);
    }

    TrainingConfig withSettings(TrainingConfig config, const std::vector<OptionSetting>& settings)
    {
        for (const OptionSetting& setting : settings) {
            if (setting.key == "train.seed") {
                m_problems.add("train.seed: expected under \"seeds\"");
                continue;
            }
            auto changed = withOption(config, setting.key, setting.value);
            if (changed) {
                config = *changed;
            } else {
                m_problems.add(toText(changed.error()));
            }
        }
        return config;
    }

    /// `momentum` of both method.momentum and optimizer.momentum.
    void findAmbiguousParts()
    {
        std::set<std::string> keys;
        for (const SweepAxis& axis : m_plan.grid) {
            keys.insert(axis.key);
        }
        for (const SweepVariant& variant : m_plan.list) {
            for (const OptionSetting& setting : variant.settings) {
                keys.insert(setting.key);
            }
        }
        std::set<std::string> known;
        for (const std::string& key : keys) {
            if (!known.insert(lastPart(key)).second) {
                m_ambiguousParts.insert(lastPart(key));
            }
        }
    }

    const SweepPlan& m_plan;
    Problems& m_problems;
    std::set<std::string> m_ambiguousParts;
};

SweepMember member(const SweepPlan& plan, const Setting& setting, std::int64_t seed)
{
    std::vector<std::string> parts {setting.label};
    if (plan.seeds.size() > 1) {
        parts.push_back("seed " + std::to_string(seed));
    }
    std::erase(parts, std::string());
    if (setting.label.empty()) {
        parts.insert(parts.begin(), plan.name);
    }
    SweepMember made {joined(parts), setting.preset, setting.label, setting.config};
    made.config.train.seed = seed;
    return made;
}

void checkMembers(const std::vector<SweepMember>& members, Problems& problems)
{
    std::set<std::string> names;
    for (const SweepMember& each : members) {
        if (!names.insert(each.name).second) {
            problems.add("'" + each.name + "' comes twice");
        }
        for (const Violation& violation : validate(each.config)) {
            problems.add(violation.key + " = " + violation.value + ": " + violation.reason,
                         each.name);
        }
    }
}

/// Before anything is expanded: a file from elsewhere must not fill the memory.
std::size_t memberCount(const SweepPlan& plan)
{
    std::size_t count = std::max<std::size_t>(1, plan.presets.size());
    const auto multiply = [&count](std::size_t by) { count *= count > largestSweep ? 1 : by; };
    for (const SweepAxis& axis : plan.grid) {
        multiply(axis.values.size());
    }
    multiply(std::max<std::size_t>(1, plan.list.size()));
    multiply(plan.seeds.size());
    return count;
}

} // namespace

Result<std::vector<SweepMember>> expandSweep(const SweepPlan& plan)
{
    if (memberCount(plan) > largestSweep) {
        return failure(ErrorCode::BadConfiguration, "the sweep has too many runs",
                       "expected at most " + std::to_string(largestSweep));
    }
    Problems problems;
    const std::vector<Setting> settings = Expansion(plan, problems).settings();
    std::vector<SweepMember> members;
    for (const std::int64_t seed : plan.seeds) {
        for (const Setting& setting : settings) {
            members.push_back(member(plan, setting, seed));
        }
    }
    checkMembers(members, problems);
    if (!problems.areNone()) {
        return problems.asError(members.size());
    }
    return members;
}

} // namespace mocoscope::training
