// SPDX-License-Identifier: GPL-3.0-or-later
// Prints what the engine says of its options as a source that lupdate reads: the engine has no Qt
// to mark them with.
#include "training/api/config_schema.h"

#include <cstdio>
#include <set>
#include <string>

namespace {

void print(const std::string& text)
{
    static std::set<std::string> printed;
    if (text.empty() || !printed.insert(text).second) {
        return;
    }
    std::string escaped;
    for (const char c : text) {
        if (c == '"' || c == '\\') {
            escaped += '\\';
        }
        escaped += c;
    }
    std::printf("QT_TRANSLATE_NOOP(\"Option\", \"%s\");\n", escaped.c_str());
}

} // namespace

int main()
{
    for (const auto& field : mocoscope::training::configFields()) {
        for (const std::string& text :
             {field.group, field.label, field.unit, field.zeroMeans, field.help}) {
            print(text);
        }
        for (const auto& choice : field.choices) {
            print(choice.label);
        }
    }
}
