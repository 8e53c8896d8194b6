// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/process_identity.h"
#include "storage/run_repository.h"
#include "tests/support/manual_clock.h"
#include "tests/support/temp_database.h"

#include <QTest>

using namespace mocoscope::storage;
using mocoscope::testing::ManualClock;
using mocoscope::testing::TempDatabase;
using mocoscope::training::RunState;

Q_DECLARE_METATYPE(RunState)

class TestRunLiveness : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void thisProcessIsAlive();
    void processesAreTold_data();
    void processesAreTold();
    void activeRunsOfADeadProcessAreInterrupted_data();
    void activeRunsOfADeadProcessAreInterrupted();
    void runsOfALivingProcessAreLeftAlone();
    void resumingTakesTheRunOver();
};

void TestRunLiveness::thisProcessIsAlive()
{
    const ProcessIdentity self = currentProcess();
    QVERIFY(self.pid > 0 && self.startTicks > 0);
    QVERIFY(!self.host.empty() && !self.bootId.empty() && !self.pidNamespace.empty());
    QCOMPARE(self, currentProcess());
    QCOMPARE(livenessOf(self), Liveness::Alive);
}

void TestRunLiveness::processesAreTold_data()
{
    QTest::addColumn<QString>("change");
    QTest::addColumn<int>("liveness");
    QTest::newRow("pid was given away again") << "start" << static_cast<int>(Liveness::Dead);
    QTest::newRow("machine was started anew") << "boot" << static_cast<int>(Liveness::Dead);
    QTest::newRow("no such process") << "pid" << static_cast<int>(Liveness::Dead);
    QTest::newRow("other machine") << "host" << static_cast<int>(Liveness::Unknown);
    QTest::newRow("other container") << "namespace" << static_cast<int>(Liveness::Unknown);
}

void TestRunLiveness::processesAreTold()
{
    QFETCH(QString, change);
    QFETCH(int, liveness);
    ProcessIdentity process = currentProcess();
    if (change == "start")
        --process.startTicks;
    else if (change == "boot")
        process.bootId = "another";
    else if (change == "pid")
        process.pid = 1 << 30; // above the kernel's largest
    else if (change == "host")
        process.host = "another";
    else
        process.pidNamespace = "another";
    QCOMPARE(static_cast<int>(livenessOf(process)), liveness);
}

void TestRunLiveness::activeRunsOfADeadProcessAreInterrupted_data()
{
    QTest::addColumn<RunState>("state");
    QTest::addColumn<bool>("isMarked");
    QTest::newRow("created") << RunState::Created << true;
    QTest::newRow("running") << RunState::Running << true;
    QTest::newRow("paused") << RunState::Paused << true;
    QTest::newRow("finished") << RunState::Finished << false;
    QTest::newRow("stopped") << RunState::Stopped << false;
    QTest::newRow("failed") << RunState::Failed << false;
}

void TestRunLiveness::activeRunsOfADeadProcessAreInterrupted()
{
    QFETCH(RunState, state);
    QFETCH(bool, isMarked);
    const TempDatabase temp;
    Database database = temp.open();
    ManualClock clock;
    RunRepository runs(database, clock.clock());
    const RunId id = runs.create({"a", "", "{}", {}}).value().id;
    QVERIFY(runs.setState(id, state, "reason"));
    const UtcMilliseconds lastSign = clock.now();
    clock.advance(60'000);
    QVERIFY(database.execute("UPDATE process SET start_ticks = start_ticks - 1"));
    QCOMPARE(runs.recoverInterrupted().value(), isMarked ? 1 : 0);
    const RunRecord run = runs.find(id).value();
    QCOMPARE(run.state, isMarked ? RunState::Interrupted : state);
    QCOMPARE(run.stateReason == "reason", !isMarked);
    if (isMarked)
        QCOMPARE(run.finishedAt.value(), lastSign);
    QCOMPARE(runs.recoverInterrupted().value(), 0);
}

void TestRunLiveness::runsOfALivingProcessAreLeftAlone()
{
    const TempDatabase temp;
    Database database = temp.open();
    RunRepository runs(database);
    const RunId on = runs.create({"on", "", "{}", {}}).value().id;
    QVERIFY(runs.setState(on, RunState::Running, ""));
    QVERIFY(runs.create({"created", "", "{}", {}}));
    QCOMPARE(runs.recoverInterrupted().value(), 0);
    QVERIFY(database.execute("UPDATE process SET host = 'another'"));
    QCOMPARE(runs.recoverInterrupted().value(), 0);
}

void TestRunLiveness::resumingTakesTheRunOver()
{
    const TempDatabase temp;
    Database database = temp.open();
    RunRepository runs(database);
    const RunId id = runs.create({"a", "", "{}", {}}).value().id;
    QVERIFY(database.execute("UPDATE process SET start_ticks = start_ticks - 1"));
    QCOMPARE(runs.recoverInterrupted().value(), 1);
    QVERIFY(runs.setState(id, RunState::Running, "resumed"));
    QCOMPARE(runs.recoverInterrupted().value(), 0);
    QCOMPARE(runs.find(id).value().state, RunState::Running);
}

QTEST_GUILESS_MAIN(TestRunLiveness)
#include "test_run_liveness.moc"
