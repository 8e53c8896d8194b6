// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "storage/run_record.h"
#include "storage/sweep_repository.h"
#include "training/api/sweep.h"
#include "ui/session/mailbox.h"

#include <QObject>

#include <deque>
#include <optional>
#include <vector>

namespace mocoscope::ui {

class RunLibrary;
class Session;

/// How the history takes over a sweep with all its runs.
[[nodiscard]] training::Result<storage::NewSweep> newSweep(const training::SweepPlan& plan);

/// Whether a queue would train it: it was not started, or was stopped or interrupted half-way.
[[nodiscard]] bool isWaiting(const storage::RunRecord& run);

/// Trains the waiting runs of sweeps one after another through the session, whenever no other run
/// is on. On the window's thread; never waits.
class SweepQueue final : public QObject
{
    Q_OBJECT

public:
    SweepQueue(RunLibrary& library, Session& session, QObject* parent = nullptr);
    ~SweepQueue() override;

    /// Stores the sweep with its runs and puts it at the end of the queue.
    void add(const storage::NewSweep& sweep);
    /// Puts a sweep of the history at the end of the queue, unless it is in it.
    void resume(storage::SweepId sweep);
    /// Empties the queue. A run of it that is on is stopped with a checkpoint, and goes on when its
    /// sweep is resumed.
    void stop();

    /// Whether it trains, or will as soon as the run that is on has ended.
    [[nodiscard]] bool isActive() const { return !m_waiting.empty(); }
    [[nodiscard]] std::vector<storage::SweepId> sweeps() const
    {
        return {m_waiting.begin(), m_waiting.end()};
    }
    [[nodiscard]] bool holds(storage::SweepId sweep) const;

Q_SIGNALS:
    void changed();
    /// Stored; the queue goes on by itself.
    void added(mocoscope::storage::SweepId sweep, const QString& name, int runs);
    /// None of its runs waits any more.
    void completed(mocoscope::storage::SweepId sweep);
    void failed(const mocoscope::training::Error& error);

private:
    void next();
    void take(storage::SweepId sweep,
              const storage::Result<std::optional<storage::RunRecord>>& claimed);
    void onEnded(storage::RunId run, training::RunState state);
    void release(storage::RunId run);
    void drop(const training::Error& error);

    RunLibrary& m_library;
    Session& m_session;
    Mailbox m_mailbox;
    std::deque<storage::SweepId> m_waiting; ///< the first one is at work
    std::optional<storage::RunId> m_run; ///< of the queue, in the session
    bool m_isClaiming = false;
};

} // namespace mocoscope::ui
