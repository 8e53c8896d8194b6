// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/headless/commands.h"
#include "app/headless/configuration.h"
#include "training/api/config_json.h"
#include "training/api/presets.h"

#include <nlohmann/json.hpp>

namespace mocoscope::headless {

namespace {

void listPresets(bool json, std::ostream& out)
{
    for (const training::Preset& preset : training::presets()) {
        if (json) {
            const nlohmann::ordered_json object {
                {"name", preset.name},
                {"title", preset.title},
                {"summary", preset.summary},
                {"config", nlohmann::ordered_json::parse(training::toJson(preset.config))}};
            out << object.dump() << '\n';
        } else {
            out << preset.name << "\n    " << preset.title << ". " << preset.summary << '\n';
        }
    }
}

} // namespace

int run(const PresetsArguments& arguments, const Program& program)
{
    std::ostream& out = program.console.out;
    if (arguments.name.empty()) {
        listPresets(arguments.json, out);
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
