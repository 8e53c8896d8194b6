// SPDX-License-Identifier: GPL-3.0-or-later
// The file of a sweep, and the sweeps that are built in.
#include "embedded/sweep_texts.h"
#include "training/api/config_json.h"
#include "training/api/config_schema.h"
#include "training/api/sweep.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <nlohmann/json.hpp>
#include <utility>

namespace mocoscope::training {

namespace {

using Json = nlohmann::ordered_json;

constexpr std::string_view knownKeys
    = "name, title, summary, preset, presets, config, set, grid, list, seeds";

/// Reads the parts of a file; what is wrong gathers in `problems`.
class SweepReader
{
public:
    explicit SweepReader(const Json& root)
        : m_root(root)
    {
    }

    Result<SweepPlan> read()
    {
        readTexts();
        readStart();
        m_plan.set = settings(m_root.value("set", Json::object()), "set");
        readGrid();
        readList();
        readSeeds();
        if (m_problemCount > 0) {
            return failure(ErrorCode::BadConfiguration,
                           m_problemCount == 1
                               ? "the sweep file has an error"
                               : "the sweep file has " + std::to_string(m_problemCount) + " errors",
                           m_problems);
        }
        return std::move(m_plan);
    }

private:
    void report(const std::string& problem)
    {
        m_problems += (m_problems.empty() ? "" : "\n") + problem;
        ++m_problemCount;
    }

    void readTexts()
    {
        for (const auto& [key, value] : m_root.items()) {
            if ((", " + std::string(knownKeys) + ",").find(", " + key + ",") == std::string::npos) {
                report("unknown entry '" + key + "', expected " + std::string(knownKeys));
            }
        }
        for (const auto& [key, text] :
             {std::pair("name", &m_plan.name), std::pair("title", &m_plan.title),
              std::pair("summary", &m_plan.summary)}) {
            if (!m_root.contains(key)) {
                continue;
            }
            if (m_root.at(key).is_string()) {
                *text = m_root.at(key);
            } else {
                report(std::string(key) + ": expected a text in quotes");
            }
        }
        if (m_plan.name.empty()) {
            report("name: expected the name of the sweep");
        }
    }

    void readStart()
    {
        const int given = int(m_root.contains("preset")) + int(m_root.contains("presets"))
            + int(m_root.contains("config"));
        if (given != 1) {
            report("expected one of preset, presets and config");
            return;
        }
        if (m_root.contains("config")) {
            const auto config = fromJson(m_root.at("config").dump());
            config ? m_plan.config = *config : (report(toText(config.error())), TrainingConfig());
            return;
        }
        const Json names
            = m_root.contains("preset") ? Json::array({m_root.at("preset")}) : m_root.at("presets");
        const bool areNames = names.is_array() && !names.empty()
            && std::all_of(names.begin(), names.end(), [](const Json& n) { return n.is_string(); });
        if (!areNames) {
            report("presets: expected names of presets in quotes");
            return;
        }
        m_plan.presets = names.get<std::vector<std::string>>();
    }

    /// As text, whatever the type: expandSweep() knows what each option takes.
    std::string valueText(const Json& value, const std::string& where)
    {
        if (value.is_string()) {
            return value;
        }
        if (value.is_primitive() && !value.is_null()) {
            return value.is_number_float() ? toText(FieldValue(value.get<double>())) : value.dump();
        }
        report(where + ": expected a number, true, false or a text in quotes");
        return {};
    }

    std::vector<OptionSetting> settings(const Json& object, const std::string& where)
    {
        std::vector<OptionSetting> all;
        if (!object.is_object()) {
            report(where + ": expected options such as {\"optimizer.lr\": 0.001}");
            return all;
        }
        for (const auto& [key, value] : object.items()) {
            all.push_back({key, valueText(value, where + ": " + key)});
        }
        return all;
    }

    void readGrid()
    {
        const Json grid = m_root.value("grid", Json::object());
        if (!grid.is_object()) {
            report("grid: expected options with their values, {\"optimizer.lr\": [0.001, 0.002]}");
            return;
        }
        for (const auto& [key, values] : grid.items()) {
            if (!values.is_array() || values.empty()) {
                report("grid: " + key + ": expected a list of values");
                continue;
            }
            SweepAxis axis {key, {}};
            for (const Json& value : values) {
                axis.values.push_back(valueText(value, "grid: " + key));
            }
            m_plan.grid.push_back(std::move(axis));
        }
    }

