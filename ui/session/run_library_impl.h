// SPDX-License-Identifier: GPL-3.0-or-later
// Inside only.
#pragma once

#include "storage/change_watch.h"
#include "storage/run_repository.h"
#include "ui/session/history_reader.h"
#include "ui/session/mailbox.h"
#include "ui/session/run_library.h"

#include <map>
#include <utility>

namespace mocoscope::ui {

/// What is asked for; a newer request of the same kind takes the place of an older one.
enum HistoryChannel
{
    RunsChannel,
    CurvesChannel,
    EventsChannel,
    CheckpointsChannel,
    PicturesChannel,
};

/// Lives on the window's thread; what runs on another one says so.
class RunLibrary::Impl final : public QObject
{
public:
    explicit Impl(std::filesystem::path file)
        : m_file(std::move(file))
        , m_mailbox(this)
    {
    }
    ~Impl() override;

    storage::Result<void> open();
    void requestRuns();
    void edit(storage::RunId id, const std::function<void(storage::RunRecord&)>& change,
              std::function<storage::Result<void>(storage::RunRepository&)> write);
    void write(std::function<storage::Result<void>(storage::RunRepository&)> work);
    template <typename Answer>
    void ask(QObject* receiver, HistoryChannel channel,
             std::function<Answer(storage::Database&, const std::stop_token&)> read,
             std::function<void(Answer)> done);
    void hide(const std::vector<storage::RunId>& ids);

    RunLibrary* m_owner = nullptr;
    const std::filesystem::path m_file;
    std::optional<training::Error> m_readOnlyReason;
    std::vector<storage::RunRecord> m_runs;

private:
    using Requests = std::map<std::pair<const QObject*, int>, quint64>;

    [[nodiscard]] storage::MetricRecorder::Options recorderOptions();
    void recoverInterrupted();
    void poll(storage::Database& database);
    void readRuns(storage::Database& database);
    void setRuns(storage::Result<std::vector<storage::RunRecord>> runs);
    void tellWriteFailure(const training::Error& error, std::size_t waiting);
    void forget(const QObject* receiver);

    Mailbox m_mailbox;
    Requests m_newest; ///< number of the newest request by receiver and channel
    quint64 m_lastRequest = 0;
    bool m_isReadingRuns = false;
    bool m_readRunsAgain = false;
    int m_pendingWrites = 0;
    std::string m_toldFailure;
    std::optional<storage::ChangeWatch> m_watch; ///< reader thread

public:
    std::unique_ptr<storage::MetricRecorder> m_recorder;
    std::unique_ptr<HistoryReader> m_reader;
};

} // namespace mocoscope::ui
