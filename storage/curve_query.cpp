// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/curve_query.h"

#include "storage/metric_order.h"
#include "storage/metric_pack.h"
#include "storage/sqlite_error.h"
#include "storage/statement.h"

#include <algorithm>
#include <cmath>

namespace mocoscope::storage {

namespace {

constexpr std::int64_t everyStep = -1;

/// Jumps from one metric's first row to the next one's instead of reading all rows.
constexpr const char* namesOfRun
    = "WITH RECURSIVE present (id) AS ("
      " SELECT min(name_id) FROM metric_row WHERE run_id = ?1 UNION ALL"
      " SELECT (SELECT min(name_id) FROM metric_row WHERE run_id = ?1 AND name_id > present.id)"
      " FROM present WHERE present.id IS NOT NULL)"
      "SELECT metric_name.id, name, unit FROM present JOIN metric_name USING (id)";

struct NamedMetric
{
    std::int64_t id = 0;
    std::string name;
    std::string unit;
};

std::vector<NamedMetric> readNames(Database& database, RunId run)
{
    Statement rows(database, namesOfRun);
    rows.bind(run);
    std::vector<NamedMetric> names;
    while (rows.step())
        names.push_back({rows.integer(0), rows.text(1), rows.text(2)});
    std::ranges::sort(names, metricComesBefore, &NamedMetric::name);
    return names;
}

/// `value`: NaN where there is none.
void add(MetricSummary& summary, std::int64_t step, double value)
{
    ++summary.count;
    summary.lastStep = step;
    summary.last = std::isnan(value) ? std::nullopt : std::optional(value);
    if (!summary.last)
        return;
    if (!summary.minimum || value < *summary.minimum) {
        summary.minimum = value;
        summary.minimumStep = step;
    }
    if (!summary.maximum || value > *summary.maximum) {
        summary.maximum = value;
        summary.maximumStep = step;
    }
}

} // namespace

CurveQuery::CurveQuery(Database& database)
    : m_database(database)
{
}

Result<std::vector<std::string>> CurveQuery::metricNames(RunId run)
{
    return guarded([&] {
        std::vector<std::string> names;
        for (NamedMetric& metric : readNames(m_database, run))
            names.push_back(std::move(metric.name));
        return names;
    });
}

Result<std::vector<MetricSummary>> CurveQuery::summaries(RunId run)
{
    return guarded([&] {
        MetricValues reader(m_database);
        std::vector<std::int64_t> steps;
        std::vector<double> values;
        std::vector<MetricSummary> summaries;
        for (const NamedMetric& metric : readNames(m_database, run)) {
            MetricSummary& summary = summaries.emplace_back();
            summary.name = metric.name;
            summary.unit = metric.unit;
            steps.clear();
            values.clear();
            reader.read(run, metric.id, everyStep, steps, values);
            for (std::size_t i = 0; i < steps.size(); ++i)
                add(summary, steps[i], values[i]);
        }
        return summaries;
    });
}

Result<Curve> CurveQuery::curve(RunId run, const std::string& metric, std::int64_t afterStep)
{
    return guarded([&] {
        Curve curve {metric, {}, {}};
        Statement name(m_database, "SELECT id FROM metric_name WHERE name = ?1");
        if (name.bind(metric).step())
            MetricValues(m_database)
                .read(run, name.integer(0), afterStep, curve.steps, curve.values);
        return curve;
    });
}

Result<StepTimes> CurveQuery::stepTimes(RunId run, std::int64_t afterStep)
{
    return guarded([&] {
        Statement rows(m_database,
                       "SELECT step, epoch, wall_ms FROM step_time WHERE run_id = ?1"
                       " AND step > ?2 ORDER BY step");
        rows.bind(run, afterStep);
        StepTimes times;
        while (rows.step()) {
            times.steps.push_back(rows.integer(0));
            times.epochs.push_back(rows.real(1));
            times.seconds.push_back(static_cast<double>(rows.integer(2)) / 1000.0);
        }
        return times;
    });
}

} // namespace mocoscope::storage
