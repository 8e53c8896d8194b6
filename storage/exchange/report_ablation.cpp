// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/exchange/ablated_figure.h"
#include "storage/exchange/number_text.h"
#include "storage/exchange/report_parts.h"

#include <utility>

namespace mocoscope::storage {

namespace {

std::string namesOfSetting(const ReportPage& page, const AblationRow& row)
{
    std::string names;
    for (const std::size_t run : row.runs) {
        names += (names.empty() ? "" : ", ") + escaped(page.report.runs[run].run.name);
    }
    return names;
}

/// The columns behind those that say what was changed.
void addTitles(HtmlTable& table, const Figure& figure, const Ablation& ablation)
{
    table.titles.push_back(escaped(figure.metric + ", " + figure.which));
    table.titles.emplace_back("difference");
    for (const std::string& label : ablation.labels) {
        table.titles.push_back(escaped(label));
    }
}

void addCells(std::vector<std::string> cells, const AblationRow& row, const Ablation& ablation,
              HtmlTable& table)
{
    const bool isBaseline = &row == &ablation.baseline;
    cells.push_back(escaped(formatSpread(row.value)));
    cells.push_back(
        isBaseline ? "" : escaped(formatDifference(row.difference, row.differenceDeviation)));
    for (std::size_t label = 0; label < ablation.labels.size(); ++label) {
        const auto& value = row.published[label];
        const auto difference = row.publishedDifference(ablation.baseline, label);
        cells.push_back((value ? escaped(formatPublished(value->value, value->unit)) : "–")
                        + (difference && !isBaseline
                               ? " (" + escaped(formatDifference(difference)) + ")"
                               : ""));
    }
    table.rows.push_back(std::move(cells));
}

std::string oneOptionTable(const ReportPage& page, const Figure& figure, const Ablation& ablation)
{
    HtmlTable table {{"one option changed", "baseline", "value"}, {}, 3};
    addTitles(table, figure, ablation);
    addCells({"(baseline)", "", ""}, ablation.baseline, ablation, table);
    for (const AblationRow& row : ablation.single) {
        const ChangedOption& change = row.changes.front();
        addCells({escaped(change.key), orDash(change.baseline), orDash(change.value)}, row,
                 ablation, table);
    }
    for (const AblationRow& row : ablation.repeated) {
        addCells({"(the same again)", "", ""}, row, ablation, table);
    }
    return tableOf(page, table);
}

std::string severalOptionsTable(const ReportPage& page, const Figure& figure,
                                const Ablation& ablation)
{
    if (ablation.several.empty()) {
        return {};
    }
    HtmlTable table {{"several options changed"}, {}, 1};
    addTitles(table, figure, ablation);
    for (const AblationRow& row : ablation.several) {
        addCells({escaped(changesText(row.changes))}, row, ablation, table);
    }
    return tableOf(page, table);
}

} // namespace

std::string ablationSection(ReportPage& page)
{
    const auto figure = usualFigure(ablatedFigures(page.report.runs), "last");
    const auto ablation
        = figure ? ablationOf(page.report.runs, *figure, std::nullopt) : std::nullopt;
    if (!ablation || ablation->single.empty()) {
        return {};
    }
    std::string html
        = "<h2>Ablation: what changing one option did</h2>\n<p class=\"muted\">Baseline: "
        + namesOfSetting(page, ablation->baseline)
        + ". Mean ± standard deviation of the sample (runs), and the difference to the baseline."
        + (ablation->labels.empty() ? "" : " Published values are of models at full size.")
        + "</p>\n" + oneOptionTable(page, *figure, *ablation)
        + severalOptionsTable(page, *figure, *ablation);
    if (!ablation->leftOut.empty()) {
        html += "<p class=\"muted\">Left out, as not finished or of unknown options: "
            + std::to_string(ablation->leftOut.size()) + " of "
            + std::to_string(page.report.runs.size()) + " runs.</p>\n";
    }
    return html;
}

} // namespace mocoscope::storage
