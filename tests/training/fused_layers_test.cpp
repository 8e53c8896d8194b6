// SPDX-License-Identifier: GPL-3.0-or-later
// The blocks' own autograd nodes against LibTorch's operators, forward and backward.
#include "training/models/fused_layers.h"

#include <QTest>

#include <cmath>

using namespace mocoscope::training;
using torch::Tensor;

namespace {

constexpr std::int64_t width = 24, hidden = 40, heads = 3, tokens = 7, batch = 4;

Tensor leaf(std::vector<std::int64_t> shape, double scale = 1)
{
    return (torch::randn(shape) * scale).requires_grad_();
}

Tensor norm(const Tensor& x, const Tensor& weight, const Tensor& bias)
{
    return at::layer_norm(x, {x.size(-1)}, weight, bias, 1e-6);
}

/// Largest difference relative to the largest element of `expected`.
double error(const Tensor& ours, const Tensor& expected)
{
    return ((ours - expected).abs().max() / expected.abs().max()).item<double>();
}

/// Outputs and the gradients of all leaves for a random direction.
std::vector<Tensor> withGradients(const Tensor& output, const std::vector<Tensor>& leaves)
{
    torch::manual_seed(5);
    const Tensor direction = torch::randn(output.sizes());
    const auto gradients
        = torch::autograd::grad({(output.to(torch::kFloat32) * direction).sum()}, leaves);
    std::vector<Tensor> all {output.detach().to(torch::kFloat32)};
    all.insert(all.end(), gradients.begin(), gradients.end());
    return all;
}

} // namespace

class FusedLayersTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { torch::manual_seed(1); }

    void blocksParts_data()
    {
        QTest::addColumn<bool>("isBf16");
        QTest::addColumn<double>("tolerance");
        QTest::newRow("fp32") << false << 2e-6;
        QTest::newRow("bf16") << true << 3e-2; // eight bits of mantissa
    }

    void blocksParts()
    {
        QFETCH(bool, isBf16);
        const Precision precision = isBf16 ? Precision::Bf16 : Precision::Fp32;
        const Tensor x = leaf({batch, tokens, width}), y = leaf({batch, tokens, hidden});
        const Tensor g = leaf({width}), b = leaf({width});
        const Tensor w1 = leaf({hidden, width}, 0.3), b1 = leaf({hidden});
        const Tensor w2 = leaf({width, hidden}, 0.3), b2 = leaf({width});

        compare(withGradients(normLinear(x, g, b, 1e-6, w1, b1, precision), {x, g, b, w1, b1}),
                withGradients(at::linear(norm(x, g, b), w1, b1), {x, g, b, w1, b1}));
        const Tensor low = isBf16 ? y.to(torch::kBFloat16) : y;
        compare(withGradients(addLinear(x, low, w2, b2, precision), {x, y, w2, b2}),
                withGradients(x + at::linear(y, w2, b2), {x, y, w2, b2}));
        const std::vector<Tensor> leaves {x, g, b, w1, b1, w2, b2};
        compare(withGradients(addNormMlp(x, {g, b, w1, b1, w2, b2}, 1e-6, precision), leaves),
                withGradients(x + at::linear(at::gelu(at::linear(norm(x, g, b), w1, b1)), w2, b2),
                              leaves));
    }

    void attention_data()
    {
        QTest::addColumn<bool>("isBf16");
        QTest::addColumn<int>("length");
        QTest::addColumn<double>("tolerance");
        QTest::newRow("fp32") << false << 7 << 2e-6;
        QTest::newRow("bf16, weights kept") << true << 7 << 3e-2;
        QTest::newRow("bf16, weights made again") << true << 50 << 3e-2;
    }

    void attention()
    {
        QFETCH(bool, isBf16);
        QFETCH(int, length);
        const Tensor qkv = leaf({batch, length, 3 * width});
        const auto parts
            = qkv.view({batch, length, 3, heads, width / heads}).permute({2, 0, 3, 1, 4});
        const Tensor scores
            = at::matmul(parts[0], parts[1].transpose(-2, -1)) / std::sqrt(double(width / heads));
        const Tensor expected = at::matmul(scores.softmax(-1), parts[2])
                                    .transpose(1, 2)
                                    .reshape({batch, length, width});
        const Tensor ours = selfAttention(isBf16 ? qkv.to(torch::kBFloat16) : qkv, heads);
        compare(withGradients(ours, {qkv}), withGradients(expected, {qkv}));
    }

private:
    static void compare(const std::vector<Tensor>& ours, const std::vector<Tensor>& expected)
    {
        QFETCH(double, tolerance);
        QCOMPARE(ours.size(), expected.size());
        for (std::size_t i = 0; i < ours.size(); ++i) {
            const double difference = error(ours[i], expected[i]);
            QVERIFY2(difference <= tolerance,
                     qPrintable(QStringLiteral("tensor %1: %2").arg(i).arg(difference)));
        }
    }
};

QTEST_GUILESS_MAIN(FusedLayersTest)
#include "fused_layers_test.moc"
