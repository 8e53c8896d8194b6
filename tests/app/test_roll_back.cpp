// SPDX-License-Identifier: GPL-3.0-or-later
// Spikes that end a run, and the forks that go on by themselves.
#include "invocation.h"
#include "storage/run_repository.h"
#include "tests/support/temp_database.h"
#include "training/api/config_json.h"
#include "training/api/fork.h"

#include <QFile>
#include <QTemporaryDir>
#include <QtTest>

using namespace mocoscope;
using namespace mocoscope::testing;
using nlohmann::json;
using training::RunState;

namespace {

/// Saves after 4 and 8 steps, and ends after 9 as long as it may go back.
World spikingWorld()
{
    World world;
    world.script.checkpointEvery = 4;
    world.script.rollBackAt = 9;
    return world;
}

Invocation train(const TempDatabase& store, const std::string& times)
{
    return invoke({"train", "--preset", "demo", "--json", "--set", "monitor.on_spike=roll_back",
                   "--set", "monitor.roll_backs=" + times, "--set", "optimizer.lr=1e-3", "--store",
                   store.file().string()},
                  spikingWorld());
}

std::vector<json> linesOf(const Invocation& invocation, const std::string& type)
{
    std::vector<json> lines;
    for (const json& line : parseLines(invocation.out)) {
        if (line.at("type") == type) {
            lines.push_back(line);
        }
    }
    return lines;
}

/// The oldest first.
std::vector<storage::RunRecord> runsIn(const TempDatabase& store)
{
    storage::Database database = store.open();
    auto runs = storage::RunRepository(database).list().value();
    return {runs.rbegin(), runs.rend()};
}

} // namespace

class TestRollBack final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void forksGoOnInTheSameProcess()
    {
        const TempDatabase store;
        const Invocation result = train(store, "2");
        QVERIFY2(result.exitCode == 0, result.err.c_str());
        const auto runs = runsIn(store);
        QCOMPARE(runs.size(), 3U);
        const std::vector<std::string> names {"demo", "demo roll-back 1", "demo roll-back 2"};
        for (std::size_t i = 0; i < runs.size(); ++i) {
            QCOMPARE(runs[i].name, names[i]);
            QCOMPARE(runs[i].state, i < 2 ? RunState::Stopped : RunState::Finished);
            QCOMPARE(runs[i].parent.has_value(), i > 0);
            const auto config = training::fromJson(runs[i].configJson).value();
            QCOMPARE(config.optimizer.lr, 1e-3 / static_cast<double>(1 << i));
            QCOMPARE(config.monitor.rollBacks, 2 - static_cast<std::int64_t>(i));
            if (i > 0) {
                QCOMPARE(*runs[i].parent, runs[i - 1].id);
                QCOMPARE(*runs[i].forkStep, 8);
            }
        }
    }

    void theLinesSaySo()
    {
        const TempDatabase store;
        const Invocation result = train(store, "1");
        const auto begun = linesOf(result, "run");
        QCOMPARE(begun.size(), 2U);
        QVERIFY(!begun[0].contains("rolled_back"));
        QCOMPARE(begun[1].at("rolled_back"), begun[0].at("run"));
        const auto ended = linesOf(result, "finished");
        QCOMPARE(ended.size(), 2U);
        QCOMPARE(ended[0].at("roll_back_to"), 8);
        QVERIFY(!ended[1].contains("roll_back_to"));
        QCOMPARE(linesOf(result, "facts")[1].at("step"), 8);
        QVERIFY(result.err.find("a fork goes on from step 8") != std::string::npos);
    }

    void noneAreLeft()
    {
        const TempDatabase store;
        QCOMPARE(train(store, "0").exitCode, 0);
        QCOMPARE(runsIn(store).size(), 1U);
    }

    void aCheckpointThatIsGoneEndsIt()
    {
        const TempDatabase store;
        World world = spikingWorld();
        world.script.rollBackLosesCheckpoint = true;
        const Invocation result
            = invoke({"train", "--preset", "demo", "--set", "monitor.on_spike=roll_back", "--store",
                      store.file().string()},
                     world);
        QCOMPARE(result.exitCode, 1);
        QVERIFY2(result.err.find("checkpoint of step 8 is gone") != std::string::npos,
                 result.err.c_str());
        QCOMPARE(runsIn(store).size(), 1U);
    }

    /// A fork would be none of its runs.
    void sweepsKeepTheirRuns()
    {
        const TempDatabase store;
        const QTemporaryDir folder;
        QFile plan(folder.filePath("plan.json"));
        QVERIFY(plan.open(QIODevice::WriteOnly));
        plan.write(R"({"name": "spiky", "preset": "demo", "seeds": [0, 1],)"
                   R"( "set": {"monitor.on_spike": "roll_back"}})");
        plan.close();
        const Invocation result
            = invoke({"sweep", plan.fileName().toStdString(), "--store", store.file().string()},
                     spikingWorld());
        QVERIFY2(result.exitCode == 0, result.err.c_str());
        QCOMPARE(runsIn(store).size(), 2U);
    }

    void namesCount()
    {
        QCOMPARE(training::rolledBackName("demo"), "demo roll-back 1");
        QCOMPARE(training::rolledBackName("demo roll-back 1"), "demo roll-back 2");
        QCOMPARE(training::rolledBackName("demo roll-back 9"), "demo roll-back 10");
        QCOMPARE(training::rolledBackName("roll-back 1"), "roll-back 1 roll-back 1");
        QCOMPARE(training::rolledBackName("a roll-back x"), "a roll-back x roll-back 1");
        QCOMPARE(training::rolledBackName("a roll-back "), "a roll-back  roll-back 1");
    }
};

QTEST_GUILESS_MAIN(TestRollBack)

#include "test_roll_back.moc"
