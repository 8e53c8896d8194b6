// SPDX-License-Identifier: GPL-3.0-or-later
// kill -9 at random moments of the real program: the history stays whole, at most a second of
// metrics is missing, and the run that goes on ends with the weights, the curve and the spikes of
// the one that was never killed. MOCOSCOPE_KILLS: how often; 10 by default.
#include "engine_fixtures.h"
#include "storage/curve_query.h"
#include "storage/run_repository.h"
#include "tests/support/temp_database.h"
#include "training/api/config_json.h"
#include "training/interchange/safetensors.h"

#include <QElapsedTimer>
#include <QProcess>
#include <QRandomGenerator>
#include <QStandardPaths>
#include <QTest>

#include <csignal>
#include <fstream>
#include <nlohmann/json.hpp>
#include <set>

using namespace mocoscope;
using mocoscope::testing::TempDatabase;

namespace {

constexpr int stepsOfARun = 300;
constexpr qint64 startPatienceMs = 120'000;

QStringList sqliteArguments(const TempDatabase& store)
{
    return {QString::fromStdString(store.file().string()), "PRAGMA integrity_check"};
}

/// By SQLite's own program where there is one: it knows nothing of us.
QString integrity(const TempDatabase& store)
{
    const QString program = QStandardPaths::findExecutable("sqlite3");
    if (program.isEmpty()) {
        return "ok";
    }
    QProcess check;
    check.start(program, sqliteArguments(store));
    check.waitForFinished();
    return QString::fromUtf8(check.readAllStandardOutput() + check.readAllStandardError())
        .trimmed();
}

/// A `mocoscope-train` whose steps are noted as they are told.
class Run
{
public:
    explicit Run(const QStringList& arguments)
    {
        m_process.start(MOCOSCOPE_TRAIN, arguments);
        m_clock.start();
    }
    ~Run()
    {
        m_process.kill();
        m_process.waitForFinished();
    }
    /// Reads until the first step, then for `milliseconds` more. False: it has ended before.
    bool readFor(qint64 milliseconds)
    {
        qint64 deadline = startPatienceMs;
        while (m_clock.elapsed() < deadline && read(deadline - m_clock.elapsed())) {
            if (!m_told.empty() && deadline == startPatienceMs) {
                deadline = m_clock.elapsed() + milliseconds;
            }
        }
        return m_process.state() == QProcess::Running;
    }
    bool readToEnd()
    {
        while (m_process.state() == QProcess::Running && read(startPatienceMs)) { }
        const bool hasEnded
            = m_process.state() == QProcess::NotRunning || m_process.waitForFinished();
        return hasEnded && m_process.exitStatus() == QProcess::NormalExit
            && m_process.exitCode() == 0;
    }
    /// False: it had ended already.
    bool kill()
    {
        const auto id = static_cast<pid_t>(m_process.processId());
        if (id <= 0) { // 0 would be our own group
            return false;
        }
        m_killedAt = m_clock.elapsed();
        ::kill(id, SIGKILL);
        m_process.waitForFinished();
        return m_process.exitStatus() == QProcess::CrashExit;
    }
    /// Steps that were told a second or more before the kill.
    [[nodiscard]] std::set<std::int64_t> stepsThatMustBeThere() const
    {
        std::set<std::int64_t> steps;
        for (const auto& [step, at] : m_told) {
            if (at + 1000 <= m_killedAt) {
                steps.insert(step);
            }
        }
        return steps;
    }
    [[nodiscard]] QByteArray errors() { return m_process.readAllStandardError(); }

private:
    bool read(qint64 milliseconds)
    {
        if (!m_process.canReadLine()
            && !m_process.waitForReadyRead(static_cast<int>(milliseconds))) {
            return false;
        }
        while (m_process.canReadLine()) {
            const auto line = nlohmann::json::parse(m_process.readLine().toStdString());
            if (line.at("type") == "metrics") {
                m_told.emplace(line.at("step").get<std::int64_t>(), m_clock.elapsed());
            }
        }
        return true;
    }

    QProcess m_process;
    QElapsedTimer m_clock;
    std::map<std::int64_t, qint64> m_told; ///< step → first heard of
    qint64 m_killedAt = 0;
};

} // namespace

class KillTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void nothingIsLost();

private:
    static void writeConfig(const TempDatabase& store);
    static QStringList command(const TempDatabase& store, const QString& verb, const QString& what);
    static std::map<std::string, torch::Tensor> weightsOf(const TempDatabase& store,
                                                          storage::RunId run);
    static bool isFinished(const TempDatabase& store, storage::RunId run);
    static storage::Curve lossOf(const TempDatabase& store, storage::RunId run);
    static std::set<std::string> spikesOf(const TempDatabase& store, storage::RunId run);
};

