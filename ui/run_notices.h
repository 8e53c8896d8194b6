// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "storage/run_record.h"

#include <QObject>
#include <QString>

class QSettings;
class QWidget;

namespace mocoscope::ui {

class Session;
class SweepQueue;

/// Tells that a run has ended, broken or paused by itself while no window of the program is active:
/// by a notification of the desktop where it has them, and by marking the window in its task bar.
/// Of the runs of a sweep only failures are told, and its end.
class RunNotices final : public QObject
{
    Q_OBJECT

public:
    /// All outlive this but `window`, which is its parent.
    RunNotices(QWidget& window, Session& session, SweepQueue& queue, QSettings& settings);

    [[nodiscard]] bool isOn() const;
    /// Kept in the settings.
    void setOn(bool on);

Q_SIGNALS:
    /// Has been told.
    void raised(const QString& title, const QString& text);
    /// The user wants to see it.
    void opened();

private:
    void connectSession(Session& session, SweepQueue& queue);
    void tellEnd(storage::RunId run, training::RunState state);
    void tell(const QString& title, const QString& text);

    QWidget& m_window;
    Session& m_session;
    QSettings& m_settings;
    bool m_isOfSweep = false; ///< the run that is on
    QString m_failure; ///< of it
};

} // namespace mocoscope::ui
