// SPDX-License-Identifier: GPL-3.0-or-later
// t-SNE against scikit-learn (the case `tsne` of tests/golden), autograd and differences.
#include "golden_case.h"
#include "training/evaluation/feature_space.h"
#include "training/evaluation/tsne.h"

#include <QElapsedTimer>
#include <QTest>

#include <algorithm>
#include <cmath>

using namespace mocoscope::training;
using torch::Tensor;

namespace {

const TsneProgress silent = [](std::int64_t, std::int64_t) {};

/// Groups of ten in `width` dimensions, the same on every machine.
Tensor groups(std::int64_t rows, std::int64_t width = 6)
{
    const Tensor row = torch::arange(rows, torch::kFloat64).unsqueeze(1);
    const Tensor column = torch::arange(1, width + 1, torch::kFloat64).unsqueeze(0);
    return 3 * (1.7 * torch::floor(row / 10) * column).cos() + 0.5 * (12.9 * row * column).sin();
}

Tensor planeOf(const Tensor& x)
{
    return projectOntoPlane(x).points;
}

TsneLayout layOut(const Tensor& x, const Tensor& start, const TsneOptions& options = {})
{
    auto layout = layOutByTsne(x, start, options, silent, {});
    if (!layout) {
        throw std::runtime_error(toText(layout.error()));
    }
    return std::move(*layout);
}

/// The whole table of what scikit-learn has as a triangle.
Tensor squareOf(const Tensor& triangle, std::int64_t rows)
{
    Tensor square = torch::zeros({rows, rows}, torch::kFloat64);
    const Tensor places = torch::triu_indices(rows, rows, 1);
    square.index_put_({places[0], places[1]}, triangle.to(torch::kFloat64));
    return square + square.t();
}

/// Divergence written down anew, with operations that autograd knows.
Tensor divergenceBySums(const Tensor& joint, const Tensor& points)
{
    const Tensor away = (points.unsqueeze(1) - points.unsqueeze(0)).pow(2).sum(2);
    const Tensor off = 1 - torch::eye(points.size(0), torch::kFloat64);
    const Tensor weights = off / (1 + away);
    const Tensor q = weights / weights.sum();
    return (joint * ((joint + 1e-300).log() - (q + 1e-300).log()) * off).sum();
}

/// How far the `count` nearest in a layout are from being among the nearest of x: 1 is best.
/// Source: Venna, Kaski 2001.
double trustworthiness(const Tensor& x, const Tensor& points, std::int64_t count)
{
    const auto order = [](const Tensor& table) {
        Tensor away = squaredDistances(table);
        away.fill_diagonal_(-1); // each is its own first
        return away.argsort(/*stable=*/true, 1);
    };
    const std::int64_t rows = x.size(0);
    const Tensor ranks = order(x).argsort(std::int64_t {1}); // of each other, from 1
    const Tensor nearest = order(points).slice(1, 1, count + 1);
    const Tensor beyond = (ranks.gather(1, nearest) - count).clamp_min(0);
    const auto n = static_cast<double>(rows);
    const auto k = static_cast<double>(count);
    return 1 - 2 / (n * k * (2 * n - 3 * k - 1)) * beyond.sum().item<double>();
}

} // namespace

class TsneTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { m_golden = readGolden("tsne"); }

    void jointProbabilitiesAreThoseOfScikitLearn()
    {
        const std::int64_t rows = m_golden.at("x").size(0);
        const Tensor expected = squareOf(m_golden.at("joint"), rows);
        const Tensor joint = goldenJoint();
        qInfo("largest difference of joint probabilities: %g of %g",
              largestDifference(joint, expected), expected.max().item<double>());
        QVERIFY(largestDifference(joint, expected) < 1e-6);
        QVERIFY(torch::allclose(joint, expected, 1e-4, 1e-8));
    }

    void gradientIsThatOfScikitLearn()
    {
        const Tensor joint = squareOf(m_golden.at("joint"), m_golden.at("x").size(0));
        const Tensor& probe = m_golden.at("probe");
        const Tensor& expected = m_golden.at("probe_gradient");
        QVERIFY(torch::allclose(tsneGradient(joint, probe), expected, 1e-6,
                                1e-6 * expected.abs().max().item<double>()));
        const double divergence = m_golden.description.at("values").at("probe_divergence");
        QVERIFY(std::abs(tsneDivergence(joint, probe) - divergence) < 1e-6 * divergence);
    }

    void layoutIsAsGoodAsThatOfScikitLearn()
    {
        const auto& values = m_golden.description.at("values");
        const Tensor& x = m_golden.at("x");
        QElapsedTimer timer;
        timer.start();
        TsneOptions options;
        options.perplexity = m_golden.hyper().at("perplexity");
        const TsneLayout layout = layOut(x, planeOf(x), options);
        const double seconds = static_cast<double>(timer.elapsed()) / 1000;
        const std::int64_t neighbours = m_golden.hyper().at("neighbours");
        const double trust = trustworthiness(x, layout.points, neighbours);
        const std::vector<double> divergences = values.at("divergences");
        const std::vector<double> trusts = values.at("trustworthiness");
        const auto [least, most] = std::ranges::minmax(divergences);
        const auto [worst, best] = std::ranges::minmax(trusts);
        qInfo("%lld rows in %.2f s: divergence %.4f (scikit-learn %.4f to %.4f), trustworthiness "
              "%.4f (%.4f to %.4f)",
              static_cast<long long>(x.size(0)), seconds, layout.divergence, least, most, trust,
              worst, best);
        QCOMPARE(layout.perplexity, options.perplexity);
        const double room = most - least;
        QVERIFY(layout.divergence > 0.95 * least - room && layout.divergence < 1.05 * most + room);
        QVERIFY(trust > worst - 0.01 && trust < best + 0.01);
        // what judges ours says of theirs what they say
        QVERIFY(std::abs(trustworthiness(x, m_golden.at("points"), neighbours) - trusts.front())
                < 1e-3);
        QVERIFY(std::abs(tsneDivergence(goldenJoint(), m_golden.at("points").to(torch::kFloat64))
                         - divergences.front())
                < 1e-3 * divergences.front());
    }

    void entropiesAreThoseOfThePerplexity()
    {
        // Not of the symmetric ones: of a table whose rows are alike but for their order.
        const Tensor angle = torch::arange(24, torch::kFloat64) * (2 * M_PI / 24);
        const Tensor circle = torch::stack({angle.cos(), angle.sin()}, 1);
        const Tensor joint = jointProbabilities(squaredDistances(circle), 7);
        QVERIFY(torch::allclose(joint, joint.t(), 0, 0));
        QVERIFY(std::abs(joint.sum().item<double>() - 1) < 1e-12);
        QVERIFY(joint.diagonal().abs().max().item<double>() == 0);
        const Tensor rows = joint / joint.sum(1, true);
        const Tensor perplexities = (-torch::xlogy(rows, rows).sum(1)).exp();
        QVERIFY(torch::allclose(perplexities, torch::full({24}, 7.0, torch::kFloat64), 0, 1e-6));
    }

    void gradientIsThatOfAutograd()
    {
        const Tensor joint = jointProbabilities(squaredDistances(groups(40)), 8);
        Tensor points = 4 * groups(40, 2);
        const Tensor analytic = tsneGradient(joint, points);
        points.requires_grad_();
        divergenceBySums(joint, points).backward();
        QVERIFY(analytic.abs().max().item<double>() > 1e-4);
        QVERIFY(torch::allclose(analytic, points.grad(), 1e-9, 1e-12));
    }

    void gradientIsThatOfDifferences()
    {
        const Tensor joint = jointProbabilities(squaredDistances(groups(20)), 5);
        const Tensor points = groups(20, 2);
        const Tensor analytic = tsneGradient(joint, points);
        constexpr double step = 1e-5;
        for (std::int64_t row = 0; row < 20; ++row) {
            for (std::int64_t axis = 0; axis < 2; ++axis) {
                Tensor moved = points.clone();
                moved[row][axis] += step;
                const double above = tsneDivergence(joint, moved);
                moved[row][axis] -= 2 * step;
                const double below = tsneDivergence(joint, moved);
                const double expected = (above - below) / (2 * step);
                QVERIFY(std::abs(analytic[row][axis].item<double>() - expected) < 1e-8);
            }
        }
    }

    void sameEachTimeOnAnyNumberOfThreads()
    {
        const Tensor x = groups(200, 20); // large enough that LibTorch spreads it over threads
        const Tensor start = planeOf(x);
        const int before = torch::get_num_threads();
        std::vector<Tensor> all;
        for (const int threads : {1, 2, 2}) {
            torch::set_num_threads(threads);
            all.push_back(layOut(x, start, {30, 300}).points);
        }
        torch::set_num_threads(before);
        QVERIFY(all[1].equal(all[2]));
        QVERIFY(all[0].equal(all[1]));
    }

    void groupsLieApart()
    {
        const Tensor x = groups(60);
        const TsneLayout layout = layOut(x, planeOf(x));
        const Tensor away = squaredDistances(layout.points);
        const Tensor group = torch::arange(60).div(10, "floor");
        const Tensor isSame = group.unsqueeze(1) == group.unsqueeze(0);
        QVERIFY(away.masked_select(isSame).max().item<double>()
                < away.masked_select(~isSame).min().item<double>());
        QVERIFY(layout.points.mean(0).abs().max().item<double>() < 1e-9);
    }

    void startIsScaled()
    {
        const Tensor x = groups(50, 2) + 7;
        const Tensor start = tsneStart(x);
        const Tensor plane = planeOf(start);
        QVERIFY(std::abs(plane.select(1, 0).std(/*unbiased=*/false).item<double>() - 1e-4) < 1e-12);
        QVERIFY(torch::allclose(start / start[0][0], (x - x.mean(0)) / (x - x.mean(0))[0][0], 1e-9,
                                1e-9));
    }

    void fewRowsHaveALowerPerplexity()
    {
        QCOMPARE(perplexityFor(500, 30), 30.0);
        QCOMPARE(perplexityFor(91, 30), 30.0);
        QCOMPARE(perplexityFor(31, 30), 10.0);
        QCOMPARE(perplexityFor(3, 30), 1.0);
        for (const std::int64_t rows : {2, 3, 4, 10}) {
            const Tensor x = groups(rows);
            const TsneLayout layout = layOut(x, planeOf(x));
            QVERIFY(layout.points.isfinite().all().item<bool>());
            QCOMPARE(layout.perplexity, perplexityFor(rows, 30));
        }
        QCOMPARE(layOut(groups(1), torch::zeros({1, 2})).points.size(0), 1);
    }

    /// Of a collapsed network.
    void rowsThatAreAlikeStayTogether()
    {
        const Tensor alike = layOut(torch::ones({20, 5}), torch::zeros({20, 2})).points;
        QVERIFY(alike.equal(torch::zeros({20, 2}, torch::kFloat64)));
        Tensor x = groups(40);
        x[7] = x[3];
        const Tensor points = layOut(x, planeOf(x)).points;
        QVERIFY(points.isfinite().all().item<bool>());
        QVERIFY((points[7] - points[3]).abs().max().item<double>() < 1e-6);
    }

    void stopsAndSaysHowFarItIs()
    {
        std::stop_source stop;
        std::int64_t last = -1;
        const auto stopped = layOutByTsne(
            groups(30), planeOf(groups(30)), {},
            [&](std::int64_t done, std::int64_t total) {
                QCOMPARE(total, 1000);
                last = done;
                if (done == 500) {
                    stop.request_stop();
                }
            },
            stop.get_token());
        QVERIFY(stopped.error().code == ErrorCode::Cancelled);
        QCOMPARE(last, 500);
        QVERIFY(layOutByTsne(groups(30), planeOf(groups(30)), {},
                             [&](std::int64_t done, std::int64_t) { last = done; }, {}));
        QCOMPARE(last, 1000);
    }

    void tooManyRowsAreRefused()
    {
        const auto refused
            = layOutByTsne(torch::zeros({4001, 2}), torch::zeros({4001, 2}), {}, silent, {});
        QVERIFY(refused.error().code == ErrorCode::BadArgument);
        QVERIFY(toText(refused.error()).find("at most 4000") != std::string::npos);
    }

private:
    Tensor goldenJoint() const
    {
        return jointProbabilities(squaredDistances(m_golden.at("x")),
                                  m_golden.hyper().at("perplexity"));
    }
    GoldenCase m_golden;
};

QTEST_GUILESS_MAIN(TsneTest)
#include "tsne_test.moc"
