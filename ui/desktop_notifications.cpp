// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/desktop_notifications.h"

#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>
#include <QGuiApplication>
#include <QVariantMap>

namespace mocoscope::ui {

namespace {

constexpr const char* notificationService = "org.freedesktop.Notifications";
constexpr const char* notificationPath = "/org/freedesktop/Notifications";
constexpr const char* openAction = "default"; ///< a click on the notification itself

} // namespace

DesktopNotifications::DesktopNotifications(QObject* parent)
    : QObject(parent)
{
    QDBusConnection bus = QDBusConnection::sessionBus();
    if (bus.isConnected()) { // which finds the slot only without blanks
        const QByteArray slot = QMetaObject::normalizedSignature(SLOT(onAction(uint, QString)));
        bus.connect(notificationService, notificationPath, notificationService, "ActionInvoked",
                    this, slot.constData());
    }
}

void DesktopNotifications::show(const QString& title, const QString& text)
{
    QDBusConnection bus = QDBusConnection::sessionBus();
    if (!bus.isConnected()) {
        return;
    }
    const QString desktopFile = QGuiApplication::desktopFileName();
    const QVariantMap hints {{"desktop-entry", desktopFile}};
    constexpr uint replacesNone = 0;
    constexpr int asLongAsUsual = -1;
    QDBusMessage notify = QDBusMessage::createMethodCall(notificationService, notificationPath,
                                                         notificationService, "Notify");
    notify << QGuiApplication::applicationDisplayName() << replacesNone << desktopFile << title
           << text.toHtmlEscaped() << QStringList {openAction, tr("Open")} << hints
           << asLongAsUsual;
    auto* watcher = new QDBusPendingCallWatcher(bus.asyncCall(notify), this);
    connect(watcher, &QDBusPendingCallWatcher::finished, this, [this, watcher] {
        const QDBusPendingReply<uint> reply = *watcher;
        if (!reply.isError()) {
            m_shown.insert(reply.value());
        }
        watcher->deleteLater();
    });
}

void DesktopNotifications::onAction(uint id, const QString& action)
{
    if (m_shown.contains(id) && action == openAction) {
        Q_EMIT clicked();
    }
}

} // namespace mocoscope::ui
