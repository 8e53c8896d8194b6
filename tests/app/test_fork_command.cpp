// SPDX-License-Identifier: GPL-3.0-or-later
#include "invocation.h"
#include "storage/checkpoint_files.h"
#include "storage/run_fork.h"
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

json firstOf(const Invocation& invocation, const std::string& type)
{
    for (const json& line : parseLines(invocation.out)) {
        if (line.at("type") == type) {
            return line;
        }
    }
    return {};
}

Invocation fork(const TempDatabase& store, std::vector<std::string> arguments,
                const World& world = {})
{
    arguments.insert(arguments.begin(), "fork");
    arguments.insert(arguments.end(), {"--store", store.file().string()});
    return invoke(arguments, world);
}

/// A finished run of 10 steps with checkpoints at 4, 8 and 10.
void train(const TempDatabase& store)
{
    World world;
    world.script.checkpointEvery = 4;
    QCOMPARE(
        invoke({"train", "--preset", "demo", "--store", store.file().string()}, world).exitCode, 0);
}

World longer()
{
    World world;
    world.script.steps = 20;
    return world;
}

storage::RunRecord runNamed(const TempDatabase& store, const std::string& name)
{
    storage::Database database = store.open();
    return storage::RunRepository(database).find(name).value();
}

} // namespace

#define VERIFY_HAS(text, part) QVERIFY2((text).find(part) != std::string::npos, (text).c_str())

