// SPDX-License-Identifier: GPL-3.0-or-later
// The arithmetic of linear probing and fine-tuning against plain definitions.
#include "training/evaluation/classifier.h"
#include "training/evaluation/linear_probe.h"
#include "training/evaluation/mixing.h"
#include "training/evaluation/test_score.h"

#include <QTest>

#include <cmath>
#include <set>

using namespace mocoscope::training;
using torch::Tensor;

namespace {

torch::Generator generator(std::uint64_t seed = 1)
{
    return at::make_generator<at::CPUGeneratorImpl>(seed);
}

Optimizer::NamedTensors named(const torch::nn::Module& module)
{
    Optimizer::NamedTensors all;
    for (const auto& entry : module.named_parameters()) {
        all.emplace_back(entry.key(), entry.value());
    }
    return all;
}

ModelConfig tinyModel()
{
    ModelConfig model;
    model.name = "vit_tiny";
    model.imageSize = 16;
    model.patchSize = 8;
    model.depth = 3;
    model.width = 24;
    model.heads = 2;
    model.freezePatchEmbed = false;
    return model;
}

double largest(const Tensor& a, const Tensor& b)
{
    return (a - b).abs().max().item<double>();
}

/// One step of all classifiers.
void learn(LinearProbe& probe, Optimizer& optimizer, const Tensor& features, const Tensor& labels,
           double share = 1)
{
    optimizer.zeroGradients();
    lossOfEach(probe->forward(features), labels).sum().backward();
    optimizer.step(share);
}

} // namespace

class ProtocolPartsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void probesStartAsTheStudyStartsThem()
    {
        const LinearProbe probe(3, 400, 50, generator());
        const Tensor weight = probe->named_parameters()["weight"];
        QVERIFY(std::abs(weight.std().item<double>() - 0.01) < 2e-4);
        QVERIFY(weight[0].equal(weight[2]));
        QCOMPARE(probe->named_parameters()["bias"].abs().max().item<double>(), 0.0);
    }

    /// Side by side as if each were alone with torch's own SGD.
    void sweptRatesAreThoseOfTorch()
    {
        torch::manual_seed(2);
        const std::vector<double> rates {0.1, 1, 7};
        LinearProbe probe(3, 6, 4, generator());
        const auto optimizer = makeSweepSgd(named(*probe), rates, 0.9, 1e-2);
        std::vector<torch::nn::Linear> alone;
        std::vector<std::unique_ptr<torch::optim::SGD>> theirs;
        for (std::size_t i = 0; i < rates.size(); ++i) {
            alone.emplace_back(6, 4);
            const torch::NoGradGuard noGradient;
            const auto row = static_cast<std::int64_t>(i);
            alone[i]->weight.copy_(probe->named_parameters()["weight"][row]);
            alone[i]->bias.zero_();
            theirs.push_back(std::make_unique<torch::optim::SGD>(
                alone[i]->parameters(),
                torch::optim::SGDOptions(0.5 * rates[i]).momentum(0.9).weight_decay(1e-2)));
        }
        for (int step = 0; step < 5; ++step) {
            const Tensor features = torch::randn({8, 6});
            const Tensor labels = torch::randint(4, {8}, torch::kInt64);
            learn(probe, *optimizer, features, labels, 0.5);
            for (std::size_t i = 0; i < rates.size(); ++i) {
                theirs[i]->zero_grad();
                torch::nn::functional::cross_entropy(alone[i]->forward(features), labels)
                    .backward();
                theirs[i]->step();
            }
        }
        for (std::int64_t i = 0; i < 3; ++i) {
            const auto& own = *alone[static_cast<std::size_t>(i)];
            QVERIFY(largest(probe->named_parameters()["weight"][i], own.weight) < 2e-5);
            QVERIFY(largest(probe->named_parameters()["bias"][i], own.bias) < 2e-5);
            const Tensor x = torch::randn({3, 6});
            QVERIFY(largest(probe->logitsOf(i, x), probe->forward(x)[i]) < 1e-5);
        }
    }

    /// On separable data gradient descent turns towards the largest margin, which is known here:
    /// two clouds that mirror each other, whose nearest points differ by (2, 1).
    void probeFindsTheLargestMargin()
    {
        const Tensor upper = torch::tensor({{1.0F, 0.5F}, {4.0F, -5.4F}, {-1.0F, 4.6F}});
        const Tensor features = torch::cat({upper, -upper});
        const Tensor labels = torch::tensor({0, 0, 0, 1, 1, 1}, torch::kInt64);
        LinearProbe probe(1, 2, 2, generator());
        const auto optimizer = makeSweepSgd(named(*probe), {0.1}, 0.9, 0);
        for (int step = 0; step < 5000; ++step) {
            learn(probe, *optimizer, features, labels);
        }
        const Tensor weight = probe->named_parameters()["weight"][0].detach();
        const Tensor direction = weight[0] - weight[1];
        const auto cosine
            = torch::cosine_similarity(direction, torch::tensor({2.0F, 1.0F}), 0).item<double>();
        // The difference of the clouds' means, where it begins, has a cosine of 0.85.
        QVERIFY2(cosine > 0.9999, std::to_string(cosine).c_str());
        QCOMPARE(scoreOf(probe->logitsOf(0, features), labels).top1, 100.0);
    }

    void linearRatesFallOnceAnEpoch()
    {
        QCOMPARE(linearRateShare(0, 90), 1.0);
        QVERIFY(std::abs(linearRateShare(45, 90) - 0.5) < 1e-12);
        QVERIFY(std::abs(linearRateShare(30, 90) - 0.75) < 1e-12);
    }

    void scoresCountRanks()
    {
        const Tensor logits = torch::tensor({{0.F, 1.F, 2.F, 3.F, 4.F, 5.F},
                                             {5.F, 4.F, 3.F, 2.F, 1.F, 0.F},
                                             {5.F, 4.F, 3.F, 2.F, 1.F, 0.F},
                                             {0.F, 9.F, 0.F, 0.F, 0.F, 0.F}});
        const Tensor labels = torch::tensor({5, 1, 5, 1}, torch::kInt64);
        const TestScore score = scoreOf(logits, labels);
        QCOMPARE(score.top1, 50.0);
        QCOMPARE(score.top5, 75.0);
        const Tensor expected = torch::nn::functional::cross_entropy(logits, labels);
        QVERIFY(std::abs(score.loss - expected.item<double>()) < 1e-6);
    }

    void layersLearnAtTheirShare()
    {
        const Classifier classifier(makeBackbone(tinyModel(), generator()), 5, generator());
        const auto share
            = [&](const char* parameter) { return rateShareOf(parameter, classifier, 0.5); };
        QCOMPARE(share("head.weight"), 1.0);
        QCOMPARE(share("base_encoder.norm.weight"), 1.0);
        QCOMPARE(share("base_encoder.blocks.2.mlp.fc1.weight"), 0.5);
        QCOMPARE(share("base_encoder.blocks.1.attn.qkv.bias"), 0.25);
        QCOMPARE(share("base_encoder.blocks.0.norm1.weight"), 0.125);
        QCOMPARE(share("base_encoder.patch_embed.proj.weight"), 0.0625);
        QCOMPARE(share("base_encoder.cls_token"), 0.0625);
        QCOMPARE(rateShareOf("base_encoder.cls_token", classifier, 1), 1.0);
        for (const auto& entry : classifier.named_parameters()) {
            const double each = rateShareOf(entry.key(), classifier, 0.5);
            QVERIFY2(each > 0 && each <= 1, entry.key().c_str());
        }
    }

    /// Without a final norm the head alone is above the last block.
    void layersBelowAHeadWithoutNorm()
    {
        ModelConfig pooled = tinyModel();
        pooled.pooling = "mean";
        const Classifier vit(makeBackbone(pooled, generator()), 5, generator());
        QCOMPARE(rateShareOf("head.weight", vit, 0.5), 1.0);
        QCOMPARE(rateShareOf("base_encoder.blocks.2.mlp.fc1.weight", vit, 0.5), 0.5);
        QCOMPARE(rateShareOf("base_encoder.patch_embed.proj.weight", vit, 0.5), 0.0625);
        ModelConfig residual;
        residual.name = "resnet18";
        residual.imageSize = 32;
        const Classifier resNet(makeBackbone(residual, generator()), 5, generator());
        QCOMPARE(rateShareOf("head.bias", resNet, 0.5), 1.0);
        QCOMPARE(rateShareOf("base_encoder.layer4.1.conv2.weight", resNet, 0.5), 0.5);
        QCOMPARE(rateShareOf("base_encoder.layer4.0.conv1.weight", resNet, 0.5), 0.25);
    }

    /// AdamW's first step moves each element by the rate; decay adds the rate's share of the
    /// weight.
    void layerwiseAdamWMovesEachLayerAtItsRate()
    {
        const Tensor matrix = torch::full({2, 2}, 3.0).set_requires_grad(true);
        const Tensor vector = torch::full({2}, 3.0).set_requires_grad(true);
        const auto optimizer = makeLayerwiseAdamW(
            {{"base_encoder.blocks.0.fc.weight", matrix}, {"head.bias", vector}}, {0.25, 1}, 0.1);
        (2 * matrix.sum() + 5 * vector.sum()).backward();
        optimizer->step(0.01);
        QVERIFY(largest(matrix, torch::full({2, 2}, 3.0 - 0.0025 * (1 + 0.1 * 3))) < 1e-6);
        QVERIFY(largest(vector, torch::full({2}, 3.0 - 0.01)) < 1e-6); // spared from decay
    }

    void fineTuningRates()
    {
        FinetuneConfig config;
        config.lr = 4e-3;
        config.batchSize = 256; // the peak is 2e-3
        config.epochs = 15;
        config.warmupEpochs = 5;
        QCOMPARE(finetuneRate(config, 0, 10), 1e-6);
        QVERIFY(std::abs(finetuneRate(config, 25, 10) - 1e-3) < 1e-6);
        QVERIFY(std::abs(finetuneRate(config, 50, 10) - 2e-3) < 1e-12);
        QVERIFY(std::abs(finetuneRate(config, 100, 10) - (1e-3 + 0.5e-5)) < 1e-9);
        QVERIFY(std::abs(finetuneRate(config, 150, 10) - 1e-5) < 1e-12);
    }

    void smoothedLabelsSumToOne()
    {
        const Tensor targets = smoothLabels(torch::tensor({2, 0}, torch::kInt64), 4, 0.1);
        const Tensor expected
            = torch::tensor({{0.025F, 0.025F, 0.925F, 0.025F}, {0.925F, 0.025F, 0.025F, 0.025F}});
        QVERIFY(largest(targets, expected) < 1e-6);
        const Tensor logits = torch::randn({2, 4});
        const auto theirs = torch::nn::functional::cross_entropy(
            logits, torch::tensor({2, 0}, torch::kInt64),
            torch::nn::functional::CrossEntropyFuncOptions().label_smoothing(0.1));
        QVERIFY(largest(softCrossEntropy(logits, targets), theirs) < 1e-6);
    }

    void mixupBlendsImagesAndLabelsAlike()
    {
        const Tensor images = torch::stack({torch::full({3, 4, 4}, 1.0), torch::zeros({3, 4, 4})});
        const Tensor targets = torch::eye(2);
        Mix mix;
        mix.share = 0.7;
        QVERIFY(largest(mixedImages(images, mix)[0], torch::full({3, 4, 4}, 0.7)) < 1e-6);
        QVERIFY(largest(mixedImages(images, mix)[1], torch::full({3, 4, 4}, 0.3)) < 1e-6);
        QVERIFY(largest(mixedTargets(targets, mix), torch::tensor({{0.7F, 0.3F}, {0.3F, 0.7F}}))
                < 1e-6);
    }

    void cutmixPastesTheShareOfItsLabel()
    {
        constexpr std::int64_t size = 20;
        const Tensor images
            = torch::stack({torch::ones({3, size, size}), torch::zeros({3, size, size})});
        std::set<double> shares;
        for (std::int64_t step = 0; step < 40; ++step) {
            const Mix mix = drawMix(0, 1, size, RandomStream(1, step, 0, RandomUse::Mixing));
            QVERIFY(mix.isPaste);
            const Tensor mixed = mixedImages(images, mix);
            QVERIFY(std::abs(mixed[0].mean().item<double>() - mix.share) < 1e-6);
            QVERIFY(std::abs(mixed[1].mean().item<double>() - (1 - mix.share)) < 1e-6);
            shares.insert(mix.share);
        }
        QVERIFY(shares.size() > 20);
        QCOMPARE(images[0].mean().item<double>(), 1.0); // the batch itself is left alone
    }

    void mixesAreDrawnFromTheBetaDistribution_data()
    {
        QTest::addColumn<double>("alpha");
        QTest::newRow("0.2") << 0.2;
        QTest::newRow("0.8") << 0.8;
        QTest::newRow("uniform") << 1.0;
        QTest::newRow("4") << 4.0;
    }
    void mixesAreDrawnFromTheBetaDistribution()
    {
        QFETCH(double, alpha);
        RandomStream random(1, 0, 0, RandomUse::Mixing);
        constexpr int count = 20000;
        double sum = 0;
        double squares = 0;
        for (int i = 0; i < count; ++i) {
            const double x = drawBeta(alpha, random);
            QVERIFY(x >= 0 && x <= 1);
            sum += x;
            squares += x * x;
        }
        const double mean = sum / count;
        const double variance = squares / count - mean * mean;
        QVERIFY(std::abs(mean - 0.5) < 0.015);
        QVERIFY(std::abs(variance - 1 / (4 * (2 * alpha + 1))) < 0.005);
    }

    void eachBatchTakesOneOfTheTwo()
    {
        int pasted = 0;
        for (std::int64_t step = 0; step < 400; ++step) {
            pasted += drawMix(0.8, 1, 16, RandomStream(2, step, 0, RandomUse::Mixing)).isPaste;
        }
        QVERIFY(pasted > 160 && pasted < 240);
        const Mix none = drawMix(0, 0, 16, RandomStream(2, 0, 0, RandomUse::Mixing));
        QVERIFY(!none.isPaste && none.share == 1);
    }

    /// The mean over many draws is the network without it, where the network is linear in its
    /// branches: one block.
    void droppedPathsKeepTheMean()
    {
        ModelConfig model = tinyModel();
        model.depth = 2; // the second block has the whole rate
        const auto backbone = makeBackbone(model, generator());
        const Tensor images = torch::randn({1, 3, 16, 16}, generator(5));
        const torch::NoGradGuard noGradient;
        backbone->eval();
        const Tensor plain = backbone->forward(images, Precision::Fp32);
        torch::Generator draws = generator(9);
        backbone->setDropPath(0.5, draws);
        QVERIFY(backbone->forward(images, Precision::Fp32).equal(plain)); // not in evaluation

        backbone->train();
        const Tensor many = images.expand({64, -1, -1, -1}).contiguous();
        std::set<double> kinds;
        for (int i = 0; i < 4; ++i) {
            const Tensor features = backbone->forward(many, Precision::Fp32);
            for (std::int64_t row = 0; row < 64; ++row) {
                kinds.insert(std::round(features[row].abs().sum().item<double>() * 1e3));
            }
        }
        // attention and MLP of the last block, each there or not, and twice as large where it is
        QVERIFY2(kinds.size() == 4, std::to_string(kinds.size()).c_str());

        draws.set_current_seed(4);
        const Tensor once = backbone->forward(many, Precision::Fp32);
        draws.set_current_seed(4);
        QVERIFY(backbone->forward(many, Precision::Fp32).equal(once));
        backbone->setDropPath(0, draws);
        QVERIFY(backbone->forward(images, Precision::Fp32).equal(plain));
    }
};

QTEST_GUILESS_MAIN(ProtocolPartsTest)
#include "protocol_parts_test.moc"
