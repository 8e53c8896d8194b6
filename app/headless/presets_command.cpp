// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/headless/commands.h"
#include "app/headless/configuration.h"
#include "app/headless/format.h"
#include "training/api/config_json.h"
#include "training/api/presets.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <string>
#include <utility>

namespace mocoscope::headless {

namespace {

using Json = nlohmann::ordered_json;

Json presetJson(const training::Preset& preset)
{
    return {{"name", preset.name},
            {"title", preset.title},
            {"group", preset.group},
            {"summary", preset.summary},
            {"study",
             preset.study ? Json {{"row", preset.study->row}, {"setting", preset.study->setting}}
                          : Json(nullptr)},
            {"config", Json::parse(training::toJson(preset.config))}};
}

/// Each group under its heading. Summaries are long, and alike where presets stand for the settings
/// of one table: those say what they are by their titles.
void listPresets(const Console& console)
{
    const int columns = std::min(100, console.outIsTerminal ? console.columns() : 80);
    std::string group;
    for (const training::Preset& preset : training::presets()) {
        if (preset.group != std::exchange(group, preset.group)) {
            console.out << '\n' << preset.group << '\n';
        }
        const std::string summary = preset.study ? "" : ". " + preset.summary;
        console.out << "  " << preset.name << '\n'
                    << wrapped(preset.title + summary, "      ", columns);
    }
}

} // namespace

int run(const PresetsArguments& arguments, const Program& program)
{
    std::ostream& out = program.console.out;
    if (arguments.name.empty()) {
        if (arguments.json) {
            for (const training::Preset& preset : training::presets()) {
                out << presetJson(preset).dump() << '\n';
            }
        } else {
            listPresets(program.console);
        }
        out << std::flush;
        return Done;
    }
    const auto preset = choosePreset(arguments.name);
    if (!preset) {
        return report(program.console, preset.error());
    }
    out << training::toJson(preset->config) << '\n' << std::flush;
    return Done;
}

} // namespace mocoscope::headless
