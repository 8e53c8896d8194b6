// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/session/sweep_queue.h"

#include "storage/run_repository.h"
#include "training/api/config_json.h"
#include "ui/session/run_library.h"
#include "ui/session/session.h"

#include <algorithm>
#include <utility>

namespace mocoscope::ui {

using storage::Database;
using storage::RunId;
using storage::RunRecord;
using storage::SweepId;
using storage::SweepRepository;
using training::RunState;

training::Result<storage::NewSweep> newSweep(const training::SweepPlan& plan)
{
    return training::expandSweep(plan).map([&](const auto& members) {
        storage::NewSweep sweep {plan.name, training::toJson(plan), {}};
        for (const training::SweepMember& member : members) {
            sweep.runs.push_back(
                {{member.name, member.preset, training::toJson(member.config), std::nullopt},
                 member.setting});
        }
        return sweep;
    });
}

bool isWaiting(const RunRecord& run)
{
    return run.state == RunState::Created || run.state == RunState::Stopped
        || run.state == RunState::Interrupted;
}

SweepQueue::SweepQueue(RunLibrary& library, Session& session, QObject* parent)
    : QObject(parent)
    , m_library(library)
    , m_session(session)
    , m_mailbox(this)
{
    connect(&session, &Session::ended, this, &SweepQueue::onEnded);
}

SweepQueue::~SweepQueue()
{
    m_mailbox.close();
}

void SweepQueue::add(const storage::NewSweep& sweep)
{
    if (m_library.readOnlyReason()) {
        Q_EMIT failed(*m_library.readOnlyReason());
        return;
    }
    m_library.recorder().post([this, mailbox = m_mailbox, sweep](Database& database) {
        mailbox.post([this, made = SweepRepository(database).create(sweep)] {
            if (!made) {
                Q_EMIT failed(made.error());
                return;
            }
            m_library.refresh();
            Q_EMIT added(made->id, QString::fromStdString(made->name),
                         static_cast<int>(made->total));
            resume(made->id);
        });
    });
}

void SweepQueue::resume(SweepId sweep)
{
    if (m_library.readOnlyReason()) {
        Q_EMIT failed(*m_library.readOnlyReason());
        return;
    }
    if (!holds(sweep)) {
        m_waiting.push_back(sweep);
        Q_EMIT changed();
        next();
    }
}

void SweepQueue::stop()
{
    m_waiting.clear();
    if (m_run) {
        m_session.stop();
    }
    Q_EMIT changed();
}

bool SweepQueue::holds(SweepId sweep) const
{
    return std::ranges::find(m_waiting, sweep) != m_waiting.end();
}

void SweepQueue::next()
{
    if (m_waiting.empty() || m_isClaiming || m_session.isActive()) {
        return; // the end of the run that is on comes back here
    }
    m_isClaiming = true;
    m_library.recorder().post(
        [this, mailbox = m_mailbox, sweep = m_waiting.front()](Database& database) {
            mailbox.post([this, sweep, claimed = SweepRepository(database).claimNext(sweep)] {
                take(sweep, claimed);
            });
        });
}

void SweepQueue::take(SweepId sweep, const storage::Result<std::optional<RunRecord>>& claimed)
{
    m_isClaiming = false;
    if (!claimed) {
        drop(claimed.error());
        return;
    }
    const bool isWanted = !m_waiting.empty() && m_waiting.front() == sweep;
    if (*claimed) {
        if (isWanted && m_session.resumeRun((*claimed)->id, training::NonFinitePolicy::Fail)) {
            m_run = (*claimed)->id;
            Q_EMIT changed();
            return;
        }
        release((*claimed)->id); // the queue was stopped, or another run was quicker
    } else if (isWanted) {
        m_waiting.pop_front();
        Q_EMIT changed();
        Q_EMIT completed(sweep);
    }
    next();
}

/// The session tells run 0 where a run could not be started at all.
void SweepQueue::onEnded(RunId run, RunState state)
{
    const auto own = std::exchange(m_run, std::nullopt);
    if (own && run != *own) { // not to be tried over and over
        m_library.recorder().post([id = *own](Database& database) {
            static_cast<void>(storage::RunRepository(database).setState(
                id, RunState::Failed, "The run could not be started"));
        });
    }
    if (own && state == RunState::Stopped) {
        m_waiting.clear(); // who stops a run of a sweep wants the machine for something else
        Q_EMIT changed();
    }
    next();
}

void SweepQueue::release(RunId run)
{
    m_library.recorder().post([run](Database& database) {
        // When this fails the run is found as interrupted at the next start.
        static_cast<void>(SweepRepository(database).release(run));
    });
}

void SweepQueue::drop(const training::Error& error)
{
    m_waiting.clear();
    Q_EMIT changed();
    Q_EMIT failed(error);
}

} // namespace mocoscope::ui
