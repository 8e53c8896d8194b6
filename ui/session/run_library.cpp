// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/checkpoint_files.h"
#include "ui/session/history_queries.h"
#include "ui/session/run_library_impl.h"

#include <algorithm>

namespace mocoscope::ui {

namespace fs = std::filesystem;
using storage::Database;
using storage::MetricRecorder;
using storage::Result;
using storage::RunId;
using storage::RunRecord;
using storage::RunRepository;
using training::Error;
using training::ErrorCode;

MetricRecorder::Options RunLibrary::Impl::recorderOptions()
{
    MetricRecorder::Options options;
    options.onBlocked = [this, mailbox = m_mailbox](const Error& error) {
        mailbox.post([this, error] { Q_EMIT m_owner->recordingBlocked(error); });
    };
    options.onUnblocked = [this, mailbox = m_mailbox] {
        mailbox.post([this] { Q_EMIT m_owner->recordingUnblocked(); });
    };
    return options;
}

Result<void> RunLibrary::Impl::open()
{
    auto recorder = MetricRecorder::start(
        m_file, recorderOptions(),
        [this, mailbox = m_mailbox](const Error& error, std::size_t waiting) {
            mailbox.post([this, error, waiting] { tellWriteFailure(error, waiting); });
        },
        [this, mailbox = m_mailbox](RunId) {
            mailbox.post([this] {
                m_toldFailure.clear();
                requestRuns();
            });
        });
    if (recorder) {
        m_recorder = std::move(*recorder);
        recoverInterrupted();
    } else {
        m_readOnlyReason = recorder.error();
    }
    auto database = Database::open(m_file, Database::Access::ReadOnly);
    if (!database) {
        return tl::unexpected(m_readOnlyReason ? *m_readOnlyReason : database.error());
    }
    m_reader = std::make_unique<HistoryReader>(
        std::move(*database), [this](Database& opened, const std::stop_token&) { poll(opened); });
    requestRuns();
    return {};
}

RunLibrary::Impl::~Impl()
{
    m_mailbox.close();
    m_reader.reset();
    if (m_recorder) {
        m_recorder->post(emptyTrash);
        m_recorder.reset();
    }
}

void RunLibrary::Impl::recoverInterrupted()
{
    m_recorder->post([](Database& database) {
        // When this fails the runs look as if they were on, until the next look.
        static_cast<void>(RunRepository(database).recoverInterrupted());
    });
}

/// Reader thread, each second: finds the changes of other processes, and those that were killed.
void RunLibrary::Impl::poll(Database& database)
{
    if (m_recorder && isARunLeftOn(database)) {
        recoverInterrupted();
    }
    if (!m_watch) {
        m_watch.emplace(database);
    }
    const auto changed = m_watch->hasChanged();
    if (!changed || *changed) {
        readRuns(database);
    }
}

/// Reader thread.
void RunLibrary::Impl::readRuns(Database& database)
{
    auto runs = RunRepository(database).list();
    m_mailbox.post([this, runs = std::move(runs)]() mutable { setRuns(std::move(runs)); });
}

void RunLibrary::Impl::requestRuns()
{
    if (m_isReadingRuns) {
        m_readRunsAgain = true;
        return;
    }
    m_isReadingRuns = true;
    m_reader->request({this, RunsChannel}, [this](Database& database, const std::stop_token&) {
        auto runs = RunRepository(database).list();
        m_mailbox.post([this, runs = std::move(runs)]() mutable {
            m_isReadingRuns = false;
            setRuns(std::move(runs));
            if (std::exchange(m_readRunsAgain, false)) {
                requestRuns();
            }
        });
    });
}

void RunLibrary::Impl::setRuns(Result<std::vector<RunRecord>> runs)
{
    if (!runs) {
        Q_EMIT m_owner->failed(runs.error());
        return;
    }
    if (m_pendingWrites > 0) {
        return; // read before those: what is shown is newer; they ask again when they are done
    }
    m_runs = std::move(*runs);
    Q_EMIT m_owner->runsChanged();
}

/// The recorder tries again each second; a person needs to hear each reason once.
void RunLibrary::Impl::tellWriteFailure(const Error& error, std::size_t waiting)
{
    if (toText(error) == m_toldFailure) {
        return;
    }
    m_toldFailure = toText(error);
    Error told = error;
    if (waiting > 0) {
        told.detail += (told.detail.empty() ? "" : " ") + std::to_string(waiting)
            + " values wait in memory; writing is tried again every second.";
    }
    Q_EMIT m_owner->failed(told);
}

void RunLibrary::Impl::write(std::function<Result<void>(RunRepository&)> work)
{
    if (m_readOnlyReason) {
        Q_EMIT m_owner->failed(*m_readOnlyReason);
        requestRuns();
        return;
    }
    ++m_pendingWrites;
    m_recorder->post([this, mailbox = m_mailbox, work = std::move(work)](Database& database) {
        RunRepository runs(database);
        mailbox.post([this, written = work(runs)] {
            --m_pendingWrites;
            if (!written) {
                Q_EMIT m_owner->failed(written.error());
            }
            requestRuns();
        });
    });
}

void RunLibrary::Impl::edit(RunId id, const std::function<void(RunRecord&)>& change,
                            std::function<Result<void>(RunRepository&)> work)
{
    const auto run = std::ranges::find(m_runs, id, &RunRecord::id);
    if (run != m_runs.end() && !m_readOnlyReason) {
        change(*run);
        Q_EMIT m_owner->runsChanged();
    }
    write(std::move(work));
}

void RunLibrary::Impl::hide(const std::vector<RunId>& ids)
{
    std::erase_if(m_runs, [&ids](const RunRecord& run) {
        return std::ranges::find(ids, run.id) != ids.end();
    });
    Q_EMIT m_owner->runsChanged();
}

template <typename Answer>
void RunLibrary::Impl::ask(QObject* receiver, HistoryChannel channel,
                           std::function<Answer(Database&, const std::stop_token&)> read,
                           std::function<void(Answer)> done)
{
    const auto key = std::pair(static_cast<const QObject*>(receiver), static_cast<int>(channel));
    if (!m_newest.contains(key)) {
        connect(receiver, &QObject::destroyed, this, &Impl::forget);
    }
    const quint64 number = m_newest[key] = ++m_lastRequest;
    const auto answer = [this, key, number, done = std::move(done)](Answer result) {
        const auto newest = m_newest.find(key);
        if (newest != m_newest.end() && newest->second == number) {
            done(std::move(result));
        }
    };
    m_reader->request(
        {receiver, channel},
        [this, read = std::move(read), answer](Database& database, const std::stop_token& stop) {
            auto result = std::make_shared<Answer>(read(database, stop));
            m_mailbox.post([answer, result] { answer(std::move(*result)); });
        });
}

void RunLibrary::Impl::forget(const QObject* receiver)
{
    for (const HistoryChannel channel :
         {CurvesChannel, EventsChannel, CheckpointsChannel, PicturesChannel}) {
        m_newest.erase({receiver, channel});
        m_reader->cancel({receiver, channel});
    }
}

RunLibrary::RunLibrary(std::unique_ptr<Impl> impl)
    : m_impl(std::move(impl))
{
    m_impl->m_owner = this;
}

RunLibrary::~RunLibrary() = default;

Result<std::unique_ptr<RunLibrary>> RunLibrary::open(const fs::path& file)
{
    auto library
        = std::unique_ptr<RunLibrary>(new RunLibrary(std::make_unique<Impl>(fs::absolute(file))));
    if (auto opened = library->m_impl->open(); !opened) {
        return tl::unexpected(opened.error());
    }
    return library;
}

const fs::path& RunLibrary::file() const
{
    return m_impl->m_file;
}

const std::optional<Error>& RunLibrary::readOnlyReason() const
{
    return m_impl->m_readOnlyReason;
}

MetricRecorder& RunLibrary::recorder()
{
    Q_ASSERT(m_impl->m_recorder);
    return *m_impl->m_recorder;
}

fs::path RunLibrary::runFolder(const std::string& uuid) const
{
    return storage::runFolder(m_impl->m_file, uuid);
}

const std::vector<RunRecord>& RunLibrary::runs() const
{
    return m_impl->m_runs;
}

const RunRecord* RunLibrary::find(RunId id) const
{
    const auto run = std::ranges::find(m_impl->m_runs, id, &RunRecord::id);
    return run == m_impl->m_runs.end() ? nullptr : &*run;
}

void RunLibrary::refresh()
{
    m_impl->requestRuns();
}

void RunLibrary::readCurves(QObject* receiver, const std::vector<RunId>& runs,
                            const std::vector<std::string>& metrics,
                            std::function<void(Result<std::vector<RunCurves>>)> done)
{
    using Answer = Result<std::vector<RunCurves>>;
    m_impl->ask<Answer>(
        receiver, CurvesChannel,
        [runs, metrics](Database& database, const std::stop_token& stop) -> Answer {
            return readRunCurves(database, runs, metrics, stop);
        },
        std::move(done));
}

void RunLibrary::readEvents(QObject* receiver, RunId run,
                            std::function<void(Result<std::vector<storage::EventRecord>>)> done)
{
    m_impl->ask<Result<std::vector<storage::EventRecord>>>(
        receiver, EventsChannel,
        [run](Database& database, const std::stop_token&) {
            return RunRepository(database).events(run);
        },
        std::move(done));
}

void RunLibrary::readCheckpoints(QObject* receiver, RunId run,
                                 std::function<void(Result<std::vector<ListedCheckpoint>>)> done)
{
    m_impl->ask<Result<std::vector<ListedCheckpoint>>>(
        receiver, CheckpointsChannel,
        [run](Database& database, const std::stop_token&) {
            return listCheckpoints(database, run);
        },
        std::move(done));
}

void RunLibrary::readPictures(QObject* receiver, RunId run,
                              std::function<void(Result<RunPictures>)> done)
{
    m_impl->ask<Result<RunPictures>>(
        receiver, PicturesChannel,
        [run](Database& database, const std::stop_token&) { return listPictures(database, run); },
        std::move(done));
}

void RunLibrary::rename(RunId id, const QString& name)
{
    const std::string text = name.trimmed().toStdString();
    m_impl->edit(
        id, [&text](RunRecord& run) { run.name = text.empty() ? run.name : text; },
        [id, text](RunRepository& runs) { return runs.rename(id, text); });
}

void RunLibrary::setNotes(RunId id, const QString& notes)
{
    const std::string text = notes.toStdString();
    m_impl->edit(
        id, [&text](RunRecord& run) { run.notes = text; },
        [id, text](RunRepository& runs) { return runs.setNotes(id, text); });
}

void RunLibrary::setColour(RunId id, const QString& colour)
{
    const std::string text = colour.toStdString();
    m_impl->edit(
        id, [&text](RunRecord& run) { run.colour = text; },
        [id, text](RunRepository& runs) { return runs.setColour(id, text); });
}

void RunLibrary::moveToTrash(const std::vector<RunId>& ids)
{
    if (!m_impl->m_readOnlyReason) {
        m_impl->hide(ids);
    }
    m_impl->write([ids](RunRepository& runs) { return runs.moveToTrash(ids); });
}

void RunLibrary::restore(const std::vector<RunId>& ids)
{
    m_impl->write([ids](RunRepository& runs) { return runs.restore(ids); });
}

} // namespace mocoscope::ui
