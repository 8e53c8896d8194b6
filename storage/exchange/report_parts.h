// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "storage/exchange/html_text.h"
#include "storage/exchange/report.h"

#include <string>
#include <vector>

// Inside only: the sections of a report, each as HTML; empty where there is nothing to tell.
namespace mocoscope::storage {

/// A report on its way onto a page of one kind.
struct ReportPage
{
    const Report& report;
    /// Paper: HTML that Qt's rich text understands. Tables are no wider than a sheet, and pictures
    /// stand in `pictures` instead of in the text.
    bool isPaper = false;
    std::vector<std::string> pictures {}; ///< SVG; `<img src="picture:N">` is the N-th of them
};

/// Class of a run's colour and dashes; the style sheet of a screen gives it both.
[[nodiscard]] std::string runClass(std::size_t run);
/// Of a run's curves on a light page.
struct CurveLook
{
    std::string colour; ///< #rrggbb, or on a screen a variable of the style sheet
    std::string dashes; ///< as in SVG
};
[[nodiscard]] CurveLook lookOf(const RunRecord& run, bool isPaper);
/// `<style>` of the page.
[[nodiscard]] std::string styleSheet(const ReportPage& page);

/// A small piece of the run's curve, and its name.
[[nodiscard]] std::string nameOf(const ReportPage& page, std::size_t run);
/// Nothing where there is no text; else as HTML.
[[nodiscard]] std::string orDash(const std::string& text);
[[nodiscard]] std::string tableOf(const ReportPage& page, const HtmlTable& table);
/// A plot with its name: on a screen as it is, on paper a reference to one picture of both.
[[nodiscard]] std::string figureOf(ReportPage& page, const std::string& name,
                                   const std::string& svg);
/// Makes the picture of each run's mark, the first ones of the page.
void addMarks(ReportPage& page);

[[nodiscard]] std::string runsSection(ReportPage& page);
[[nodiscard]] std::string optionsSection(ReportPage& page);
[[nodiscard]] std::string plotsSection(ReportPage& page);
[[nodiscard]] std::string figuresSection(ReportPage& page);
[[nodiscard]] std::string meansSection(ReportPage& page);
/// What changing one option did; where runs share a baseline.
[[nodiscard]] std::string ablationSection(ReportPage& page);
[[nodiscard]] std::string publishedSection(ReportPage& page);
[[nodiscard]] std::string notesSection(ReportPage& page);
[[nodiscard]] std::string eventsSection(ReportPage& page);
[[nodiscard]] std::string configurationsSection(ReportPage& page);

} // namespace mocoscope::storage
