// SPDX-License-Identifier: GPL-3.0-or-later
#include "invocation.h"
#include "training/api/config_json.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QTemporaryDir>
#include <QtTest>

using namespace mocoscope::testing;

namespace {

std::string contentOf(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll().toStdString() : std::string();
}

bool says(const Invocation& result, const std::string& text)
{
    return (result.out + result.err).find(text) != std::string::npos;
}

} // namespace

class TestJobCommand final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void writesScriptAndConfiguration()
    {
        const QTemporaryDir folder;
        const std::string script = folder.filePath("big.sh").toStdString();
        const Invocation result
            = invoke({"job", "slurm", script, "--preset", "moco-v3-vit-small", "--set",
                      "data.path=/only/there", "--set", "train.micro_batch=128", "--machines", "2",
                      "--processes", "4", "--name", "big", "--store", "/shared/runs.db", "--json"});
        QVERIFY2(result.exitCode == 0, result.err.c_str());
        const auto told = parseLines(result.out).at(0);
        QCOMPARE(told.at("processes"), 8);
        QCOMPARE(told.at("start"), "sbatch " + script);
        QVERIFY(QFileInfo(QString::fromStdString(script)).isExecutable());
        QVERIFY(contentOf(folder.filePath("big.sh")).find("#SBATCH --nodes=2\n")
                != std::string::npos);
        const auto config = mocoscope::training::fromJson(contentOf(folder.filePath("big.json")));
        QVERIFY(config);
        QCOMPARE(config->data.path, std::string("/only/there"));
        QCOMPARE(QDir(folder.path()).entryList(QDir::Files), QStringList({"big.json", "big.sh"}));
    }

    void replacesOnlyWhenAsked()
    {
        const QTemporaryDir folder;
        QFile other(folder.filePath("big.json"));
        QVERIFY(other.open(QIODevice::WriteOnly) && other.write("mine") == 4);
        other.close();
        std::vector<std::string> words {
            "job",         "torchrun", folder.filePath("big.sh").toStdString(), "--preset", "demo",
            "--processes", "2"};
        const Invocation refused = invoke(words);
        QCOMPARE(refused.exitCode, 2);
        QVERIFY(says(refused, "big.json' exists already") && says(refused, "--force"));
        QCOMPARE(contentOf(other.fileName()), std::string("mine"));
        QVERIFY(!QFileInfo::exists(folder.filePath("big.sh")));
        words.emplace_back("--force");
        const Invocation done = invoke(words);
        QVERIFY2(done.exitCode == 0, done.err.c_str());
        QVERIFY(says(done, "start    bash ") && says(done, "resume   bash "));
        QVERIFY(contentOf(other.fileName()) != "mine");
    }

    void printsInsteadOfWriting()
    {
        const QTemporaryDir folder;
        const Invocation result
            = invoke({"job", "torchrun", folder.filePath("big.sh").toStdString(), "--preset",
                      "demo", "--processes", "2", "--dry-run"});
        QCOMPARE(result.exitCode, 0);
        QVERIFY(result.out.starts_with("#!/usr/bin/env bash\n"));
        QVERIFY(QDir(folder.path()).isEmpty());
    }

    void countsTheGpusOfThisMachine()
    {
        World world;
        world.devices.push_back({"cuda:0", "Scripted GPU", 8'000'000'000});
        world.devices.push_back({"cuda:1", "Scripted GPU", 8'000'000'000});
        const std::vector<std::string> words {"job",      "torchrun", "/nowhere/x.sh",
                                              "--preset", "demo",     "--dry-run"};
        QVERIFY(says(invoke(words, world), "replicas=${REPLICAS:-2}"));
        QVERIFY(says(invoke(words), "replicas=${REPLICAS:-1}"));
    }

    void refuses_data()
    {
        QTest::addColumn<QStringList>("more");
        QTest::addColumn<QString>("expected");
        QTest::newRow("what cannot be shared out")
            << QStringList {"--processes", "3"} << "multiple of the 3 processes";
        QTest::newRow("several machines by torchrun")
            << QStringList {"--machines", "2"} << "for one machine";
        QTest::newRow("an option that is wrong")
            << QStringList {"--set", "train.batch_size=0"} << "train.batch_size";
        QTest::newRow("a device that is none") << QStringList {"--device", "gpu"} << "cuda:0";
        QTest::newRow("a folder that is not there")
            << QStringList {"--processes", "2"} << "cannot write '/nowhere/at/all.json'";
    }
    void refuses()
    {
        QFETCH(QStringList, more);
        QFETCH(QString, expected);
        std::vector<std::string> words {"job", "torchrun", "/nowhere/at/all.sh", "--preset",
                                        "demo"};
        for (const QString& word : more) {
            words.push_back(word.toStdString());
        }
        const Invocation result = invoke(words);
        QVERIFY(result.exitCode != 0);
        QVERIFY2(says(result, expected.toStdString()), result.err.c_str());
    }
};

QTEST_GUILESS_MAIN(TestJobCommand)

#include "test_job_command.moc"