class TestForkCommand final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void goesOnFromTheNewestCheckpointWithOtherOptions()
    {
        const TempDatabase store;
        train(store);
        const Invocation result = fork(
            store, {"demo", "--set", "train.epochs=20", "--set", "optimizer.lr=3e-4"}, longer());
        QVERIFY2(result.exitCode == 0, result.err.c_str());
        QCOMPARE(firstOf(result, "metrics").at("step"), 10);
        const auto parent = runNamed(store, "demo");
        const auto made = runNamed(store, "demo fork");
        QCOMPARE(made.parent, std::optional(parent.id));
        QCOMPARE(made.forkStep, std::optional<std::int64_t>(10));
        QCOMPARE(made.preset, "demo");
        QCOMPARE(made.lastStep, 20);
        auto expected = training::fromJson(parent.configJson).value();
        expected.train.epochs = 20;
        expected.optimizer.lr = 3e-4;
        QVERIFY(training::fromJson(made.configJson).value() == expected);
        QCOMPARE(runNamed(store, "demo").lastStep, 10); // is as it was
    }

    void theCheckpointIsItsOwn()
    {
        const TempDatabase store;
        train(store);
        QCOMPARE(fork(store, {"demo", "--checkpoint", "8", "--name", "child"}, longer()).exitCode,
                 0);
        QCOMPARE(
            invoke({"runs", "delete", "demo", "-y", "--store", store.file().string()}, {}).exitCode,
            0);
        const auto child = runNamed(store, "child");
        QVERIFY(!child.parent);
        storage::Database database = store.open();
        const auto rows = storage::RunRepository(database).checkpoints(child.id).value();
        QCOMPARE(rows.front().step, 8);
        std::int64_t step = 0;
        QVERIFY(std::ifstream(rows.front().path) >> step);
        QCOMPARE(step, 8);
        const auto events = storage::RunRepository(database).events(child.id).value();
        QCOMPARE(events.front().kind, "forked");
        QCOMPARE(events.front().step, 8);
    }

    void aForkThatWasKilledAtOnceResumesWhereItBegan()
    {
        const TempDatabase store;
        train(store);
        World failing = longer();
        failing.script.nonFiniteAt = 8; // its first step
        QCOMPARE(fork(store, {"demo", "--checkpoint", "8", "--name", "child"}, failing).exitCode,
                 1);
        const Invocation resumed
            = invoke({"resume", "child", "--store", store.file().string()}, longer());
        QCOMPARE(resumed.exitCode, 0);
        QCOMPARE(firstOf(resumed, "metrics").at("step"), 8);
    }

    void ancestryIsShown()
    {
        const TempDatabase store;
        train(store);
        QCOMPARE(fork(store, {"demo", "--checkpoint", "4", "--name", "second"}, longer()).exitCode,
                 0);
        World longest;
        longest.script.steps = 30;
        QCOMPARE(fork(store, {"second", "--name", "third", "--set", "train.epochs=40"}, longest)
                     .exitCode,
                 0);
        const auto show = invoke({"runs", "show", "third", "--store", store.file().string()}, {});
        VERIFY_HAS(show.out, "forked from run 2 'second' at step 20, from run 1 'demo' at step 4");
        const auto asJson
            = invoke({"runs", "show", "third", "--json", "--store", store.file().string()}, {});
        const auto ancestry = parseLines(asJson.out).front().at("ancestry");
        QCOMPARE(ancestry.size(), 2U);
        QCOMPARE(ancestry[1].at("name"), "demo");
        QCOMPARE(ancestry[1].at("fork_step"), 4);
    }

    /// The checkpoint holds what came of them.
    void theWeightsThatARunStartedFromMayBeGone()
    {
        const TempDatabase store;
        const std::string file = (store.folder() / "start.safetensors").string();
        std::ofstream(file) << "weights";
        World world;
        world.script.checkpointEvery = 4;
        QCOMPARE(invoke({"train", "--preset", "demo", "--set", "model.initial_weights=" + file,
                         "--store", store.file().string()},
                        world)
                     .exitCode,
                 0);
        std::filesystem::remove(file);
        for (const std::vector<std::string>& more :
             {std::vector<std::string> {"--dry-run"}, std::vector<std::string> {}}) {
            std::vector<std::string> arguments {"demo", "--checkpoint", "4"};
            arguments.insert(arguments.end(), more.begin(), more.end());
            const Invocation result = fork(store, arguments, longer());
            QVERIFY2(result.exitCode == 0, result.err.c_str());
        }
    }

    void refuses_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<QStringList>("words");
        const auto row = [](const char* name, QStringList arguments, QStringList words) {
            QTest::newRow(name) << std::move(arguments) << std::move(words);
        };
        row("no such run", {"dmo"}, {"'demo' (run 1)"});
        row("no such checkpoint", {"demo", "--checkpoint", "5"}, {"4, 8, 10"});
        row("the model", {"demo", "--checkpoint", "4", "--set", "model.depth=7"},
            {"model.depth = 7", "this shape"});
        row("framework and optimizer",
            {"demo", "--checkpoint", "4", "--set", "method.name=simclr", "--set",
             "optimizer.name=lars"},
            {"method.name = simclr", "optimizer.name = lars", "a fork keeps"});
        row("thawing", {"demo", "--checkpoint", "4", "--set", "model.freeze_patch_embed=false"},
            {"model.freeze_patch_embed", "optimizer state"});
        row("no step is left", {"demo"}, {"train.epochs", "no step would be left"});
        row("it would end before", {"demo", "--checkpoint", "4", "--set", "train.epochs=1"},
            {"train.epochs = 1", "ends with step", "no step would be left"});
        row("a limit before", {"demo", "--checkpoint", "8", "--set", "train.max_steps=8"},
            {"train.max_steps = 8", "no step would be left"});
        row("a misspelt option", {"demo", "--set", "train.epoch=9"}, {"train.epochs"});
    }
    void refuses()
    {
        QFETCH(QStringList, arguments);
        QFETCH(QStringList, words);
        const TempDatabase store;
        train(store);
        std::vector<std::string> texts;
        for (const QString& argument : arguments) {
            texts.push_back(argument.toStdString());
        }
        const Invocation result = fork(store, texts, longer());
        QCOMPARE(result.exitCode, 2);
        for (const QString& word : words) {
            VERIFY_HAS(result.err, word.toStdString());
        }
        storage::Database database = store.open();
        QCOMPARE(storage::RunRepository(database).list().value().size(), 1U);
    }

    void anEvaluationIsNotForked()
    {
        const TempDatabase store;
        train(store);
        QCOMPARE(invoke({"evaluate", "knn", "demo", "--store", store.file().string()}, {}).exitCode,
                 0);
        const Invocation result = fork(store, {"demo knn"});
        QCOMPARE(result.exitCode, 2);
        VERIFY_HAS(result.err, "is an evaluation");
    }

    void aDryRunStoresNothing()
    {
        const TempDatabase store;
        train(store);
        QCOMPARE(fork(store, {"demo", "--set", "train.epochs=20", "--dry-run"}, longer()).exitCode,
                 0);
        storage::Database database = store.open();
        QCOMPARE(storage::RunRepository(database).list().value().size(), 1U);
    }

    void aCheckpointThatCannotBeCopiedMakesNoRun()
    {
        const TempDatabase store;
        train(store);
        storage::Database database = store.open();
        storage::RunRepository runs(database);
        const storage::NewRun made {"child", "", "{}", storage::RunId {1},
                                    training::CheckpointFile {"/gone/step-1", 1}};
        const auto failed = runs.create(made);
        QVERIFY(!failed);
        QVERIFY(failed.error().code == training::ErrorCode::Unwritable);
        QCOMPARE(runs.list().value().size(), 1U);
    }

    void ancestryOfAStrangeFileEnds()
    {
        storage::RunRecord one;
        one.id = {1};
        one.parent = storage::RunId {2};
        storage::RunRecord two;
        two.id = {2};
        two.parent = storage::RunId {1};
        const auto ancestry = storage::ancestryOf(one, [&](storage::RunId) { return two; });
        QCOMPARE(ancestry.size(), 1U);
    }
};

QTEST_GUILESS_MAIN(TestForkCommand)
#include "test_fork_command.moc"
