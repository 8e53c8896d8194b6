// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/curve_query.h"
#include "tests/ui/test_history.h"

#include <latch>

using namespace mocoscope;
using testing::FakeTrainerOptions;
using training::RunState;
using ui::Session;

namespace {

/// What a session told, in words.
class Log : public QObject
{
public:
    explicit Log(Session& session)
    {
        connect(&session, &Session::stateChanged, this, [this](RunState state) {
            states << QString::fromStdString(std::string(training::toText(state)));
        });
        connect(&session, &Session::metricsArrived, this,
                [this](const std::vector<training::MetricBatch>& batches) {
                    for (const auto& batch : batches) {
                        steps.push_back(batch.step);
                    }
                });
        connect(&session, &Session::checkpointSaved, this, [this] { ++checkpoints; });
        connect(&session, &Session::failed, this,
                [this](const training::Error& error) { errors.push_back(error); });
    }
    QStringList states;
    std::vector<std::int64_t> steps;
    std::vector<training::Error> errors;
    int checkpoints = 0;
};

/// A trainer that waits before `step` until the test lets it go.
struct Gate
{
    explicit Gate(std::int64_t step)
        : gateStep(step)
    {
    }
    void operator()(std::int64_t step)
    {
        if (step == gateStep) {
            reached.count_down();
            opened.wait();
        }
    }
    const std::int64_t gateStep;
    std::latch reached {1};
    std::latch opened {1};
};

FakeTrainerOptions gatedOptions(const std::shared_ptr<Gate>& gate)
{
    FakeTrainerOptions options;
    options.beforeStep = [gate](std::int64_t step, training::RunControl&) { (*gate)(step); };
    return options;
}

} // namespace

class TestSession : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void runsToTheEndAndIsRecorded();
    void stopSavesACheckpoint();
    void pausesAndGoesOn();
    void aFailureIsToldAndStored();
    void aLossThatIsNotFiniteWaitsForTheUser();
    void twoRunsInARow();
    void aSecondStartIsRefused();
    void aBadConfigurationIsRefused();
    void resumesFromTheNewestCheckpoint();
    void resumesFromACheckpointThatWasNotRecorded();
    void aFinishedRunIsNotResumed();
    void forksFromACheckpoint();
    void waitsWhileNothingCanBeRecorded();
    void twoWindowsShareOneHistory();
    void endsWhileRunning();
    void endsBeforeTheRunIsStored();
    void aTrainerThatThrowsFailsTheRun();

private:
    testing::TestHistory m_history;
};

void TestSession::runsToTheEndAndIsRecorded()
{
    Session session(m_history.library(), testing::fakeTrainers({}));
    Log log(session);
    QSignalSpy ended(&session, &Session::ended);
    QSignalSpy prepared(&session, &Session::prepared);
    QVERIFY(session.start({}, "first", "demo"));
    QVERIFY(session.isActive());
    QVERIFY(ended.wait());
    QVERIFY(!session.isActive());
    QCOMPARE(session.state(), RunState::Finished);
    QCOMPARE(log.states, QStringList({"created", "running", "finished"}));
    QCOMPARE(prepared.size(), 1);
    QCOMPARE(session.facts().totalSteps, 40);
    QCOMPARE(log.steps.front(), 0);
    QCOMPARE(log.steps.back(), 40); // the last evaluation
    QVERIFY(std::is_sorted(log.steps.begin(), log.steps.end()));
    QVERIFY(m_history.library().recorder().flush());
    const auto run = m_history.stored(*session.run());
    QCOMPARE(run.name, std::string("first"));
    QCOMPARE(run.preset, std::string("demo"));
    QCOMPARE(run.state, RunState::Finished);
    QVERIFY(run.bestKnnTop1.has_value());
    QVERIFY(run.lastLoss.has_value());
}

