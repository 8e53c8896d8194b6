// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/exchange/report.h"

#include "storage/curve_query.h"
#include "storage/exchange/html_text.h"
#include "storage/exchange/number_text.h"
#include "storage/exchange/report_parts.h"
#include "storage/metric_order.h"
#include "storage/run_repository.h"

#include <algorithm>
#include <utility>

namespace mocoscope::storage {

namespace {

/// What the runs have, in the order of metrics, but for what they did to their machines; of the
/// layers' gradients that of the first, which is where the study saw the spikes begin.
std::vector<std::string> usualMetrics(const std::vector<ComparedRun>& runs)
{
    std::vector<std::string> names;
    for (const ComparedRun& run : runs) {
        for (const MetricSummary& metric : run.metrics) {
            const bool isWanted = !isOfMany(metric.name) || metric.name == "grad/l2/patch_embed";
            const bool isNew = std::find(names.begin(), names.end(), metric.name) == names.end();
            if (isWanted && isNew) {
                names.push_back(metric.name);
            }
        }
    }
    return names;
}

std::string usualTitle(const std::vector<RunRecord>& runs)
{
    std::string title = runs.front().name;
    for (std::size_t i = 1; i < runs.size() && i < 3; ++i) {
        title += ", " + runs[i].name;
    }
    return runs.size() > 3 ? title + " and " + std::to_string(runs.size() - 3) + " more" : title;
}

Result<ReportedRun> readDetails(Database& database, RunId run,
                                const std::vector<std::string>& metrics)
{
    ReportedRun details;
    for (const std::string& metric : metrics) {
        auto curve = CurveQuery(database).curve(run, metric);
        if (!curve) {
            return tl::unexpected(curve.error());
        }
        details.curves.push_back(std::move(*curve));
    }
    auto events = RunRepository(database).events(run);
    if (!events) {
        return tl::unexpected(events.error());
    }
    details.events = std::move(*events);
    return details;
}

std::string bodyOf(ReportPage& page)
{
    const Report& report = page.report;
    std::string html = "<body>\n<h1>" + escaped(report.title) + "</h1>\n<p class=\"muted\">"
        + std::to_string(report.runs.size()) + (report.runs.size() == 1 ? " run" : " runs")
        + " of Mocoscope, written on " + escaped(formatTime(report.madeAt)) + "</p>\n";
    for (const auto section :
         {runsSection, optionsSection, plotsSection, figuresSection, meansSection, ablationSection,
          publishedSection, notesSection, eventsSection, configurationsSection}) {
        html += section(page);
    }
    return html + "</body>\n";
}

} // namespace

Result<Report> readReport(Database& database, const std::vector<RunRecord>& runs,
                          const ReportOptions& options)
{
    Report report;
    report.title = options.title.empty() ? usualTitle(runs) : options.title;
    report.madeAt = options.madeAt;
    for (const RunRecord& run : runs) {
        auto compared = readComparedRun(database, run);
        if (!compared) {
            return tl::unexpected(compared.error());
        }
        report.runs.push_back(std::move(*compared));
    }
    report.metrics = options.metrics.empty() ? usualMetrics(report.runs) : options.metrics;
    for (const RunRecord& run : runs) {
        auto details = readDetails(database, run.id, report.metrics);
        if (!details) {
            return tl::unexpected(details.error());
        }
        report.details.push_back(std::move(*details));
    }
    return report;
}

void writeReport(const Report& report, std::ostream& out)
{
    ReportPage page {report};
    const std::string title = escaped(report.title);
    out << "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
           "<meta name=\"viewport\" content=\"width=device-width\">\n"
           "<meta name=\"color-scheme\" content=\"light dark\">\n<title>"
        << title << "</title>\n"
        << styleSheet(page) << "</head>\n"
        << bodyOf(page) << "</html>\n";
}

PrintedReport printedReport(const Report& report)
{
    ReportPage page {report, true};
    addMarks(page);
    std::string html = "<html><head>" + styleSheet(page) + "</head>\n";
    html += bodyOf(page) + "</html>\n";
    return {std::move(html), std::move(page.pictures)};
}

} // namespace mocoscope::storage
