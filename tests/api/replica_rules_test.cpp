// SPDX-License-Identifier: GPL-3.0-or-later
// How several replicas are asked for: devices in one process, or a launcher's environment.
#include "training/api/config_schema.h"
#include "training/api/devices.h"
#include "training/api/launch.h"

#include <QTest>

#include <map>

using namespace mocoscope::training;

namespace {

using Variables = std::map<std::string, std::string>;

Result<std::optional<LaunchedProcess>> launched(const Variables& variables)
{
    return launchedProcess([&](const char* name) {
        const auto found = variables.find(name);
        return found == variables.end() ? std::string {} : found->second;
    });
}

} // namespace

class ReplicaRulesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void namesOneDeviceAReplica_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("names");
        QTest::newRow("auto") << "auto"
                              << "auto";
        QTest::newRow("cpu") << "cpu"
                             << "cpu";
        QTest::newRow("replicas on the CPU") << "cpu:3"
                                             << "cpu cpu cpu";
        QTest::newRow("a GPU") << "cuda:7"
                               << "cuda:7";
        QTest::newRow("GPUs") << "cuda:0,1,10"
                              << "cuda:0 cuda:1 cuda:10";
        for (const char* text : {"", "gpu", "cpu:0", "cpu:-1", "cpu:257", "cpu:2x", "cuda", "cuda:",
                                 "cuda:0,", "cuda:,1", "cuda:0;1", "cuda:0, 1", "cuda:1000"}) {
            QTest::addRow("no device: '%s'", text) << text << "";
        }
    }
    void namesOneDeviceAReplica()
    {
        QFETCH(QString, text);
        QFETCH(QString, names);
        QString joined;
        for (const std::string& name : deviceNames(text.toStdString())) {
            joined += (joined.isEmpty() ? "" : " ") + QString::fromStdString(name);
        }
        QCOMPARE(joined, names);
    }

    void refuses_data()
    {
        QTest::addColumn<QString>("device");
        QTest::addColumn<int>("microBatch");
        QTest::addColumn<QString>("key");
        QTest::addColumn<QString>("word");
        QTest::newRow("no device") << "gpu" << 0 << "train.device"
                                   << "cpu:4";
        QTest::newRow("a GPU twice") << "cuda:1,1" << 0 << "train.device"
                                     << "twice";
        QTest::newRow("a batch that cannot be shared out") << "cpu:3" << 0 << "train.batch_size"
                                                           << "3 replicas";
        QTest::newRow("a micro-batch above the share") << "cpu:4" << 128 << "train.micro_batch"
                                                       << "share of the batch, 64";
        QTest::newRow("a micro-batch that leaves a rest") << "cpu:4" << 48 << "train.micro_batch"
                                                          << "divisor of a replica's share";
        QTest::newRow("shared out in micro-batches") << "cpu:4" << 32 << ""
                                                     << "";
        QTest::newRow("shared out over GPUs") << "cuda:0,1,2,3" << 0 << ""
                                              << "";
    }
    void refuses()
    {
        QFETCH(QString, device);
        QFETCH(int, microBatch);
        QFETCH(QString, key);
        QFETCH(QString, word);
        TrainingConfig config;
        config.train.batchSize = 256;
        config.train.device = device.toStdString();
        config.train.microBatch = microBatch;
        const auto violations = validate(config);
        QCOMPARE(violations.size(), key.isEmpty() ? 0U : 1U);
        if (!key.isEmpty()) {
            QCOMPARE(QString::fromStdString(violations.front().key), key);
            QVERIFY2(violations.front().reason.find(word.toStdString()) != std::string::npos,
                     violations.front().reason.c_str());
        }
    }

    /// An evaluation runs on the first device, so its batch is not shared out.
    void anEvaluationIsNotSharedOut()
    {
        TrainingConfig config;
        config.task.name = "linear";
        config.train.device = "cpu:3";
        QVERIFY(validate(config).empty());
    }

    void readsALaunchersEnvironment_data()
    {
        QTest::addColumn<QString>("launcher");
        QTest::addColumn<QStringList>("names");
        QTest::newRow("torchrun") << "torchrun"
                                  << QStringList {"RANK", "WORLD_SIZE", "LOCAL_RANK",
                                                  "LOCAL_WORLD_SIZE"};
        QTest::newRow("Slurm") << "Slurm"
                               << QStringList {"SLURM_PROCID", "SLURM_STEP_NUM_TASKS",
                                               "SLURM_LOCALID", "SLURM_NTASKS_PER_NODE"};
        QTest::newRow("Open MPI") << "MPI"
                                  << QStringList {"OMPI_COMM_WORLD_RANK", "OMPI_COMM_WORLD_SIZE",
                                                  "OMPI_COMM_WORLD_LOCAL_RANK",
                                                  "OMPI_COMM_WORLD_LOCAL_SIZE"};
        QTest::newRow("MPICH") << "MPI"
                               << QStringList {"PMI_RANK", "PMI_SIZE", "MPI_LOCALRANKID",
                                               "MPI_LOCALNRANKS"};
    }
    void readsALaunchersEnvironment()
    {
        QFETCH(QString, launcher);
        QFETCH(QStringList, names);
        Variables variables {{names[0].toStdString(), "5"}, {names[1].toStdString(), "8"},
                             {names[2].toStdString(), "1"}, {names[3].toStdString(), "4"},
                             {"MASTER_ADDR", "node1"},      {"MASTER_PORT", "29500"}};
        const auto process = launched(variables);
        QVERIFY(process && *process);
        QCOMPARE(QString::fromStdString((*process)->launcher), launcher);
        QCOMPARE((*process)->rank, 5);
        QCOMPARE((*process)->worldSize, 8);
        QCOMPARE((*process)->localRank, 1);
        QCOMPARE((*process)->localSize, 4);
        QCOMPARE((*process)->host, "node1");
        QCOMPARE((*process)->port, std::uint16_t {29500});
        QVERIFY(!(*process)->isStoreServed);
        variables["TORCHELASTIC_USE_AGENT_STORE"] = "True";
        QVERIFY((*launched(variables))->isStoreServed);

        variables.erase("MASTER_PORT");
        QVERIFY(launched(variables).error().message.find("MASTER_PORT") != std::string::npos);
        for (const char* rank : {"8", "-1", "x"}) {
            variables[names[0].toStdString()] = rank;
            QVERIFY(launched(variables).error().message.find(names[0].toStdString())
                    != std::string::npos);
        }
    }

    void oneProcessIsAlone()
    {
        QVERIFY(!*launched({}));
        QVERIFY(!*launched({{"RANK", "0"}, {"WORLD_SIZE", "1"}}));
        // a batch script of Slurm, before srun
        QVERIFY(!*launched({{"SLURM_PROCID", "0"}, {"SLURM_NTASKS", "8"}}));
    }
};

QTEST_GUILESS_MAIN(ReplicaRulesTest)
#include "replica_rules_test.moc"