void TestSession::stopSavesACheckpoint()
{
    const auto gate = std::make_shared<Gate>(7);
    Session session(m_history.library(), testing::fakeTrainers(gatedOptions(gate)));
    Log log(session);
    QSignalSpy ended(&session, &Session::ended);
    QVERIFY(session.start({}, "stopped", {}));
    QSignalSpy started(&session, &Session::started);
    QVERIFY(started.wait());
    gate->reached.wait();
    session.stop();
    gate->opened.count_down();
    QVERIFY(ended.wait());
    QCOMPARE(session.state(), RunState::Stopped);
    QCOMPARE(log.checkpoints, 1);
    QCOMPARE(log.steps.back(), 6);
}

void TestSession::pausesAndGoesOn()
{
    const auto gate = std::make_shared<Gate>(3);
    Session session(m_history.library(), testing::fakeTrainers(gatedOptions(gate)));
    Log log(session);
    QSignalSpy ended(&session, &Session::ended);
    QVERIFY(session.start({}, "paused", {}));
    session.pause();
    gate->opened.count_down();
    QTRY_COMPARE(session.state(), RunState::Paused);
    session.resume();
    QVERIFY(ended.wait());
    QCOMPARE(log.states, QStringList({"created", "running", "paused", "running", "finished"}));
}

void TestSession::aFailureIsToldAndStored()
{
    FakeTrainerOptions options;
    options.failAt = 5;
    Session session(m_history.library(), testing::fakeTrainers(options));
    Log log(session);
    QSignalSpy ended(&session, &Session::ended);
    QVERIFY(session.start({}, "fails", {}));
    QVERIFY(ended.wait());
    QCOMPARE(session.state(), RunState::Failed);
    QCOMPARE(log.errors.size(), std::size_t(1));
    QCOMPARE(log.errors.front().code, training::ErrorCode::OutOfMemory);
    QVERIFY(m_history.library().recorder().flush());
    QCOMPARE(m_history.stored(*session.run()).state, RunState::Failed);
}

void TestSession::aLossThatIsNotFiniteWaitsForTheUser()
{
    FakeTrainerOptions options;
    options.nonFiniteAt = 5;
    Session session(m_history.library(), testing::fakeTrainers(options));
    QSignalSpy incidents(&session, &Session::incidentHappened);
    QSignalSpy ended(&session, &Session::ended);
    QVERIFY(session.start({}, "not finite", {}));
    QTRY_COMPARE(session.state(), RunState::Paused);
    QCOMPARE(incidents.size(), 1);
    QCOMPARE(ended.size(), 0);
    session.resume();
    QVERIFY(ended.wait());
    QCOMPARE(session.state(), RunState::Finished);
}

void TestSession::twoRunsInARow()
{
    Session session(m_history.library(), testing::fakeTrainers({}));
    QSignalSpy ended(&session, &Session::ended);
    QStringList names; // the list of runs is read later
    connect(&session, &Session::started, this,
            [&](storage::RunId run) { names.push_back(session.nameOf(run)); });
    QVERIFY(session.start({}, "one", {}));
    QVERIFY(ended.wait());
    const auto first = *session.run();
    QVERIFY(session.start({}, "two", {}));
    QVERIFY(ended.wait());
    QVERIFY(*session.run() != first);
    QCOMPARE(session.state(), RunState::Finished);
    QCOMPARE(names, QStringList({"one", "two"}));
}

void TestSession::aSecondStartIsRefused()
{
    Session session(m_history.library(), testing::fakeTrainers({}));
    QSignalSpy ended(&session, &Session::ended);
    QVERIFY(session.start({}, "one", {}));
    QVERIFY(!session.start({}, "two", {}));
    QVERIFY(!session.resumeRun({1}));
    QVERIFY(ended.wait());
    QVERIFY(m_history.library().recorder().flush());
    QCOMPARE(m_history.stored(*session.run()).name, std::string("one"));
}

