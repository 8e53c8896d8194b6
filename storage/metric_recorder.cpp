// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/metric_recorder.h"

#include "storage/event_backlog.h"
#include "storage/event_writer.h"
#include "storage/sqlite_error.h"
#include "storage/statement.h"

#include <algorithm>
#include <cassert>
#include <condition_variable>
#include <exception>
#include <map>
#include <mutex>
#include <optional>
#include <set>
#include <sqlite3.h>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

namespace mocoscope::storage {

using namespace training;

namespace {

/// While it lives a commit waits for the disk; with a write-ahead log it else waits for the system.
class DurableCommits
{
public:
    explicit DurableCommits(Database& database)
        : m_database(database)
    {
        Statement level(database, "PRAGMA synchronous");
        level.step();
        m_level = level.integer(0);
        level.reset();
        set(std::max<std::int64_t>(m_level, full));
    }
    ~DurableCommits() { set(m_level); }
    DurableCommits(const DurableCommits&) = delete;
    DurableCommits& operator=(const DurableCommits&) = delete;

private:
    static constexpr std::int64_t full = 2;
    void set(std::int64_t level)
    {
        (void)m_database.execute(("PRAGMA synchronous = " + std::to_string(level)).c_str());
    }

    Database& m_database;
    std::int64_t m_level = full;
};

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
    [[nodiscard]] std::vector<Work> takeWorks();
    void collect();
    void finish();

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
    EventBacklog m_backlog;
    std::optional<Error> m_failure; ///< of the last write; empty: it went well
    bool m_isBlocked = false; ///< has been told
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
    assert(std::this_thread::get_id() != m_thread.get_id() && "would wait for itself");
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
        if (!works.empty() || m_backlog.isDue(m_options.flushSamples))
            writePending();
        carryOut(works);
    }
    finish();
}

std::vector<MetricRecorder::Impl::Work>
MetricRecorder::Impl::waitForWork(const std::stop_token& stop)
{
    const auto isAwaited = [this] { return !m_works.empty() || !m_newStreams.empty(); };
    {
        std::unique_lock lock(m_mutex);
        if (const auto time = m_backlog.nextLook())
            m_changed.wait_until(lock, stop, *time, isAwaited);
        else
            m_changed.wait(lock, stop, isAwaited);
    }
    return takeWorks();
}

/// Takes the new streams as well: what was published before a work was posted comes before it.
std::vector<MetricRecorder::Impl::Work> MetricRecorder::Impl::takeWorks()
{
    const std::scoped_lock lock(m_mutex);
    for (auto& stream : std::exchange(m_newStreams, {}))
        m_backlog.add(std::move(stream));
    return std::exchange(m_works, {});
}

void MetricRecorder::Impl::collect()
{
    m_backlog.collect(m_options.clock(), m_options.flushInterval);
}

/// Nothing comes any more but what is in the queues, and works that post works.
void MetricRecorder::Impl::finish()
{
    const auto giveUpAt = std::chrono::steady_clock::now() + m_options.closingPatience;
    std::vector<Work> works = takeWorks();
    collect();
    bool isWritten = writePending();
    for (; !works.empty(); works = takeWorks())
        carryOut(works);
    while (!isWritten && std::chrono::steady_clock::now() < giveUpAt) {
        std::this_thread::sleep_for(m_options.retryInterval);
        isWritten = writePending();
    }
    if (!isWritten)
        tellFailure(
            {m_failure->code,
             std::to_string(m_backlog.samples()) + " values are lost: " + m_failure->message,
             m_failure->detail});
}

/// True when nothing is left to be written.
bool MetricRecorder::Impl::writePending()
{
    m_failure.reset();
    if (m_backlog.events().empty())
        return true;
    m_changedRuns.clear();
    if (auto written = guarded([this] { writeOrThrow(); }); !written) {
        m_backlog.postpone(m_options.retryInterval);
        m_failure = written.error();
        tellFailure(written.error());
        if (!std::exchange(m_isBlocked, true) && m_options.onBlocked)
            m_options.onBlocked(written.error());
        return false;
    }
    if (std::exchange(m_isBlocked, false) && m_options.onUnblocked)
        m_options.onUnblocked();
    m_backlog.clear();
    tellCommitted();
    return true;
}

void MetricRecorder::Impl::writeOrThrow()
{
    std::map<RunId, bool> exists;
    m_database.refuseMoved();
    std::optional<DurableCommits> durable;
    if (m_backlog.isAwaited())
        durable.emplace(m_database);
    Transaction transaction(m_database);
    for (const EventBacklog::Event& pending : m_backlog.events()) {
        const RunId run = pending.stream->run;
        if (!exists.contains(run))
            exists[run] = m_writer.runExists(run);
        if (exists[run])
            m_writer.write(*pending.stream, pending.event, pending.at);
    }
    std::set<RunId> lost;
    for (const auto& [run, isThere] : exists) {
        if (isThere)
            m_writer.updateSummary(run, m_backlog.events().back().at);
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
        m_onWriteFailure(error, m_backlog.samples());
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
