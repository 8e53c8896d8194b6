// SPDX-License-Identifier: GPL-3.0-or-later
// Starts itself as a second process that records until it is killed.
#include "storage/statement.h"
#include "tests/storage/recorder_fixture.h"

#include <QCoreApplication>
#include <QProcess>
#include <QTest>

#include <array>
#include <cstdio>
#include <string_view>

using namespace mocoscope::storage;
using namespace mocoscope::training;
using namespace mocoscope::testing;

namespace {

constexpr std::int64_t stepsOfAFlush = 100;

/// Prints the number of committed steps after each flush. Ends by being killed only.
int recordForever(const char* file)
{
    const auto recorder = MetricRecorder::start(file, {}, {}, {}).value();
    const RunId run
        = recorder
              ->submit([](Database& database) {
                  return RunRepository(database).create({"killed", "", "{}", {}}).value();
              })
              .get()
              .id;
    const auto queue = recorder->record(run);
    queue->publish(StateChanged {RunState::Running, ""});
    queue->publish(lossAndAccuracy());
    for (std::int64_t step = 0;; ++step) {
        queue->publish(lossAt(step));
        if ((step + 1) % stepsOfAFlush == 0 && recorder->flush()) {
            std::printf("%lld\n", static_cast<long long>(step + 1));
            std::fflush(stdout);
        }
    }
}

std::string integrity(Database& database)
{
    Statement check(database, "PRAGMA integrity_check");
    check.step();
    return check.text(0);
}

} // namespace

class TestRecorderCrash : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void anotherProcessSeesTheRun();
    void nothingCommittedIsLostByAKill();

private:
    [[nodiscard]] std::int64_t waitForSteps(std::int64_t atLeast);

    std::unique_ptr<TempDatabase> m_temp;
    std::unique_ptr<QProcess> m_process;
};

void TestRecorderCrash::init()
{
    m_temp = std::make_unique<TempDatabase>();
    m_process = std::make_unique<QProcess>();
    m_process->setProcessChannelMode(QProcess::ForwardedErrorChannel);
    m_process->start(QCoreApplication::applicationFilePath(),
                     {"--record", QString::fromStdString(m_temp->file().string())});
    QVERIFY(m_process->waitForStarted());
}

void TestRecorderCrash::cleanup()
{
    m_process->kill();
    m_process->waitForFinished();
}

/// Returns what the other process said last that it had committed.
std::int64_t TestRecorderCrash::waitForSteps(std::int64_t atLeast)
{
    std::int64_t committed = 0;
    while (committed < atLeast) {
        if (!m_process->canReadLine() && !m_process->waitForReadyRead())
            return -1;
        while (m_process->canReadLine())
            committed = m_process->readLine().trimmed().toLongLong();
    }
    return committed;
}

void TestRecorderCrash::anotherProcessSeesTheRun()
{
    const std::int64_t committed = waitForSteps(2 * stepsOfAFlush);
    QVERIFY(committed > 0);
    Database reader = m_temp->open(Database::Access::ReadOnly);
    const RunRecord run = RunRepository(reader).list().value().front();
    QCOMPARE(run.state, RunState::Running);
    QVERIFY(run.lastStep >= committed - 1);
    const auto seen = CurveQuery(reader).curve(run.id, "train/loss").value().steps.size();
    QVERIFY(seen >= static_cast<std::size_t>(committed));
    // A second window starts: the run lives and must not be marked, nor be deleted.
    Database writer = m_temp->open();
    QCOMPARE(RunRepository(writer).recoverInterrupted().value(), 0);
    QVERIFY(!RunRepository(writer).moveToTrash(std::array {run.id}));
    QVERIFY(waitForSteps(committed + stepsOfAFlush) > committed); // it goes on recording
}

void TestRecorderCrash::nothingCommittedIsLostByAKill()
{
    std::int64_t committed = waitForSteps(5 * stepsOfAFlush);
    m_process->kill(); // SIGKILL
    QVERIFY(m_process->waitForFinished());
    QCOMPARE(m_process->exitStatus(), QProcess::CrashExit);
    while (m_process->canReadLine())
        committed = m_process->readLine().trimmed().toLongLong();

    Database database = m_temp->open();
    QCOMPARE(integrity(database), std::string("ok"));
    RunRepository runs(database);
    QCOMPARE(runs.recoverInterrupted().value(), 1);
    const RunRecord run = runs.list().value().front();
    QCOMPARE(run.state, RunState::Interrupted);
    const Curve curve = CurveQuery(database).curve(run.id, "train/loss").value();
    QVERIFY(curve.steps.size() >= static_cast<std::size_t>(committed));
    for (std::size_t step = 0; step < curve.steps.size(); ++step)
        QCOMPARE(curve.steps[step], static_cast<std::int64_t>(step));
    QCOMPARE(run.lastStep, curve.steps.back());
}

int main(int argc, char** argv)
{
    if (argc == 3 && std::string_view(argv[1]) == "--record")
        return recordForever(argv[2]);
    QCoreApplication app(argc, argv);
    TestRecorderCrash test;
    return QTest::qExec(&test, argc, argv);
}
#include "test_recorder_crash.moc"
