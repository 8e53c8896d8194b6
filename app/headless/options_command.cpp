// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/headless/commands.h"
#include "training/api/config_schema.h"

namespace mocoscope::headless {

namespace {

using training::FieldDescription;
using training::FieldType;

constexpr auto introduction
    = "# Options of a run\n\n"
      "Made by `mocoscope-train options --markdown` from the one table that the form, the flags,\n"
      "the JSON file and the stored configuration come from; a test fails when this file is "
      "stale.\n"
      "Options are set in the window's form, in a file (`--config`) or on the command line\n"
      "(`--set optimizer.lr=3e-4`).\n";

std::string_view typeName(FieldType type)
{
    switch (type) {
    case FieldType::Boolean:
        return "`true` or `false`";
    case FieldType::Integer:
        return "whole number";
    case FieldType::Real:
        return "number";
    case FieldType::Text:
        return "text";
    case FieldType::Choice:
        return "choice";
    case FieldType::Path:
        return "path";
    }
    return {};
}

std::string bound(double value, FieldType type)
{
    return type == FieldType::Integer
        ? training::toText(training::FieldValue(static_cast<std::int64_t>(value)))
        : training::toText(training::FieldValue(value));
}

/// `whole number, 2 to 1048576, images`
std::string values(const FieldDescription& field)
{
    std::string text;
    for (const training::FieldChoice& choice : field.choices) {
        text += (text.empty() ? "`" : ", `") + choice.value + "`";
    }
    if (text.empty()) {
        text = typeName(field.type);
    }
    if (field.type == FieldType::Integer || field.type == FieldType::Real) {
        text += ", " + bound(field.minimum, field.type) + " to " + bound(field.maximum, field.type);
    }
    text += field.unit.empty() ? "" : ", " + field.unit;
    text += field.zeroMeans.empty() ? "" : "; 0: " + field.zeroMeans;
    return text;
}

std::string defaultText(const FieldDescription& field)
{
    const std::string text = training::toText(field.defaultValue);
    return text.empty() ? "(empty)" : "`" + text + "`";
}

void printRow(const FieldDescription& field, std::ostream& out)
{
    out << "| `" << field.key << "` | " << defaultText(field) << " | " << values(field) << " | "
        << field.label << (field.symbol.empty() ? "" : " (" + field.symbol + ")") << ". "
        << field.help << " |\n";
}

} // namespace

int run(const OptionsArguments&, const Program& program)
{
    std::ostream& out = program.console.out;
    out << introduction;
    std::string group;
    for (const FieldDescription& field : training::configFields()) {
        if (field.group != group) {
            group = field.group;
            out << "\n## " << group << "\n\n| option | default | values | what it does |\n"
                << "|---|---|---|---|\n";
        }
        printRow(field, out);
    }
    out << std::flush;
    return Done;
}

} // namespace mocoscope::headless
