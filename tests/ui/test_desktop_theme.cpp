// SPDX-License-Identifier: GPL-3.0-or-later
// Follows a desktop portal that plays on a bus of its own.
#include "tests/ui/own_bus.h"
#include "ui/plot/plot_theme.h"
#include "ui/theme.h"

#include <QApplication>
#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusVariant>
#include <QtTest>

using namespace mocoscope;

namespace {

constexpr const char* path = "/org/freedesktop/portal/desktop";
constexpr const char* interface = "org.freedesktop.portal.Settings";

} // namespace

/// Answers what a desktop with the colour scheme `scheme` would: 1 is dark, 2 light.
class FakePortal : public QObject
{
    Q_OBJECT
    Q_CLASSINFO("D-Bus Interface", "org.freedesktop.portal.Settings")

public:
    explicit FakePortal(const QString& bus)
        : m_bus(QDBusConnection::connectToBus(bus, "portal"))
    {
        m_bus.registerObject(path, this, QDBusConnection::ExportAllSlots);
        m_bus.registerService("org.freedesktop.portal.Desktop");
    }
    void change(uint scheme)
    {
        QDBusMessage signal = QDBusMessage::createSignal(path, interface, "SettingChanged");
        signal << QString("org.freedesktop.appearance") << QString("color-scheme")
               << QVariant::fromValue(QDBusVariant(scheme));
        m_bus.send(signal);
    }

public Q_SLOTS:
    QDBusVariant Read(const QString&, const QString&) // NOLINT: the name is the portal's
    {
        return QDBusVariant(QVariant::fromValue(QDBusVariant(1U)));
    }

private:
    QDBusConnection m_bus;
};

class TestDesktopTheme : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void followsTheDesktop();
    void aChoiceOverrulesTheDesktop();
    void textsOfChoices();
};

void TestDesktopTheme::followsTheDesktop()
{
    FakePortal portal(qEnvironmentVariable("DBUS_SESSION_BUS_ADDRESS"));
    ui::Theme theme;
    QTRY_VERIFY(theme.isDark());
    QVERIFY(ui::isDark(QApplication::palette()));
    portal.change(2);
    QTRY_VERIFY(!theme.isDark());
    QVERIFY(!ui::isDark(QApplication::palette()));
    portal.change(1);
    QTRY_VERIFY(theme.isDark());
}

void TestDesktopTheme::aChoiceOverrulesTheDesktop()
{
    ui::Theme theme;
    theme.choose(ui::ThemeChoice::Dark);
    QVERIFY(ui::isDark(QApplication::palette()));
    theme.choose(ui::ThemeChoice::Light);
    QVERIFY(!ui::isDark(QApplication::palette()));
}

void TestDesktopTheme::textsOfChoices()
{
    for (const auto choice :
         {ui::ThemeChoice::System, ui::ThemeChoice::Light, ui::ThemeChoice::Dark}) {
        QCOMPARE(ui::themeChoiceFromText(ui::toText(choice)), choice);
    }
    QCOMPARE(ui::themeChoiceFromText("unknown"), ui::ThemeChoice::System);
}

int main(int count, char** arguments)
{
    return mocoscope::testing::runOnOwnBus<TestDesktopTheme>(count, arguments);
}
#include "test_desktop_theme.moc"
