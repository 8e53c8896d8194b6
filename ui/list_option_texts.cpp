// SPDX-License-Identifier: GPL-3.0-or-later
// Prints what the engine says of its options and presets as a source that lupdate reads: the engine
// has no Qt to mark them with.
#include "training/api/config_schema.h"
#include "training/api/presets.h"
#include "training/api/sweep.h"

#include <cstdio>
#include <set>
#include <string>

namespace {

void print(const char* context, const std::string& text)
{
    static std::set<std::string> printed;
    if (text.empty() || !printed.insert(context + text).second) {
        return;
    }
    std::string escaped;
    for (const char c : text) {
        if (c == '"' || c == '\\') {
            escaped += '\\';
        }
        escaped += c;
    }
    std::printf("QT_TRANSLATE_NOOP(\"%s\", \"%s\");\n", context, escaped.c_str());
}

} // namespace

int main()
{
    for (const auto& field : mocoscope::training::configFields()) {
        for (const std::string& text :
             {field.group, field.label, field.unit, field.zeroMeans, field.help}) {
            print("Option", text);
        }
        for (const auto& choice : field.choices) {
            print("Option", choice.label);
        }
    }
    for (const auto& preset : mocoscope::training::presets()) {
        for (const std::string& text : {preset.title, preset.group, preset.summary}) {
            print("Preset", text);
        }
    }
    for (const auto& plan : mocoscope::training::builtInSweeps()) {
        print("Preset", plan.title);
        print("Preset", plan.summary);
    }
}
