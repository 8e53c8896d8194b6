// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "storage/database.h"
#include "storage/run_record.h"

#include <span>
#include <string>
#include <vector>

namespace mocoscope::storage {

/// Reads curves. On the thread that owns the connection; interrupted by Database::interrupt().
class CurveQuery
{
public:
    explicit CurveQuery(Database& database);

    /// Metrics that the run has values of, grad/… in depth order after the others.
    [[nodiscard]] Result<std::vector<MetricSummary>> summaries(RunId run);
    [[nodiscard]] Result<std::vector<std::string>> metricNames(RunId run);
    /// Steps > `afterStep`, ascending. A metric without values gives an empty curve.
    [[nodiscard]] Result<Curve> curve(RunId run, const std::string& metric,
                                      std::int64_t afterStep = -1);
    [[nodiscard]] Result<StepTimes> stepTimes(RunId run, std::int64_t afterStep = -1);

private:
    Database& m_database;
};

} // namespace mocoscope::storage
