// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/exchange/report_parts.h"

#include "storage/exchange/html_text.h"
#include "storage/exchange/number_text.h"
#include "storage/exchange/svg_plot.h"

#include <algorithm>
#include <array>

namespace mocoscope::storage {

namespace {

constexpr std::size_t shownEvents = 50; // of one run
// The hues of Okabe and Ito, as the window draws them (ui/models/curve_style.cpp).
constexpr std::array onLight {"#0072b2", "#d55e00", "#008a62", "#b8548d",
                              "#8f6d00", "#3a93c8", "#4d4d4d"};
constexpr std::array onDark {"#4ba3df", "#ee7f3b", "#2fbf93", "#dd8fbd",
                             "#e3bb3f", "#9bd3f7", "#c4c4c4"};
constexpr std::array dashes {"none", "6 4", "1.5 4", "7 3 1.5 3"};

constexpr auto fixedStyle = R"(
:root { color-scheme: light dark; --text: #1f2328; --muted: #59636e; --page: #fff; --line: #d1d9e0; }
@media (prefers-color-scheme: dark) {
  :root { --text: #e6e8eb; --muted: #9aa4af; --page: #15181c; --line: #363c44; } }
body { font: 15px/1.5 system-ui, sans-serif; color: var(--text); background: var(--page);
  max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
h1 { font-size: 1.6rem; } h2 { font-size: 1.15rem; margin-top: 2.2rem; } h3 { font-size: 1rem; }
.muted { color: var(--muted); } .table { overflow-x: auto; }
table { border-collapse: collapse; font-variant-numeric: tabular-nums; }
th, td { padding: .25rem .7rem .25rem 0; text-align: left; vertical-align: top;
  border-bottom: 1px solid var(--line); white-space: nowrap; }
th { font-weight: 600; } .n { text-align: right; }
pre { white-space: pre-wrap; overflow-wrap: anywhere; font-size: .85rem; }
.notes { white-space: pre-wrap; } figure { margin: 1rem 0; } figcaption { font-weight: 600; }
svg { width: 100%; height: auto; } svg text { font: 11px system-ui, sans-serif; fill: var(--muted); }
.grid { stroke: var(--line); stroke-width: .6; } .axis { stroke: var(--muted); fill: none; }
.curve { fill: none; stroke: var(--c); stroke-width: 1.5; stroke-linejoin: round;
  stroke-linecap: round; } .curve:hover { stroke-width: 3; }
.legend { display: flex; flex-wrap: wrap; gap: .2rem 1.2rem; }
.mark { display: inline-block; width: 1.6em; height: .7em; margin-right: .4em; }
.mark path { stroke-width: 3; }
@media print { body { max-width: none; } details { break-inside: avoid; } }
)";

std::string mark(std::size_t run)
{
    return "<svg class=\"mark\" viewBox=\"0 0 26 10\" aria-hidden=\"true\"><path class=\"curve "
        + runClass(run) + "\" d=\"M2 5H24\"/></svg>";
}

std::string nameOf(const Report& report, std::size_t run)
{
    return mark(run) + escaped(report.runs[run].run.name);
}

std::vector<std::string> titlesWithRuns(const Report& report, std::vector<std::string> titles)
{
    for (std::size_t i = 0; i < report.runs.size(); ++i) {
        titles.push_back(nameOf(report, i));
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

std::string orDash(const std::string& text)
{
    return text.empty() ? "–" : escaped(text);
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

std::string plot(const Report& report, std::size_t metric, const std::vector<std::string>& hints)
{
    std::vector<PlottedCurve> curves;
    for (std::size_t run = 0; run < report.runs.size(); ++run) {
        curves.push_back({&report.details[run].curves[metric], runClass(run), hints[run]});
    }
    const std::string& name = report.metrics[metric];
    const std::string svg = svgPlot(name, curves);
    return svg.empty()
        ? std::string()
        : "<figure><figcaption>" + escaped(name) + "</figcaption>\n" + svg + "</figure>\n";
}

std::string eventTable(const std::vector<EventRecord>& events)
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
    return toHtml(table) + rest;
}

} // namespace

std::string runClass(std::size_t run)
{
    return "r" + std::to_string(run);
}

std::string styleSheet(const Report& report)
{
    std::string light;
    std::string dark;
    for (std::size_t i = 0; i < onLight.size(); ++i) {
        light += " --c" + std::to_string(i) + ": " + onLight[i] + ";";
        dark += " --c" + std::to_string(i) + ": " + onDark[i] + ";";
    }
    std::string style = "<style>" + std::string(fixedStyle) + ":root {" + light + " }\n"
        + "@media (prefers-color-scheme: dark) { :root {" + dark + " } }\n";
    for (std::size_t run = 0; run < report.runs.size(); ++run) {
        const RunRecord& record = report.runs[run].run;
        // As in the window: by the run's number, so that a run looks the same in all reports.
        const auto look = static_cast<std::size_t>(std::max<std::int64_t>(record.id.value - 1, 0));
        const std::string colour = record.colour.size() == 7 && record.colour.front() == '#'
                && record.colour.find_first_not_of("0123456789abcdefABCDEF", 1) == std::string::npos
            ? record.colour
            : "var(--c" + std::to_string(look % onLight.size()) + ")";
        style += "." + runClass(run) + " { --c: " + colour
            + "; stroke-dasharray: " + dashes[look / onLight.size() % dashes.size()] + "; }\n";
    }
    return style + "</style>\n";
}

std::string runsSection(const Report& report)
{
    HtmlTable table {
        {"run", "state", "preset", "tags", "device", "started", "seed", "steps", "trained"}, {}, 6};
    for (std::size_t i = 0; i < report.runs.size(); ++i) {
        const RunRecord& run = report.runs[i].run;
        table.rows.push_back({nameOf(report, i), escaped(training::toText(run.state)),
                              orDash(run.preset), orDash(joined(run.tags)), orDash(run.device),
                              escaped(formatTime(run.startedAt)), std::to_string(run.seed),
                              std::to_string(run.lastStep),
                              escaped(formatDuration(run.durationMs))});
    }
    return "<h2>Runs</h2>\n" + toHtml(table);
}

std::string optionsSection(const Report& report)
{
    const auto options = differingOptions(report.runs);
    if (options.empty()) {
        return report.runs.size() > 1 ? "<p>All options are the same.</p>\n" : "";
    }
    HtmlTable table {titlesWithRuns(report, {"option"}), {}, 1};
    for (const DifferingOption& option : options) {
        std::vector<std::string> cells {escaped(option.key)};
        for (const std::string& value : option.values) {
            cells.push_back(orDash(value));
        }
        table.rows.push_back(std::move(cells));
    }
    return "<h2>Options that differ</h2>\n" + toHtml(table);
}

std::string figuresSection(const Report& report)
{
    HtmlTable table {titlesWithRuns(report, {"figure", ""}), {}, 2};
    for (const Figure& figure : figures(report.runs, false)) {
        std::vector<std::string> cells {escaped(figure.metric), figure.which};
        for (const auto& value : figure.values) {
            cells.push_back(formatNumber(value));
        }
        table.rows.push_back(std::move(cells));
    }
    return "<h2>Figures</h2>\n" + toHtml(table);
}

std::string meansSection(const Report& report)
{
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
    return "<h2>Over seeds: mean ± standard deviation of the sample (runs)</h2>\n" + toHtml(table);
}

std::string publishedSection(const Report& report)
{
    const auto lines = studyLines(report.runs);
    if (lines.empty()) {
        return {};
    }
    HtmlTable table {titlesWithRuns(report, {"whose"}), {}, 1};
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
        + toHtml(table);
}

std::string plotsSection(const Report& report)
{
    const auto options = differingOptions(report.runs);
    std::vector<std::string> hints;
    std::string legend;
    for (std::size_t run = 0; run < report.runs.size(); ++run) {
        hints.push_back(report.runs[run].run.name + distinction(options, run));
        legend
            += "<span title=\"" + escaped(hints.back()) + "\">" + nameOf(report, run) + "</span>\n";
    }
    std::string html;
    for (std::size_t metric = 0; metric < report.metrics.size(); ++metric) {
        html += plot(report, metric, hints);
    }
    return html.empty()
        ? html
        : "<h2>Curves</h2>\n<p class=\"muted\">Every recorded value counts: each column of pixels "
          "shows its smallest and largest. Rest the pointer on a curve for its run's options.</p>\n"
          "<div class=\"legend\">\n"
            + legend + "</div>\n" + html;
}

std::string notesSection(const Report& report)
{
    std::string html;
    for (std::size_t run = 0; run < report.runs.size(); ++run) {
        if (const std::string& notes = report.runs[run].run.notes; !notes.empty()) {
            html += "<h3>" + nameOf(report, run) + "</h3>\n<div class=\"notes\">" + escaped(notes)
                + "</div>\n";
        }
    }
    return html.empty() ? html : "<h2>Notes</h2>\n" + html;
}

std::string eventsSection(const Report& report)
{
    std::string html;
    for (std::size_t run = 0; run < report.runs.size(); ++run) {
        if (const auto& events = report.details[run].events; !events.empty()) {
            html += "<h3>" + nameOf(report, run) + "</h3>\n" + eventTable(events);
        }
    }
    return html.empty() ? html : "<h2>Events</h2>\n" + html;
}

std::string configurationsSection(const Report& report)
{
    std::string html;
    for (std::size_t run = 0; run < report.runs.size(); ++run) {
        if (const std::string& config = report.runs[run].run.configJson; !config.empty()) {
            html += "<details><summary>" + nameOf(report, run) + "</summary>\n<pre>"
                + escaped(config) + "</pre></details>\n";
        }
    }
    return html.empty() ? html : "<h2>Whole configurations</h2>\n" + html;
}

} // namespace mocoscope::storage
