// SPDX-License-Identifier: GPL-3.0-or-later
// What the window tells of the run that is on, or was.
#include "ui/main_window.h"
#include "ui/models/text_format.h"
#include "ui/pages/live_page.h"
#include "ui/pages/message_bar.h"
#include "ui/session/run_library.h"
#include "ui/session/session.h"
#include "ui/session/sweep_queue.h"

#include <utility>

namespace mocoscope::ui {

using storage::RunId;
using training::RunState;

void MainWindow::tellWhereItResumes(const training::RunFacts& facts)
{
    if (std::exchange(m_isResuming, false)) {
        Message message;
        message.text = facts.firstStep > 0
            ? tr("The run goes on from step %1.").arg(countText(facts.firstStep))
            : tr("The run has no checkpoint yet: it starts from its first step.");
        message.key = "ended"; // what it said before no longer holds
        m_messages->show(message);
    }
}

bool MainWindow::isOnLive(std::optional<RunId> run) const
{
    return run && page() == Live && m_live->shownRun() == run;
}

/// Live says so above the curves of the run: once is enough. But the next run of a sweep takes it
/// away from there.
void MainWindow::tellFailure(const training::Error& error)
{
    const Message message = messageOf(error);
    m_failed = {m_session.run(), message.text};
    if (m_queue->isActive() || !isOnLive(m_failed.run)) {
        m_messages->show(message);
    }
}

void MainWindow::tellEnd(RunId id, RunState state)
{
    updateActions();
    if (m_isClosing) {
        close();
        return;
    }
    if (state == RunState::Failed || m_session.isRollingBack()) {
        return; // has been told, or will be
    }
    m_library.refresh();
    Message message;
    message.tone = state == RunState::Finished ? Tone::Good : Tone::Neutral;
    message.text = tr("%1 is %2.").arg(m_session.nameOf(id), stateName(state).toLower());
    message.key = "ended";
    if (state == RunState::Stopped) {
        message.detail = tr("It can go on from its checkpoint.");
        message.actionText = tr("Resume");
        message.action = [this, id] { resumeRun(id); };
    }
    m_messages->show(message);
}

void MainWindow::tellRollBack(RunId from, std::int64_t step)
{
    Message message;
    message.tone = Tone::Attention;
    message.text = tr("A gradient spike has ended %1. A fork of it goes on from step %2.")
                       .arg(m_session.nameOf(from), countText(step));
    message.detail = tr("Its base learning rate is %1; roll-backs that are left: %2.")
                         .arg(fieldText(m_session.config().optimizer.lr))
                         .arg(m_session.config().monitor.rollBacks);
    message.key = "ended";
    m_messages->show(message);
}

} // namespace mocoscope::ui