void TestSession::aBadConfigurationIsRefused()
{
    Session session(m_history.library(), testing::fakeTrainers({}));
    Log log(session);
    training::TrainingConfig config;
    config.train.batchSize = 0;
    config.model.imageSize = 225;
    QVERIFY(!session.start(config, "bad", {}));
    QVERIFY(!session.isActive());
    QCOMPARE(log.errors.size(), std::size_t(1));
    QVERIFY(log.errors.front().detail.find("train.batch_size") != std::string::npos);
    QVERIFY(log.errors.front().detail.find("model.image_size") != std::string::npos);
}

void TestSession::resumesFromTheNewestCheckpoint()
{
    const auto gate = std::make_shared<Gate>(12);
    Session session(m_history.library(), testing::fakeTrainers(gatedOptions(gate)));
    QSignalSpy ended(&session, &Session::ended);
    QVERIFY(session.start({}, "resumed", {}));
    session.stop();
    gate->opened.count_down();
    QVERIFY(ended.wait());
    const auto run = *session.run();
    Log log(session);
    QVERIFY(session.resumeRun(run));
    QVERIFY(ended.wait());
    QCOMPARE(*session.run(), run);
    QCOMPARE(session.state(), RunState::Finished);
    QCOMPARE(log.steps.front(), session.facts().firstStep);
}

void TestSession::resumesFromACheckpointThatWasNotRecorded()
{
    const auto run = m_history.makeRun("killed");
    const auto folder = m_history.library().runFolder(run.uuid) / "checkpoints";
    std::filesystem::create_directories(folder);
    for (const int step : {9, 25}) {
        QFile file(QString::fromStdString(folder.string())
                   + QString("/step-%1.safetensors").arg(step));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(QByteArray::number(step));
    }
    Session session(m_history.library(), testing::fakeTrainers({}));
    QSignalSpy ended(&session, &Session::ended);
    QVERIFY(session.resumeRun(run.id));
    QVERIFY(ended.wait());
    QCOMPARE(session.facts().firstStep, 25);
}

void TestSession::aFinishedRunIsNotResumed()
{
    const auto run = m_history.playRun("finished", {});
    Session session(m_history.library(), testing::fakeTrainers({}));
    Log log(session);
    QSignalSpy ended(&session, &Session::ended);
    QVERIFY(session.resumeRun(run.id));
    QVERIFY(ended.wait());
    QCOMPARE(log.errors.size(), std::size_t(1));
    QVERIFY(log.errors.front().detail.find("last step") != std::string::npos);
    QCOMPARE(m_history.stored(run.id).state, RunState::Finished);
}

void TestSession::forksFromACheckpoint()
{
    FakeTrainerOptions options;
    options.checkpointEvery = 15;
    const auto parent = m_history.playRun("parent", options);
    const auto folder = m_history.library().runFolder(parent.uuid) / "checkpoints";
    options.steps = 60;
    Session session(m_history.library(), testing::fakeTrainers(options));
    QSignalSpy ended(&session, &Session::ended);
    const training::CheckpointFile checkpoint {folder / "step-15.safetensors", 15};
    QVERIFY(session.start({}, "child", {}, ui::RunOrigin {parent.id, checkpoint}));
    QVERIFY(ended.wait());
    QCOMPARE(session.facts().firstStep, 15);
    QVERIFY(m_history.library().recorder().flush());
    const auto child = m_history.stored(*session.run());
    QCOMPARE(child.parent, std::optional(parent.id));
    QCOMPARE(child.forkStep, std::optional<std::int64_t>(15));
    QCOMPARE(child.lastStep, 60);
    QVERIFY(std::filesystem::exists(m_history.library().runFolder(child.uuid) / "checkpoints"
                                    / "step-15.safetensors"));
}

