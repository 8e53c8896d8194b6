// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/session/session.h"

#include "storage/roll_back.h"
#include "storage/run_repository.h"
#include "training/api/config_json.h"
#include "training/api/config_schema.h"
#include "training/api/fork.h"
#include "ui/session/mailbox.h"
#include "ui/session/resumable_run.h"
#include "ui/session/run_library.h"
#include "ui/session/running_trainer.h"

#include <map>
#include <utility>

namespace mocoscope::ui {

using namespace training;
using storage::Database;
using storage::RunId;
using storage::RunRecord;
using storage::RunRepository;

namespace {

constexpr int drainIntervalMs = 33;

template <typename... Cases> struct Overloaded : Cases...
{
    using Cases::operator()...;
};

std::optional<Error> violationsOf(const TrainingConfig& config)
{
    std::string detail;
    for (const Violation& violation : validate(config)) {
        detail += (detail.empty() ? "" : "\n") + violation.key + " = " + violation.value + ": "
            + violation.reason;
    }
    if (detail.empty()) {
        return std::nullopt;
    }
    return Error {ErrorCode::BadConfiguration, "The configuration cannot be used", detail};
}

struct StoredRun
{
    RunRecord run;
    std::vector<CheckpointFile> checkpoints; ///< of a fork: the one that it goes on from
};

/// On the recorder thread.
Result<StoredRun> makeRun(Database& database, const storage::NewRun& run)
{
    return RunRepository(database).create(run).and_then([&](const RunRecord& made) {
        return storage::checkpointsOf(database, made).map([&](const auto& checkpoints) {
            return StoredRun {made, checkpoints};
        });
    });
}

} // namespace

class Session::Impl final : public QObject
{
public:
    Impl(Session& session, RunLibrary& library, TrainerFactory makeTrainer);
    ~Impl() override { m_mailbox.close(); }

    bool start(const TrainingConfig& config, const QString& name, const QString& preset,
               const std::optional<RunOrigin>& origin);
    bool resumeRun(RunId run, NonFinitePolicy nonFinite);
    void stop();

    RunLibrary& m_library;
    std::shared_ptr<RunControl> m_control = std::make_shared<RunControl>();
    bool m_isActive = false;
    RunState m_state = RunState::Created;
    std::optional<RunId> m_run;
    std::map<RunId, QString> m_names; ///< of all runs, when they were launched
    RunFacts m_facts;
    TrainingConfig m_config;
    NonFinitePolicy m_nonFinite = NonFinitePolicy::Pause;
    bool m_isRollingBack = false;

private:
    [[nodiscard]] bool prepareStart();
    void launch(const RunRecord& run, std::vector<CheckpointFile> checkpoints);
    void rollBack(RunId from, std::int64_t step);
    void giveUp(const Error& error);
    void drain();
    void handle(const TrainingEvent& event);
    void enterState(RunState state, const QString& reason);
    void finish();

