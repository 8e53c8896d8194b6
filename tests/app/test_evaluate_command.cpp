// SPDX-License-Identifier: GPL-3.0-or-later
#include "invocation.h"
#include "storage/run_repository.h"
#include "tests/support/temp_database.h"
#include "training/api/config_json.h"

#include <QtTest>

#include <fstream>

using namespace mocoscope;
using namespace mocoscope::testing;

#define VERIFY_HAS(text, part) QVERIFY2((text).find(part) != std::string::npos, (text).c_str())

namespace {

/// The FakeTrainer's checkpoints have no name that tells their step; their rows do.
storage::RunRecord runNamed(const TempDatabase& store, const std::string& name)
{
    storage::Database database = store.open(storage::Database::Access::ReadOnly);
    return storage::RunRepository(database).find(name).value();
}

training::TrainingConfig configOf(const storage::RunRecord& run)
{
    return training::fromJson(run.configJson).value();
}

} // namespace

class TestEvaluateCommand final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void anEvaluationIsARunMadeFromAnother()
    {
        const TempDatabase store;
        train(store);
        const Invocation result = evaluate(store, {"linear", "demo"});
        QVERIFY2(result.exitCode == 0, result.err.c_str());
        const storage::RunRecord parent = runNamed(store, "demo");
        const storage::RunRecord run = runNamed(store, "demo linear");
        QCOMPARE(run.parent, std::optional(parent.id));
        QCOMPARE(run.preset, "linear");
        QCOMPARE(run.state, training::RunState::Finished);
        training::TrainingConfig expected = configOf(parent);
        expected.task.name = "linear";
        expected.model.initialWeights = configOf(run).model.initialWeights;
        QVERIFY(configOf(run) == expected);
        VERIFY_HAS(expected.model.initialWeights, parent.uuid);
        VERIFY_HAS(expected.model.initialWeights, "step-10.safetensors");
        evaluate(store, {"linear", "demo"});
        QVERIFY(runNamed(store, "demo linear-2").parent == parent.id);
    }

    void anyOptionAndTheImagesCanBeChanged()
    {
        const TempDatabase store;
        train(store);
        std::filesystem::create_directory(store.folder() / "flowers");
        const std::string flowers = (store.folder() / "flowers").string();
        const Invocation result = evaluate(store,
                                           {"finetune", "demo", "--data", flowers, "--set",
                                            "finetune.epochs=7", "--name", "transfer"});
        QVERIFY2(result.exitCode == 0, result.err.c_str());
        const auto config = configOf(runNamed(store, "transfer"));
        QCOMPARE(config.data.path, flowers);
        QCOMPARE(config.finetune.epochs, 7);
        QCOMPARE(config.task.name, "finetune");
    }

    void theStepIsChosen()
    {
        const TempDatabase store;
        World world;
        world.script.checkpointEvery = 4;
        train(store, world);
        QCOMPARE(evaluate(store, {"knn", "demo", "--step", "8"}).exitCode, 0);
        VERIFY_HAS(configOf(runNamed(store, "demo knn")).model.initialWeights,
                   "step-8.safetensors");
        const Invocation missing = evaluate(store, {"knn", "demo", "--step", "5"});
        QCOMPARE(missing.exitCode, 2);
        VERIFY_HAS(missing.err, "4, 8, 10");
    }

    void weightsNeedNoRun()
    {
        const TempDatabase store;
        const std::string file = (store.folder() / "vit.safetensors").string();
        std::ofstream(file) << "weights";
        QCOMPARE(evaluate(store, {"knn", "--weights", file, "--preset", "demo"}).exitCode, 0);
        const auto run = runNamed(store, "vit knn");
        QVERIFY(!run.parent);
        QCOMPARE(configOf(run).model.initialWeights, file);
        QCOMPARE(configOf(run).model.width, 96); // the preset's
    }

    void weightsThatDoNotFitAreRefusedBeforeARunIsStored()
    {
        const TempDatabase store;
        const std::string file = (store.folder() / "misfit.safetensors").string();
        std::ofstream(file) << "weights";
        const auto refused = evaluate(store, {"knn", "--weights", file, "--preset", "demo"});
        QCOMPARE(refused.exitCode, 2);
        VERIFY_HAS(refused.err, "does not fit the model");
        storage::Database database = store.open();
        QVERIFY(storage::RunRepository(database).list().value().empty());
    }

    /// What the comparison finds the published value by.
    void aPresetOfTheTaskStaysKnown()
    {
        const TempDatabase store;
        const std::string file = (store.folder() / "vit.safetensors").string();
        std::ofstream(file) << "weights";
        const std::string preset = "laptop-transfer-pets";
        const std::string images = store.folder().string();
        const auto start = [&](const char* task) {
            return evaluate(store, {task, "--weights", file, "--preset", preset, "--data", images})
                .exitCode;
        };
        QCOMPARE(start("finetune"), 0);
        QCOMPARE(start("knn"), 0);
        QCOMPARE(runNamed(store, "vit finetune").preset, preset);
        QCOMPARE(runNamed(store, "vit knn").preset, "knn");
    }

    void saysWhatIsMissing_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<QString>("word");
        QTest::newRow("nothing") << QStringList {"linear"} << "--weights";
        QTest::newRow("no model") << QStringList {"linear", "--weights", "x"} << "--preset";
        QTest::newRow("no such task") << QStringList {"guess", "demo"} << "knn";
        QTest::newRow("no such run") << QStringList {"linear", "dmo"} << "'demo' (run 1)";
        QTest::newRow("no such file")
            << QStringList {"linear", "demo", "--weights", "gone.safetensors"}
            << "gone.safetensors";
        QTest::newRow("no such images")
            << QStringList {"linear", "demo", "--data", "gone/"} << "data.path = gone/";
        QTest::newRow("bad rates")
            << QStringList {"linear", "demo", "--set", "linear.rates=1,fast"} << "linear.rates";
        QTest::newRow("step without run")
            << QStringList {"linear", "--step", "3", "--weights", "x", "--preset", "demo"} << "RUN";
    }
    void saysWhatIsMissing()
    {
        QFETCH(QStringList, arguments);
        QFETCH(QString, word);
        const TempDatabase store;
        train(store);
        std::vector<std::string> words;
        for (const QString& argument : arguments) {
            words.push_back(argument.toStdString());
        }
        const Invocation result = evaluate(store, words);
        QCOMPARE(result.exitCode, 2);
        VERIFY_HAS(result.err, word.toStdString());
        QCOMPARE(runCount(store), 1U);
    }

    void aRunWithoutACheckpointIsRefused()
    {
        const TempDatabase store;
        World world;
        world.script.nonFiniteAt = 2;
        train(store, world);
        const Invocation result = evaluate(store, {"knn", "demo"});
        QCOMPARE(result.exitCode, 2);
        VERIFY_HAS(result.err, "no checkpoint");
    }

    void aDryRunStoresNothing()
    {
        const TempDatabase store;
        train(store);
        World world;
        world.data = training::DatasetFacts {
            .kind = "folder", .trainImages = 1000, .testImages = 10, .classes = {"a", "b"}};
        const Invocation result = evaluate(store, {"linear", "demo", "--dry-run", "--json"}, world);
        QVERIFY2(result.exitCode == 0, result.err.c_str());
        VERIFY_HAS(result.out, "\"total_steps\":");
        QCOMPARE(runCount(store), 1U);
        world.data = training::DatasetFacts {
            .kind = "folder", .trainImages = 1000, .testImages = 0, .classes = {}};
        const Invocation unlabelled = evaluate(store, {"linear", "demo", "--dry-run"}, world);
        QCOMPARE(unlabelled.exitCode, 2);
        VERIFY_HAS(unlabelled.err, "no labels");
    }

private:
    static void train(const TempDatabase& store, const World& world = {})
    {
        static_cast<void>(
            invoke({"train", "--preset", "demo", "--store", store.file().string()}, world));
    }
    static Invocation evaluate(const TempDatabase& store, std::vector<std::string> arguments,
                               const World& world = {})
    {
        arguments.insert(arguments.begin(), "evaluate");
        arguments.insert(arguments.end(), {"--store", store.file().string()});
        return invoke(arguments, world);
    }
    static std::size_t runCount(const TempDatabase& store)
    {
        storage::Database database = store.open(storage::Database::Access::ReadOnly);
        return storage::RunRepository(database).list().value().size();
    }
};

QTEST_GUILESS_MAIN(TestEvaluateCommand)
#include "test_evaluate_command.moc"
