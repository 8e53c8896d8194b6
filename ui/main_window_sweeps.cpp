// SPDX-License-Identifier: GPL-3.0-or-later
// The queue of sweeps as the window tells of it.
#include "ui/main_window.h"
#include "ui/pages/configure_page.h"
#include "ui/pages/message_bar.h"
#include "ui/pages/runs_page.h"
#include "ui/pages/sweep_bar.h"
#include "ui/session/run_library.h"
#include "ui/session/sweep_queue.h"

#include <QSettings>

#include <algorithm>

namespace mocoscope::ui {

using storage::RunRecord;
using storage::SweepId;

namespace {

/// Ids of the sweeps that are queued, in the settings.
constexpr const char* queueKey = "sweeps/queued";

/// Runs that continuing would train.
std::int64_t waitingRuns(const std::vector<RunRecord>& runs, SweepId sweep)
{
    return std::ranges::count_if(runs, [sweep](const RunRecord& run) {
        return run.sweep && run.sweep->sweep == sweep && isWaiting(run);
    });
}

} // namespace

void MainWindow::connectSweeps()
{
    connect(m_configure, &ConfigurePage::queueRequested, this, &MainWindow::queueSweep);
    connect(m_queue, &SweepQueue::changed, this, &MainWindow::rememberQueue);
    connect(&m_library, &RunLibrary::runsChanged, this, &MainWindow::offerToContinue,
            Qt::SingleShotConnection);
    connect(m_queue, &SweepQueue::failed, this,
            [this](const training::Error& error) { m_messages->show(messageOf(error)); });
    connect(m_queue, &SweepQueue::added, this, &MainWindow::showQueued);
    connect(m_queue, &SweepQueue::completed, this, [this] {
        Message message;
        message.tone = Tone::Good;
        message.text = tr("No run of the sweep waits any more.");
        message.key = "ended"; // in place of what its last run told
        m_messages->show(message);
    });
}

void MainWindow::queueSweep(const training::SweepPlan& plan)
{
    if (const auto sweep = newSweep(plan)) {
        m_queue->add(*sweep);
    } else {
        m_messages->show(messageOf(sweep.error()));
    }
}

void MainWindow::showQueued(SweepId sweep, const QString& name, int runs)
{
    Message message;
    message.tone = Tone::Good;
    message.text = tr("\u201c%1\u201d is queued: %2 runs, one after another.").arg(name).arg(runs);
    message.key = "sweep queued";
    m_messages->show(message);
    m_runs->sweepBar().choose(sweep);
    showPage(Runs);
}

/// Closing stops the queue, which is then still to be gone on with.
void MainWindow::rememberQueue()
{
    if (m_isClosing) {
        return;
    }
    QStringList ids;
    for (const SweepId sweep : m_queue->sweeps()) {
        ids << QString::number(sweep.value);
    }
    m_settings.setValue(queueKey, ids);
}

/// Training never starts by itself: the window may have been closed to have the machine free.
void MainWindow::offerToContinue()
{
    std::vector<SweepId> sweeps;
    std::int64_t runs = 0;
    for (const QString& id : m_settings.value(queueKey).toStringList()) {
        const SweepId sweep {id.toLongLong()};
        if (const std::int64_t waiting = waitingRuns(m_library.runs(), sweep); waiting > 0) {
            sweeps.push_back(sweep);
            runs += waiting;
        }
    }
    if (sweeps.empty() || m_library.readOnlyReason()) {
        return;
    }
    Message message;
    message.text = runs == 1
        ? tr("A sweep was on when Mocoscope was closed: 1 run waits.")
        : tr("A sweep was on when Mocoscope was closed: %1 runs wait.").arg(runs);
    message.actionText = tr("Continue");
    message.key = "sweep queued";
    message.action = [this, sweeps] {
        for (const SweepId sweep : sweeps) {
            m_queue->resume(sweep);
        }
        m_runs->sweepBar().choose(sweeps.front());
        showPage(Runs);
    };
    m_messages->show(message);
}

} // namespace mocoscope::ui
