// SPDX-License-Identifier: GPL-3.0-or-later
// Every framework step by step: its parts, what learns, what it keeps.
#include "method_bench.h"
#include "method_cases.h"
#include "training/api/model_shape.h"

#include <QTest>

#include <functional>
#include <map>

using namespace mocoscope::training;
using torch::Tensor;

namespace {

bool hasPrefix(const std::map<std::string, Tensor>& state, const std::string& prefix)
{
    const auto found = state.lower_bound(prefix);
    return found != state.end() && found->first.starts_with(prefix);
}

std::int64_t count(const Bench& bench, const std::function<bool(const std::string&)>& isWanted)
{
    std::int64_t sum = 0;
    for (const auto& [name, tensor] : bench.parameters) {
        sum += isWanted(name) ? tensor.numel() : 0;
    }
    return sum;
}

} // namespace

class MethodsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { torch::set_num_threads(1); }

    void hasItsParts_data()
    {
        QTest::addColumn<QString>("framework");
        QTest::addColumn<bool>("momentumEncoder");
        QTest::addColumn<bool>("predictor");
        QTest::addColumn<bool>("prototypes");
        QTest::addColumn<bool>("queue");
        QTest::newRow("MoCo v3") << "moco_v3" << true << true << false << false;
        QTest::newRow("SimCLR") << "simclr" << false << false << false << false;
        QTest::newRow("BYOL") << "byol" << true << true << false << false;
        QTest::newRow("SwAV") << "swav" << false << false << true << false;
        QTest::newRow("MoCo v1") << "moco_v1" << true << false << false << true;
        QTest::newRow("MoCo v2") << "moco_v2" << true << false << false << true;
    }
    void hasItsParts()
    {
        QFETCH(QString, framework);
        QFETCH(bool, momentumEncoder);
        QFETCH(bool, predictor);
        QFETCH(bool, prototypes);
        QFETCH(bool, queue);
        const Bench bench(tinyConfig(framework));
        const auto state = bench.state();
        QVERIFY(hasPrefix(state, "base_encoder.head.0."));
        QCOMPARE(hasPrefix(state, "momentum_encoder."), momentumEncoder);
        QCOMPARE(bench.method->momentumBackbone() != nullptr, momentumEncoder);
        QCOMPARE(hasPrefix(state, "predictor."), predictor);
        QCOMPARE(hasPrefix(state, "prototypes."), prototypes);
        QCOMPARE(hasPrefix(state, "queue"), queue);
        const auto layers = bench.method->layerNames();
        QCOMPARE(layers.back(), predictor ? "predictor" : prototypes ? "prototypes" : "projector");
        if (momentumEncoder) { // it starts as a copy
            for (const auto& [name, tensor] : state) {
                const std::string prefix = "momentum_encoder.";
                if (name.starts_with(prefix)) {
                    QVERIFY(tensor.equal(state.at("base_encoder." + name.substr(prefix.size()))));
                    QVERIFY(!tensor.requires_grad());
                }
            }
        }
    }

    void learnsInFiveSteps_data() { addFrameworkRows(); }
    void learnsInFiveSteps()
    {
        QFETCH(QString, framework);
        const TrainingConfig config = tinyConfig(framework);
        Bench bench(config);
        const auto before = bench.state();
        const GradientMagnitude magnitude = bench.magnitude();
        for (int i = 0; i < 5; ++i) {
            const double loss = bench.gradients();
            QVERIFY2(std::isfinite(loss) && loss > 0, qPrintable(QString::number(loss)));
            const Tensor sizes = magnitude.measure();
            for (std::size_t layer = 0; layer < magnitude.layers().size(); ++layer) {
                QVERIFY2(sizes[0][std::int64_t(layer)].item<double>() > 0,
                         magnitude.layers()[layer].c_str());
            }
            bench.method->beforeUpdate(i / 5.0);
            bench.optimizer->step(1e-3);
            bench.method->afterUpdate();
        }
        for (const auto& [name, tensor] : bench.parameters) {
            const bool isFrozen
                = name.find("patch_embed") != std::string::npos || name.ends_with("pos_embed");
            QVERIFY2(tensor.detach().equal(before.at(name)) == isFrozen, name.c_str());
            QVERIFY2(tensor.requires_grad()
                         == (!isFrozen && !name.starts_with("momentum_encoder.")),
                     name.c_str());
        }
        QCOMPARE(magnitude.layers().front(), "blocks.0");
    }

    void learnsOnAResNet_data() { addFrameworkRows(); }
    void learnsOnAResNet()
    {
        QFETCH(QString, framework);
        TrainingConfig config = tinyConfig(framework);
        config.model = tinyResNet();
        config.train.batchSize = 8;
        Bench bench(config);
        for (int i = 0; i < 2; ++i) { // the second with the branches that start at 0
            QVERIFY(std::isfinite(bench.update(0)));
        }
        bench.gradients();
        const Tensor sizes = bench.magnitude().measure();
        QVERIFY((sizes[0] > 0).all().item<bool>());
        QVERIFY(sizes.isfinite().all().item<bool>());
        QCOMPARE(bench.buffer("base_encoder.bn1.num_batches_tracked").item<std::int64_t>(),
                 framework.startsWith("moco_v1") || framework.startsWith("moco_v2") ? 3 : 6);
    }

    void patchProjectionLearnsUnlessFrozen_data() { addFrameworkRows(); }
    void patchProjectionLearnsUnlessFrozen()
    {
        QFETCH(QString, framework);
        const std::string name = "base_encoder.patch_embed.proj.weight";
        TrainingConfig config = tinyConfig(framework);
        Bench frozen(config);
        frozen.gradients();
        QVERIFY(!frozen.parameter(name).grad().defined());
        config.model.freezePatchEmbed = false;
        Bench learned(config);
        learned.gradients();
        QVERIFY(learned.parameter(name).grad().abs().max().item<double>() > 0);
    }

    void microBatchesAreExact_data() { addFrameworkRows(); }
    void microBatchesAreExact()
    {
        QFETCH(QString, framework);
        const TrainingConfig config = tinyConfig(framework);
        Bench whole(config);
        Bench parts(config, /*microBatch=*/4);
        const double loss = whole.gradients();
        QVERIFY(std::abs(parts.gradients() - loss) <= 1e-6 * std::abs(loss));
        for (std::size_t i = 0; i < whole.parameters.size(); ++i) {
            const Tensor& expected = whole.parameters[i].second.grad();
            const Tensor& ours = parts.parameters[i].second.grad();
            QCOMPARE(ours.defined(), expected.defined());
            QVERIFY2(!ours.defined() || torch::allclose(ours, expected, 1e-3, 1e-6),
                     whole.parameters[i].first.c_str());
        }
    }

    /// Each BN of an encoder's head moves once for each view that it sees.
    void encodersSeeOnlyTheViewsTheyNeed_data()
    {
        QTest::addColumn<QString>("framework");
        QTest::addColumn<int>("views");
        QTest::newRow("MoCo v3") << "moco_v3" << 2;
        QTest::newRow("SimCLR") << "simclr" << 2;
        QTest::newRow("BYOL") << "byol" << 2;
        QTest::newRow("SwAV") << "swav" << 2;
        QTest::newRow("MoCo v2") << "moco_v2" << 1;
    }
    void encodersSeeOnlyTheViewsTheyNeed()
    {
        QFETCH(QString, framework);
        QFETCH(int, views);
        Bench bench(tinyConfig(framework));
        bench.gradients();
        int norms = 0;
        for (const auto& [name, tensor] : bench.state()) {
            if (name.ends_with("num_batches_tracked")) {
                QCOMPARE(tensor.item<std::int64_t>(), views);
                ++norms;
            }
        }
        QVERIFY(norms > 0);
    }

    void headsAreAsConfigured_data() { addFrameworkRows(); }
    void headsAreAsConfigured()
    {
        QFETCH(QString, framework);
        TrainingConfig config = tinyConfig(framework);
        for (const bool hasNorm : {true, false}) {
            for (const bool hasOutputNorm : {true, false}) {
                for (const int layers : {1, 2, 4}) {
                    config.method.headNorm = hasNorm;
                    config.method.predictorOutputNorm = hasOutputNorm;
                    config.method.projectorLayers = layers;
                    config.method.predictorLayers = layers;
                    compareHeads(config);
                }
            }
        }
        if (framework != "byol") {
            config.method.predictorLayers = 0;
            compareHeads(config);
            Bench bench(config);
            QVERIFY(!hasPrefix(bench.state(), "predictor."));
            QVERIFY(std::isfinite(bench.update(1)));
        }
    }

    void theEstimateCountsTheRealModules_data() { addFrameworkRows(); }
    void theEstimateCountsTheRealModules()
    {
        QFETCH(QString, framework);
        for (const bool isFrozen : {true, false}) {
            TrainingConfig config = tinyConfig(framework);
            config.model.freezePatchEmbed = isFrozen;
            const Bench bench(config);
            const CostEstimate cost = estimateCost(config);
            QCOMPARE(count(bench,
                           [](const std::string& name) {
                               return name.starts_with("base_encoder.")
                                   && !name.starts_with("base_encoder.head.")
                                   && !name.ends_with("pos_embed");
                           }),
                     cost.backboneParameters);
            std::int64_t trained = 0, state = 0;
            for (const auto& [name, tensor] : bench.parameters) {
                trained += tensor.requires_grad() ? tensor.numel() : 0;
                state += name.ends_with("pos_embed") ? 0 : tensor.numel();
            }
            QCOMPARE(trained, cost.trainableParameters);
            // weights, and a gradient and two moments of those that learn
            QVERIFY(cost.memoryBytes > 4.0 * double(state + 3 * trained));
        }
    }

    void momentumEncoderFollows_data() { addFrameworkRows(); }
    void momentumEncoderFollows()
    {
        QFETCH(QString, framework);
        Bench bench(tinyConfig(framework));
        if (bench.method->momentumBackbone() == nullptr) {
            bench.method->updateMomentumEncoder(0); // has nothing to move
            return;
        }
        bench.update(0);
        const auto before = bench.state();
        bench.gradients(/*momentum=*/0.9);
        for (const std::string name : {"norm.weight", "head.0.weight"}) {
            const Tensor expected = before.at("momentum_encoder." + name) * 0.9
                + before.at("base_encoder." + name) * 0.1;
            QVERIFY(
                torch::allclose(bench.parameter("momentum_encoder." + name), expected, 1e-5, 1e-7));
        }
    }

    void weightsComeFromTheSeed_data() { addFrameworkRows(); }
    void weightsComeFromTheSeed()
    {
        QFETCH(QString, framework);
        TrainingConfig config = tinyConfig(framework);
        const auto one = Bench(config).state(), same = Bench(config).state();
        config.train.seed = 99;
        const auto other = Bench(config).state();
        for (const auto& [name, tensor] : one) {
            QVERIFY2(tensor.equal(same.at(name)), name.c_str());
        }
        for (const char* drawn :
             {"base_encoder.head.0.weight", "predictor.0.weight", "prototypes.weight", "queue"}) {
            QVERIFY2(!one.contains(drawn) || !one.at(drawn).equal(other.at(drawn)), drawn);
        }
    }

    void prototypesAreFrozenThenLearn()
    {
        TrainingConfig config = tinyConfig("swav");
        config.method.freezePrototypesEpochs = 2;
        Bench bench(config);
        const Tensor first = bench.parameter("prototypes.weight").detach().clone();
        bench.update(0);
        bench.update(1.99);
        QVERIFY(torch::allclose(bench.parameter("prototypes.weight"), first, 1e-6, 1e-7));
        bench.update(2);
        const Tensor moved = bench.parameter("prototypes.weight").detach();
        QVERIFY(!torch::allclose(moved, first, 1e-4, 1e-5));
        QVERIFY(torch::allclose(moved.norm(2, 1), torch::ones({config.method.prototypes})));
    }

    void queueHoldsTheLastKeys()
    {
        Bench bench(tinyConfig("moco_v2")); // 40 keys, 16 a step
        const Tensor start = bench.buffer("queue").clone();
        QVERIFY(torch::allclose(start.norm(2, 1), torch::ones({40})));
        bench.gradients(); // a step that ends here leaves no trace
        QVERIFY(bench.buffer("queue").equal(start));
        const std::vector<std::int64_t> next {16, 32, 0, 16};
        for (const std::int64_t expected : next) {
            const Tensor before = bench.buffer("queue").clone();
            const std::int64_t from = bench.buffer("queue_ptr").item<std::int64_t>();
            bench.update(0);
            QCOMPARE(bench.buffer("queue_ptr").item<std::int64_t>(), expected);
            const std::int64_t to = expected == 0 ? 40 : expected;
            const Tensor isChanged = (bench.buffer("queue") != before).any(1);
            QVERIFY(isChanged.slice(0, from, to).all().item<bool>());
            QCOMPARE(isChanged.sum().item<std::int64_t>(), to - from);
            QVERIFY(torch::allclose(bench.buffer("queue").norm(2, 1), torch::ones({40})));
        }
    }

private:
    static void compareHeads(const TrainingConfig& config)
    {
        const Bench bench(config);
        const CostEstimate cost = estimateCost(config);
        QCOMPARE(count(bench,
                       [](const std::string& name) {
                           return name.starts_with("base_encoder.head.")
                               || name.starts_with("predictor.") || name.starts_with("prototypes.");
                       }),
                 cost.headParameters);
        const bool hasNorm = config.method.headNorm;
        const std::int64_t last = 3 * (config.method.projectorLayers - 1);
        const auto state = bench.state();
        const std::string head = "base_encoder.head.";
        QCOMPARE(state.contains(head + std::to_string(last) + ".bias"), !hasNorm);
        QCOMPARE(state.contains(head + std::to_string(last + 1) + ".running_mean"), hasNorm);
        if (hasPrefix(state, "predictor.")) {
            const std::int64_t end = 3 * (config.method.predictorLayers - 1) + 1;
            QCOMPARE(state.contains("predictor." + std::to_string(end) + ".running_mean"),
                     hasNorm && config.method.predictorOutputNorm);
        }
    }
};

QTEST_GUILESS_MAIN(MethodsTest)
#include "methods_test.moc"
