// SPDX-License-Identifier: GPL-3.0-or-later
#include "invocation.h"
#include "storage/curve_query.h"
#include "storage/run_repository.h"
#include "tests/support/temp_database.h"
#include "training/api/config_json.h"

#include <QtTest>

#include <fstream>
#include <nlohmann/json.hpp>

using namespace mocoscope;
using namespace mocoscope::testing;
using nlohmann::json;

namespace {

std::vector<json> ofType(const std::vector<json>& lines, const std::string& type)
{
    std::vector<json> found;
    std::copy_if(lines.begin(), lines.end(), std::back_inserter(found),
                 [&](const json& line) { return line.at("type") == type; });
    return found;
}

storage::RunRecord onlyRun(const TempDatabase& store)
{
    storage::Database database = store.open(storage::Database::Access::ReadOnly);
    return storage::RunRepository(database).list().value().at(0);
}

} // namespace

#define VERIFY_HAS(text, part) QVERIFY2((text).find(part) != std::string::npos, (text).c_str())

class TestTrainCommand final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyLineIsAnObjectWithAType()
    {
        const TempDatabase store;
        const Invocation result = train(store, {});
        QCOMPARE(result.exitCode, 0);
        const auto lines = parseLines(result.out);
        QCOMPARE(lines.front().at("type"), "run");
        QCOMPARE(lines.back().at("type"), "finished");
        QCOMPARE(ofType(lines, "facts").at(0).at("total_steps"), 10);
        const auto metrics = ofType(lines, "metrics");
        QCOMPARE(metrics.size(), 12U); // ten steps, two evaluations
        QCOMPARE(metrics[1].at("step"), 1);
        QCOMPARE(metrics[1].at("epoch"), 0.2);
        QCOMPARE(metrics[1].at("seconds"), 0.1);
        QVERIFY(metrics[1].at("values").at("train/loss").is_number_float());
        QCOMPARE(metrics[11].at("step"), 10);
        QVERIFY(metrics[11].at("values").contains("eval/knn_top1"));
        QCOMPARE(ofType(lines, "checkpoint").at(0).at("step"), 10);
    }

    void recordsWhatWasPublished()
    {
        const TempDatabase store;
        const Invocation result = train(store, {"--set", "train.seed=9"});
        const storage::RunRecord run = onlyRun(store);
        QCOMPARE(run.state, training::RunState::Finished);
        QCOMPARE(run.name, "demo");
        QCOMPARE(run.preset, "demo");
        QCOMPARE(run.device, "scripted device");
        QCOMPARE(training::fromJson(run.configJson)->train.seed, 9);

        storage::Database database = store.open(storage::Database::Access::ReadOnly);
        const auto curve = storage::CurveQuery(database).curve(run.id, "train/loss").value();
        std::size_t recorded = 0;
        for (const json& line : ofType(parseLines(result.out), "metrics")) {
            if (line.at("values").contains("train/loss")) {
                QCOMPARE(curve.steps.at(recorded), line.at("step").get<std::int64_t>());
                QCOMPARE(curve.values.at(recorded),
                         line.at("values").at("train/loss").get<double>());
                ++recorded;
            }
        }
        QCOMPARE(recorded, 10U);
        QCOMPARE(curve.steps.size(), recorded);
        const auto checkpoints = storage::RunRepository(database).checkpoints(run.id).value();
        QCOMPARE(checkpoints.size(), 1U);
        const auto folder = store.folder() / "runs-runs" / run.uuid / "checkpoints";
        QCOMPARE(checkpoints[0].path, (folder / "step-10.safetensors").string());
        QVERIFY(std::filesystem::exists(checkpoints[0].path));
    }

    void namesRunsSoThatTheyCanBeFound()
    {
        const TempDatabase store;
        static_cast<void>(train(store, {}));
        static_cast<void>(train(store, {}));
        static_cast<void>(train(store, {"--name", "by hand"}));
        storage::Database database = store.open();
        storage::RunRepository runs(database);
        QVERIFY(runs.find("demo").has_value());
        QVERIFY(runs.find("demo-2").has_value());
        QVERIFY(runs.find("by hand").has_value());
    }

    void drawsABarOnATerminal()
    {
        const TempDatabase store;
        World world;
        world.isTerminal = true;
        world.columns = 60;
        const Invocation result = train(store, {}, world);
        QCOMPARE(result.exitCode, 0);
        VERIFY_HAS(result.out, "run 1 'demo'");
        VERIFY_HAS(result.out, "scripted device; 320 images");
        VERIFY_HAS(result.out, "knn_top1 57");
        VERIFY_HAS(result.out, "checkpoint saved");
        VERIFY_HAS(result.out, "\r[");
        VERIFY_HAS(result.out, "runs show 1 --store " + store.file().string());
        const auto lastBar = result.out.rfind("\r[");
        QVERIFY(lastBar < result.out.find("runs show 1")); // nothing is drawn after the end
        QVERIFY(result.out.find("{\"type\"") == std::string::npos);
    }

    void aTerminalCanHaveJsonToo()
    {
        const TempDatabase store;
        World world;
        world.isTerminal = true;
        const Invocation result = train(store, {"--json"}, world);
        QVERIFY(!parseLines(result.out).empty());
    }

    void aLossThatIsNotFiniteFails()
    {
        const TempDatabase store;
        World world;
        world.script.nonFiniteAt = 4;
        const Invocation result = train(store, {}, world);
        QCOMPARE(result.exitCode, 1);
        VERIFY_HAS(result.err, "The loss is not finite");
        VERIFY_HAS(result.err, "Lower optimizer.lr");
        QCOMPARE(parseLines(result.out).back().at("code"), "non_finite");
        const storage::RunRecord run = onlyRun(store);
        QCOMPARE(run.state, training::RunState::Failed);
        VERIFY_HAS(run.stateReason, "not finite");
    }

    void tellsBadConfigurationFromFailure_data()
    {
        QTest::addColumn<int>("code");
        QTest::addColumn<int>("exitCode");
        using training::ErrorCode;
        const auto row = [](const char* name, ErrorCode code, int exitCode) {
            QTest::newRow(name) << static_cast<int>(code) << exitCode;
        };
        row("configuration", ErrorCode::BadConfiguration, 2);
        row("nothing there", ErrorCode::NotFound, 2);
        row("unreadable", ErrorCode::Unreadable, 1);
        row("device", ErrorCode::Device, 1);
    }
    void tellsBadConfigurationFromFailure()
    {
        QFETCH(int, code);
        QFETCH(int, exitCode);
        const TempDatabase store;
        World world;
        world.script.failAtStart
            = training::Error {static_cast<training::ErrorCode>(code), "no good", "do better"};
        const Invocation result = train(store, {}, world);
        QCOMPARE(result.exitCode, exitCode);
        VERIFY_HAS(result.err, "no good");
        VERIFY_HAS(result.err, "  do better");
        QCOMPARE(onlyRun(store).state, training::RunState::Failed);
    }

    void weightsThatDoNotFitAreRefusedBeforeARunIsStored()
    {
        const TempDatabase store;
        const std::string file = (store.folder() / "misfit.safetensors").string();
        std::ofstream(file) << "weights";
        for (const std::vector<std::string>& more :
             {std::vector<std::string> {}, std::vector<std::string> {"--dry-run"}}) {
            std::vector<std::string> arguments {"--set", "model.initial_weights=" + file};
            arguments.insert(arguments.end(), more.begin(), more.end());
            const Invocation result = train(store, arguments);
            QCOMPARE(result.exitCode, 2);
            VERIFY_HAS(result.err, "does not fit the model");
        }
        storage::Database database = store.open();
        QVERIFY(storage::RunRepository(database).list().value().empty());
    }

    void aGpuThatIsNotThereIsRefusedBeforeARunIsStored()
    {
        const TempDatabase store;
        const Invocation result = train(store, {"--device", "cuda:7"});
        QCOMPARE(result.exitCode, 2);
        VERIFY_HAS(result.err, "no such device");
        storage::Database database = store.open();
        QVERIFY(storage::RunRepository(database).list().value().empty());
    }

    /// The checkpoint holds what came of them.
    void resumesWithoutTheWeightsThatItStartedFrom()
    {
        const TempDatabase store;
        const std::string file = (store.folder() / "start.safetensors").string();
        std::ofstream(file) << "weights";
        World stopping;
        stopping.script.nonFiniteAt = 6;
        stopping.script.checkpointEvery = 4;
        static_cast<void>(train(store, {"--set", "model.initial_weights=" + file}, stopping));
        std::filesystem::remove(file);
        const Invocation resumed = invoke({"resume", "demo", "--store", store.file().string()}, {});
        QVERIFY2(resumed.exitCode == 0, resumed.err.c_str());
        QCOMPARE(onlyRun(store).state, training::RunState::Finished);
    }

    void optionsWithoutEffectAreTold()
    {
        const TempDatabase store;
        const Invocation result
            = train(store, {"--set", "method.name=simclr", "--set", "method.prototypes=50"});
        QCOMPARE(result.exitCode, 0);
        VERIFY_HAS(result.err,
                   "note: method.prototypes = 50 has no effect: SimCLR does not use it\n");
        QVERIFY(result.err.find("method.momentum") == std::string::npos); // the preset's
    }

    void resumesFromTheNewestCheckpoint()
    {
        const TempDatabase store;
        World world;
        world.script.checkpointEvery = 4;
        world.script.nonFiniteAt = 9;
        QCOMPARE(train(store, {}, world).exitCode, 1);
        const Invocation result = resume(store, "demo");
        QCOMPARE(result.exitCode, 0);
        const auto metrics = ofType(parseLines(result.out), "metrics");
        QCOMPARE(metrics.front().at("step"), 8);
        QCOMPARE(onlyRun(store).state, training::RunState::Finished);
        storage::Database database = store.open();
        const auto curve = storage::CurveQuery(database).curve({1}, "train/loss").value();
        QCOMPARE(curve.steps.size(), 10U); // step 8 was recorded twice and is kept once
    }

    void passesOverACheckpointThatIsGone()
    {
        const TempDatabase store;
        World world;
        world.script.checkpointEvery = 4;
        world.script.nonFiniteAt = 9;
        static_cast<void>(train(store, {}, world));
        const storage::RunRecord run = onlyRun(store);
        const auto folder = store.folder() / "runs-runs" / run.uuid / "checkpoints";
        QVERIFY(std::filesystem::remove(folder / "step-8.safetensors"));
        const auto metrics = ofType(parseLines(resume(store, "demo").out), "metrics");
        QCOMPARE(metrics.front().at("step"), 4);
    }

    void startsAnewWithoutACheckpoint()
    {
        const TempDatabase store;
        World world;
        world.script.nonFiniteAt = 2;
        static_cast<void>(train(store, {}, world));
        const Invocation result = resume(store, "1");
        QCOMPARE(result.exitCode, 0);
        VERIFY_HAS(result.err, "no checkpoint");
        QCOMPARE(ofType(parseLines(result.out), "metrics").front().at("step"), 0);
    }

    void refusesToResume()
    {
        const TempDatabase store;
        QCOMPARE(resume(store, "demo").exitCode, 2); // there is no history
        QVERIFY(!std::filesystem::exists(store.file()));
        static_cast<void>(train(store, {}));
        const Invocation finished = resume(store, "demo");
        QCOMPARE(finished.exitCode, 2);
        VERIFY_HAS(finished.err, "is finished");
        const Invocation unknown = resume(store, "dema");
        QCOMPARE(unknown.exitCode, 2);
        VERIFY_HAS(unknown.err, "'demo' (run 1)");
    }

    void refusesARunThatIsOnElsewhere()
    {
        const TempDatabase store;
        static_cast<void>(train(store, {}));
        storage::Database database = store.open();
        storage::RunRepository runs(database);
        QVERIFY(runs.setState({1}, training::RunState::Running, {}).has_value());
        const Invocation result = resume(store, "demo");
        QCOMPARE(result.exitCode, 2);
        VERIFY_HAS(result.err, "is on in another process");
    }

    void passesOnWhatIsWrongWithTheStore()
    {
        const TempDatabase store;
        std::ofstream(store.file()) << std::string(5000, 'x');
        const Invocation result = train(store, {});
        QCOMPARE(result.exitCode, 1);
        VERIFY_HAS(result.err, store.file().string());
    }

private:
    static Invocation train(const TempDatabase& store, std::vector<std::string> more,
                            const World& world = {})
    {
        std::vector<std::string> arguments {"train", "--preset", "demo", "--store",
                                            store.file().string()};
        arguments.insert(arguments.end(), more.begin(), more.end());
        return invoke(arguments, world);
    }
    static Invocation resume(const TempDatabase& store, const std::string& run)
    {
        return invoke({"resume", run, "--store", store.file().string()});
    }
};

QTEST_GUILESS_MAIN(TestTrainCommand)
#include "test_train_command.moc"
