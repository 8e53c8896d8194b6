// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/test_history.h"

using namespace mocoscope;
using testing::FakeTrainerOptions;
using testing::TestHistory;
using training::RunState;
using ui::Session;
using ui::SweepQueue;

namespace {

/// Two learning rates × two seeds.
training::SweepPlan plan(const std::string& name)
{
    training::SweepPlan made;
    made.name = name;
    made.grid = {{"optimizer.lr", {"1e-4", "2e-4"}}};
    made.seeds = {0, 1};
    return made;
}

std::vector<RunState> statesOf(const std::vector<storage::RunRecord>& runs)
{
    std::vector<RunState> states;
    for (const storage::RunRecord& run : runs) {
        states.push_back(run.state);
    }
    return states;
}

/// Stops itself in the run and at the step that are told.
FakeTrainerOptions stoppingOnce(int inRun, std::int64_t atStep)
{
    FakeTrainerOptions options;
    options.beforeStep = [inRun, atStep, run = std::make_shared<int>(0)](
                             std::int64_t step, training::RunControl& control) {
        *run += step == 0 ? 1 : 0;
        if (*run == inRun && step == atStep) {
            ++*run; // not when it goes on from here
            control.requestStop();
        }
    };
    return options;
}

} // namespace

class TestSweepQueue : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void runsAreTrainedInTheirOrder();
    void aStoppedRunEmptiesTheQueueAndGoesOnWhenResumed();
    void itGoesOnAfterARestart();
    void aRunThatFailsIsNotTriedAgain();
    void aLossThatIsNotFiniteFailsTheRunInsteadOfWaiting();
    void anotherRunIsWaitedFor();
    void sweepsTakeTurns();
    void whatIsNotStartedIsGivenBack();
    void aNameThatIsTakenIsTold();
    void aRunThatCannotBeStartedFails();
};

