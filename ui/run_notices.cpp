// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/run_notices.h"

#include "ui/models/text_format.h"
#include "ui/session/session.h"
#include "ui/session/sweep_queue.h"

#include <QApplication>
#include <QSettings>
#include <QWidget>

#ifdef MOCOSCOPE_DBUS
#include "ui/desktop_notifications.h"
#endif

namespace mocoscope::ui {

using storage::RunId;
using training::RunState;

namespace {

constexpr const char* settingsKey = "notifications";

} // namespace

RunNotices::RunNotices(QWidget& window, Session& session, SweepQueue& queue, QSettings& settings)
    : QObject(&window)
    , m_window(window)
    , m_session(session)
    , m_settings(settings)
{
#ifdef MOCOSCOPE_DBUS
    auto* desktop = new DesktopNotifications(this);
    connect(this, &RunNotices::raised, desktop, &DesktopNotifications::show);
    connect(desktop, &DesktopNotifications::clicked, this, &RunNotices::opened);
#endif
    connectSession(session, queue);
}

void RunNotices::connectSession(Session& session, SweepQueue& queue)
{
    connect(&session, &Session::started, this, [this, &queue] {
        m_isOfSweep = queue.isActive();
        m_failure.clear();
    });
    connect(&session, &Session::failed, this, [this](const training::Error& error) {
        m_failure = QString::fromStdString(error.message);
    });
    connect(&session, &Session::stateChanged, this,
            [this, &session](RunState state, const QString& reason) {
                if (state == RunState::Paused && !reason.isEmpty() && session.run()) {
                    tell(tr("%1 is paused").arg(session.nameOf(*session.run())), reason);
                }
            });
    connect(&session, &Session::ended, this, [this, &session](RunId run, RunState state) {
        if (!session.isRollingBack()) { // a fork of it goes on at once
            tellEnd(run, state);
        }
    });
    connect(&queue, &SweepQueue::completed, this,
            [this] { tell(tr("The sweep is done"), tr("No run of it waits any more.")); });
}

void RunNotices::tellEnd(RunId run, RunState state)
{
    if (state == RunState::Failed) {
        const QString name = m_session.nameOf(run);
        tell(name.isEmpty() ? tr("A run could not be started") : tr("%1 has failed").arg(name),
             m_failure);
    } else if (!m_isOfSweep) {
        const bool isDone = state == RunState::Finished;
        tell(tr("%1 is %2").arg(m_session.nameOf(run), stateName(state).toLower()),
             isDone ? tr("All of its steps are done.") : tr("It can go on from its checkpoint."));
    }
}

void RunNotices::tell(const QString& title, const QString& text)
{
    if (isOn() && !QApplication::activeWindow()) {
        QApplication::alert(&m_window);
        Q_EMIT raised(title, text);
    }
}

bool RunNotices::isOn() const
{
    return m_settings.value(settingsKey, true).toBool();
}

void RunNotices::setOn(bool on)
{
    m_settings.setValue(settingsKey, on);
}

} // namespace mocoscope::ui
