// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/metric_recorder.h"

#include "storage/event_writer.h"
#include "storage/sqlite_error.h"

#include <algorithm>
#include <condition_variable>
#include <exception>
#include <map>
#include <mutex>
#include <optional>
#include <set>
#include <sqlite3.h>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

namespace mocoscope::storage {

using namespace training;

namespace {

using SteadyTime = std::chrono::steady_clock::time_point;

/// How often the queues of the running runs are looked at. A queue is a mutex and a vector and
/// wakes nobody, so that publishing costs a trainer nothing.
constexpr std::chrono::milliseconds lookInterval {20};

struct PendingEvent
{
    std::shared_ptr<RecordedStream> stream;
    TrainingEvent event;
    UtcMilliseconds at = 0;
};

std::size_t samplesOf(const TrainingEvent& event)
{
    const auto* batch = std::get_if<MetricBatch>(&event);
    return batch ? batch->values.size() : 0;
}

/// Others wait for these: they are not held back until the next flush.
bool isUrgent(const TrainingEvent& event)
{
    return !std::holds_alternative<MetricBatch>(event)
        && !std::holds_alternative<MetricsDeclared>(event)
        && !std::holds_alternative<Progress>(event);
}

} // namespace

/// m_mutex guards what it stands in front of; everything else belongs to the recorder thread.
class MetricRecorder::Impl
{
public:
    Impl(Database database, Options options, WriteFailure onWriteFailure, Committed onCommitted);
    ~Impl();

    std::shared_ptr<EventQueue> record(RunId run);
    void post(std::function<void(Database&)> work);
    Result<void> flush();

private:
    using Work = std::function<void(Database&)>;

    void loop(const std::stop_token& stop);
    [[nodiscard]] std::vector<Work> waitForWork(const std::stop_token& stop);
    [[nodiscard]] std::optional<SteadyTime> nextLook() const;
    void finish();

    void collect();
    void collectFrom(const std::shared_ptr<RecordedStream>& stream);
    [[nodiscard]] bool isFlushDue() const;
    bool writePending();
    void writeOrThrow();
    void reportLost(const std::set<RunId>& runs);
    void carryOut(const std::vector<Work>& works);
    void tellCommitted();
    void tellFailure(const Error& error) const;

    void watchRuns();

    std::mutex m_mutex;
    std::condition_variable_any m_changed;
    std::vector<Work> m_works;
    std::vector<std::shared_ptr<RecordedStream>> m_newStreams;

    // Recorder thread only.
    Database m_database;
    const Options m_options;
    const WriteFailure m_onWriteFailure;
    const Committed m_onCommitted;
    EventWriter m_writer;
    std::vector<std::shared_ptr<RecordedStream>> m_streams;
    std::vector<PendingEvent> m_pending;
    std::size_t m_pendingSamples = 0;
    bool m_isUrgent = false;
    SteadyTime m_flushAt; ///< of what is pending
    std::optional<Error> m_failure; ///< of the last write; empty: it went well
    std::set<RunId> m_changedRuns; ///< in the transaction that is on
    std::set<RunId> m_lostRuns; ///< recorded, but deleted meanwhile

