// SPDX-License-Identifier: GPL-3.0-or-later
// Spikes that end a run of the window, and the forks that go on by themselves.
#include "tests/ui/test_window.h"
#include "ui/pages/message_bar.h"

#include <QtTest>

using namespace mocoscope;
using testing::FakeTrainerOptions;
using testing::TestWindow;
using training::RunState;
using ui::Session;

namespace {

training::TrainingConfig rollingBack(std::int64_t times)
{
    training::TrainingConfig config;
    config.monitor.onSpike = "roll_back";
    config.monitor.rollBacks = times;
    return config;
}

/// Saves each ten steps and is rolled back in step 25, as long as that is allowed.
FakeTrainerOptions spiking()
{
    FakeTrainerOptions options;
    options.checkpointEvery = 10;
    options.rollBackAt = 25;
    return options;
}

} // namespace

class TestRollBack : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aRollBackGoesOnByItself();
    void aStopDuringARollBackIsAStop();
    void aRollBackThatFailsIsTold();
    void theWindowSaysSo();

private:
    testing::TestHistory m_history;
};

void TestRollBack::aRollBackGoesOnByItself()
{
    Session session(m_history.library(), testing::fakeTrainers(spiking()));
    QSignalSpy started(&session, &Session::started);
    QSignalSpy ended(&session, &Session::ended);
    QSignalSpy rolledBack(&session, &Session::rolledBack);
    QVERIFY(session.start(rollingBack(2), "spiky", {}));
    QTRY_COMPARE(ended.size(), 3);
    QCOMPARE(started.size(), 3);
    QCOMPARE(rolledBack.size(), 2);
    QCOMPARE(rolledBack[1][0].value<storage::RunId>(), started[1][0].value<storage::RunId>());
    QCOMPARE(rolledBack[1][1].toLongLong(), 20);
    QVERIFY(!session.isActive() && !session.isRollingBack());
    QCOMPARE(session.state(), RunState::Finished);
    QVERIFY(m_history.library().recorder().flush());
    const auto run = m_history.stored(*session.run());
    QCOMPARE(run.name, std::string("spiky roll-back 2"));
    QCOMPARE(*run.parent, started[1][0].value<storage::RunId>());
    QCOMPARE(*run.forkStep, 20);
    const auto config = training::fromJson(run.configJson).value();
    QCOMPARE(config.optimizer.lr, rollingBack(2).optimizer.lr / 4);
    QCOMPARE(session.config().optimizer.lr, config.optimizer.lr);
    const auto first = m_history.stored(started[0][0].value<storage::RunId>());
    QCOMPARE(first.state, RunState::Stopped);
}

void TestRollBack::aStopDuringARollBackIsAStop()
{
    FakeTrainerOptions options = spiking();
    options.afterStep = [](std::int64_t step, training::RunControl& control) {
        if (step == 24) {
            control.requestStop();
        }
    };
    Session session(m_history.library(), testing::fakeTrainers(options));
    QSignalSpy ended(&session, &Session::ended);
    QSignalSpy rolledBack(&session, &Session::rolledBack);
    QVERIFY(session.start(rollingBack(2), "spiky", {}));
    QTRY_COMPARE(ended.size(), 1);
    QVERIFY(!session.isActive());
    QCOMPARE(rolledBack.size(), 0);
}

void TestRollBack::aRollBackThatFailsIsTold()
{
    FakeTrainerOptions options = spiking();
    options.rollBackLosesCheckpoint = true;
    Session session(m_history.library(), testing::fakeTrainers(options));
    QSignalSpy failed(&session, &Session::failed);
    QSignalSpy ended(&session, &Session::ended);
    QVERIFY(session.start(rollingBack(2), "spiky", {}));
    QTRY_COMPARE(ended.size(), 2);
    QVERIFY(!session.isActive() && !session.isRollingBack());
    QCOMPARE(failed.size(), 1);
    const auto error = failed[0][0].value<training::Error>();
    QVERIFY(error.detail.find("step 20 is gone") != std::string::npos);
}

void TestRollBack::theWindowSaysSo()
{
    TestWindow test(spiking());
    test.window().show();
    QString told;
    const auto note = [&] { told = test.window().messages().texts().join('\n'); };
    connect(&test.session(), &Session::rolledBack, this, note);
    QSignalSpy ended(&test.session(), &Session::ended);
    QVERIFY(test.session().start(rollingBack(1), "spiky", {}));
    QTRY_COMPARE(ended.size(), 2);
    QVERIFY2(told.contains("A gradient spike has ended spiky. A fork of it goes on from step 20."),
             qPrintable(told));
    QVERIFY2(!told.contains("is stopped"), qPrintable(told));
    note();
    QVERIFY2(told.contains("spiky roll-back 1 is finished"), qPrintable(told));
}

QTEST_MAIN(TestRollBack)

#include "roll_back_test.moc"