void TestSession::waitsWhileNothingCanBeRecorded()
{
    FakeTrainerOptions options;
    options.steps = 2000; // twice what it takes to notice
    options.beforeStep = [](std::int64_t, training::RunControl&) {
        std::this_thread::sleep_for(std::chrono::milliseconds(1));
    };
    Session session(m_history.library(), testing::fakeTrainers(options));
    QString reason;
    connect(&session, &Session::stateChanged, this, [&](RunState state, const QString& why) {
        reason = state == RunState::Paused ? why : reason;
    });
    QSignalSpy started(&session, &Session::started);
    QSignalSpy ended(&session, &Session::ended);
    auto& recorder = m_history.library().recorder();
    QVERIFY(session.start({}, "waits", {}));
    QVERIFY(started.wait());
    const auto set = [&recorder](const char* sql) {
        recorder.post([sql](storage::Database& database) { (void)database.execute(sql); });
    };
    set("PRAGMA query_only = ON");
    QTRY_COMPARE_WITH_TIMEOUT(session.state(), RunState::Paused, 20'000);
    QVERIFY2(reason.contains("read-only"), qPrintable(reason));
    set("PRAGMA query_only = OFF");
    QVERIFY(ended.wait(20'000));
    QCOMPARE(session.state(), RunState::Finished);
    QVERIFY(recorder.flush());
    auto database = storage::Database::open(m_history.file(), storage::Database::Access::ReadOnly);
    const auto curve = storage::CurveQuery(*database).curve(*session.run(), "train/loss").value();
    QCOMPARE(curve.steps.size(), std::size_t(options.steps));
}

void TestSession::twoWindowsShareOneHistory()
{
    auto other = ui::RunLibrary::open(m_history.file());
    QVERIFY(other);
    FakeTrainerOptions options;
    options.steps = 2000;
    Session here(m_history.library(), testing::fakeTrainers(options));
    Session there(**other, testing::fakeTrainers(options));
    QSignalSpy endedHere(&here, &Session::ended);
    QSignalSpy endedThere(&there, &Session::ended);
    QVERIFY(here.start({}, "here", {}));
    QVERIFY(there.start({}, "there", {}));
    QTRY_COMPARE_WITH_TIMEOUT(endedHere.size() + endedThere.size(), 2, 20'000);
    QVERIFY(m_history.library().recorder().flush());
    QVERIFY((*other)->recorder().flush());
    for (const Session* session : {&here, &there}) {
        const auto run = m_history.stored(*session->run());
        QCOMPARE(run.state, RunState::Finished);
        QCOMPARE(run.lastStep, options.steps);
    }
    // Each sees the other's run, within its second of polling.
    QTRY_VERIFY(m_history.library().find(*there.run()) != nullptr);
    QTRY_VERIFY((*other)->find(*here.run()) != nullptr);
}

void TestSession::endsWhileRunning()
{
    storage::RunId run;
    {
        FakeTrainerOptions options;
        options.steps = 1'000'000;
        Session session(m_history.library(), testing::fakeTrainers(options));
        QSignalSpy prepared(&session, &Session::prepared);
        QVERIFY(session.start({}, "endless", {}));
        QVERIFY(prepared.wait());
        run = *session.run();
    }
    QVERIFY(m_history.library().recorder().flush());
    QCOMPARE(m_history.stored(run).state, RunState::Stopped);
}

void TestSession::endsBeforeTheRunIsStored()
{
    std::latch letGo(1);
    m_history.library().recorder().post([&letGo](storage::Database&) { letGo.wait(); });
    {
        Session session(m_history.library(), testing::fakeTrainers({}));
        QVERIFY(session.start({}, "never started", {}));
    }
    letGo.count_down();
    QVERIFY(m_history.library().recorder().flush());
    QCoreApplication::processEvents();
}

void TestSession::aTrainerThatThrowsFailsTheRun()
{
    FakeTrainerOptions options;
    options.beforeStep
        = [](std::int64_t, training::RunControl&) { throw std::runtime_error("a defect"); };
    Session session(m_history.library(), testing::fakeTrainers(options));
    Log log(session);
    QSignalSpy ended(&session, &Session::ended);
    QVERIFY(session.start({}, "throws", {}));
    QVERIFY(ended.wait());
    QCOMPARE(session.state(), RunState::Failed);
    QCOMPARE(log.errors.front().detail, std::string("a defect"));
}

QTEST_GUILESS_MAIN(TestSession)
#include "test_session.moc"