void KillTest::writeConfig(const TempDatabase& store)
{
    training::TrainingConfig config = training::tinyConfig();
    config.train.epochs = 1000;
    config.train.maxSteps = stepsOfARun;
    config.checkpoint.everyEpochs = 1;
    config.evaluation.knnEveryEpochs = 4;
    config.monitor.spikeThreshold = 3; // so that there are some
    config.monitor.spikeFactor = 1.2;
    config.monitor.spikeGap = 5;
    std::ofstream(store.folder() / "config.json") << training::toJson(config);
}

QStringList KillTest::command(const TempDatabase& store, const QString& verb, const QString& what)
{
    const QString config = QString::fromStdString((store.folder() / "config.json").string());
    QStringList arguments {verb, "--json", "--store",
                           QString::fromStdString(store.file().string())};
    return verb == "train" ? arguments << "--config" << config << "--name" << what
                           : arguments << what;
}

std::map<std::string, torch::Tensor> KillTest::weightsOf(const TempDatabase& store,
                                                         storage::RunId run)
{
    storage::Database database = store.open();
    const auto checkpoints = storage::RunRepository(database).checkpoints(run).value();
    return training::readSafetensors(checkpoints.back().path).value().tensors;
}

bool KillTest::isFinished(const TempDatabase& store, storage::RunId run)
{
    storage::Database database = store.open();
    return storage::RunRepository(database).find(run).value().state == training::RunState::Finished;
}

storage::Curve KillTest::lossOf(const TempDatabase& store, storage::RunId run)
{
    storage::Database database = store.open();
    return storage::CurveQuery(database).curve(run, "train/loss").value();
}

std::set<std::string> KillTest::spikesOf(const TempDatabase& store, storage::RunId run)
{
    storage::Database database = store.open();
    const auto events = storage::RunRepository(database).events(run).value();
    std::set<std::string> spikes;
    for (const storage::EventRecord& event : events) {
        if (event.kind == "spike") {
            spikes.insert(std::to_string(event.step) + ' ' + event.message);
        }
    }
    return spikes;
}

void KillTest::nothingIsLost()
{
    const int kills = qEnvironmentVariableIntValue("MOCOSCOPE_KILLS") > 0
        ? qEnvironmentVariableIntValue("MOCOSCOPE_KILLS")
        : 10;
    const TempDatabase store;
    writeConfig(store);
    Run undisturbed(command(store, "train", "undisturbed"));
    QVERIFY2(undisturbed.readToEnd(), undisturbed.errors());
    const auto weights = weightsOf(store, {1});
    const storage::Curve loss = lossOf(store, {1});
    QCOMPARE(loss.steps.size(), std::size_t(stepsOfARun));
    const std::set<std::string> spikes = spikesOf(store, {1});
    QVERIFY2(spikes.size() > 3, qPrintable(QString::number(spikes.size())));

    QRandomGenerator random(1);
    int done = 0;
    for (std::int64_t run = 2; done < kills; ++run) {
        QString verb = "train";
        for (;;) {
            Run killed(command(store, verb, QString("killed-%1").arg(run)));
            verb = "resume";
            // After the last kill it goes on to its end.
            if (done >= kills) {
                QVERIFY2(killed.readToEnd(), killed.errors());
                break;
            }
            if (!killed.readFor(random.bounded(1500)) || !killed.kill()) {
                QVERIFY2(killed.readToEnd(), killed.errors());
                break;
            }
            ++done;
            QCOMPARE(integrity(store), QString("ok"));
            const storage::Curve curve = lossOf(store, {run});
            const std::set<std::int64_t> recorded(curve.steps.begin(), curve.steps.end());
            for (const std::int64_t step : killed.stepsThatMustBeThere()) {
                QVERIFY2(recorded.contains(step), qPrintable(QString::number(step)));
            }
            if (isFinished(store, {run})) {
                break; // killed on its way out
            }
        }
        // What a kill took is trained again: no checkpoint is written before the values up to it.
        QVERIFY(isFinished(store, {run}));
        const storage::Curve curve = lossOf(store, {run});
        QCOMPARE(curve.steps, loss.steps);
        QCOMPARE(curve.values, loss.values);
        QVERIFY(spikesOf(store, {run}) == spikes);
        const auto resumed = weightsOf(store, {run});
        QCOMPARE(resumed.size(), weights.size());
        for (const auto& [name, tensor] : weights) {
            QVERIFY2(tensor.equal(resumed.at(name)), name.c_str());
        }
    }
}

QTEST_GUILESS_MAIN(KillTest)
#include "kill_test.moc"
