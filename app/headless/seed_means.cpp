// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/headless/seed_means.h"

#include "app/headless/format.h"
#include "app/headless/record_json.h"
#include "app/headless/text_table.h"
#include "training/api/study_reference.h"

#include <algorithm>

namespace mocoscope::headless {

namespace {

using Align = TextTable::Align;
using Json = nlohmann::ordered_json;
using training::StudyValue;

/// A kind of published value and what it is for each run.
struct StudyLine
{
    std::string label;
    std::string unit;
    std::vector<std::optional<double>> values;
};

std::vector<StudyLine> studyLines(const std::vector<ComparedRun>& runs)
{
    std::vector<StudyLine> lines;
    for (std::size_t i = 0; i < runs.size(); ++i) {
        for (const StudyValue& value : training::studyValues(runs[i].run.preset, runs[i].config)) {
            auto line = std::find_if(lines.begin(), lines.end(), [&](const StudyLine& known) {
                return known.label == value.label;
            });
            if (line == lines.end()) {
                line = lines.insert(lines.end(), {value.label, value.unit, {}});
                line->values.resize(runs.size());
            }
            line->values[i] = value.value;
        }
    }
    return lines;
}

/// Loss and accuracy, of which it is known what is better, and which differ from run to run.
bool isResult(const Figure& figure, const std::vector<Figure>& all)
{
    return std::any_of(all.begin(), all.end(), [&](const Figure& other) {
        return other.metric == figure.metric && other.which == "best";
    });
}

} // namespace

std::vector<SeedGroup> seedGroups(const std::vector<ComparedRun>& runs)
{
    std::vector<const training::TrainingConfig*> configs;
    for (const ComparedRun& run : runs) {
        const bool isFinished = run.run.state == training::RunState::Finished;
        configs.push_back(isFinished ? &run.config : nullptr);
    }
    std::vector<SeedGroup> groups;
    for (const auto& members : training::groupBySeed(configs)) {
        if (configs[members.front()] != nullptr) {
            const storage::RunRecord& first = runs[members.front()].run;
            const bool hasSetting = first.sweep && !first.sweep->setting.empty();
            groups.push_back({hasSetting ? first.sweep->setting : first.name, members});
        }
    }
    return groups;
}

std::optional<training::Spread> spreadOf(const Figure& figure, const SeedGroup& group)
{
    std::vector<std::optional<double>> values;
    for (const std::size_t run : group.runs) {
        values.push_back(figure.values[run]);
    }
    return training::spreadOf(values);
}

void printMeans(const std::vector<ComparedRun>& runs, const std::vector<SeedGroup>& groups,
                const std::vector<Figure>& figures, std::ostream& out)
{
    std::vector<TextTable::Column> columns {{"setting"}};
    std::vector<const Figure*> shown;
    for (const Figure& figure : figures) {
        if (isResult(figure, figures)) {
            columns.push_back({figure.metric + ", " + figure.which, Align::Right});
            shown.push_back(&figure);
        }
    }
    const auto study = studyLines(runs);
    for (const StudyLine& line : study) {
        columns.push_back({line.label, Align::Right});
    }
    TextTable table(columns);
    for (const SeedGroup& group : groups) {
        std::vector<std::string> cells {group.title};
        for (const Figure* figure : shown) {
            cells.push_back(formatSpread(spreadOf(*figure, group)));
        }
        for (const StudyLine& line : study) {
            cells.push_back(formatPublished(line.values[group.runs.front()], line.unit));
        }
        table.addRow(cells);
    }
    out << "mean ± standard deviation (seeds)\n";
    table.print(out);
}

Json meansJson(const std::vector<ComparedRun>& runs, const std::vector<SeedGroup>& groups,
               const std::vector<Figure>& figures)
{
    Json all = Json::array();
    for (const SeedGroup& group : groups) {
        Json object {{"setting", group.title}, {"runs", Json::array()}, {"figures", Json::array()}};
        for (const std::size_t run : group.runs) {
            object["runs"].push_back(runs[run].run.id.value);
        }
        for (const Figure& figure : figures) {
            if (const auto spread = spreadOf(figure, group)) {
                object["figures"].push_back({{"metric", figure.metric},
                                             {"which", figure.which},
                                             {"mean", spread->mean},
                                             {"deviation", orNull(spread->deviation)},
                                             {"n", spread->count}});
            }
        }
        all.push_back(std::move(object));
    }
    return all;
}

void printStudy(const std::vector<ComparedRun>& runs, std::ostream& out)
{
    const auto lines = studyLines(runs);
    if (lines.empty()) {
        return;
    }
    std::vector<TextTable::Column> columns {{"published, at its own scale"}};
    for (const ComparedRun& run : runs) {
        columns.push_back(
            {std::to_string(run.run.id.value) + " " + printable(run.run.name), Align::Right});
    }
    TextTable table(columns);
    for (const StudyLine& line : lines) {
        std::vector<std::string> cells {line.label};
        for (const auto& value : line.values) {
            cells.push_back(formatPublished(value, line.unit));
        }
        table.addRow(cells);
    }
    out << '\n';
    table.print(out);
}

Json studyJson(const std::vector<ComparedRun>& runs)
{
    Json all = Json::array();
    for (const StudyLine& line : studyLines(runs)) {
        Json object {{"label", line.label}, {"unit", line.unit}, {"values", Json::array()}};
        for (const auto& value : line.values) {
            object["values"].push_back(orNull(value));
        }
        all.push_back(std::move(object));
    }
    return all;
}

} // namespace mocoscope::headless
