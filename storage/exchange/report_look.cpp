// SPDX-License-Identifier: GPL-3.0-or-later
// How a report looks, on a screen and on paper.
#include "storage/exchange/report_parts.h"

#include <algorithm>
#include <array>
#include <utility>

namespace mocoscope::storage {

namespace {

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
.notes h4 { margin: .8rem 0 .3rem; } figure { margin: 1rem 0; } figcaption { font-weight: 600; }
svg { width: 100%; height: auto; } svg text { font: 11px system-ui, sans-serif; fill: var(--muted); }
.grid { stroke: var(--line); stroke-width: .6; } .axis { stroke: var(--muted); fill: none; }
.curve { fill: none; stroke: var(--c); stroke-width: 1.5; stroke-linejoin: round;
  stroke-linecap: round; } .curve:hover { stroke-width: 3; }
.legend { display: flex; flex-wrap: wrap; gap: .2rem 1.2rem; }
.mark { display: inline-block; width: 1.6em; height: .7em; margin-right: .4em; }
.mark path { stroke-width: 3; }
@media print { body { max-width: none; } details { break-inside: avoid; } }
)";

// What Qt's rich text knows of CSS.
constexpr auto paperStyle = R"(
body { font-family: sans-serif; font-size: 9pt; color: #1f2328; }
h1 { font-size: 16pt; } h2 { font-size: 12pt; margin-top: 16px; } h3 { font-size: 10pt; margin-top: 10px; }
.muted { color: #59636e; } table { border-collapse: collapse; margin-bottom: 8px; }
th, td { padding: 2px 10px 2px 0; border-bottom: 1px solid #d1d9e0; vertical-align: top; text-align: left; }
th { font-weight: 600; } .n { text-align: right; }
pre { font-size: 7pt; white-space: pre-wrap; } h4 { font-size: 9pt; margin-top: 6px; }
)";

constexpr std::size_t columnsOnPaper = 4; // of numbers: names of runs stand over them
constexpr const char* markHead = "<svg class=\"mark\" viewBox=\"0 0 26 10\" aria-hidden=\"true\">";

void replaceAll(std::string& text, const std::string& from, const std::string& with)
{
    for (std::size_t at = text.find(from); at != std::string::npos;
         at = text.find(from, at + with.size())) {
        text.replace(at, from.size(), with);
    }
}

/// A picture that stands for itself: what the style sheet says is written into it. No text of a
/// run can look like a class, as its quotes are escaped.
std::string withOwnStyle(const Report& report, std::string svg)
{
    replaceAll(svg, "<svg ", "<svg xmlns=\"http://www.w3.org/2000/svg\" ");
    replaceAll(svg, "<text ",
               "<text font-family=\"sans-serif\" font-size=\"11\" fill=\"#59636e\" ");
    replaceAll(svg, "class=\"grid\"", "stroke=\"#d1d9e0\" stroke-width=\"0.6\" fill=\"none\"");
    replaceAll(svg, "class=\"axis\"", "stroke=\"#59636e\" fill=\"none\"");
    replaceAll(svg, "h0\"", "h0.01\""); // a dot; of no length at all it is not drawn
    for (std::size_t run = 0; run < report.runs.size(); ++run) {
        const CurveLook look = lookOf(report.runs[run].run, true);
        replaceAll(svg, "class=\"curve " + runClass(run) + "\"",
                   "fill=\"none\" stroke=\"" + look.colour + "\" stroke-dasharray=\"" + look.dashes
                       + "\" stroke-width=\"1.5\" stroke-linejoin=\"round\""
                         " stroke-linecap=\"round\"");
    }
    return svg;
}

/// In the picture, so that no page ends between the two.
std::string withCaption(const std::string& name, std::string svg)
{
    replaceAll(svg, "viewBox=\"0 0 760 300\"", "viewBox=\"0 -20 760 320\"");
    replaceAll(svg, "</svg>",
               "<text x=\"0\" y=\"-6\" font-family=\"sans-serif\" font-size=\"13\""
               " font-weight=\"bold\" fill=\"#1f2328\">"
                   + escaped(name) + "</text></svg>");
    return svg;
}

std::string markOf(std::size_t run)
{
    return markHead + ("<path class=\"curve " + runClass(run)) + "\" d=\"M2 5H24\"/></svg>";
}

std::string reference(std::size_t picture)
{
    return "<img src=\"picture:" + std::to_string(picture) + "\">";
}

std::string screenStyle(const Report& report)
{
    std::string light;
    std::string dark;
    for (std::size_t i = 0; i < onLight.size(); ++i) {
        light += " --c" + std::to_string(i) + ": " + onLight[i] + ";";
        dark += " --c" + std::to_string(i) + ": " + onDark[i] + ";";
    }
    std::string style = fixedStyle + (":root {" + light) + " }\n"
        + "@media (prefers-color-scheme: dark) { :root {" + dark + " } }\n";
    for (std::size_t run = 0; run < report.runs.size(); ++run) {
        const CurveLook look = lookOf(report.runs[run].run, false);
        style += "." + runClass(run) + " { --c: " + look.colour
            + "; stroke-dasharray: " + look.dashes + "; }\n";
    }
    return style;
}

} // namespace

std::string runClass(std::size_t run)
{
    return "r" + std::to_string(run);
}

CurveLook lookOf(const RunRecord& run, bool isPaper)
{
    // As in the window: by the run's number, so that a run looks the same in all reports.
    const auto look = static_cast<std::size_t>(std::max<std::int64_t>(run.id.value - 1, 0));
    const std::size_t hue = look % onLight.size();
    const bool isOwn = run.colour.size() == 7 && run.colour.front() == '#'
        && run.colour.find_first_not_of("0123456789abcdefABCDEF", 1) == std::string::npos;
    return {isOwn         ? run.colour
                : isPaper ? onLight[hue]
                          : "var(--c" + std::to_string(hue) + ")",
            dashes[look / onLight.size() % dashes.size()]};
}

std::string styleSheet(const ReportPage& page)
{
    return "<style>" + (page.isPaper ? paperStyle : screenStyle(page.report)) + "</style>\n";
}

std::string nameOf(const ReportPage& page, std::size_t run)
{
    return (page.isPaper ? reference(run) + " " : markOf(run))
        + escaped(page.report.runs[run].run.name);
}

std::string orDash(const std::string& text)
{
    return text.empty() ? "–" : escaped(text);
}

std::string tableOf(const ReportPage& page, const HtmlTable& table)
{
    const std::size_t kept = table.firstNumber;
    if (!page.isPaper || kept > 3 || table.titles.size() <= kept + columnsOnPaper) {
        return toHtml(table);
    }
    std::string html;
    for (std::size_t begin = kept; begin < table.titles.size(); begin += columnsOnPaper) {
        const auto part = [&](const std::vector<std::string>& cells) {
            std::vector<std::string> some(cells.begin(),
                                          cells.begin() + static_cast<std::ptrdiff_t>(kept));
            const std::size_t end = std::min(begin + columnsOnPaper, cells.size());
            some.insert(some.end(), cells.begin() + static_cast<std::ptrdiff_t>(begin),
                        cells.begin() + static_cast<std::ptrdiff_t>(end));
            return some;
        };
        HtmlTable narrow {part(table.titles), {}, kept};
        for (const auto& row : table.rows) {
            narrow.rows.push_back(part(row));
        }
        html += toHtml(narrow);
    }
    return html;
}

std::string figureOf(ReportPage& page, const std::string& name, const std::string& svg)
{
    if (!page.isPaper) {
        return "<figure><figcaption>" + escaped(name) + "</figcaption>\n" + svg + "</figure>\n";
    }
    page.pictures.push_back(withCaption(name, withOwnStyle(page.report, svg)));
    return "<p>" + reference(page.pictures.size() - 1) + "</p>\n";
}

void addMarks(ReportPage& page)
{
    for (std::size_t run = 0; run < page.report.runs.size(); ++run) {
        page.pictures.push_back(withOwnStyle(page.report, markOf(run)));
    }
}

} // namespace mocoscope::storage
