// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "storage/statement.h"

#include <cstdint>
#include <string>
#include <vector>

// Inside storage only. The newest values of a metric are rows of the table metric_row; older ones
// move, sixteen at a time, into rows of metric_pack, which take less than half the room and are
// read faster. Only metrics of the training steps do (train/…, grad/…): the others have few values.
namespace mocoscope::storage {

/// Moves values between both tables. Inside a transaction of the caller; throws StorageFailure.
/// Thread: the connection's.
class MetricPacker
{
public:
    explicit MetricPacker(Database& database);

    /// Packs what `run` has beyond its newest values, as far as their steps are evenly spaced.
    /// Looks at no more than `newest` values of a metric.
    void pack(RunId run, std::int64_t newest = 2048);
    /// The last step of any pack; −1: there is none. A value of a later step can be written at
    /// once.
    [[nodiscard]] std::int64_t packedThrough(RunId run);
    /// Takes the packs apart that reach `step`: a resumed run records its values again.
    void unpack(RunId run, std::int64_t step);

private:
    struct Value
    {
        std::int64_t step = 0;
        double value = 0; ///< NaN: NULL
    };
    void packMetric(RunId run, std::int64_t name, std::int64_t newest);
    void insertPack(RunId run, std::int64_t name, const Value* values, std::int64_t stride);

    Database& m_database;
    Statement m_names;
    Statement m_newest;
    Statement m_insertPack;
    Statement m_removeValues;
    Statement m_lastPacked;
};

/// Reads the values of a metric from both tables.
class MetricValues
{
public:
    explicit MetricValues(Database& database);

    /// Steps > `afterStep`, ascending, all of one moment. NaN: NULL or not finite.
    void read(RunId run, std::int64_t name, std::int64_t afterStep,
              std::vector<std::int64_t>& steps, std::vector<double>& values);

private:
    Statement m_rows;
};

} // namespace mocoscope::storage
