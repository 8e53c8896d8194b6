// SPDX-License-Identifier: GPL-3.0-or-later
// What needs a process of its own: signals, pipes, kill -9.
#include "storage/curve_query.h"
#include "storage/run_repository.h"
#include "tests/support/temp_database.h"

#include <QFile>
#include <QProcess>
#include <QtTest>

#include <csignal>
#include <nlohmann/json.hpp>

using namespace mocoscope;
using mocoscope::testing::TempDatabase;
using nlohmann::json;

namespace {

/// A running `mocoscope-train` whose output is read line by line.
class Child
{
public:
    Child(const TempDatabase& store, const QString& script, QStringList arguments,
          const QString& waitPolicy = {})
    {
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.remove("OMP_WAIT_POLICY");
        environment.remove("GOMP_SPINCOUNT");
        if (!waitPolicy.isEmpty()) {
            environment.insert("OMP_WAIT_POLICY", waitPolicy);
        }
        environment.insert("MOCOSCOPE_SCRIPT", script);
        m_process.setProcessEnvironment(environment);
        arguments << "--store" << QString::fromStdString(store.file().string());
        m_process.start(SCRIPTED_TRAIN, arguments);
    }
    /// Reads until a line of this type came.
    bool waitForLine(const std::string& type, std::int64_t step = -1)
    {
        while (m_process.canReadLine() || m_process.waitForReadyRead(20'000)) {
            while (m_process.canReadLine()) {
                const json line = json::parse(m_process.readLine().toStdString());
                if (line.at("type") == type && (step < 0 || line.at("step") == step)) {
                    return true;
                }
            }
        }
        return false;
    }
    void signal(int number) const { ::kill(static_cast<pid_t>(m_process.processId()), number); }
    /// The exit code, or minus the signal that ended it.
    int wait()
    {
        if (!m_process.waitForFinished(20'000)) {
            m_process.kill();
            return -1000;
        }
        const bool crashed = m_process.exitStatus() == QProcess::CrashExit;
        return crashed ? -m_process.exitCode() : m_process.exitCode();
    }
    bool waitForMessage(const QByteArray& text)
    {
        m_process.setReadChannel(QProcess::StandardError);
        while (!m_errors.contains(text) && m_process.waitForReadyRead(20'000)) {
            m_errors += m_process.readAllStandardError();
        }
        m_process.setReadChannel(QProcess::StandardOutput);
        return m_errors.contains(text);
    }
    QByteArray errors() { return m_errors += m_process.readAllStandardError(); }
    QByteArray environment() const
    {
        QFile file(QString("/proc/%1/environ").arg(m_process.processId()));
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }
    QByteArray commandName() const
    {
        QFile file(QString("/proc/%1/comm").arg(m_process.processId()));
        return file.open(QIODevice::ReadOnly) ? file.readAll().trimmed() : QByteArray();
    }
    void closeOutput() { m_process.closeReadChannel(QProcess::StandardOutput); }

private:
    QProcess m_process;
    QByteArray m_errors;
};

storage::RunRecord onlyRun(const TempDatabase& store)
{
    storage::Database database = store.open();
    return storage::RunRepository(database).list().value().at(0);
}

} // namespace

class TestTrainProcess final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void oneSignalStopsWithACheckpoint_data()
    {
        QTest::addColumn<int>("number");
        QTest::newRow("Ctrl-C") << SIGINT;
        QTest::newRow("SIGTERM") << SIGTERM;
        QTest::newRow("closed terminal") << SIGHUP;
    }
    void oneSignalStopsWithACheckpoint()
    {
        QFETCH(int, number);
        const TempDatabase store;
        Child child(store, "steps=20 wait_at=7", {"train", "--preset", "demo"});
        QVERIFY(child.waitForLine("metrics", 6));
        child.signal(number);
        QVERIFY(child.waitForLine("checkpoint", 7));
        QVERIFY(child.waitForLine("finished"));
        QCOMPARE(child.wait(), 130);
        QVERIFY(child.errors().contains("mocoscope-train resume 1 --store"));
        QCOMPARE(onlyRun(store).state, training::RunState::Stopped);

        Child resumed(store, "steps=20", {"resume", "1"});
        QVERIFY(resumed.waitForLine("metrics", 7));
        QVERIFY(resumed.waitForLine("finished"));
        QCOMPARE(resumed.wait(), 0);
        QCOMPARE(onlyRun(store).state, training::RunState::Finished);
    }

    void aStoppedSweepGoesOnWhereItWas()
    {
        const TempDatabase store;
        QFile file(QString::fromStdString((store.folder() / "seeds.json").string()));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(R"({"name": "seeds", "preset": "demo", "seeds": [0, 1, 2]})");
        file.close();
        Child child(store, "steps=20 wait_at=7", {"sweep", file.fileName()});
        QVERIFY(child.waitForLine("metrics", 6));
        child.signal(SIGINT);
        QVERIFY(child.waitForLine("finished"));
        QCOMPARE(child.wait(), 130);
        QVERIFY(child.errors().contains("3 of 3 runs are left"));
        QVERIFY(child.errors().contains("mocoscope-train sweep --resume seeds --store"));

        Child killed(store, "steps=20 hang_at=12", {"sweep", file.fileName()});
        QVERIFY(killed.waitForLine("metrics", 7)); // the first run goes on from its checkpoint
        QVERIFY(killed.waitForLine("metrics", 11));
        killed.signal(SIGKILL);
        QCOMPARE(killed.wait(), -SIGKILL);

        Child last(store, "steps=20", {"sweep", "--resume", "seeds"});
        QCOMPARE(last.wait(), 0);
        storage::Database database = store.open();
        const auto runs = storage::RunRepository(database).list();
        QVERIFY(runs);
        QCOMPARE(runs->size(), 3U);
        for (const storage::RunRecord& run : *runs) {
            QCOMPARE(run.state, training::RunState::Finished);
            QCOMPARE(run.lastStep, 20);
        }
    }

    void repeatedSigtermIsOneRequest()
    {
        const TempDatabase store;
        Child child(store, "steps=20 wait_at=7", {"train", "--preset", "demo"});
        QVERIFY(child.waitForLine("metrics", 6));
        child.signal(SIGTERM);
        child.signal(SIGTERM);
        QVERIFY(child.waitForLine("checkpoint", 7));
        QCOMPARE(child.wait(), 130);
    }

    void aSecondCtrlCDoesNotWaitForTheTrainer()
    {
        const TempDatabase store;
        Child child(store, "steps=20 hang_at=7", {"train", "--preset", "demo"});
        QVERIFY(child.waitForLine("metrics", 6));
        child.signal(SIGINT);
        QVERIFY(child.waitForMessage("stopping with a checkpoint"));
        child.signal(SIGINT);
        QCOMPARE(child.wait(), 130);
        QVERIFY(child.errors().contains("stopping at once"));
        const storage::RunRecord run = onlyRun(store);
        QCOMPARE(run.state, training::RunState::Interrupted);
        QCOMPARE(run.lastStep, 6);
    }

    void aThirdCtrlCEndsTheProcess()
    {
        const TempDatabase store;
        Child child(store, "steps=20 hang_at=7", {"train", "--preset", "demo"});
        QVERIFY(child.waitForLine("metrics", 6));
        child.signal(SIGINT);
        QVERIFY(child.waitForMessage("stopping with a checkpoint"));
        child.signal(SIGINT);
        QVERIFY(child.waitForMessage("stopping at once"));
        child.signal(SIGINT);
        QCOMPARE(child.wait(), 130);
    }

    void aKilledRunIsFoundInterruptedAndResumes()
    {
        const TempDatabase store;
        Child child(store, "steps=20 checkpoint_every=4 hang_at=11", {"train", "--preset", "demo"});
        QVERIFY(child.waitForLine("metrics", 10));
        QTRY_COMPARE(onlyRun(store).lastStep, 10); // is recorded within half a second
        child.signal(SIGKILL);
        QVERIFY(child.wait() < 0);
        Child list(store, {}, {"runs", "list", "--json"});
        QCOMPARE(list.wait(), 0);
        QCOMPARE(onlyRun(store).state, training::RunState::Interrupted);

        Child resumed(store, "steps=20", {"resume", "demo"});
        QVERIFY(resumed.waitForLine("finished"));
        QCOMPARE(resumed.wait(), 0);
        storage::Database database = store.open();
        const auto curve = storage::CurveQuery(database).curve({1}, "train/loss").value();
        QCOMPARE(curve.steps.size(), 20U);
    }

    void waitingThreadsSleepSoonUnlessToldOtherwise_data()
    {
        QTest::addColumn<QString>("asked");
        QTest::addColumn<QByteArray>("found");
        QTest::newRow("nothing") << QString() << QByteArray("GOMP_SPINCOUNT=3000");
        QTest::newRow("active") << "active" << QByteArray("OMP_WAIT_POLICY=active");
    }
    void waitingThreadsSleepSoonUnlessToldOtherwise()
    {
        QFETCH(QString, asked);
        QFETCH(QByteArray, found);
        const TempDatabase store;
        Child child(store, "steps=20 wait_at=2", {"train", "--preset", "demo"}, asked);
        QVERIFY(child.waitForLine("facts"));
        QVERIFY(child.environment().contains(found));
        QCOMPARE(child.commandName(), QByteArray("scripted_train"));
        child.signal(SIGTERM);
        QCOMPARE(child.wait(), 130);
    }

    void aClosedPipeDoesNotEndTheRun()
    {
        const TempDatabase store;
        Child child(store, "steps=3000", {"train", "--preset", "demo"});
        QVERIFY(child.waitForLine("facts"));
        child.closeOutput();
        QCOMPARE(child.wait(), 0);
        const storage::RunRecord run = onlyRun(store);
        QCOMPARE(run.state, training::RunState::Finished);
        QCOMPARE(run.lastStep, 3000);
    }
};

QTEST_GUILESS_MAIN(TestTrainProcess)
#include "test_train_process.moc"
