// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/headless/command_line.h"
#include "invocation.h"

#include <QtTest>

using namespace mocoscope::testing;
using mocoscope::headless::Command;
using mocoscope::headless::parseCommandLine;

namespace headless = mocoscope::headless;

class TestCommandLine final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsTrain()
    {
        const Command command = parseCommandLine(
            {"train", "--preset", "demo", "--set", "optimizer.lr=1e-3", "--set", "train.seed=7",
             "--name", "my run", "--store", "a.db", "--device", "cpu", "--json"});
        const auto* train = std::get_if<headless::TrainArguments>(&command);
        QVERIFY(train != nullptr);
        QCOMPARE(train->preset, "demo");
        QCOMPARE(train->settings.size(), 2U);
        QCOMPARE(train->settings[1], "train.seed=7");
        QCOMPARE(train->name, "my run");
        QCOMPARE(train->store.string(), "a.db");
        QCOMPARE(train->device, "cpu");
        QVERIFY(train->json && !train->dryRun);
    }

    void readsExportFormat()
    {
        const Command command = parseCommandLine({"runs", "export", "3", "--csv", "-"});
        const auto* exporting = std::get_if<headless::ExportArguments>(&command);
        QVERIFY(exporting != nullptr);
        QCOMPARE(exporting->csvFile, "-");
        QVERIFY(exporting->jsonFile.empty());
    }

    void readsExportOfAModel()
    {
        const Command command = parseCommandLine(
            {"export", "3", "f.npy", "--step", "40", "--encoder", "momentum", "--split", "train"});
        const auto* exporting = std::get_if<headless::ExportModelArguments>(&command);
        QVERIFY(exporting != nullptr);
        QCOMPARE(exporting->run, "3");
        QCOMPARE(exporting->file.string(), "f.npy");
        QCOMPARE(exporting->step, 40);
        QCOMPARE(exporting->encoder, "momentum");
        QCOMPARE(exporting->split, "train");
    }

    void comparesAnyNumberOfRuns()
    {
        const Command command = parseCommandLine({"runs", "compare", "1", "2", "3", "--json"});
        const auto* compare = std::get_if<headless::CompareArguments>(&command);
        QVERIFY(compare != nullptr);
        QCOMPARE(compare->runs.size(), 3U);
        QVERIFY(compare->json);
    }

    void rejects_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<QString>("expected");
        QTest::newRow("nothing") << QStringList {} << "A subcommand is required";
        QTest::newRow("unknown command")
            << QStringList {"trian"} << "unknown command 'trian'\n  did you mean 'train'?";
        QTest::newRow("unknown flag")
            << QStringList {"train", "--preset", "demo", "--jsn"} << "did you mean '--json'?";
        QTest::newRow("unknown runs command") << QStringList {"runs", "lst"} << "'list'";
        QTest::newRow("resume without run") << QStringList {"resume"} << "RUN is required";
        QTest::newRow("compare one") << QStringList {"runs", "compare", "1"} << "at least two";
        QTest::newRow("export nowhere") << QStringList {"runs", "export", "1"} << "--csv";
        QTest::newRow("export twice")
            << QStringList {"runs", "export", "1", "--csv", "a", "--json", "b"} << "--json";
        QTest::newRow("export of several as one object")
            << QStringList {"runs", "export", "1", "2", "--json", "a"} << "--jsonl";
        QTest::newRow("report without a file")
            << QStringList {"runs", "report", "1"} << "at least one run and a file";
        QTest::newRow("star on and off")
            << QStringList {"runs", "tag", "1", "--star", "--unstar"} << "excludes";
        QTest::newRow("preset and config")
            << QStringList {"train", "--preset", "demo", "--config", "x"} << "excludes";
        QTest::newRow("missing value") << QStringList {"train", "--preset"} << "--preset";
        QTest::newRow("second value of --set")
            << QStringList {"train", "--preset", "demo", "--set", "train.seed=1", "train.seed=2"}
            << "train.seed=2";
    }
    void rejects()
    {
        QFETCH(QStringList, arguments);
        QFETCH(QString, expected);
        std::vector<std::string> words;
        for (const QString& word : arguments) {
            words.push_back(word.toStdString());
        }
        const Invocation result = invoke(words);
        QCOMPARE(result.exitCode, 2);
        QVERIFY2(result.err.find(expected.toStdString()) != std::string::npos, result.err.c_str());
        QVERIFY(result.err.find("--help") != std::string::npos);
        QVERIFY(result.out.empty());
    }

    void helps_data()
    {
        QTest::addColumn<QString>("command");
        QTest::addColumn<QString>("mentions");
        QTest::newRow("program") << ""
                                 << "Exit codes";
        QTest::newRow("train") << "train"
                               << "--set KEY=VALUE";
        QTest::newRow("resume") << "resume"
                                << "newest checkpoint";
        QTest::newRow("fork") << "fork"
                              << "--checkpoint STEP";
        QTest::newRow("presets") << "presets"
                                 << "NAME";
        QTest::newRow("devices") << "devices"
                                 << "--json";
        QTest::newRow("runs") << "runs"
                              << "compare";
        QTest::newRow("list") << "runs list"
                              << "--store DB";
        QTest::newRow("show") << "runs show"
                              << "uuid";
        QTest::newRow("compare") << "runs compare"
                                 << "--all";
        QTest::newRow("export") << "export"
                                << ".npy";
        QTest::newRow("runs export") << "runs export"
                                     << "--csv FILE";
        QTest::newRow("import") << "runs import"
                                << "--name";
        QTest::newRow("report") << "runs report"
                                << "FILE";
        QTest::newRow("tag") << "runs tag"
                             << "--archive";
        QTest::newRow("backup") << "runs backup"
                                << "FILE";
        QTest::newRow("merge") << "runs merge"
                               << "OTHER";
        QTest::newRow("delete") << "runs delete"
                                << "--yes";
    }
    void helps()
    {
        QFETCH(QString, command);
        QFETCH(QString, mentions);
        std::vector<std::string> words;
        for (const QString& word : command.split(' ', Qt::SkipEmptyParts)) {
            words.push_back(word.toStdString());
        }
        words.emplace_back("--help");
        const Invocation result = invoke(words);
        QCOMPARE(result.exitCode, 0);
        QVERIFY2(result.out.find(mentions.toStdString()) != std::string::npos, result.out.c_str());
        const std::string usage = ("mocoscope-train " + command).trimmed().toStdString();
        QVERIFY2(result.out.find(usage) != std::string::npos, result.out.c_str());
        QVERIFY(result.err.empty());
    }

    void doesNotOfferTheHiddenCommand()
    {
        QVERIFY(invoke({"--help"}).out.find("options ") == std::string::npos);
    }

    void tellsItsVersion()
    {
        const Invocation result = invoke({"--version"});
        QCOMPARE(result.exitCode, 0);
        QCOMPARE(result.out, "mocoscope-train " MOCOSCOPE_VERSION "\n");
    }
};

QTEST_GUILESS_MAIN(TestCommandLine)
#include "test_command_line.moc"
