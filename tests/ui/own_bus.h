// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QApplication>
#include <QProcess>
#include <QTest>

namespace mocoscope::testing {

/// main() of a test that speaks to the desktop: on a session bus of its own, skipped (77) where
/// there is no dbus-daemon. The test is made after the application.
template <typename Test> int runOnOwnBus(int count, char** arguments)
{
    QProcess bus;
    bus.start("dbus-daemon", {"--session", "--nofork", "--print-address"});
    if (!bus.waitForStarted() || !bus.waitForReadyRead()) {
        qWarning("there is no dbus-daemon: not tested");
        return 77; // skipped
    }
    qputenv("DBUS_SESSION_BUS_ADDRESS", bus.readLine().trimmed());
    QApplication application(count, arguments);
    Test test;
    const int failures = QTest::qExec(&test, count, arguments);
    bus.terminate();
    bus.waitForFinished();
    return failures;
}

} // namespace mocoscope::testing
