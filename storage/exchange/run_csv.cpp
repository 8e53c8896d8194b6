// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/exchange/run_csv.h"

#include "storage/exchange/number_text.h"

#include <algorithm>
#include <iterator>
#include <optional>

namespace mocoscope::storage {

namespace {

/// RFC 4180: quotes around what would end a cell.
std::string csvCell(const std::string& text)
{
    if (text.find_first_of(",\"\r\n") == std::string::npos) {
        return text;
    }
    std::string quoted = "\"";
    for (const char letter : text) {
        quoted += letter == '"' ? "\"\"" : std::string(1, letter);
    }
    return quoted + '"';
}

std::string numberCell(std::optional<double> value)
{
    return value ? exactNumber(*value) : std::string();
}

/// The values of `row`, each in the column of its metric; `places` are those columns.
void writeRow(std::ostream& out, const StepRows::Row& row, const std::vector<std::size_t>& places,
              std::size_t columns)
{
    std::vector<std::string> cells(columns);
    for (std::size_t i = 0; i < places.size(); ++i) {
        cells[places[i]] = numberCell(row.values[i]);
    }
    out << row.step << ',' << numberCell(row.epoch) << ',' << numberCell(row.seconds);
    for (const std::string& cell : cells) {
        out << ',' << cell;
    }
    out << '\n';
}

std::vector<std::string> metricsOf(const std::vector<WholeRun>& runs)
{
    std::vector<std::string> names;
    for (const WholeRun& run : runs) {
        for (const MetricSummary& metric : run.metrics) {
            if (std::find(names.begin(), names.end(), metric.name) == names.end()) {
                names.push_back(metric.name);
            }
        }
    }
    return names;
}

void writeRows(const WholeRun& run, const std::vector<std::string>& names,
               const std::string& before, std::ostream& out)
{
    std::vector<std::size_t> places;
    for (const MetricSummary& metric : run.metrics) {
        const auto place = std::find(names.begin(), names.end(), metric.name);
        places.push_back(static_cast<std::size_t>(std::distance(names.begin(), place)));
    }
    StepRows rows(run);
    for (const StepRows::Row* row = rows.next(); row != nullptr && out; row = rows.next()) {
        out << before;
        writeRow(out, *row, places, names.size());
    }
}

void writeHead(const std::vector<std::string>& names, std::ostream& out)
{
    out << "step,epoch,seconds";
    for (const std::string& name : names) {
        out << ',' << csvCell(name);
    }
    out << '\n';
}

} // namespace

void writeCsv(const WholeRun& run, std::ostream& out)
{
    std::vector<std::string> names;
    for (const MetricSummary& metric : run.metrics) {
        names.push_back(metric.name);
    }
    writeHead(names, out);
    writeRows(run, names, {}, out);
}

void writeCsv(const std::vector<WholeRun>& runs, std::ostream& out)
{
    const std::vector<std::string> names = metricsOf(runs);
    out << "run,name,";
    writeHead(names, out);
    for (const WholeRun& run : runs) {
        writeRows(run, names, std::to_string(run.run.id.value) + ',' + csvCell(run.run.name) + ',',
                  out);
    }
}

} // namespace mocoscope::storage