void TestSweepQueue::runsAreTrainedInTheirOrder()
{
    TestHistory history;
    Session session(history.library(), testing::fakeTrainers({}));
    SweepQueue queue(history.library(), session);
    QSignalSpy added(&queue, &SweepQueue::added);
    QSignalSpy completed(&queue, &SweepQueue::completed);
    std::vector<storage::RunId> order;
    connect(&session, &Session::started, this, [&](storage::RunId run) { order.push_back(run); });
    queue.add(*ui::newSweep(plan("grid")));
    QVERIFY(completed.wait(20'000));
    QCOMPARE(added.size(), 1);
    QCOMPARE(added.front()[1].toString(), QString("grid"));
    QCOMPARE(added.front()[2].toInt(), 4);
    QVERIFY(!queue.isActive());
    QVERIFY(history.library().recorder().flush());
    const auto runs = history.runsOf(added.front()[0].value<storage::SweepId>());
    QCOMPARE(runs.size(), std::size_t(4));
    for (std::size_t i = 0; i < runs.size(); ++i) {
        QCOMPARE(runs[i].state, RunState::Finished);
        QCOMPARE(runs[i].id, order[i]);
    }
    QCOMPARE(training::fromJson(runs[1].configJson)->optimizer.lr, 2e-4);
    QCOMPARE(training::fromJson(runs[2].configJson)->train.seed, 1);
}

void TestSweepQueue::aStoppedRunEmptiesTheQueueAndGoesOnWhenResumed()
{
    TestHistory history;
    Session session(history.library(), testing::fakeTrainers(stoppingOnce(2, 7)));
    SweepQueue queue(history.library(), session);
    const auto sweep = history.makeSweep(plan("stopped")).id;
    QSignalSpy completed(&queue, &SweepQueue::completed);
    queue.resume(sweep);
    QTRY_VERIFY(!queue.isActive());
    QVERIFY(completed.empty());
    QVERIFY(history.library().recorder().flush());
    QCOMPARE(statesOf(history.runsOf(sweep)),
             (std::vector {RunState::Finished, RunState::Stopped, RunState::Created,
                           RunState::Created}));
    std::vector<std::int64_t> firstSteps;
    connect(&session, &Session::prepared, this,
            [&](const training::RunFacts& facts) { firstSteps.push_back(facts.firstStep); });
    queue.resume(sweep);
    QVERIFY(completed.wait(20'000));
    QCOMPARE(firstSteps, (std::vector<std::int64_t> {7, 0, 0}));
    QVERIFY(history.library().recorder().flush());
    QCOMPARE(statesOf(history.runsOf(sweep)), std::vector(4, RunState::Finished));
}

void TestSweepQueue::itGoesOnAfterARestart()
{
    TestHistory history;
    const auto sweep = history.makeSweep(plan("restarted")).id;
    {
        Session session(history.library(), testing::fakeTrainers(stoppingOnce(3, 4)));
        SweepQueue queue(history.library(), session);
        queue.resume(sweep);
        QTRY_VERIFY(!queue.isActive());
    }
    history.close();
    history.open();
    Session session(history.library(), testing::fakeTrainers({}));
    SweepQueue queue(history.library(), session);
    QSignalSpy completed(&queue, &SweepQueue::completed);
    QSignalSpy started(&session, &Session::started);
    queue.resume(sweep);
    QVERIFY(completed.wait(20'000));
    QCOMPARE(started.size(), 2); // the one that was stopped and the one that waited
    QVERIFY(history.library().recorder().flush());
    QCOMPARE(statesOf(history.runsOf(sweep)), std::vector(4, RunState::Finished));
}

void TestSweepQueue::aRunThatFailsIsNotTriedAgain()
{
    TestHistory history;
    int made = 0;
    Session session(history.library(), [&made] {
        FakeTrainerOptions options;
        options.failAt = ++made == 2 ? 5 : -1;
        return std::make_unique<testing::FakeTrainer>(options);
    });
    SweepQueue queue(history.library(), session);
    const auto sweep = history.makeSweep(plan("one fails")).id;
    QSignalSpy completed(&queue, &SweepQueue::completed);
    queue.resume(sweep);
    QVERIFY(completed.wait(20'000));
    QVERIFY(history.library().recorder().flush());
    QCOMPARE(statesOf(history.runsOf(sweep)),
             (std::vector {RunState::Finished, RunState::Failed, RunState::Finished,
                           RunState::Finished}));
    queue.resume(sweep);
    QVERIFY(completed.wait());
    QCOMPARE(made, 4);
}

/// Nobody may be there to look at a run that waits for the user.
void TestSweepQueue::aLossThatIsNotFiniteFailsTheRunInsteadOfWaiting()
{
    TestHistory history;
    FakeTrainerOptions options;
    options.nonFiniteAt = 5;
    Session session(history.library(), testing::fakeTrainers(options));
    SweepQueue queue(history.library(), session);
    const auto sweep = history.makeSweep(plan("not finite")).id;
    QSignalSpy completed(&queue, &SweepQueue::completed);
    queue.resume(sweep);
    QVERIFY(completed.wait(20'000));
    QVERIFY(history.library().recorder().flush());
    QCOMPARE(statesOf(history.runsOf(sweep)), std::vector(4, RunState::Failed));
    QVERIFY(session.start({}, "by hand", {})); // does wait for the user
    QTRY_COMPARE(session.state(), RunState::Paused);
}

void TestSweepQueue::anotherRunIsWaitedFor()
{
    TestHistory history;
    Session session(history.library(), testing::fakeTrainers({}));
    SweepQueue queue(history.library(), session);
    const auto sweep = history.makeSweep(plan("patient")).id;
    std::vector<storage::RunId> order;
    connect(&session, &Session::started, this, [&](storage::RunId run) { order.push_back(run); });
    QSignalSpy completed(&queue, &SweepQueue::completed);
    QVERIFY(session.start({}, "other", {}));
    queue.resume(sweep);
    QVERIFY(queue.holds(sweep));
    QVERIFY(completed.wait(20'000));
    QCOMPARE(order.size(), std::size_t(5));
    QCOMPARE(history.stored(order.front()).name, std::string("other"));
}

void TestSweepQueue::sweepsTakeTurns()
{
    TestHistory history;
    Session session(history.library(), testing::fakeTrainers({}));
    SweepQueue queue(history.library(), session);
    const auto first = history.makeSweep(plan("first")).id;
    const auto second = history.makeSweep(plan("second")).id;
    std::vector<storage::SweepId> completed;
    connect(&queue, &SweepQueue::completed, this,
            [&](storage::SweepId sweep) { completed.push_back(sweep); });
    queue.resume(first);
    queue.resume(second);
    queue.resume(first); // is in it
    QCOMPARE(queue.sweeps(), (std::vector {first, second}));
    QTRY_COMPARE_WITH_TIMEOUT(completed, (std::vector {first, second}), 20'000);
}

void TestSweepQueue::whatIsNotStartedIsGivenBack()
{
    TestHistory history;
    Session session(history.library(), testing::fakeTrainers({}));
    SweepQueue queue(history.library(), session);
    const auto sweep = history.makeSweep(plan("given back")).id;
    queue.resume(sweep);
    queue.stop(); // while the history looks for the next run
    QVERIFY(!queue.isActive());
    QVERIFY(session.start({}, "quicker", {}));
    QSignalSpy ended(&session, &Session::ended);
    QVERIFY(ended.wait());
    QVERIFY(history.library().recorder().flush());
    QCOMPARE(statesOf(history.runsOf(sweep)), std::vector(4, RunState::Created));
    QSignalSpy completed(&queue, &SweepQueue::completed);
    queue.resume(sweep);
    QVERIFY(completed.wait(20'000));
    QVERIFY(history.library().recorder().flush());
    QCOMPARE(statesOf(history.runsOf(sweep)), std::vector(4, RunState::Finished));
}

void TestSweepQueue::aNameThatIsTakenIsTold()
{
    TestHistory history;
    Session session(history.library(), testing::fakeTrainers({}));
    SweepQueue queue(history.library(), session);
    history.makeSweep(plan("taken"));
    QSignalSpy failed(&queue, &SweepQueue::failed);
    queue.add(*ui::newSweep(plan("taken")));
    QVERIFY(failed.wait());
    QVERIFY(!queue.isActive());
}

/// A run whose configuration cannot be read must not be claimed for ever.
void TestSweepQueue::aRunThatCannotBeStartedFails()
{
    TestHistory history;
    Session session(history.library(), testing::fakeTrainers({}));
    SweepQueue queue(history.library(), session);
    auto broken = *ui::newSweep(plan("broken"));
    broken.runs[1].run.configJson = R"({"train": {"batch_size": -3}})";
    QSignalSpy added(&queue, &SweepQueue::added);
    QSignalSpy completed(&queue, &SweepQueue::completed);
    queue.add(broken);
    QVERIFY(completed.wait(20'000));
    QVERIFY(history.library().recorder().flush());
    const auto runs = history.runsOf(added.front()[0].value<storage::SweepId>());
    QCOMPARE(statesOf(runs),
             (std::vector {RunState::Finished, RunState::Failed, RunState::Finished,
                           RunState::Finished}));
}

QTEST_GUILESS_MAIN(TestSweepQueue)
#include "test_sweep_queue.moc"
