// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/headless/configuration.h"
#include "invocation.h"
#include "training/api/config_json.h"

#include <QTemporaryDir>
#include <QtTest>

#include <fstream>
#include <sstream>

using namespace mocoscope::testing;
using mocoscope::headless::TrainArguments;

namespace {

/// What is wrong is told without making a run history: --store is never opened.
Invocation train(std::vector<std::string> arguments, const World& world = {})
{
    arguments.insert(arguments.begin(), {"train", "--store", "/nonexistent/folder/x.db"});
    return invoke(arguments, world);
}

} // namespace

#define VERIFY_HAS(text, part) QVERIFY2((text).find(part) != std::string::npos, (text).c_str())

class TestConfiguration final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void listsPresetsWithoutAStart()
    {
        const Invocation result = train({});
        QCOMPARE(result.exitCode, 2);
        VERIFY_HAS(result.err, "demo: Demo");
        VERIFY_HAS(result.err, "moco-v3-vit-base");
    }

    void namesTheNearestPreset()
    {
        const Invocation result = train({"--preset", "dmeo"});
        QCOMPARE(result.exitCode, 2);
        VERIFY_HAS(result.err, "did you mean 'demo'?");
        VERIFY_HAS(result.err, "known presets: demo, ");
    }

    void listsEverythingThatIsWrong()
    {
        const Invocation result = train(
            {"--preset", "demo", "--set", "optimizer.lrr=1", "--set", "optimizer.epochs=1", "--set",
             "train.epochs=many", "--set", "model.width=98", "--set", "noequals", "--set",
             "data.path=/nonexistent/images", "--set", "train.micro_batch=48", "--device", "tpu"});
        QCOMPARE(result.exitCode, 2);
        VERIFY_HAS(result.err, "unknown option 'optimizer.lrr'");
        VERIFY_HAS(result.err, "did you mean 'optimizer.lr'?");
        VERIFY_HAS(result.err, "did you mean 'train.epochs'?"); // of another group
        VERIFY_HAS(result.err, "train.epochs = many");
        VERIFY_HAS(result.err, "do not divide the width 98");
        VERIFY_HAS(result.err, "--set noequals: expected KEY=VALUE");
        VERIFY_HAS(result.err, "data.path = /nonexistent/images");
        VERIFY_HAS(result.err, "train.micro_batch = 48: expected a divisor");
        VERIFY_HAS(result.err, "train.device = tpu");
    }

    void readsAFileFromStandardInput()
    {
        std::istringstream in(R"({"train": {"epochs": 30}, "optimizer.lr": 0.01})");
        std::ostringstream out;
        const mocoscope::headless::Console console {.in = in, .out = out, .err = out};
        TrainArguments arguments;
        arguments.configFile = std::string("-"); // g++ 12 warns of its own code otherwise
        arguments.settings = {"train.seed=5"};
        const auto chosen = chooseConfiguration(arguments, console);
        QVERIFY(chosen.has_value());
        QCOMPARE(chosen->config.train.epochs, 30);
        QCOMPARE(chosen->config.train.seed, 5);
        QCOMPARE(chosen->config.optimizer.lr, 0.01);
        QVERIFY(chosen->preset.empty());
    }

    void listsTheErrorsOfAFileAndOfSettings()
    {
        World world;
        world.standardInput
            = R"({"train": {"epoch": 3, "batch_size": "big"}, "data": {"workers": -4}})";
        const Invocation result = train({"--config", "-", "--set", "optimizer.lr=-1"}, world);
        QCOMPARE(result.exitCode, 2);
        VERIFY_HAS(result.err, "did you mean 'train.epochs'?");
        VERIFY_HAS(result.err, "train.batch_size = \"big\"");
        VERIFY_HAS(result.err, "data.workers = -4");
        VERIFY_HAS(result.err, "optimizer.lr = -1");
    }

    void rejectsFiles_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QString>("expected");
        QTest::newRow("empty") << QByteArray() << "not valid JSON";
        QTest::newRow("a number that none holds")
            << QByteArray("{\"optimizer.lr\": 9E999}") << "not valid JSON";
        QTest::newRow("broken") << QByteArray("{\"train\": ") << "not valid JSON";
        QTest::newRow("list") << QByteArray("[1]") << "not a JSON object";
        QTest::newRow("not UTF-8") << QByteArray("{\"data.path\": \"\xff\"}") << "not valid JSON";
        QTest::newRow("huge") << QByteArray(3'000'000, ' ') << "too large";
    }
    void rejectsFiles()
    {
        QFETCH(QByteArray, text);
        QFETCH(QString, expected);
        QTemporaryDir folder;
        const std::string file = folder.filePath("config.json").toStdString();
        std::ofstream(file) << text.toStdString();
        const Invocation result = train({"--config", file});
        QCOMPARE(result.exitCode, 2);
        VERIFY_HAS(result.err, expected.toStdString());
    }

    void rejectsAMissingFileAndAFolder()
    {
        const Invocation missing = train({"--config", "/nonexistent.json"});
        QCOMPARE(missing.exitCode, 2);
        VERIFY_HAS(missing.err, "'/nonexistent.json'");
        const Invocation folder = train({"--config", "/"});
        QCOMPARE(folder.exitCode, 2);
        VERIFY_HAS(folder.err, "is a folder");
    }

    void checksDataAndDeviceInADryRun()
    {
        const Invocation good = train({"--preset", "demo", "--dry-run", "--json"});
        QCOMPARE(good.exitCode, 0);
        VERIFY_HAS(good.out, "\"steps_per_epoch\":10");
        QVERIFY(train({"--preset", "demo", "--dry-run"}).out.find("cpu, Scripted CPU")
                != std::string::npos);

        World few;
        few.data->trainImages = 12;
        const Invocation small = train({"--preset", "demo", "--dry-run"}, few);
        QCOMPARE(small.exitCode, 2);
        VERIFY_HAS(small.err, "only 12 images");

        const Invocation noGpu = train({"--preset", "demo", "--dry-run", "--device", "cuda:3"});
        QCOMPARE(noGpu.exitCode, 2);
        VERIFY_HAS(noGpu.err, "no such device");
    }

    void countsReplicasInADryRun()
    {
        const Invocation two = train({"--preset", "demo", "--dry-run", "--device", "cpu:2"});
        QCOMPARE(two.exitCode, 0);
        VERIFY_HAS(two.out, "cpu, Scripted CPU, 2 replicas");
        World gpus;
        gpus.devices.push_back({"cuda:0", "Scripted GPU", 80'000'000'000});
        gpus.devices.push_back({"cuda:1", "Scripted GPU", 80'000'000'000});
        const Invocation both
            = train({"--preset", "demo", "--dry-run", "--device", "cuda:0,1"}, gpus);
        VERIFY_HAS(both.out, "cuda:0, Scripted GPU, cuda:1, Scripted GPU, 2 replicas");
        const Invocation chosen = train({"--preset", "demo", "--dry-run"}, gpus);
        VERIFY_HAS(chosen.out, "cuda:0, Scripted GPU\n");
        const Invocation third
            = train({"--preset", "demo", "--dry-run", "--device", "cuda:0,2"}, gpus);
        QCOMPARE(third.exitCode, 2);
        VERIFY_HAS(third.err, "this machine has cpu, cuda:0, cuda:1");
    }
};

QTEST_GUILESS_MAIN(TestConfiguration)
#include "test_configuration.moc"
