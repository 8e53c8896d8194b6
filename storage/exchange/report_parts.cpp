// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/exchange/report_parts.h"

#include "storage/exchange/html_text.h"
#include "storage/exchange/markdown_text.h"
#include "storage/exchange/number_text.h"
#include "storage/exchange/svg_plot.h"

#include <algorithm>
#include <array>

namespace mocoscope::storage {

namespace {

constexpr std::size_t shownEvents = 50; // of one run

std::vector<std::string> titlesWithRuns(const ReportPage& page, std::vector<std::string> titles)
{
    for (std::size_t i = 0; i < page.report.runs.size(); ++i) {
        titles.push_back(nameOf(page, i));
    }
    return titles;
}

std::string joined(const std::vector<std::string>& words)
{
    std::string text;
    for (const std::string& word : words) {
        text += (text.empty() ? "" : ", ") + word;
    }
    return text;
}

/// The options of a run that differ among them, one a line.
std::string distinction(const std::vector<DifferingOption>& options, std::size_t run)
{
    std::string text;
    for (const DifferingOption& option : options) {
        text += "\n" + option.key + " = " + option.values[run];
    }
    return text;
}

std::string plot(ReportPage& page, std::size_t metric, const std::vector<std::string>& hints)
{
    const Report& report = page.report;
    std::vector<PlottedCurve> curves;
    for (std::size_t run = 0; run < report.runs.size(); ++run) {
        curves.push_back({&report.details[run].curves[metric], runClass(run), hints[run]});
    }
    const std::string& name = report.metrics[metric];
    const std::string svg = svgPlot(name, curves);
    return svg.empty() ? std::string() : figureOf(page, name, svg);
}

std::string eventTable(const ReportPage& page, const std::vector<EventRecord>& events)
{
    HtmlTable table {{"step", "kind", "layer", "message"}, {}, 99};
    for (std::size_t i = 0; i < std::min(events.size(), shownEvents); ++i) {
        const EventRecord& event = events[i];
        table.rows.push_back({std::to_string(event.step), escaped(event.kind), orDash(event.layer),
                              orDash(event.message)});
    }
    const std::string rest = events.size() > shownEvents
        ? "<p class=\"muted\">and " + std::to_string(events.size() - shownEvents) + " more</p>\n"
        : std::string();
    return tableOf(page, table) + rest;
}

} // namespace

std::string runsSection(ReportPage& page)
{
    const Report& report = page.report;
    HtmlTable table {
        {"run", "state", "preset", "tags", "device", "started", "seed", "steps", "trained"}, {}, 6};
    for (std::size_t i = 0; i < report.runs.size(); ++i) {
        const RunRecord& run = report.runs[i].run;
        table.rows.push_back({nameOf(page, i), escaped(training::toText(run.state)),
                              orDash(run.preset), orDash(joined(run.tags)), orDash(run.device),
                              escaped(formatTime(run.startedAt)), std::to_string(run.seed),
                              std::to_string(run.stepsDone),
                              escaped(formatDuration(run.durationMs))});
    }
    return "<h2>Runs</h2>\n" + tableOf(page, table);
}

std::string optionsSection(ReportPage& page)
{
    const Report& report = page.report;
    const auto options = differingOptions(report.runs);
    if (options.empty()) {
        return report.runs.size() > 1 ? "<p>All options are the same.</p>\n" : "";
    }
    HtmlTable table {titlesWithRuns(page, {"option"}), {}, 1};
    for (const DifferingOption& option : options) {
        std::vector<std::string> cells {escaped(option.key)};
        for (const std::string& value : option.values) {
            cells.push_back(orDash(value));
        }
        table.rows.push_back(std::move(cells));
    }
    return "<h2>Options that differ</h2>\n" + tableOf(page, table);
}

std::string figuresSection(ReportPage& page)
{
    const Report& report = page.report;
    HtmlTable table {titlesWithRuns(page, {"figure", ""}), {}, 2};
    for (const Figure& figure : figures(report.runs, false)) {
        std::vector<std::string> cells {escaped(figure.metric), figure.which};
        for (const auto& value : figure.values) {
            cells.push_back(formatNumber(value));
        }
        table.rows.push_back(std::move(cells));
    }
    return "<h2>Figures</h2>\n" + tableOf(page, table);
}

std::string meansSection(ReportPage& page)
{
    const Report& report = page.report;
    const auto groups = seedGroups(report.runs);
    if (std::none_of(groups.begin(), groups.end(),
                     [](const SeedGroup& group) { return group.runs.size() > 1; })) {
        return {};
    }
    const auto all = figures(report.runs, false);
    HtmlTable table {{"setting"}, {}, 1};
    std::vector<const Figure*> shown;
    for (const Figure& figure : all) {
        if (isResult(figure, all)) {
            table.titles.push_back(escaped(figure.metric + ", " + figure.which));
            shown.push_back(&figure);
        }
    }
    for (const SeedGroup& group : groups) {
        std::vector<std::string> cells {escaped(group.title)};
        for (const Figure* figure : shown) {
            cells.push_back(escaped(formatSpread(spreadOf(*figure, group))));
        }
        table.rows.push_back(std::move(cells));
    }
    return "<h2>Over seeds: mean ± standard deviation of the sample (runs)</h2>\n"
        + tableOf(page, table);
}

std::string publishedSection(ReportPage& page)
{
    const Report& report = page.report;
    const auto lines = studyLines(report.runs);
    if (lines.empty()) {
        return {};
    }
    HtmlTable table {titlesWithRuns(page, {"whose"}), {}, 1};
    for (const StudyLine& line : lines) {
        std::vector<std::string> cells {escaped(line.label)};
        for (const auto& value : line.values) {
            cells.push_back(escaped(formatPublished(value, line.unit)));
        }
        table.rows.push_back(std::move(cells));
    }
    return "<h2>Published, of models at full size</h2>\n"
           "<p class=\"muted\">What the study reports of the settings that the runs stand for; not "
           "measured here.</p>\n"
        + tableOf(page, table);
}

std::string plotsSection(ReportPage& page)
{
    const Report& report = page.report;
    const auto options = differingOptions(report.runs);
    std::vector<std::string> hints;
    std::string legend;
    for (std::size_t run = 0; run < report.runs.size(); ++run) {
        hints.push_back(report.runs[run].run.name + distinction(options, run));
        legend
            += "<span title=\"" + escaped(hints.back()) + "\">" + nameOf(page, run) + "</span>\n";
    }
    std::string html;
    for (std::size_t metric = 0; metric < report.metrics.size(); ++metric) {
        html += plot(page, metric, hints);
    }
    return html.empty()
        ? html
        : "<h2>Curves</h2>\n<p class=\"muted\">Every recorded value counts: each column of pixels "
          "shows its smallest and largest."
            + std::string(page.isPaper ? "" : " Rest the pointer on a curve for its run's options.")
            + "</p>\n"
              "<div class=\"legend\">\n"
            + legend + "</div>\n" + html;
}

std::string notesSection(ReportPage& page)
{
    const Report& report = page.report;
    std::string html;
    for (std::size_t run = 0; run < report.runs.size(); ++run) {
        if (const std::string& notes = report.runs[run].run.notes; !notes.empty()) {
            html += "<h3>" + nameOf(page, run) + "</h3>\n<div class=\"notes\">"
                + markdownToHtml(notes) + "</div>\n";
        }
    }
    return html.empty() ? html : "<h2>Notes</h2>\n" + html;
}

std::string eventsSection(ReportPage& page)
{
    const Report& report = page.report;
    std::string html;
    for (std::size_t run = 0; run < report.runs.size(); ++run) {
        if (const auto& events = report.details[run].events; !events.empty()) {
            html += "<h3>" + nameOf(page, run) + "</h3>\n" + eventTable(page, events);
        }
    }
    return html.empty() ? html : "<h2>Events</h2>\n" + html;
}

std::string configurationsSection(ReportPage& page)
{
    const Report& report = page.report;
    std::string html;
    for (std::size_t run = 0; run < report.runs.size(); ++run) {
        if (const std::string& config = report.runs[run].run.configJson; !config.empty()) {
            const std::string text = "\n<pre>" + escaped(config) + "</pre>";
            html += page.isPaper
                ? "<h3>" + nameOf(page, run) + "</h3>" + text + "\n"
                : "<details><summary>" + nameOf(page, run) + "</summary>" + text + "</details>\n";
        }
    }
    const std::string onNewSheet = page.isPaper ? " style=\"page-break-before: always\"" : "";
    return html.empty() ? html : "<h2" + onNewSheet + ">Whole configurations</h2>\n" + html;
}

} // namespace mocoscope::storage
