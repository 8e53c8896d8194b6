// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/api/cluster_job.h"

#include <QDir>
#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

using namespace mocoscope::training;

namespace {

ClusterJob someJob(JobLauncher launcher)
{
    ClusterJob job;
    job.launcher = launcher;
    job.machines = launcher == JobLauncher::Slurm ? 2 : 1;
    job.processes = 4;
    job.name = "big";
    job.store = "/shared/runs.db";
    job.script = "/jobs/big.sh";
    job.config.train.batchSize = 4096;
    return job;
}

bool hasLine(const std::string& text, const std::string& line)
{
    return ("\n" + text).find("\n" + line + "\n") != std::string::npos;
}

/// What the launcher is called with when bash runs the script, one word a line.
QStringList wordsOfLauncher(const std::string& script, const QStringList& arguments,
                            const QByteArray& launcher)
{
    const QTemporaryDir folder;
    QFile tool(folder.filePath(launcher));
    if (!tool.open(QIODevice::WriteOnly)) {
        return {};
    }
    tool.write("#!/usr/bin/env bash\nprintf '%s\\n' \"$@\"\n");
    tool.setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
    tool.close();
    QFile file(folder.filePath("job.sh"));
    if (!file.open(QIODevice::WriteOnly)) {
        return {};
    }
    file.write(QByteArray::fromStdString(script));
    file.close();
    QProcess bash;
    auto environment = QProcessEnvironment::systemEnvironment();
    environment.insert("PATH", folder.path() + ":" + environment.value("PATH"));
    environment.remove("MOCOSCOPE_TRAIN");
    environment.remove("REPLICAS");
    bash.setProcessEnvironment(environment);
    bash.start("bash", QStringList {file.fileName()} + arguments);
    bash.waitForFinished();
    return QString::fromUtf8(bash.readAllStandardOutput()).split('\n', Qt::SkipEmptyParts);
}

} // namespace

class ClusterJobTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void torchrunGetsTheNumbers()
    {
        const auto script = jobScript(someJob(JobLauncher::Torchrun));
        QVERIFY(script);
        QVERIFY(hasLine(*script, "replicas=${REPLICAS:-4}"));
        QVERIFY(hasLine(*script,
                        "job=(train --config /jobs/big.json --name=big --store /shared/runs.db)"));
        QVERIFY(hasLine(*script, "#   bash /jobs/big.sh"));
        QVERIFY(hasLine(*script, "#   bash /jobs/big.sh resume big --store /shared/runs.db"));
        QVERIFY(hasLine(*script, "#   mocoscope /shared/runs.db"));
        QVERIFY(script->find("packaging/cluster") == std::string::npos);
        QCOMPARE(wordsOfLauncher(*script, {}, "torchrun"),
                 QStringList({"--standalone", "--nnodes=1", "--nproc-per-node=4", "--no-python",
                              "mocoscope-train", "train", "--config", "/jobs/big.json",
                              "--name=big", "--store", "/shared/runs.db"}));
        QCOMPARE(wordsOfLauncher(*script, {"resume", "big"}, "torchrun").mid(4),
                 QStringList({"mocoscope-train", "resume", "big"}));
    }

    void slurmGetsTheNumbers()
    {
        ClusterJob job = someJob(JobLauncher::Slurm);
        job.name = "big run, 2";
        job.cores = 12;
        job.timeLimit = "2-12:00:00";
        const auto script = jobScript(job);
        QVERIFY(script);
        for (const char* line :
             {"#SBATCH --job-name=big_run__2", "#SBATCH --nodes=2", "#SBATCH --ntasks-per-node=4",
              "#SBATCH --gpus-per-node=4", "#SBATCH --cpus-per-task=12",
              "#SBATCH --time=2-12:00:00", "#SBATCH --signal=TERM@120",
              "#   sbatch /jobs/big.sh resume 'big run, 2' --store /shared/runs.db"}) {
            QVERIFY2(hasLine(*script, line), line);
        }
        // Slurm reads its options up to the first line that is no comment.
        QVERIFY(script->find("#SBATCH --signal") < script->find("\nset -e"));
        job.config.train.device = "cpu:2";
        QVERIFY(jobScript(job)->find("gpus") == std::string::npos);
    }

    /// Names and paths reach the program as they are, whatever a shell would make of them.
    void wordsStayWords()
    {
        ClusterJob job = someJob(JobLauncher::Torchrun);
        job.name = "it's $(date) `x` \"y\" ~ * {a,b} !! \\ ;&|<>#";
        job.store = "/a b/run's.db";
        job.script = "/a b/$HOME.sh";
        job.program = "/opt/my {programs}'/mocoscope-train";
        const auto script = jobScript(job);
        QVERIFY(script);
        QCOMPARE(wordsOfLauncher(*script, {}, "torchrun").mid(4),
                 QStringList({QString::fromStdString(job.program), "train", "--config",
                              "/a b/$HOME.json", "--name=" + QString::fromStdString(job.name),
                              "--store", "/a b/run's.db"}));
    }

    void eachProcessHasItsOwnDevice_data()
    {
        QTest::addColumn<QString>("device");
        QTest::addColumn<int>("gpus");
        QTest::addColumn<QString>("each");
        QTest::addColumn<int>("processes");
        QTest::newRow("GPUs that are named") << "cuda:0,2,3" << 8 << "auto" << 3;
        QTest::newRow("all that there are") << "auto" << 8 << "auto" << 8;
        QTest::newRow("none here") << "auto" << 0 << "auto" << 1;
        QTest::newRow("one") << "cuda:5" << 8 << "auto" << 8;
        QTest::newRow("replicas on the CPU") << "cpu:4" << 8 << "cpu" << 4;
        QTest::newRow("the CPU") << "cpu" << 8 << "cpu" << 1;
    }
    void eachProcessHasItsOwnDevice()
    {
        QFETCH(QString, device);
        QFETCH(int, gpus);
        QFETCH(QString, each);
        QFETCH(int, processes);
        TrainingConfig config;
        config.train.device = device.toStdString();
        const ClusterJob job = proposedJob(config, gpus);
        QCOMPARE(job.processes, processes);
        QCOMPARE(QString::fromStdString(jobConfiguration(job).train.device), each);
    }

    void pathsHoldInOtherFolders()
    {
        ClusterJob job = someJob(JobLauncher::Slurm);
        job.config.data.path = "images/../flowers";
        job.config.data.testPath = "";
        job.script = "jobs/big.sh";
        const std::string here = QDir::currentPath().toStdString();
        QCOMPARE(jobConfiguration(job).data.path, here + "/flowers");
        QCOMPARE(jobConfiguration(job).data.testPath, std::string());
        QCOMPARE(configurationFile(job).string(), here + "/jobs/big.json");
        QCOMPARE(jobCommands(job).start, "sbatch " + here + "/jobs/big.sh");
        job.config.data.path = "demo";
        QCOMPARE(jobConfiguration(job).data.path, std::string("demo"));
    }

    void refuses_data()
    {
        QTest::addColumn<QString>("key");
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("says");
        QTest::newRow("no processes") << "processes"
                                      << "0"
                                      << "1 to 256";
        QTest::newRow("no machines") << "machines"
                                     << "-1"
                                     << "1 to 4096";
        QTest::newRow("no cores") << "cores"
                                  << "0"
                                  << "1 to 1024";
        QTest::newRow("no time") << "time"
                                 << ""
                                 << "24:00:00";
        QTest::newRow("time of nothing") << "time"
                                         << "00:00:00"
                                         << "24:00:00";
        QTest::newRow("words for a time") << "time"
                                          << "a day"
                                          << "24:00:00";
        QTest::newRow("an option for a time") << "time"
                                              << "1\n#SBATCH --x"
                                              << "24:00:00";
        QTest::newRow("no name") << "name"
                                 << ""
                                 << "expected a text";
        QTest::newRow("a name of two lines") << "name"
                                             << "a\nrm -rf x"
                                             << "line breaks";
        QTest::newRow("a folder for the script") << "script"
                                                 << "/jobs/"
                                                 << "name of a file";
        QTest::newRow("the configuration's name") << "script"
                                                  << "/jobs/big.json"
                                                  << "ending";
        QTest::newRow("a script of two lines") << "script"
                                               << "/jobs/a\nb.sh"
                                               << "line breaks";
        QTest::newRow("no history") << "store"
                                    << ""
                                    << "expected a text";
        QTest::newRow("no program") << "program"
                                    << ""
                                    << "expected a text";
        QTest::newRow("a batch that is not shared out") << "train.batch_size"
                                                        << "4100"
                                                        << "8 proc";
        QTest::newRow("a micro-batch above the share") << "train.micro_batch"
                                                       << "1024"
                                                       << "512";
        QTest::newRow("a task of one process") << "task.name"
                                               << "linear"
                                               << "one process";
        QTest::newRow("a bad option") << "optimizer.name"
                                      << "best"
                                      << "";
    }
    void refuses()
    {
        QFETCH(QString, key);
        QFETCH(QString, text);
        QFETCH(QString, says);
        ClusterJob job = someJob(JobLauncher::Slurm);
        const std::string value = text.toStdString();
        if (key == "processes") {
            job.processes = text.toInt();
        } else if (key == "machines") {
            job.machines = text.toInt();
        } else if (key == "cores") {
            job.cores = text.toInt();
        } else if (key == "time") {
            job.timeLimit = value;
        } else if (key == "name") {
            job.name = value;
        } else if (key == "script") {
            job.script = value;
        } else if (key == "store") {
            job.store = value;
        } else if (key == "program") {
            job.program = value;
        } else if (key == "train.batch_size") {
            job.config.train.batchSize = text.toInt();
        } else if (key == "train.micro_batch") {
            job.config.train.microBatch = text.toInt();
        } else if (key == "task.name") {
            job.config.task.name = value;
        } else {
            job.config.optimizer.name = value;
        }
        const auto found = violations(job);
        QCOMPARE(found.size(), 1U);
        QCOMPARE(QString::fromStdString(found.front().key), key);
        QVERIFY2(found.front().reason.find(says.toStdString()) != std::string::npos,
                 found.front().reason.c_str());
        QVERIFY(!jobScript(job));
    }

    void namesItsLaunchers()
    {
        for (const JobLauncher launcher : {JobLauncher::Torchrun, JobLauncher::Slurm}) {
            QCOMPARE(jobLauncherFromText(toText(launcher)), launcher);
        }
        QVERIFY(!jobLauncherFromText("pbs"));
    }
};

QTEST_GUILESS_MAIN(ClusterJobTest)

#include "cluster_job_test.moc"
