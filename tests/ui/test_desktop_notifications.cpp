// SPDX-License-Identifier: GPL-3.0-or-later
// A desktop that plays on a bus of its own is told what a run does, and brings its window back.
#include "tests/ui/own_bus.h"
#include "tests/ui/test_window.h"
#include "ui/desktop_notifications.h"

#include <QApplication>
#include <QDBusConnection>
#include <QDBusMessage>
#include <QVariantMap>
#include <QtTest>

using namespace mocoscope;

namespace {

constexpr const char* path = "/org/freedesktop/Notifications";
constexpr const char* interface = "org.freedesktop.Notifications";

QString busAddress()
{
    return qEnvironmentVariable("DBUS_SESSION_BUS_ADDRESS");
}

} // namespace

/// Keeps what it is to show.
class FakeDesktop : public QObject
{
    Q_OBJECT
    Q_CLASSINFO("D-Bus Interface", "org.freedesktop.Notifications")

public:
    FakeDesktop()
        : m_bus(QDBusConnection::connectToBus(busAddress(), "desktop"))
    {
        m_bus.registerObject(path, this, QDBusConnection::ExportAllSlots);
        m_bus.registerService(interface);
    }
    ~FakeDesktop() override { QDBusConnection::disconnectFromBus("desktop"); }

    void click(uint id, const QString& action)
    {
        QDBusMessage signal = QDBusMessage::createSignal(path, interface, "ActionInvoked");
        signal << id << action;
        m_bus.send(signal);
    }

    QStringList titles;
    QStringList texts;
    QStringList actions;

public Q_SLOTS:
    uint Notify(const QString&, uint, const QString&, const QString& title, // NOLINT: its name
                const QString& text, const QStringList& offered, const QVariantMap&, int)
    {
        titles << title;
        texts << text;
        actions = offered;
        return 40 + static_cast<uint>(titles.size());
    }

private:
    QDBusConnection m_bus;
};

class TestDesktopNotifications : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theDesktopIsTold();
    void aClickBringsTheWindowBack();
    void withoutADesktopNothingHappens();
};

void TestDesktopNotifications::theDesktopIsTold()
{
    FakeDesktop desktop;
    ui::DesktopNotifications notifications;
    QSignalSpy clicked(&notifications, &ui::DesktopNotifications::clicked);
    notifications.show("lr < 1 & done", "loss <b> & more");
    QTRY_COMPARE(desktop.titles, QStringList("lr < 1 & done"));
    QCOMPARE(desktop.texts, QStringList("loss &lt;b&gt; &amp; more"));
    QCOMPARE(desktop.actions.front(), QString("default"));
    desktop.click(7, "default"); // of another program
    desktop.click(41, "other");
    desktop.click(41, "default");
    QTRY_COMPARE(clicked.size(), 1);
}

void TestDesktopNotifications::aClickBringsTheWindowBack()
{
    FakeDesktop desktop;
    testing::TestWindow test({});
    test.settings().setValue("notifications", true);
    QSignalSpy ended(&test.session(), &ui::Session::ended);
    QVERIFY(test.session().start({}, "overnight", {}));
    QVERIFY(ended.wait());
    QTRY_COMPARE(desktop.titles, QStringList("overnight is finished"));
    test.window().showPage(ui::MainWindow::Runs);
    QVERIFY(!test.window().isVisible());
    // The answer has to arrive before the click counts.
    QTRY_VERIFY((desktop.click(41, "default"), test.window().isVisible()));
    QCOMPARE(test.window().page(), ui::MainWindow::Live);
}

void TestDesktopNotifications::withoutADesktopNothingHappens()
{
    ui::DesktopNotifications notifications;
    notifications.show("nobody", "listens");
    QTest::qWait(0);
}

int main(int count, char** arguments)
{
    return mocoscope::testing::runOnOwnBus<TestDesktopNotifications>(count, arguments);
}
#include "test_desktop_notifications.moc"
