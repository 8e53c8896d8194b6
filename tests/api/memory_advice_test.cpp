// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/api/memory_advice.h"
#include "training/api/model_shape.h"

#include <QRegularExpression>
#include <QTest>

using namespace mocoscope::training;

namespace {

TrainingConfig largeBatch()
{
    TrainingConfig config;
    config.model.name = "vit_small";
    config.train.batchSize = 4096;
    config.train.precision = "fp32";
    config.train.device = "cuda:0";
    return config;
}

/// The number that the advice gives to `option`; 0: it speaks of another.
std::int64_t advised(const TrainingConfig& config, double bytes, const char* option)
{
    const QRegularExpression number(
        QStringLiteral("set train\\.%1 to (\\d+) or less").arg(QString::fromLatin1(option)));
    return number.match(QString::fromStdString(smallerBatchAdvice(config, bytes)))
        .captured(1)
        .toLongLong();
}

} // namespace

class MemoryAdviceTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void halvesWhereTheMemoryIsNotKnown()
    {
        TrainingConfig config = largeBatch();
        QCOMPARE(advised(config, 0, "micro_batch"), 2048);
        config.train.microBatch = 128;
        QCOMPARE(advised(config, 0, "micro_batch"), 64);
        config.train.batchSize = 1000; // 500, 250, 125 divide it, 62 does not
        config.train.microBatch = 125;
        QCOMPARE(advised(config, 0, "micro_batch"), 50);
        config.train.microBatch = 1;
        QCOMPARE(advised(config, 0, "micro_batch"), 1);
    }

    /// The largest of the halves whose estimate fits: the next one would not.
    void namesAMicroBatchThatFits_data()
    {
        QTest::addColumn<double>("gigabytes");
        QTest::newRow("24 GB") << 24.0;
        QTest::newRow("80 GB") << 80.0;
        QTest::newRow("150 GB") << 150.0;
    }
    void namesAMicroBatchThatFits()
    {
        QFETCH(double, gigabytes);
        TrainingConfig config = largeBatch();
        const double usable = 0.8e9 * gigabytes;
        config.train.microBatch = advised(config, 1e9 * gigabytes, "micro_batch");
        QVERIFY(config.train.microBatch > 0 && config.train.microBatch < 2048);
        QVERIFY(estimateCost(config).memoryBytes <= usable);
        config.train.microBatch *= 2;
        QVERIFY(estimateCost(config).memoryBytes > usable);
    }

    void countsAReplicasShare()
    {
        TrainingConfig config = largeBatch();
        config.train.device = "cuda:0,1,2,3";
        QCOMPARE(advised(config, 0, "micro_batch"), 512);
        QVERIFY(advised(config, 24e9, "micro_batch") < 512);
        QVERIFY(QString::fromStdString(smallerBatchAdvice(config, 0))
                    .endsWith(QStringLiteral("whole batch of 4096")));
        config.model.name = "resnet50";
        QCOMPARE(advised(config, 0, "batch_size"), 2048); // 512 each
    }

    void changesTheBatchWhereTheBackboneHasBatchNorm()
    {
        TrainingConfig config = largeBatch();
        config.model.mlpNorm = "batch";
        QCOMPARE(advised(config, 0, "micro_batch"), 0);
        QCOMPARE(advised(config, 0, "batch_size"), 2048);
        QVERIFY(advised(config, 80e9, "batch_size") < 2048);
    }

    void evaluationsHaveTheirOwnBatch()
    {
        TrainingConfig config = largeBatch();
        config.task.name = "linear";
        QVERIFY(QString::fromStdString(smallerBatchAdvice(config, 80e9))
                    .contains(QStringLiteral("evaluation.batch_size")));
        config.task.name = "finetune";
        QCOMPARE(advised(config, 0, "micro_batch"), config.finetune.batchSize / 2);
    }
};

QTEST_GUILESS_MAIN(MemoryAdviceTest)
#include "memory_advice_test.moc"
