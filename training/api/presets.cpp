// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/api/presets.h"

#include "embedded/preset_texts.h"
#include "training/api/config_json.h"

#include <cstdio>
#include <cstdlib>
#include <nlohmann/json.hpp>
#include <vector>

namespace mocoscope::training {

namespace {

/// Embedded files are ours: one that does not read is a defect that the tests catch, so it ends
/// the program with its name instead of hiding the preset.
Preset readPreset(const embedded::TextFile& file)
{
    try {
        const auto root = nlohmann::ordered_json::parse(file.text);
        Result<TrainingConfig> config = fromJson(root.at("config").dump());
        if (config) {
            return {root.at("name"), root.at("title"), root.at("summary"), *config};
        }
        std::fprintf(stderr, "preset %s: %s\n", std::string(file.name).c_str(),
                     toText(config.error()).c_str());
    } catch (const nlohmann::ordered_json::exception& error) {
        std::fprintf(stderr, "preset %s: %s\n", std::string(file.name).c_str(), error.what());
    }
    std::abort();
}

std::vector<Preset> readPresets()
{
    std::vector<Preset> all;
    for (const embedded::TextFile& file : embedded::preset_texts()) {
        all.push_back(readPreset(file));
    }
    return all;
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
    for (const Preset& preset : presets()) {
        if (preset.name == name) {
            return preset;
        }
        known += (known.empty() ? "" : ", ") + preset.name;
    }
    return failure(ErrorCode::BadArgument, "there is no preset '" + std::string(name) + "'",
                   "known presets: " + known);
}

} // namespace mocoscope::training