    Session& m_session;
    TrainerFactory m_makeTrainer;
    Mailbox m_mailbox;
    QTimer m_drainTimer;
    std::vector<MetricBatch> m_arrived; ///< since the last signal
    std::optional<std::int64_t> m_rollBackTo; ///< of the run that has told its end
    std::unique_ptr<RunningTrainer> m_trainer; // last: its end comes first
};

Session::Impl::Impl(Session& session, RunLibrary& library, TrainerFactory makeTrainer)
    : m_library(library)
    , m_session(session)
    , m_makeTrainer(std::move(makeTrainer))
    , m_mailbox(this)
{
    m_drainTimer.setInterval(drainIntervalMs);
    connect(&library, &RunLibrary::recordingBlocked, this, [this](const Error& error) {
        m_control->hold(toText(error) + " The run goes on by itself when that is mended.");
    });
    connect(&library, &RunLibrary::recordingUnblocked, this, [this] { m_control->release(); });
    connect(&m_drainTimer, &QTimer::timeout, this, &Impl::drain);
}

bool Session::Impl::prepareStart()
{
    if (m_isActive) {
        return false;
    }
    if (m_library.readOnlyReason()) {
        Q_EMIT m_session.failed(*m_library.readOnlyReason());
        return false;
    }
    m_isActive = true;
    m_control = std::make_shared<RunControl>();
    m_facts = {};
    m_run.reset();
    enterState(RunState::Created, {});
    return true;
}

bool Session::Impl::start(const TrainingConfig& config, const QString& name, const QString& preset,
                          const std::optional<RunOrigin>& origin)
{
    if (const auto error = violationsOf(config); error && !m_isActive) {
        Q_EMIT m_session.failed(*error);
        return false;
    }
    if (!prepareStart()) {
        return false;
    }
    m_config = config;
    m_nonFinite = NonFinitePolicy::Pause;
    storage::NewRun run {name.toStdString(), preset.toStdString(), toJson(config), {}, {}};
    if (origin) {
        run.parent = origin->run;
        run.forkedFrom = origin->checkpoint;
    }
    m_library.recorder().post([this, mailbox = m_mailbox, run](Database& database) {
        mailbox.post([this, made = makeRun(database, run)]() mutable {
            made ? launch(made->run, std::move(made->checkpoints)) : giveUp(made.error());
        });
    });
    return true;
}

bool Session::Impl::resumeRun(RunId id, NonFinitePolicy nonFinite)
{
    if (!prepareStart()) {
        return false;
    }
    m_nonFinite = nonFinite;
    m_library.recorder().post([this, mailbox = m_mailbox, id](Database& database) {
        auto found = loadResumableRun(database, id);
        mailbox.post([this, found = std::move(found)]() mutable {
            if (!found) {
                giveUp(found.error());
                return;
            }
            m_config = found->config;
            launch(found->run, std::move(found->checkpoints));
        });
    });
    return true;
}

void Session::Impl::launch(const RunRecord& run, std::vector<CheckpointFile> checkpoints)
{
    m_run = run.id;
    m_names[run.id] = QString::fromStdString(run.name);
    const std::filesystem::path folder = m_library.runFolder(run.uuid);
    RunRequest request {m_config, folder / "checkpoints", std::move(checkpoints), m_nonFinite};
    request.mayRollBack = m_nonFinite == NonFinitePolicy::Pause; // not in a queue of runs
    m_trainer = std::make_unique<RunningTrainer>(
        m_makeTrainer(), std::move(request), m_control, m_library.recorder().record(run.id),
        [this, mailbox = m_mailbox] { mailbox.post([this] { finish(); }); });
    m_drainTimer.start();
    m_library.refresh();
    Q_EMIT m_session.started(run.id);
}

void Session::Impl::rollBack(RunId from, std::int64_t step)
{
    const TrainingConfig before = m_config;
    if (!prepareStart()) {
        return;
    }
    m_isRollingBack = true;
    m_library.recorder().post([this, mailbox = m_mailbox, from, before, step](Database& database) {
        auto made = storage::forkRolledBack(database, from, before, step);
        mailbox.post([this, from, step, made = std::move(made)]() mutable {
            if (!made) {
                giveUp(made.error());
                return;
            }
            m_config = std::move(made->config);
            launch(made->run, std::move(made->checkpoints));
            m_isRollingBack = false;
            Q_EMIT m_session.rolledBack(from, step);
        });
    });
}

/// Nothing was started.
void Session::Impl::giveUp(const Error& error)
{
    m_isRollingBack = false;
    enterState(RunState::Failed, QString::fromStdString(error.message));
    Q_EMIT m_session.failed(error);
    m_isActive = false;
    Q_EMIT m_session.ended(RunId {}, RunState::Failed);
}

void Session::Impl::stop()
{
    m_control->requestStop();
}

void Session::Impl::drain()
{
    for (const TrainingEvent& event : m_trainer->drain()) {
        handle(event);
    }
    if (!m_arrived.empty()) {
        Q_EMIT m_session.metricsArrived(m_arrived);
        m_arrived.clear();
    }
}

void Session::Impl::handle(const TrainingEvent& event)
{
    std::visit(
        Overloaded {
            [this](const RunFacts& facts) {
                m_facts = facts;
                Q_EMIT m_session.prepared(facts);
            },
            [this](const StateChanged& change) {
                enterState(change.state, QString::fromStdString(change.reason));
            },
            [this](const MetricsDeclared& declared) {
                Q_EMIT m_session.metricsDeclared(declared.metrics);
            },
            [this](const MetricBatch& batch) { m_arrived.push_back(batch); },
            [this](const Incident& incident) { Q_EMIT m_session.incidentHappened(incident); },
            [this](const CheckpointSaved& saved) { Q_EMIT m_session.checkpointSaved(saved); },
            [this](const Progress& progress) { Q_EMIT m_session.progressed(progress); },
            [this](const Failed& failure) {
                enterState(RunState::Failed, QString::fromStdString(failure.error.message));
                Q_EMIT m_session.failed(failure.error);
            },
            [this](const Finished& finished) {
                m_rollBackTo = finished.rollBackTo;
                enterState(finished.stopped ? RunState::Stopped : RunState::Finished, {});
            },
        },
        event);
}

void Session::Impl::enterState(RunState state, const QString& reason)
{
    m_state = state;
    Q_EMIT m_session.stateChanged(state, reason);
}

/// The trainer's last event is in the queue and its thread at its end.
void Session::Impl::finish()
{
    m_drainTimer.stop();
    drain();
    const auto step = std::exchange(m_rollBackTo, std::nullopt);
    m_isRollingBack
        = step && !m_control->isStopRequested(); // what joins the thread asks it to stop
    m_trainer.reset();
    m_isActive = false;
    const RunId ended = *m_run;
    Q_EMIT m_session.ended(ended, m_state);
    if (std::exchange(m_isRollingBack, false)) {
        rollBack(ended, *step);
    }
}

Session::Session(RunLibrary& library, TrainerFactory makeTrainer, QObject* parent)
    : QObject(parent)
    , m_impl(std::make_unique<Impl>(*this, library, std::move(makeTrainer)))
{
}

Session::~Session() = default;

bool Session::start(const TrainingConfig& config, const QString& name, const QString& preset,
                    const std::optional<RunOrigin>& origin)
{
    return m_impl->start(config, name, preset, origin);
}

bool Session::resumeRun(RunId run, NonFinitePolicy nonFinite)
{
    return m_impl->resumeRun(run, nonFinite);
}

void Session::pause()
{
    m_impl->m_control->requestPause();
}

void Session::resume()
{
    m_impl->m_control->requestResume();
}

void Session::stop()
{
    m_impl->stop();
}

bool Session::isActive() const
{
    return m_impl->m_isActive;
}

bool Session::isRollingBack() const
{
    return m_impl->m_isRollingBack;
}

RunState Session::state() const
{
    return m_impl->m_state;
}

std::optional<RunId> Session::run() const
{
    return m_impl->m_run;
}

QString Session::nameOf(RunId run) const
{
    if (const auto* record = m_impl->m_library.find(run)) {
        return QString::fromStdString(record->name);
    }
    const auto known = m_impl->m_names.find(run);
    return known != m_impl->m_names.end() ? known->second : QString();
}

const RunFacts& Session::facts() const
{
    return m_impl->m_facts;
}

const TrainingConfig& Session::config() const
{
    return m_impl->m_config;
}

} // namespace mocoscope::ui
