// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/headless/ablation_output.h"

#include "app/headless/format.h"
#include "app/headless/nearest.h"
#include "app/headless/record_json.h"
#include "app/headless/text_table.h"
#include "storage/metric_order.h"

#include <algorithm>
#include <utility>

namespace mocoscope::headless {

namespace {

using Align = TextTable::Align;
using Json = nlohmann::ordered_json;
using storage::Ablation;
using storage::AblationRow;
using storage::ChangedOption;
using storage::ComparedRun;
using storage::Figure;

training::Error unknownMetric(const std::string& metric, const std::string& which,
                              const std::vector<Figure>& all)
{
    std::vector<std::string> names;
    std::vector<std::string> results;
    for (const Figure& figure : all) {
        if (figure.which == which && hasValues(figure)) {
            names.push_back(figure.metric);
            if (!storage::isOfMany(figure.metric)) {
                results.push_back(figure.metric);
            }
        }
    }
    const auto near = nearestWords(metric, names, 3);
    return {training::ErrorCode::NotFound,
            "these runs have no " + which + " value of '" + metric + "'",
            near.empty() ? "there are " + quotedAlternatives(results)
                         : "near: " + quotedAlternatives(near)};
}

std::string nameOf(const AblationRow& row, const std::vector<ComparedRun>& runs)
{
    std::string text;
    for (const std::size_t run : row.runs) {
        text += (text.empty() ? "" : ", ") + std::to_string(runs[run].run.id.value) + " "
            + printable(runs[run].run.name);
    }
    return text;
}

std::vector<TextTable::Column> columnsOf(const std::string& first, const Figure& figure,
                                         const Ablation& ablation)
{
    std::vector<TextTable::Column> columns {{first},
                                            {"baseline", Align::Right},
                                            {"value", Align::Right},
                                            {figure.metric + ", " + figure.which, Align::Right},
                                            {"difference", Align::Right}};
    for (const std::string& label : ablation.labels) {
        columns.push_back({label, Align::Right});
    }
    return columns;
}

std::vector<std::string> cellsOf(std::vector<std::string> cells, const AblationRow& row,
                                 const Ablation& ablation)
{
    cells.push_back(formatSpread(row.value));
    cells.push_back(&row == &ablation.baseline
                        ? std::string()
                        : formatDifference(row.difference, row.differenceDeviation));
    for (std::size_t i = 0; i < ablation.labels.size(); ++i) {
        const auto& value = row.published[i];
        const auto difference = row.publishedDifference(ablation.baseline, i);
        cells.push_back((value ? formatPublished(value->value, value->unit) : "-")
                        + (difference && &row != &ablation.baseline
                               ? " (" + formatDifference(difference) + ")"
                               : ""));
    }
    return cells;
}

Json rowJson(const AblationRow& row, const std::vector<ComparedRun>& runs, const Ablation& ablation)
{
    Json object {{"changes", Json::array()}, {"runs", Json::array()}};
    for (const ChangedOption& change : row.changes) {
        object["changes"].push_back(
            {{"option", change.key}, {"baseline", change.baseline}, {"value", change.value}});
    }
    for (const std::size_t run : row.runs) {
        object["runs"].push_back(runs[run].run.id.value);
    }
    object["mean"] = orNull(row.value ? std::optional(row.value->mean) : std::nullopt);
    object["deviation"] = orNull(row.value ? row.value->deviation : std::nullopt);
    object["n"] = row.value ? row.value->count : 0;
    object["difference"] = orNull(row.difference);
    object["difference_deviation"] = orNull(row.differenceDeviation);
    object["paired"] = row.isPaired;
    object["published"] = Json::array();
    for (std::size_t i = 0; i < ablation.labels.size(); ++i) {
        if (const auto& value = row.published[i]) {
            object["published"].push_back(
                {{"label", value->label},
                 {"setting", value->study.setting},
                 {"unit", value->unit},
                 {"value", value->value},
                 {"difference", orNull(row.publishedDifference(ablation.baseline, i))}});
        }
    }
    return object;
}

} // namespace

training::Result<Figure> ablatedFigure(const std::vector<ComparedRun>& runs,
                                       const std::string& metric, bool best)
{
    const std::string which = best ? "best" : "last";
    const auto all = storage::ablatedFigures(runs);
    if (metric.empty()) {
        if (auto usual = storage::usualFigure(all, which)) {
            return std::move(*usual);
        }
        return training::failure(training::ErrorCode::NotFound,
                                 "these runs have neither an accuracy nor a loss",
                                 "say which figure is compared: --metric NAME");
    }
    const auto found = std::ranges::find_if(all, [&](const Figure& figure) {
        return figure.metric == metric && figure.which == which && hasValues(figure);
    });
    if (found == all.end()) {
        return tl::unexpected(unknownMetric(metric, which, all));
    }
    return *found;
}

void printAblation(const std::vector<ComparedRun>& runs, const Figure& figure,
                   const Ablation& ablation, std::ostream& out)
{
    out << "baseline: " << nameOf(ablation.baseline, runs) << '\n'
        << "mean ± standard deviation (runs), difference to the baseline\n\n";
    TextTable single(columnsOf("one option changed", figure, ablation));
    single.addRow(cellsOf({"(baseline)", {}, {}}, ablation.baseline, ablation));
    for (const AblationRow& row : ablation.single) {
        const ChangedOption& change = row.changes.front();
        single.addRow(cellsOf({change.key, change.baseline, change.value}, row, ablation));
    }
    for (const AblationRow& row : ablation.repeated) {
        single.addRow(cellsOf({"(the same again)", {}, {}}, row, ablation));
    }
    single.print(out);
    if (!ablation.several.empty()) {
        auto columns = columnsOf("several options changed", figure, ablation);
        columns.erase(columns.begin() + 1, columns.begin() + 3);
        TextTable several(columns);
        for (const AblationRow& row : ablation.several) {
            several.addRow(cellsOf({changesText(row.changes)}, row, ablation));
        }
        out << '\n';
        several.print(out);
    }
    if (!ablation.leftOut.empty()) {
        out << '\n'
            << ablation.leftOut.size() << " of " << runs.size()
            << " runs are left out: not finished, or their options are not known\n";
    }
}

Json ablationJson(const std::vector<ComparedRun>& runs, const Figure& figure,
                  const Ablation& ablation)
{
    Json object {{"metric", figure.metric},
                 {"which", figure.which},
                 {"baseline", rowJson(ablation.baseline, runs, ablation)}};
    const auto list = [&](const std::vector<AblationRow>& rows) {
        Json all = Json::array();
        for (const AblationRow& row : rows) {
            all.push_back(rowJson(row, runs, ablation));
        }
        return all;
    };
    object["one_option"] = list(ablation.single);
    object["several_options"] = list(ablation.several);
    object["repeated"] = list(ablation.repeated);
    object["left_out"] = Json::array();
    for (const std::size_t run : ablation.leftOut) {
        object["left_out"].push_back(runs[run].run.id.value);
    }
    return object;
}

} // namespace mocoscope::headless
