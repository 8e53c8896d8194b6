// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDBusVariant>
#include <QObject>

namespace mocoscope::ui {

/// Asks the desktop portal, which GNOME and others answer, for the colour scheme; Qt learns it by
/// itself from 6.5 on. Built where Qt has D-Bus.
class DesktopPortal final : public QObject
{
    Q_OBJECT

public:
    explicit DesktopPortal(QObject* parent = nullptr);

Q_SIGNALS:
    /// The desktop prefers dark or light windows; not told while it has no preference.
    void schemeTold(bool isDark);

private Q_SLOTS:
    void onSetting(const QString& group, const QString& key, const QDBusVariant& value);

private:
    void take(const QVariant& value);
};

} // namespace mocoscope::ui
