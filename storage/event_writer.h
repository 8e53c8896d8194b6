// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "storage/metric_pack.h"
#include "storage/statement.h"
#include "training/api/event_queue.h"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace mocoscope::storage {

/// The events of one run on their way into the database.
struct RecordedStream
{
    RunId run;
    std::shared_ptr<training::EventQueue> queue;
    std::vector<training::MetricDescription> metrics; ///< all that were declared so far
    std::vector<std::int64_t> nameIds; ///< rows in metric_name of `metrics`; 0: to be looked up
    std::optional<std::int64_t> packedThrough; ///< see MetricPacker; empty: to be looked up
    std::int64_t unpackedBatches = 0; ///< since values were packed

    /// What was read or made in a transaction that was rolled back.
    void forgetRows()
    {
        nameIds.clear();
        packedThrough.reset();
    }
};

/// Turns training events into rows. Inside a transaction of the caller; throws StorageFailure.
/// After a roll-back the streams must forget their rows. Thread: the connection's.
class EventWriter
{
public:
    explicit EventWriter(Database& database);

    [[nodiscard]] bool runExists(RunId run);
    /// `at`: when the event was taken from its queue.
    void write(RecordedStream& stream, const training::TrainingEvent& event, UtcMilliseconds at);
    /// Brings the columns of `run` up to date that follow from its metrics.
    void updateSummary(RunId run, UtcMilliseconds at);

private:
    void writeFacts(RunId run, const training::RunFacts& facts);
    void writeBatch(RecordedStream& stream, const training::MetricBatch& batch);
    void makeRoomFor(RecordedStream& stream, std::int64_t step);
    void writeIncident(RunId run, const training::Incident& incident, UtcMilliseconds at);
    void writeCheckpoint(RunId run, const training::CheckpointSaved& saved, UtcMilliseconds at);
    [[nodiscard]] std::vector<std::string> vanishedBeside(RunId run, const std::string& saved);
    void writeFailure(RunId run, const training::Error& error, UtcMilliseconds at);
    void writeEnd(RunId run, const training::Finished& finished, UtcMilliseconds at);
    [[nodiscard]] std::int64_t nameId(RecordedStream& stream, std::uint32_t metric);
    [[nodiscard]] std::int64_t lookUp(const training::MetricDescription& metric);

    Database& m_database;
    Statement m_findRun;
    Statement m_insertName;
    Statement m_findName;
    Statement m_insertValue;
    Statement m_insertTime;
    Statement m_insertEvent;
    Statement m_updateSummary;
    MetricPacker m_packer;
};

} // namespace mocoscope::storage
