// SPDX-License-Identifier: GPL-3.0-or-later
// What a framework or an optimizer cannot do is refused before the start, with the reason; what it
// needs is estimated from its parts.
#include "training/api/config_schema.h"
#include "training/api/method_shape.h"
#include "training/api/model_shape.h"
#include "training/api/unused_options.h"

#include <QTest>

using namespace mocoscope::training;

namespace {

TrainingConfig withOptions(const QStringList& options)
{
    TrainingConfig config;
    for (const QString& option : options) {
        const auto changed = withOption(config, option.section('=', 0, 0).toStdString(),
                                        option.section('=', 1).toStdString());
        if (changed) {
            config = *changed;
        } else {
            QTest::qFail(toText(changed.error()).c_str(), __FILE__, __LINE__);
        }
    }
    return config;
}

TrainingConfig framework(const std::string& name)
{
    TrainingConfig config;
    config.method.name = name;
    return config;
}

} // namespace

class MethodRulesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void refuses_data()
    {
        QTest::addColumn<QStringList>("options");
        QTest::addColumn<QString>("key");
        QTest::addColumn<QString>("word");
        const auto add
            = [](const char* name, const QStringList& options, const char* key, const char* word) {
                  QTest::newRow(name) << options << QString(key) << QString(word);
              };
        add("a queue shorter than a batch",
            {"method.name=moco_v2", "train.batch_size=256", "method.queue_size=255"},
            "method.queue_size", "256");
        add("BYOL without prediction head", {"method.name=byol", "method.predictor_layers=0"},
            "method.predictor_layers", "collapses");
        add("micro-batches of a ResNet", {"model.name=resnet50", "train.micro_batch=32"},
            "train.micro_batch", "batch normalisation");
        add("micro-batches of ViT-BN", {"model.mlp_norm=batch", "train.micro_batch=32"},
            "train.micro_batch", "batch normalisation");
        add("micro-batches of a ConvStem", {"model.stem=conv", "train.micro_batch=32"},
            "train.micro_batch", "batch normalisation");
        add("steps in the wrong order", {"optimizer.schedule=step", "optimizer.step_epochs=80,60"},
            "optimizer.step_epochs", "rising");
        add("steps that are no epochs", {"optimizer.schedule=step", "optimizer.step_epochs=60;80"},
            "optimizer.step_epochs", "60,80");
        add("no steps", {"optimizer.schedule=step", "optimizer.step_epochs="},
            "optimizer.step_epochs", "rising");
        add("steps after the end", {"optimizer.schedule=step", "train.epochs=60"},
            "optimizer.step_epochs", "would not fall once in the 60 epochs");
    }
    void refuses()
    {
        QFETCH(QStringList, options);
        QFETCH(QString, key);
        QFETCH(QString, word);
        const auto violations = validate(withOptions(options));
        QCOMPARE(violations.size(), 1U);
        QCOMPARE(QString::fromStdString(violations.front().key), key);
        QVERIFY2(violations.front().reason.find(word.toStdString()) != std::string::npos,
                 violations.front().reason.c_str());
    }

    void accepts_data()
    {
        QTest::addColumn<QStringList>("options");
        for (const char* name : {"moco_v3", "simclr", "byol", "swav", "moco_v1", "moco_v2"}) {
            const QString method = QStringLiteral("method.name=%1").arg(name);
            QTest::addRow("%s with a ViT", name) << QStringList {method, "train.micro_batch=32"};
            QTest::addRow("%s with a ResNet", name) << QStringList {method, "model.name=resnet50"};
        }
        QTest::newRow("no prediction head") << QStringList {"method.predictor_layers=0"};
        QTest::newRow("a queue of one batch")
            << QStringList {"method.name=moco_v1", "train.batch_size=256", "method.queue_size=256"};
        QTest::newRow("a short queue that is not used")
            << QStringList {"method.name=simclr", "method.queue_size=1"};
        QTest::newRow("steps that are not used") << QStringList {"optimizer.step_epochs=80,60"};
        QTest::newRow("the last step after the end")
            << QStringList {"optimizer.schedule=step", "train.epochs=61"};
        QTest::newRow("steps with spaces")
            << QStringList {"optimizer.schedule=step", "optimizer.step_epochs=60, 80.5"};
    }
    void accepts()
    {
        QFETCH(QStringList, options);
        for (const Violation& violation : validate(withOptions(options))) {
            QFAIL((violation.key + ": " + violation.reason).c_str());
        }
    }

    void tellsWhatHasNoEffect_data()
    {
        QTest::addColumn<QStringList>("options");
        QTest::addColumn<QStringList>("unused");
        QTest::newRow("defaults") << QStringList {"method.name=simclr", "method.queue_size=65536"}
                                  << QStringList {};
        QTest::newRow("of others")
            << QStringList {"method.name=simclr",
                            "method.momentum=0.5",
                            "method.predictor_layers=3",
                            "method.queue_size=4096",
                            "method.prototypes=100",
                            "method.sinkhorn_epsilon=0.1",
                            "method.momentum_schedule=constant"}
            << QStringList {"method.momentum",         "method.momentum_schedule",
                            "method.predictor_layers", "method.queue_size",
                            "method.prototypes",       "method.sinkhorn_epsilon"};
        QTest::newRow("own") << QStringList {"method.name=swav", "method.prototypes=100",
                                             "method.temperature=0.1"}
                             << QStringList {};
        QTest::newRow("byol") << QStringList {"method.name=byol", "method.temperature=0.1",
                                              "method.predictor_layers=3"}
                              << QStringList {"method.temperature"};
        QTest::newRow("moco v2") << QStringList {"method.name=moco_v2", "method.queue_size=4096",
                                                 "method.predictor_hidden=64"}
                                 << QStringList {"method.predictor_hidden"};
        QTest::newRow("adamw") << QStringList {"optimizer.momentum=0.5", "optimizer.beta2=0.95",
                                               "optimizer.trust_coefficient=0.01",
                                               "optimizer.step_factor=0.5"}
                               << QStringList {"optimizer.momentum", "optimizer.trust_coefficient",
                                               "optimizer.step_factor"};
        QTest::newRow("sgd") << QStringList {"optimizer.name=sgd", "optimizer.momentum=0.5",
                                             "optimizer.beta2=0.95", "optimizer.schedule=step",
                                             "optimizer.step_factor=0.5"}
                             << QStringList {"optimizer.beta2"};
        QTest::newRow("evaluation")
            << QStringList {"task.name=linear", "method.prototypes=100"} << QStringList {};
    }
    void tellsWhatHasNoEffect()
    {
        QFETCH(QStringList, options);
        QFETCH(QStringList, unused);
        const TrainingConfig config = withOptions(options);
        QStringList found;
        for (const Violation& each : unusedOptions(config, {})) {
            found << QString::fromStdString(each.key);
        }
        QCOMPARE(found, unused);
        QVERIFY(unusedOptions(config, config).empty()); // nobody has set them
    }

    void countsAHead()
    {
        const HeadShape withNorm {10, 20, 5, 3, true, true};
        QCOMPARE(withNorm.parameters(), 10 * 20 + 2 * 20 + 20 * 20 + 2 * 20 + 20 * 5);
        const HeadShape withBias {10, 20, 5, 2, false, false};
        QCOMPARE(withBias.parameters(), 10 * 20 + 20 + 20 * 5 + 5);
        const HeadShape one {10, 20, 5, 1, false, false};
        QCOMPARE(one.parameters(), 10 * 5 + 5);
        QCOMPARE((HeadShape {10, 20, 5, 0, true, true}.parameters()), 0);
    }

    void predictorOutputNormNeedsNorm()
    {
        TrainingConfig config;
        config.method.predictorOutputNorm = false;
        QVERIFY(!methodShape(config.method, 8).predictor.normaliseOutput);
        QVERIFY(methodShape(config.method, 8).projector.normaliseOutput);
        config.method.predictorOutputNorm = true;
        config.method.headNorm = false;
        QVERIFY(!methodShape(config.method, 8).predictor.normaliseOutput);
    }

    /// Memory differs by just the parts that the frameworks do not share.
    void estimatesTheMemoryOfTheParts()
    {
        const auto memory = [](TrainingConfig config) {
            config.train.microBatch = config.train.batchSize; // the same activations for all
            return estimateCost(config).memoryBytes;
        };
        const auto lossBytes = [](const TrainingConfig& config) {
            return 12 * comparedPairs(config.method, config.train.batchSize);
        };
        const TrainingConfig simclr = framework("simclr"), swav = framework("swav"),
                             v2 = framework("moco_v2");
        const CostEstimate cost = estimateCost(simclr);
        const double encoder = double(cost.backboneParameters + cost.headParameters);
        const double output = double(simclr.method.outputDim);
        const double prototypes = double(swav.method.prototypes) * output;
        const double queue = double(v2.method.queueSize) * output;
        QCOMPARE(memory(swav) - lossBytes(swav) - memory(simclr) + lossBytes(simclr),
                 4 * 4 * prototypes); // weight, gradient, two moments
        QCOMPARE(memory(v2) - lossBytes(v2) - memory(simclr) + lossBytes(simclr),
                 4 * 2 * (encoder + queue)); // and what a failed step goes back to
        QCOMPARE(estimateCost(v2).trainableParameters, cost.trainableParameters);
    }

    void oneDirectionKeepsOneViewAlive()
    {
        TrainingConfig v2 = framework("moco_v2");
        TrainingConfig half = v2;
        half.train.microBatch = half.train.batchSize / 2;
        TrainingConfig simclr = framework("simclr"), simclrHalf = simclr;
        simclrHalf.train.microBatch = half.train.microBatch;
        const auto saved = [](const TrainingConfig& whole, const TrainingConfig& parts) {
            return estimateCost(whole).memoryBytes - estimateCost(parts).memoryBytes;
        };
        // One of one view's two halves against three of two views' four.
        QVERIFY(std::abs(3 * saved(v2, half) - saved(simclr, simclrHalf)) < 1e-6 * saved(v2, half));
    }
};

QTEST_GUILESS_MAIN(MethodRulesTest)
#include "method_rules_test.moc"
