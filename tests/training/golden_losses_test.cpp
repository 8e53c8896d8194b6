// SPDX-License-Identifier: GPL-3.0-or-later
// Losses of SimCLR, BYOL, SwAV and MoCo v1/v2, their gradients, SwAV's codes and the queue against
// lightly.
#include "golden_case.h"
#include "training/methods/byol.h"
#include "training/methods/moco_v1_v2.h"
#include "training/methods/simclr.h"
#include "training/methods/swav.h"

#include <QTest>

#include <limits>

using namespace mocoscope::training;
using torch::Tensor;

namespace {

Tensor leaf(const Tensor& tensor)
{
    return tensor.clone().requires_grad_();
}

/// rtol 1e-5 for losses and atol 1e-6 for gradients, as the golden data recommend.
/// A loss near 0 is the logarithm of a number near 1, where a float has steps of 1.2e-7: what is
/// below that is rounding in their value as well.
bool isSameLoss(const Tensor& ours, const Tensor& theirs)
{
    return torch::allclose(ours, theirs, 1e-5, std::numeric_limits<float>::epsilon());
}

bool isSameGradient(const Tensor& leaf, const Tensor& theirs)
{
    return largestDifference(leaf.grad(), theirs) <= 1e-6;
}

} // namespace

class GoldenLossesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void simclr()
    {
        const GoldenCase golden = readGolden("losses_simclr_byol_moco12");
        const std::string prefix = "ntxent_T";
        int cases = 0;
        for (const auto& [name, expected] : golden.tensors) {
            if (!name.starts_with(prefix) || expected.dim() != 0) {
                continue;
            }
            const double temperature = std::stod(name.substr(prefix.size()));
            const Tensor z0 = leaf(golden.at("z0")), z1 = leaf(golden.at("z1"));
            const Tensor loss = ntXentLoss(z0, z1, temperature);
            loss.backward();
            QVERIFY2(isSameLoss(loss, expected), name.c_str());
            QVERIFY2(isSameGradient(z0, golden.at(name + "_dz0")), name.c_str());
            QVERIFY2(isSameGradient(z1, golden.at(name + "_dz1")), name.c_str());
            ++cases;
        }
        QVERIFY(cases > 0);
    }

    void byol()
    {
        const GoldenCase golden = readGolden("losses_simclr_byol_moco12");
        const Tensor p0 = leaf(golden.at("p0")), p1 = leaf(golden.at("p1"));
        const Tensor loss
            = regressionLoss(p0, golden.at("z1")) + regressionLoss(p1, golden.at("z0"));
        loss.backward();
        QVERIFY(isSameLoss(loss, golden.at("byol_paper")));
        // The gradients are stored of lightly's ½(−cos − cos), a quarter of the paper's 4 − 2cos −
        // 2cos.
        p0.mutable_grad() /= 4;
        p1.mutable_grad() /= 4;
        QVERIFY(isSameGradient(p0, golden.at("byol_half_negcos_dp0")));
        QVERIFY(isSameGradient(p1, golden.at("byol_half_negcos_dp1")));
    }

    void mocoQueue_data()
    {
        QTest::addColumn<QString>("prefix");
        QTest::addColumn<double>("temperature");
        // The papers' temperatures; the golden data do not repeat them.
        QTest::newRow("MoCo v1") << "mocov1" << 0.07;
        QTest::newRow("MoCo v2") << "mocov2" << 0.2;
    }
    void mocoQueue()
    {
        QFETCH(QString, prefix);
        QFETCH(double, temperature);
        const GoldenCase golden = readGolden("losses_simclr_byol_moco12");
        const auto at = [&](const std::string& name, int step) -> const Tensor& {
            return golden.at(prefix.toStdString() + "_" + name + std::to_string(step));
        };
        Tensor queue = golden.at("queue_init").clone();
        Tensor next = torch::zeros({1}, torch::kInt64);
        int step = 0;
        for (; golden.tensors.contains("queue_q" + std::to_string(step)); ++step) {
            const Tensor q = leaf(golden.at("queue_q" + std::to_string(step)));
            const Tensor& k = golden.at("queue_k" + std::to_string(step));
            const Tensor loss = queueLoss(q, k, queue, temperature);
            loss.backward();
            QVERIFY2(isSameLoss(loss, at("loss", step)),
                     qPrintable(QStringLiteral("step %1: %2, not %3")
                                    .arg(step)
                                    .arg(loss.item<double>(), 0, 'g', 9)
                                    .arg(at("loss", step).item<double>(), 0, 'g', 9)));
            QVERIFY(isSameGradient(q, at("dq", step)));
            enqueue(queue, next, k / k.norm(2, 1, /*keepdim=*/true));
            QVERIFY(largestDifference(queue, at("queue_after", step)) <= 1e-6);
            QVERIFY(next.equal(at("ptr_after", step)));
        }
        QVERIFY(step * golden.at("queue_q0").size(0) > queue.size(0)); // past the queue's end
    }

    void sinkhorn()
    {
        const GoldenCase golden = readGolden("losses_swav");
        const auto codes = [&](const Tensor& scores) {
            return sinkhornCodes(scores, golden.hyper().at("sinkhorn_epsilon"),
                                 golden.hyper().at("sinkhorn_iterations"));
        };
        for (const std::string view : {"0", "1"}) {
            const Tensor& scores = golden.at("scores" + view);
            QVERIFY(torch::allclose(codes(scores), golden.at("sinkhorn" + view), 1e-4, 1e-7));
            QVERIFY(torch::allclose(codes(torch::cat({scores, golden.at("queue_scores" + view)})),
                                    golden.at("sinkhorn" + view + "_with_queue"), 1e-4, 1e-7));
        }
    }

    /// Where exp(score / ε) has no place in fp32, each image still gets a whole code.
    void sinkhornSurvivesASmallEpsilon()
    {
        const Tensor codes = sinkhornCodes(readGolden("losses_swav").at("scores0"), 1e-3, 3);
        QVERIFY(codes.isfinite().all().item<bool>());
        QVERIFY(torch::allclose(codes.sum(1), torch::ones({codes.size(0)})));
    }

    void swav()
    {
        const GoldenCase golden = readGolden("losses_swav");
        const SwavOptions options {golden.hyper().at("temperature"),
                                   golden.hyper().at("sinkhorn_epsilon"),
                                   golden.hyper().at("sinkhorn_iterations")};
        const TwoViews scores {leaf(golden.at("scores0")), leaf(golden.at("scores1"))};
        const Tensor loss = swappedPredictionLoss(scores, options);
        loss.backward();
        QVERIFY(isSameLoss(loss, golden.at("swav_2crops")));
        QVERIFY(isSameGradient(scores.first, golden.at("swav_2crops_d0")));
        QVERIFY(isSameGradient(scores.second, golden.at("swav_2crops_d1")));
    }
};

QTEST_GUILESS_MAIN(GoldenLossesTest)
#include "golden_losses_test.moc"