    void readList()
    {
        const Json list = m_root.value("list", Json::array());
        if (!list.is_array()) {
            report("list: expected a list of {…} with options");
            return;
        }
        for (std::size_t i = 0; i < list.size(); ++i) {
            const std::string where = "list, entry " + std::to_string(i + 1);
            Json entry = list[i];
            SweepVariant variant;
            if (entry.is_object() && entry.contains("label") && entry.at("label").is_string()) {
                variant.label = entry.at("label");
                entry.erase("label");
            }
            variant.settings = settings(entry, where);
            m_plan.list.push_back(std::move(variant));
        }
    }

    void readSeeds()
    {
        const Json seeds = m_root.value("seeds", Json::array({0U}));
        const bool areSeeds = seeds.is_array() && !seeds.empty()
            && std::all_of(seeds.begin(), seeds.end(),
                           [](const Json& seed) { return seed.is_number_unsigned(); });
        if (!areSeeds) {
            report("seeds: expected whole numbers such as [0, 1, 2]");
            return;
        }
        m_plan.seeds = seeds.get<std::vector<std::int64_t>>();
    }

    const Json& m_root;
    SweepPlan m_plan;
    std::string m_problems;
    std::size_t m_problemCount = 0;
};

Json settingsJson(const std::vector<OptionSetting>& settings)
{
    Json object = Json::object();
    for (const OptionSetting& setting : settings) {
        object[setting.key] = setting.value;
    }
    return object;
}

/// Embedded files are ours: one that does not read is a defect that the tests catch.
std::vector<SweepPlan> readBuiltIn()
{
    std::vector<SweepPlan> all;
    for (const embedded::TextFile& file : embedded::sweep_texts()) {
        auto plan = parseSweep(file.text);
        if (!plan) {
            std::fprintf(stderr, "sweep file %s: %s\n", std::string(file.name).c_str(),
                         toText(plan.error()).c_str());
            std::abort();
        }
        all.push_back(std::move(*plan));
    }
    return all;
}

} // namespace

Result<SweepPlan> parseSweep(std::string_view json)
{
    const Json root = Json::parse(json, nullptr, false);
    if (root.is_discarded() || !root.is_object()) {
        return failure(ErrorCode::BadConfiguration, "the sweep file is not a JSON object",
                       "expected {\"name\": …, \"preset\": …, \"grid\": {…}, \"seeds\": […]}");
    }
    return SweepReader(root).read();
}

std::string toJson(const SweepPlan& plan)
{
    Json root {{"name", plan.name}};
    if (!plan.title.empty()) {
        root["title"] = plan.title;
    }
    if (!plan.summary.empty()) {
        root["summary"] = plan.summary;
    }
    if (plan.presets.empty()) {
        root["config"] = Json::parse(toJson(plan.config));
    } else {
        root["presets"] = plan.presets;
    }
    if (!plan.set.empty()) {
        root["set"] = settingsJson(plan.set);
    }
    for (const SweepAxis& axis : plan.grid) {
        root["grid"][axis.key] = axis.values;
    }
    for (const SweepVariant& variant : plan.list) {
        Json entry = settingsJson(variant.settings);
        if (!variant.label.empty()) {
            entry["label"] = variant.label;
        }
        root["list"].push_back(std::move(entry));
    }
    root["seeds"] = plan.seeds;
    return root.dump(2, ' ', false, Json::error_handler_t::replace);
}

std::span<const SweepPlan> builtInSweeps()
{
    static const std::vector<SweepPlan> all = readBuiltIn();
    return all;
}

const SweepPlan* findBuiltInSweep(std::string_view name)
{
    const auto all = builtInSweeps();
    const auto found = std::find_if(all.begin(), all.end(),
                                    [&](const SweepPlan& plan) { return plan.name == name; });
    return found == all.end() ? nullptr : &*found;
}

} // namespace mocoscope::training
