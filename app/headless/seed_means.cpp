// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/headless/seed_means.h"

#include "app/headless/format.h"
#include "app/headless/record_json.h"
#include "app/headless/text_table.h"

namespace mocoscope::headless {

namespace {

using Align = TextTable::Align;
using Json = nlohmann::ordered_json;
using storage::StudyLine;

} // namespace

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
