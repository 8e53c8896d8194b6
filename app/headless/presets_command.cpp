// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/headless/commands.h"
#include "app/headless/configuration.h"
#include "app/headless/format.h"
#include "training/api/config_json.h"
#include "training/api/presets.h"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace mocoscope::headless {

namespace {

void listPresets(bool json, const Console& console)
{
    std::ostream& out = console.out;
    for (const training::Preset& preset : training::presets()) {
        if (json) {
            const nlohmann::ordered_json object {
                {"name", preset.name},
                {"title", preset.title},
                {"summary", preset.summary},
                {"config", nlohmann::ordered_json::parse(training::toJson(preset.config))}};
            out << object.dump() << '\n';
        } else {
            const int columns = std::min(100, console.outIsTerminal ? console.columns() : 80);
            out << preset.name << '\n'
                << wrapped(preset.title + ". " + preset.summary, "    ", columns);
        }
    }
}

} // namespace

int run(const PresetsArguments& arguments, const Program& program)
{
    std::ostream& out = program.console.out;
    if (arguments.name.empty()) {
        listPresets(arguments.json, program.console);
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
