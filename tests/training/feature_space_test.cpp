// SPDX-License-Identifier: GPL-3.0-or-later
// What pictures of features are computed from, each against another way to compute it.
#include "training/evaluation/feature_space.h"
#include "training/models/vision_transformer.h"

#include <QTest>

#include <cmath>

using namespace mocoscope::training;
using torch::Tensor;

namespace {

VitShape tinyShape()
{
    VitShape shape;
    shape.imageSize = 32;
    shape.patchSize = 8;
    shape.depth = 3;
    shape.width = 24;
    shape.heads = 3;
    shape.hidden = 48;
    return shape;
}

std::map<std::string, Tensor> weightsOf(const torch::nn::Module& module)
{
    std::map<std::string, Tensor> all;
    for (const auto& entry : module.named_parameters()) {
        all[entry.key()] = entry.value().detach();
    }
    return all;
}

/// Every weight and bias a random number, so that nothing is 0 by its start.
void randomise(torch::nn::Module& module)
{
    const torch::NoGradGuard noGradient;
    for (Tensor& parameter : module.parameters()) {
        parameter.normal_(0, 0.3);
    }
}

Tensor features(std::int64_t rows, std::int64_t width)
{
    torch::manual_seed(4);
    return torch::randn({rows, width}) * torch::linspace(3, 0.1, width) + 0.5;
}

} // namespace

class FeatureSpaceTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { torch::manual_seed(2); }

    void attentionIsThatOfTheForwardPass_data()
    {
        QTest::addColumn<int>("block");
        QTest::newRow("first") << 0;
        QTest::newRow("second") << 1;
        QTest::newRow("last") << 2;
    }
    /// The weights, through values, projection and MLP, give the block's own output, which comes
    /// from LibTorch's fused attention.
    void attentionIsThatOfTheForwardPass()
    {
        QFETCH(int, block);
        const torch::NoGradGuard noGradient;
        VisionTransformer network(tinyShape(), false, at::make_generator<at::CPUGeneratorImpl>(1));
        randomise(network);
        network.eval();
        std::map<std::string, Tensor> outputs;
        static_cast<void>(network.forward(
            torch::randn({4, 3, 32, 32}), Precision::Fp32,
            [&](const std::string& layer, const Tensor& output) { outputs[layer] = output; }));
        const Tensor x = outputs.at(VisionTransformer::layerBefore(block));
        const Tensor attention = network.classTokenAttention(block, x, Precision::Fp32);
        QCOMPARE(attention.sizes(), torch::IntArrayRef({4, 3, 17}));
        QVERIFY(torch::allclose(attention.sum(2), torch::ones({4, 3}), 0, 1e-6));
        QVERIFY(attention.min().item<float>() >= 0);
        QVERIFY(attention.std(2).min().item<float>() > 1e-3); // no head looks at all alike

        auto w = weightsOf(network);
        const std::string at = "blocks." + std::to_string(block) + ".";
        const auto weight = [&](const char* name) { return w.at(at + name); };
        const Tensor normed
            = torch::layer_norm(x, {24}, weight("norm1.weight"), weight("norm1.bias"), 1e-6);
        const Tensor value = torch::linear(normed, weight("attn.qkv.weight").slice(0, 48),
                                           weight("attn.qkv.bias").slice(0, 48))
                                 .view({4, 17, 3, 8})
                                 .transpose(1, 2); // [B, H, T, D]
        const Tensor mixed = attention.unsqueeze(2).matmul(value).reshape({4, 24});
        const Tensor between = x.select(1, 0)
            + torch::linear(mixed, weight("attn.proj.weight"), weight("attn.proj.bias"));
        const Tensor hidden = torch::linear(
            torch::layer_norm(between, {24}, weight("norm2.weight"), weight("norm2.bias"), 1e-6),
            weight("mlp.fc1.weight"), weight("mlp.fc1.bias"));
        const Tensor byHand = between
            + torch::linear(torch::gelu(hidden), weight("mlp.fc2.weight"), weight("mlp.fc2.bias"));
        const Tensor own = outputs.at("blocks." + std::to_string(block)).select(1, 0);
        const double difference = (byHand - own).abs().max().item<double>();
        QVERIFY2(difference < 1e-5 * own.abs().max().item<double>(),
                 std::to_string(difference).c_str());
    }

    void neighboursAreThoseOfBruteForce()
    {
        const Tensor x = features(40, 7);
        const Neighbours found = nearestNeighbours(x, 5);
        QCOMPARE(found.images.sizes(), torch::IntArrayRef({40, 5}));
        for (std::int64_t row = 0; row < 40; ++row) {
            std::vector<std::pair<double, std::int64_t>> all;
            for (std::int64_t other = 0; other < 40; ++other) {
                double dot = 0;
                double one = 0;
                double two = 0;
                for (std::int64_t i = 0; i < 7; ++i) {
                    const double a = x[row][i].item<double>();
                    const double b = x[other][i].item<double>();
                    dot += a * b;
                    one += a * a;
                    two += b * b;
                }
                if (other != row) {
                    all.emplace_back(-dot / std::sqrt(one * two), other);
                }
            }
            std::sort(all.begin(), all.end());
            for (std::int64_t i = 0; i < 5; ++i) {
                const auto& expected = all[static_cast<std::size_t>(i)];
                QCOMPARE(found.images[row][i].item<std::int64_t>(), expected.second);
                QVERIFY(std::abs(found.cosines[row][i].item<double>() + expected.first) < 1e-6);
            }
        }
    }

    void fewImagesHaveFewNeighbours()
    {
        QCOMPARE(nearestNeighbours(features(3, 4), 12).images.sizes(), torch::IntArrayRef({3, 2}));
        // all alike: each has the others, in their order
        const Neighbours alike = nearestNeighbours(torch::ones({4, 3}), 3);
        QVERIFY(alike.images.select(0, 2).equal(torch::tensor({0, 1, 3}, torch::kInt64)));
    }

    void planeIsThatOfASingularValueDecomposition()
    {
        const Tensor x = features(60, 9).to(torch::kFloat64);
        const PlaneProjection plane = projectOntoPlane(x);
        const Tensor centred = x - x.mean(0, true);
        const auto [u, singular, vt] = torch::linalg_svd(centred, false);
        for (std::int64_t i = 0; i < 2; ++i) {
            const Tensor direction = vt[i];
            const double sign = direction.dot(plane.directions[i]).item<double>() < 0 ? -1 : 1;
            QVERIFY(torch::allclose(plane.directions[i], sign * direction, 1e-8, 1e-8));
            QVERIFY(torch::allclose(plane.points.select(1, i), sign * u.select(1, i) * singular[i],
                                    1e-8, 1e-8));
            const Tensor largest = plane.directions[i].abs().argmax();
            QVERIFY(plane.directions[i][largest].item<double>() > 0);
        }
        const Tensor variances = singular.square();
        QVERIFY(std::abs(plane.share
                         - (variances.slice(0, 0, 2).sum() / variances.sum()).item<double>())
                < 1e-10);
        QVERIFY(projectOntoPlane(x.clone()).points.equal(plane.points)); // the same each time
    }

    void planeOfLittleIsZero()
    {
        const PlaneProjection alike = projectOntoPlane(torch::ones({5, 3}));
        QCOMPARE(alike.share, 0.0);
        QVERIFY(alike.points.abs().max().item<double>() < 1e-12);
        const PlaneProjection line = projectOntoPlane(torch::tensor({{1.0F}, {3.0F}}));
        QVERIFY(line.points.equal(torch::tensor({{-1.0, 0.0}, {1.0, 0.0}}, torch::kFloat64)));
        QCOMPARE(line.share, 1.0);
    }

    void alignmentUndoesTurnsAndMirrors_data()
    {
        QTest::addColumn<double>("angle");
        QTest::addColumn<bool>("isMirrored");
        for (const double angle : {0.0, 0.4, 3.0}) {
            QTest::addRow("turned by %.1f", angle) << angle << false;
            QTest::addRow("turned by %.1f, mirrored", angle) << angle << true;
        }
    }
    void alignmentUndoesTurnsAndMirrors()
    {
        QFETCH(double, angle);
        QFETCH(bool, isMirrored);
        // Not along its own axes, for which any order of the two rotations would do.
        const Tensor shear = torch::tensor({{1.0, 0.7}, {0.0, 1.0}}, torch::kFloat64);
        const Tensor reference = features(30, 2).to(torch::kFloat64).mm(shear);
        Tensor turn = torch::tensor(
            {{std::cos(angle), std::sin(angle)}, {-std::sin(angle), std::cos(angle)}},
            torch::kFloat64);
        if (isMirrored) {
            turn = turn.mm(torch::tensor({{1.0, 0.0}, {0.0, -1.0}}, torch::kFloat64));
        }
        QVERIFY(
            torch::allclose(alignedPoints(reference.mm(turn), reference), reference, 1e-9, 1e-9));
        // and of noisy ones it changes no distance
        const Tensor noisy = reference.mm(turn) + 0.1 * torch::randn_like(reference);
        const Tensor aligned = alignedPoints(noisy, reference);
        QVERIFY(torch::allclose(torch::pdist(aligned), torch::pdist(noisy), 1e-9, 1e-9));
        QVERIFY((aligned - reference).norm().item<double>()
                <= (noisy - reference).norm().item<double>() + 1e-9);
    }
};

QTEST_GUILESS_MAIN(FeatureSpaceTest)
#include "feature_space_test.moc"
