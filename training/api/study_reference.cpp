// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/api/study_reference.h"

#include "embedded/reference_texts.h"
#include "training/api/config_schema.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <nlohmann/json.hpp>

namespace mocoscope::training {

namespace {

using Json = nlohmann::ordered_json;

StudyRow readRow(const Json& object, const Json& metrics)
{
    StudyRow row {object.at("name"), object.at("title"), object.at("options"), {}};
    const std::string source = object.at("source");
    for (const Json& each : object.at("values")) {
        for (const Json& metric : metrics) {
            const std::string name = metric.at("name");
            if (each.contains(name)) {
                const std::string label = each.value("label", std::string(metric.at("label")));
                row.values.push_back({{row.name, each.at("setting")},
                                      name,
                                      metric.at("unit"),
                                      source + " (" + label + ")",
                                      each.value("note", std::string()),
                                      each.at(name)});
            }
        }
    }
    return row;
}

/// The file is ours: one that does not read is a defect that the tests catch.
std::vector<StudyRow> readRows()
{
    try {
        const Json root = Json::parse(embedded::reference_texts().front().text);
        std::vector<StudyRow> rows;
        for (const Json& row : root.at("rows")) {
            rows.push_back(readRow(row, root.at("metrics")));
        }
        return rows;
    } catch (const std::exception& error) {
        std::fprintf(stderr, "reference results: %s\n", error.what());
        std::abort();
    }
}

bool agree(const StudyRow& row, const TrainingConfig& one, const TrainingConfig& other)
{
    return std::all_of(row.options.begin(), row.options.end(), [&](const std::string& key) {
        const FieldDescription* field = findField(key);
        return field != nullptr && field->get(one) == field->get(other);
    });
}

bool isOfRow(const Preset& preset, const StudyRow& row)
{
    return preset.study && preset.study->row == row.name;
}

/// The setting whose options the run has. The run's own preset comes first; then those that share
/// its row, so that a setting that was changed by hand is taken for what it has become. Different
/// settings with these options (the scales of a row need not use the same numbers): none.
const StudySetting* settingOf(const StudyRow& row, const Preset& own, const TrainingConfig& config)
{
    if (agree(row, own.config, config)) {
        return &*own.study;
    }
    const StudySetting* found = nullptr;
    for (const Preset& preset : presets()) {
        if (isOfRow(preset, row) && agree(row, preset.config, config)) {
            if (found != nullptr && *found != *preset.study) {
                return nullptr;
            }
            found = &*preset.study;
        }
    }
    return found;
}

} // namespace

std::span<const StudyRow> studyRows()
{
    static const std::vector<StudyRow> all = readRows();
    return all;
}

const StudyRow* findStudyRow(std::string_view name)
{
    const auto rows = studyRows();
    const auto found = std::find_if(rows.begin(), rows.end(),
                                    [&](const StudyRow& row) { return row.name == name; });
    return found == rows.end() ? nullptr : &*found;
}

std::vector<StudyValue> studyValues(std::string_view preset, const TrainingConfig& config)
{
    const auto all = presets();
    const auto own = std::find_if(all.begin(), all.end(),
                                  [&](const Preset& each) { return each.name == preset; });
    if (own == all.end() || !own->study) {
        return {};
    }
    const StudyRow* row = findStudyRow(own->study->row);
    const StudySetting* setting = row == nullptr ? nullptr : settingOf(*row, *own, config);
    std::vector<StudyValue> values;
    for (std::size_t i = 0; setting != nullptr && i < row->values.size(); ++i) {
        if (row->values[i].study == *setting) {
            values.push_back(row->values[i]);
        }
    }
    return values;
}

} // namespace mocoscope::training
