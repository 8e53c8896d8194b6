// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QSet>

namespace mocoscope::ui {

/// Notifications of the desktop (org.freedesktop.Notifications), as GNOME, KDE and others show
/// them. Where there is no such service nothing happens. Built where Qt has D-Bus.
class DesktopNotifications final : public QObject
{
    Q_OBJECT

public:
    explicit DesktopNotifications(QObject* parent = nullptr);

    /// Does not wait for the desktop.
    void show(const QString& title, const QString& text);

Q_SIGNALS:
    /// The user has clicked on one of them.
    void clicked();

private Q_SLOTS:
    void onAction(uint id, const QString& action);

private:
    QSet<uint> m_shown; ///< ours: the signal tells of those of all programs
};

} // namespace mocoscope::ui