    std::jthread m_thread; // last: it uses all of the above
};

MetricRecorder::Impl::Impl(Database database, Options options, WriteFailure onWriteFailure,
                           Committed onCommitted)
    : m_database(std::move(database))
    , m_options(std::move(options))
    , m_onWriteFailure(std::move(onWriteFailure))
    , m_onCommitted(std::move(onCommitted))
    , m_writer(m_database)
{
    watchRuns();
    m_thread = std::jthread([this](const std::stop_token& stop) { loop(stop); });
}

MetricRecorder::Impl::~Impl()
{
    m_thread.request_stop();
    m_thread.join();
}

std::shared_ptr<EventQueue> MetricRecorder::Impl::record(RunId run)
{
    auto stream = std::make_shared<RecordedStream>();
    stream->run = run;
    stream->queue = std::make_shared<EventQueue>();
    auto queue = stream->queue;
    {
        const std::scoped_lock lock(m_mutex);
        m_newStreams.push_back(std::move(stream));
    }
    m_changed.notify_one();
    return queue;
}

void MetricRecorder::Impl::post(Work work)
{
    {
        const std::scoped_lock lock(m_mutex);
        m_works.push_back(std::move(work));
    }
    m_changed.notify_one();
}

Result<void> MetricRecorder::Impl::flush()
{
    std::promise<Result<void>> promise;
    auto written = promise.get_future();
    post([this, &promise](Database&) {
        if (m_failure)
            promise.set_value(tl::unexpected<Error>(*m_failure));
        else
            promise.set_value({});
    });
    return written.get();
}

void MetricRecorder::Impl::loop(const std::stop_token& stop)
{
    while (!stop.stop_requested()) {
        const std::vector<Work> works = waitForWork(stop);
        collect();
        if (!works.empty() || isFlushDue())
            writePending();
        carryOut(works);
    }
    finish();
}

std::vector<MetricRecorder::Impl::Work>
MetricRecorder::Impl::waitForWork(const std::stop_token& stop)
{
    const auto isAwaited = [this] { return !m_works.empty() || !m_newStreams.empty(); };
    std::unique_lock lock(m_mutex);
    if (const auto time = nextLook())
        m_changed.wait_until(lock, stop, *time, isAwaited);
    else
        m_changed.wait(lock, stop, isAwaited);
    std::ranges::move(m_newStreams, std::back_inserter(m_streams));
    m_newStreams.clear();
    return std::exchange(m_works, {});
}

/// Empty: there is nothing to look at until somebody calls.
std::optional<SteadyTime> MetricRecorder::Impl::nextLook() const
{
    if (!m_streams.empty())
        return std::chrono::steady_clock::now() + lookInterval;
    return m_pending.empty() ? std::nullopt : std::optional(m_flushAt);
}

/// Nothing comes any more but what is in the queues.
void MetricRecorder::Impl::finish()
{
    const auto giveUpAt = std::chrono::steady_clock::now() + m_options.closingPatience;
    std::vector<Work> works;
    {
        const std::scoped_lock lock(m_mutex);
        works = std::exchange(m_works, {});
        std::ranges::move(m_newStreams, std::back_inserter(m_streams));
    }
    collect();
    bool written = writePending();
    carryOut(works);
    while (!written && std::chrono::steady_clock::now() < giveUpAt) {
        std::this_thread::sleep_for(m_options.retryInterval);
        written = writePending();
    }
    if (!written)
        tellFailure({m_failure->code,
                     std::to_string(m_pendingSamples) + " values are lost: " + m_failure->message,
                     m_failure->detail});
}

void MetricRecorder::Impl::collect()
{
    for (const auto& stream : m_streams)
        collectFrom(stream);
    std::erase_if(m_streams, [](const auto& stream) { return stream->queue->isExhausted(); });
}

void MetricRecorder::Impl::collectFrom(const std::shared_ptr<RecordedStream>& stream)
{
    if (stream->queue.use_count() == 1)
        stream->queue->close(); // nobody is left who could publish or close it
    std::vector<TrainingEvent> events = stream->queue->drain();
    if (events.empty())
        return;
    if (m_pending.empty())
        m_flushAt = std::chrono::steady_clock::now() + m_options.flushInterval;
    const UtcMilliseconds now = m_options.clock();
    for (TrainingEvent& event : events) {
        if (const auto* declared = std::get_if<MetricsDeclared>(&event))
            std::ranges::copy(declared->metrics, std::back_inserter(stream->metrics));
        m_pendingSamples += samplesOf(event);
        m_isUrgent = m_isUrgent || isUrgent(event);
        m_pending.push_back({stream, std::move(event), now});
    }
}

bool MetricRecorder::Impl::isFlushDue() const
{
    if (m_pending.empty())
        return false;
    if (std::chrono::steady_clock::now() >= m_flushAt)
        return true;
    // After a failure only the time counts, or a full disk would be tried 50 times a second.
    return !m_failure && (m_isUrgent || m_pendingSamples >= m_options.flushSamples);
}

/// True when nothing is left to be written.
bool MetricRecorder::Impl::writePending()
{
    m_failure.reset();
    if (m_pending.empty())
        return true;
    m_changedRuns.clear();
    if (auto written = guarded([this] { writeOrThrow(); }); !written) {
        for (const PendingEvent& pending : m_pending)
            pending.stream->nameIds.clear(); // they may have been rolled back
        m_failure = written.error();
        m_flushAt = std::chrono::steady_clock::now() + m_options.retryInterval;
        tellFailure(written.error());
        return false;
    }
    m_pending.clear();
    m_pendingSamples = 0;
    m_isUrgent = false;
    tellCommitted();
    return true;
}

void MetricRecorder::Impl::writeOrThrow()
{
    std::map<RunId, bool> exists;
    Transaction transaction(m_database);
    for (const PendingEvent& pending : m_pending) {
        const RunId run = pending.stream->run;
        if (!exists.contains(run))
            exists[run] = m_writer.runExists(run);
        if (exists[run])
            m_writer.write(*pending.stream, pending.event, pending.at);
    }
    std::set<RunId> lost;
    for (const auto& [run, isThere] : exists) {
        if (isThere)
            m_writer.updateSummary(run, m_pending.back().at);
        else
            lost.insert(run);
    }
    transaction.commit();
    reportLost(lost);
}

/// Once a run, not at every flush.
void MetricRecorder::Impl::reportLost(const std::set<RunId>& runs)
{
    for (const RunId run : runs)
        if (m_lostRuns.insert(run).second)
            tellFailure({ErrorCode::NotFound,
                         "Run " + std::to_string(run.value) + " is no longer in "
                             + m_database.file().string() + ", its values cannot be recorded",
                         "It was deleted while it was on. Stop it, or let it end unrecorded."});
}

void MetricRecorder::Impl::carryOut(const std::vector<Work>& works)
{
    for (const Work& work : works) {
        m_changedRuns.clear();
        try {
            work(m_database);
        } catch (const std::exception& problem) {
            tellFailure(
                {ErrorCode::Internal, "A change of the run history failed", problem.what()});
        }
        tellCommitted();
    }
}

void MetricRecorder::Impl::tellCommitted()
{
    if (!m_onCommitted)
        return;
    for (const RunId run : std::exchange(m_changedRuns, {}))
        m_onCommitted(run);
}

void MetricRecorder::Impl::tellFailure(const Error& error) const
{
    if (m_onWriteFailure)
        m_onWriteFailure(error, m_pendingSamples);
}

/// Notes each run whose row changes; whoever changes something else of a run touches its row.
void MetricRecorder::Impl::watchRuns()
{
    sqlite3_update_hook(
        m_database.handle(),
        [](void* self, int, const char*, const char* table, sqlite3_int64 row) {
            if (std::string_view(table) == "run")
                static_cast<Impl*>(self)->m_changedRuns.insert({row});
        },
        this);
    sqlite3_rollback_hook(
        m_database.handle(), [](void* self) { static_cast<Impl*>(self)->m_changedRuns.clear(); },
        this);
}

MetricRecorder::MetricRecorder(std::unique_ptr<Impl> impl)
    : m_impl(std::move(impl))
{
}

MetricRecorder::~MetricRecorder() = default;

Result<std::unique_ptr<MetricRecorder>> MetricRecorder::start(const std::filesystem::path& file,
                                                              Options options,
                                                              WriteFailure onWriteFailure,
                                                              Committed onCommitted)
{
    return guarded([&] {
        auto database = Database::open(file, Database::Access::ReadWrite, options.busyTimeout);
        if (!database)
            throw StorageFailure(database.error());
        auto impl = std::make_unique<Impl>(std::move(*database), std::move(options),
                                           std::move(onWriteFailure), std::move(onCommitted));
        return std::unique_ptr<MetricRecorder>(new MetricRecorder(std::move(impl)));
    });
}

std::shared_ptr<EventQueue> MetricRecorder::record(RunId run)
{
    return m_impl->record(run);
}

void MetricRecorder::post(std::function<void(Database&)> work)
{
    m_impl->post(std::move(work));
}

Result<void> MetricRecorder::flush()
{
    return m_impl->flush();
}

} // namespace mocoscope::storage
