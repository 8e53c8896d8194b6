// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/desktop_portal.h"

#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusMetaType>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>

namespace mocoscope::ui {

namespace {

constexpr const char* service = "org.freedesktop.portal.Desktop";
constexpr const char* path = "/org/freedesktop/portal/desktop";
constexpr const char* settings = "org.freedesktop.portal.Settings";
constexpr const char* appearanceGroup = "org.freedesktop.appearance";
constexpr const char* schemeKey = "color-scheme";

} // namespace

DesktopPortal::DesktopPortal(QObject* parent)
    : QObject(parent)
{
    QDBusConnection bus = QDBusConnection::sessionBus();
    if (!bus.isConnected()) {
        return;
    }
    // Qt's D-Bus finds the slot only without blanks, and its parameters only once it has set up its
    // table of types, which the first registration does.
    qDBusRegisterMetaType<QDBusVariant>();
    const QByteArray slot
        = QMetaObject::normalizedSignature(SLOT(onSetting(QString, QString, QDBusVariant)));
    if (!bus.connect(service, path, settings, "SettingChanged", this, slot.constData())) {
        qWarning("the desktop's theme cannot be followed: its signal cannot be connected");
    }
    QDBusMessage ask = QDBusMessage::createMethodCall(service, path, settings, "Read");
    ask << QString(appearanceGroup) << QString(schemeKey);
    auto* watcher = new QDBusPendingCallWatcher(bus.asyncCall(ask), this);
    connect(watcher, &QDBusPendingCallWatcher::finished, this, [this, watcher] {
        const QDBusPendingReply<QDBusVariant> reply = *watcher;
        if (!reply.isError()) {
            take(reply.value().variant());
        }
        watcher->deleteLater();
    });
}

void DesktopPortal::onSetting(const QString& group, const QString& key, const QDBusVariant& value)
{
    if (group == appearanceGroup && key == schemeKey) {
        take(value.variant());
    }
}

/// 0: no preference, 1: dark, 2: light. Read() wraps it once more than the signal does.
void DesktopPortal::take(const QVariant& value)
{
    QVariant inner = value;
    while (inner.canConvert<QDBusVariant>()) {
        inner = inner.value<QDBusVariant>().variant();
    }
    const uint scheme = inner.toUInt();
    if (scheme == 1 || scheme == 2) {
        Q_EMIT schemeTold(scheme == 1);
    }
}

} // namespace mocoscope::ui
