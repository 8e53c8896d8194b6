// SPDX-License-Identifier: GPL-3.0-or-later
// Tasks of a run: what they take over, how long they are, what is refused.
#include "training/api/config_schema.h"
#include "training/api/model_shape.h"
#include "training/api/task.h"

#include <QTest>

using namespace mocoscope::training;

class TaskTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyTaskHasItsOwnLength()
    {
        TrainingConfig config;
        config.train.batchSize = 256;
        config.train.epochs = 10;
        config.linear.batchSize = 1024;
        config.finetune.batchSize = 64;
        QCOMPARE(totalSteps(config, 2000), 70);
        config.task.name = "linear";
        QCOMPARE(stepsPerEpoch(config, 2000), 2); // the smaller last batch counts
        QCOMPARE(totalSteps(config, 2000), 180);
        config.task.name = "finetune";
        QCOMPARE(stepsPerEpoch(config, 2000), 31);
        QCOMPARE(totalSteps(config, 2000), 31 * 150);
        QCOMPARE(stepsPerEpoch(config, 63), 0);
        config.task.name = "knn";
        QCOMPARE(totalSteps(config, 2000), 1);
    }

    void anEvaluationKeepsTheOptionsOfItsRun()
    {
        TrainingConfig run;
        run.optimizer.lr = 7;
        run.train.maxSteps = 100;
        run.data.path = "birds";
        run.data.testPath = "birds-test";
        run.data.perClassLimit = 9;
        const TrainingConfig evaluation = evaluationConfig(run, "linear", "w.safetensors");
        QVERIFY(isEvaluation(evaluation) && !isEvaluation(run));
        std::vector<std::string> keys;
        for (const ConfigDifference& change : difference(run, evaluation)) {
            keys.push_back(change.key);
        }
        QCOMPARE(
            keys,
            (std::vector<std::string> {"task.name", "model.initial_weights", "train.max_steps"}));
        const TrainingConfig transfer = onOtherData(evaluation, "flowers");
        QCOMPARE(transfer.data.path, "flowers");
        QVERIFY(transfer.data.testPath.empty());
        QCOMPARE(transfer.data.perClassLimit, 0);
        QCOMPARE(taskTitle(evaluation), "linear probing");
    }

    void badRatesAreRefused_data()
    {
        QTest::addColumn<QString>("rates");
        QTest::addColumn<bool>("isGood");
        QTest::newRow("one") << "3" << true;
        QTest::newRow("several") << "0.1, 1,3e1" << true;
        QTest::newRow("none") << "" << false;
        QTest::newRow("a word") << "1,fast" << false;
        QTest::newRow("zero") << "0,1" << false;
        QTest::newRow("twice") << "1,3,1" << false;
    }
    void badRatesAreRefused()
    {
        QFETCH(QString, rates);
        QFETCH(bool, isGood);
        TrainingConfig config;
        config.linear.rates = rates.toStdString();
        const auto violations = validate(config);
        QCOMPARE(violations.empty(), isGood);
        QVERIFY(isGood || violations.front().key == "linear.rates");
    }

    void warmUpEndsBeforeFineTuningDoes()
    {
        TrainingConfig config;
        config.finetune.epochs = 3;
        QCOMPARE(validate(config).size(), 1U);
        QCOMPARE(validate(config).front().key, "finetune.warmup_epochs");
    }

    void frozenFeaturesNeedLittleMemory()
    {
        TrainingConfig config;
        const double pretraining = estimateCost(config).memoryBytes;
        config.task.name = "finetune";
        config.finetune.batchSize = config.train.batchSize;
        const CostEstimate finetune = estimateCost(config);
        config.task.name = "linear";
        const CostEstimate linear = estimateCost(config);
        QVERIFY(linear.memoryBytes < finetune.memoryBytes && finetune.memoryBytes < pretraining);
        QCOMPARE(linear.trainableParameters, 0);
        QCOMPARE(finetune.trainableParameters, finetune.backboneParameters);
    }
};

QTEST_GUILESS_MAIN(TaskTest)
#include "task_test.moc"
