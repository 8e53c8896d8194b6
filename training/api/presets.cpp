// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/api/presets.h"

#include "embedded/preset_texts.h"
#include "training/api/config_json.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <vector>

namespace mocoscope::training {

namespace {

using Json = nlohmann::ordered_json;

/// What the presets of a family have in common.
struct Family
{
    std::string group;
    std::string row; ///< of the study; empty: none
    std::string base; ///< name of an earlier preset; empty: the defaults
    std::string remark; ///< ends each summary
};

std::string textOf(const Json& object, const char* key)
{
    return object.value(key, std::string());
}

/// Throws where the text does not read: readPresets() names the file.
class PresetReader
{
public:
    void readFile(std::string_view text)
    {
        const Json root = Json::parse(text);
        Family family {textOf(root, "group"), textOf(root, "row"), textOf(root, "base"), {}};
        if (!root.contains("families")) {
            readPreset(root, family);
            return;
        }
        for (const Json& each : root.at("families")) {
            family.base = textOf(each, "base");
            family.remark = textOf(each, "remark");
            for (const Json& preset : each.at("presets")) {
                readPreset(preset, family);
            }
        }
    }
    [[nodiscard]] std::vector<Preset> take() { return std::move(m_all); }

private:
    void readPreset(const Json& object, const Family& family)
    {
        const std::string changes = object.contains("config") ? object.at("config").dump() : "{}";
        const Result<TrainingConfig> config = fromJson(changes, configOf(family.base));
        if (!config) {
            throw std::runtime_error(textOf(object, "name") + ": " + toText(config.error()));
        }
        Preset preset {object.at("name"),         object.at("title"), family.group,
                       textOf(object, "summary"), std::nullopt,       *config};
        if (!family.remark.empty()) {
            preset.summary += (preset.summary.empty() ? "" : " ") + family.remark;
        }
        if (object.contains("setting")) {
            preset.study = StudySetting {family.row, object.at("setting")};
        }
        m_all.push_back(std::move(preset));
    }

    [[nodiscard]] TrainingConfig configOf(const std::string& base) const
    {
        if (base.empty()) {
            return {};
        }
        const auto found = std::find_if(m_all.begin(), m_all.end(),
                                        [&](const Preset& preset) { return preset.name == base; });
        if (found == m_all.end()) {
            throw std::runtime_error("there is no earlier preset '" + base + "'");
        }
        return found->config;
    }

    std::vector<Preset> m_all;
};

/// Embedded files are ours: one that does not read is a defect that the tests catch, so it ends
/// the program with its name instead of hiding the preset.
std::vector<Preset> readPresets()
{
    PresetReader reader;
    for (const embedded::TextFile& file : embedded::preset_texts()) {
        try {
            reader.readFile(file.text);
        } catch (const std::exception& error) {
            std::fprintf(stderr, "preset file %s: %s\n", std::string(file.name).c_str(),
                         error.what());
            std::abort();
        }
    }
    return reader.take();
}

} // namespace

std::span<const Preset> presets()
{
    static const std::vector<Preset> all = readPresets();
    return all;
}

Result<Preset> findPreset(std::string_view name)
{
    std::string known;
    std::size_t others = 0;
    for (const Preset& preset : presets()) {
        if (preset.name == name) {
            return preset;
        }
        if (preset.study && preset.name.find(preset.study->row) != std::string::npos) {
            ++others;
        } else {
            known += (known.empty() ? "" : ", ") + preset.name;
        }
    }
    return failure(ErrorCode::BadArgument, "there is no preset '" + std::string(name) + "'",
                   "known presets: " + known + " and " + std::to_string(others)
                       + " that redo the study");
}

} // namespace mocoscope::training
