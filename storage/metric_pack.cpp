// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/metric_pack.h"

#include <algorithm>
#include <array>
#include <limits>
#include <numeric>
#include <utility>

namespace mocoscope::storage {

namespace {

constexpr std::int64_t packSize = 16; // as many as metric_pack has columns
// Bounds where a pack that reaches a step may begin, and so what is looked at for the newest
// values.
constexpr std::int64_t longestStride = 64;
constexpr std::size_t keptValues = 16; // at least: a few steps may still come late
constexpr const char* packColumns
    = "v0, v1, v2, v3, v4, v5, v6, v7, v8, v9, v10, v11, v12, v13, v14, v15";

/// `sql` for those packs whose last step is `which` (a comparison with `step`, a parameter), by a
/// range of the table.
std::string withLastStep(const std::string& sql, const std::string& which, const std::string& step)
{
    return sql + " AND step > " + step + " - " + std::to_string(packSize * longestStride)
        + " AND step + " + std::to_string(packSize - 1) + " * stride " + which + " " + step;
}

/// The steps between the values, where it is the same between all of a pack; else 0.
template <typename Value> std::int64_t strideOf(const Value* values)
{
    const std::int64_t stride = values[1].step - values[0].step;
    for (std::int64_t i = 2; i < packSize; ++i)
        if (values[i].step - values[i - 1].step != stride)
            return 0;
    return stride <= longestStride ? stride : 0;
}

void sortBySteps(std::vector<std::int64_t>& steps, std::vector<double>& values)
{
    std::vector<std::size_t> order(steps.size());
    std::iota(order.begin(), order.end(), std::size_t {0});
    std::ranges::sort(order, {}, [&steps](std::size_t at) { return steps[at]; });
    std::vector<std::int64_t> sortedSteps;
    std::vector<double> sortedValues;
    for (const std::size_t at : order) {
        sortedSteps.push_back(steps[at]);
        sortedValues.push_back(values[at]);
    }
    steps = std::move(sortedSteps);
    values = std::move(sortedValues);
}

/// Infinities stay what they are.
double storedReal(const Statement& row, int column)
{
    return row.isNull(column) ? std::numeric_limits<double>::quiet_NaN() : row.real(column);
}

} // namespace

MetricPacker::MetricPacker(Database& database)
    : m_database(database)
    , m_names(
          database,
          "SELECT id FROM metric_name WHERE (name GLOB 'train/*' OR name GLOB 'grad/*')"
          " AND EXISTS (SELECT 1 FROM metric_row WHERE run_id = ?1 AND name_id = metric_name.id)")
    , m_newest(database,
               "SELECT step, value FROM metric_row WHERE run_id = ?1 AND name_id = ?2"
               " ORDER BY step DESC LIMIT ?3")
    , m_insertPack(database,
                   std::string("INSERT INTO metric_pack (run_id, name_id, step, stride, ")
                       + packColumns
                       + ") VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14,"
                         " ?15, ?16, ?17, ?18, ?19, ?20)")
    , m_removeValues(database,
                     "DELETE FROM metric_row WHERE run_id = ?1 AND name_id = ?2"
                     " AND step BETWEEN ?3 AND ?4")
    , m_lastPacked(database,
                   "SELECT ifnull(max((SELECT step + " + std::to_string(packSize - 1)
                       + " * stride FROM metric_pack WHERE run_id = ?1 AND name_id = metric_name.id"
                         " ORDER BY step DESC LIMIT 1)), -1) FROM metric_name")
{
}

void MetricPacker::pack(RunId run, std::int64_t newest)
{
    std::vector<std::int64_t> names;
    m_names.bind(run);
    while (m_names.step())
        names.push_back(m_names.integer(0));
    m_names.reset();
    for (const std::int64_t name : names)
        packMetric(run, name, newest);
}

void MetricPacker::packMetric(RunId run, std::int64_t name, std::int64_t newest)
{
    std::vector<Value> values;
    m_newest.bind(run, name, newest);
    while (m_newest.step())
        values.push_back({m_newest.integer(0), storedReal(m_newest, 1)});
    m_newest.reset();
    std::ranges::reverse(values);
    constexpr auto size = static_cast<std::size_t>(packSize);
    for (std::size_t at = 0; at + size + keptValues <= values.size();) {
        const std::int64_t stride = strideOf(&values[at]);
        if (stride == 0) {
            ++at; // stays a row of its own
            continue;
        }
        insertPack(run, name, &values[at], stride);
        m_removeValues.run(run, name, values[at].step, values[at + size - 1].step);
        at += size;
    }
}

void MetricPacker::insertPack(RunId run, std::int64_t name, const Value* values,
                              std::int64_t stride)
{
    m_insertPack.bind(run, name, values[0].step, stride);
    for (int i = 0; i < packSize; ++i)
        m_insertPack.bindAt(5 + i, values[i].value);
    m_insertPack.finish();
}

std::int64_t MetricPacker::packedThrough(RunId run)
{
    m_lastPacked.bind(run).step();
    const std::int64_t step = m_lastPacked.integer(0);
    m_lastPacked.reset();
    return step;
}

void MetricPacker::unpack(RunId run, std::int64_t step)
{
    struct Pack
    {
        std::int64_t name = 0;
        std::int64_t step = 0;
        std::int64_t stride = 0;
        std::array<double, packSize> values {};
    };
    std::vector<Pack> packs;
    // Name by name, each a range of the table.
    Statement rows(m_database,
                   withLastStep(std::string("SELECT name_id, step, stride, ") + packColumns
                                    + " FROM metric_name CROSS JOIN metric_pack"
                                      " ON run_id = ?1 AND name_id = metric_name.id",
                                ">=", "?2"));
    rows.bind(run, step);
    while (rows.step()) {
        Pack& pack = packs.emplace_back(Pack {rows.integer(0), rows.integer(1), rows.integer(2)});
        for (int i = 0; i < packSize; ++i)
            pack.values[static_cast<std::size_t>(i)] = storedReal(rows, 3 + i);
    }
    Statement insert(m_database, "INSERT OR IGNORE INTO metric_row VALUES (?1, ?2, ?3, ?4)");
    Statement remove(m_database,
                     "DELETE FROM metric_pack WHERE run_id = ?1 AND name_id = ?2 AND step = ?3");
    for (const Pack& pack : packs) {
        for (std::int64_t i = 0; i < packSize; ++i)
            insert.run(run, pack.name, pack.step + i * pack.stride,
                       pack.values[static_cast<std::size_t>(i)]);
        remove.run(run, pack.name, pack.step);
    }
}

MetricValues::MetricValues(Database& database)
    : m_rows(database,
             // One statement, so that no value is met on its way from one table to the other.
             withLastStep(std::string("SELECT step, stride, ") + packColumns
                              + " FROM metric_pack WHERE run_id = ?1 AND name_id = ?2",
                          ">", "?3")
                 + " UNION ALL SELECT step, 0, value, NULL, NULL, NULL, NULL, NULL, NULL, NULL,"
                   " NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL FROM metric_row"
                   " WHERE run_id = ?1 AND name_id = ?2 AND step > ?3")
{
}

void MetricValues::read(RunId run, std::int64_t name, std::int64_t afterStep,
                        std::vector<std::int64_t>& steps, std::vector<double>& values)
{
    constexpr double notFinite = std::numeric_limits<double>::quiet_NaN();
    m_rows.bind(run, name, afterStep);
    while (m_rows.step()) {
        const std::int64_t first = m_rows.integer(0);
        const std::int64_t stride = m_rows.integer(1);
        const std::int64_t count = stride > 0 ? packSize : 1;
        for (std::int64_t i = 0; i < count; ++i) {
            if (const std::int64_t step = first + i * stride; step > afterStep) {
                steps.push_back(step);
                values.push_back(m_rows.finiteReal(2 + static_cast<int>(i)).value_or(notFinite));
            }
        }
    }
    m_rows.reset();
    // Values that no pack took may stand between packs.
    if (!std::ranges::is_sorted(steps))
        sortBySteps(steps, values);
}

} // namespace mocoscope::storage
