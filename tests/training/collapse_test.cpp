// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/monitors/collapse.h"

#include <QTest>

#include <cmath>

using namespace mocoscope::training;
using torch::Tensor;

namespace {

Tensor randomFeatures(std::int64_t images, std::int64_t width)
{
    torch::manual_seed(11);
    return torch::randn({images, width});
}

/// The definition, pair by pair.
double uniformityPairByPair(const Tensor& features)
{
    const Tensor x = features.to(torch::kFloat64);
    const Tensor unit = x / x.norm(2, 1, true);
    double sum = 0;
    int pairs = 0;
    for (std::int64_t i = 0; i < unit.size(0); ++i) {
        for (std::int64_t j = 0; j < i; ++j) {
            sum += std::exp(-2 * (unit[i] - unit[j]).square().sum().item<double>());
            ++pairs;
        }
    }
    return std::log(sum / pairs);
}

} // namespace

class CollapseTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void spreadFeatures()
    {
        const CollapseSigns signs = collapseSigns(randomFeatures(4000, 16));
        QVERIFY(std::abs(signs.featureDeviation - 1) < 0.01);
        QVERIFY(signs.effectiveRank > 15.9 && signs.effectiveRank <= 16.0001);
        QVERIFY(signs.uniformity < -3.3 && signs.uniformity > -4);
        QCOMPARE(signs.deadShare, 0.0);
    }

    void uniformityIsThatOfItsDefinition()
    {
        const Tensor features = randomFeatures(40, 5);
        const double expected = uniformityPairByPair(features);
        QVERIFY(std::abs(collapseSigns(features).uniformity - expected) < 1e-6);
        // Of more images than are paired, those taken are spread over all of them: the first
        // half alone would look like one place.
        const Tensor many = torch::cat({randomFeatures(3000, 5) + 5, randomFeatures(3000, 5) - 5});
        const Tensor unit = many / many.norm(2, 1, true);
        const double all = torch::exp(-2 * torch::pdist(unit).square()).mean().log().item<double>();
        QVERIFY(std::abs(collapseSigns(many).uniformity - all) < 0.02);
        QVERIFY(collapseSigns(many.slice(0, 0, 2000)).uniformity > all + 0.3);
    }

    void allAlike()
    {
        const CollapseSigns signs = collapseSigns(torch::ones({30, 8}));
        QCOMPARE(signs.featureDeviation, 0.0);
        QCOMPARE(signs.effectiveRank, 1.0);
        QCOMPARE(signs.uniformity, 0.0);
        QCOMPARE(signs.deadShare, 1.0);
    }

    void deadDimensions()
    {
        Tensor features = randomFeatures(300, 40);
        features.slice(1, 0, 10) = 3.5;
        features.slice(1, 10, 12) *= 1e-3;
        QVERIFY(std::abs(collapseSigns(features).deadShare - 0.3) < 1e-12);
    }

    void notFinite()
    {
        Tensor features = randomFeatures(10, 4);
        features[3][1] = std::nan("");
        const CollapseSigns signs = collapseSigns(features);
        for (const double sign :
             {signs.featureDeviation, signs.effectiveRank, signs.uniformity, signs.deadShare}) {
            QVERIFY(std::isnan(sign));
        }
    }

    void alignmentOfViews()
    {
        const Tensor x = randomFeatures(50, 6);
        QVERIFY(std::abs(alignment(x, 7 * x)) < 1e-6); // length does not count
        QVERIFY(std::abs(alignment(x, -x) - 4) < 1e-5);
        const Tensor axes = torch::eye(6);
        QVERIFY(std::abs(alignment(axes, axes.roll(1, 0)) - 2) < 1e-6);
    }
};

QTEST_GUILESS_MAIN(CollapseTest)
#include "collapse_test.moc"
