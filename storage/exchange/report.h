// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "storage/exchange/run_comparison.h"

#include <ostream>
#include <string>
#include <vector>

namespace mocoscope::storage {

/// What a report tells of a run.
struct ReportedRun
{
    std::vector<Curve> curves; ///< one a plot; empty where the run has no such values
    std::vector<EventRecord> events;
};

/// Runs to be shown to somebody who has neither the program nor the history.
struct Report
{
    std::string title;
    UtcMilliseconds madeAt = 0;
    std::vector<ComparedRun> runs;
    std::vector<ReportedRun> details; ///< one a run
    std::vector<std::string> metrics; ///< one a plot
};

struct ReportOptions
{
    std::string title; ///< empty: made from the names of the runs
    std::vector<std::string> metrics; ///< to plot; empty: all but the gradients of single layers
    UtcMilliseconds madeAt = 0;
};

/// In the order of `runs`, of which there is at least one.
[[nodiscard]] Result<Report> readReport(Database& database, const std::vector<RunRecord>& runs,
                                        const ReportOptions& options);

/// One HTML page that needs nothing else: tables of runs, of the options that differ, of figures,
/// their means over seeds, ablations and what the study reports; curves as SVG; notes, events and
/// whole configurations. Without scripts; light or dark as the reader's screen is; nothing in it
/// comes from the network.
void writeReport(const Report& report, std::ostream& out);

/// The same for paper: what is needed to lay it out in pages.
struct PrintedReport
{
    std::string html; ///< as Qt's rich text understands it; light, and without pictures
    std::vector<std::string>
        pictures; ///< SVG; the N-th one belongs where `<img src="picture:N">` is
};
[[nodiscard]] PrintedReport printedReport(const Report& report);

} // namespace mocoscope::storage
