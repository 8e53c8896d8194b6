// SPDX-License-Identifier: GPL-3.0-or-later
// fp16: the loss scale, and steps whose gradients overflow.
#include "engine_fixtures.h"
#include "method_cases.h"
#include "training/engine/checkpoint.h"
#include "training/engine/replica.h"

#include <QTemporaryDir>
#include <QTest>

#include <cmath>

using namespace mocoscope::training;
using torch::Tensor;

namespace {

TrainingConfig configOf(const QString& framework, const std::string& precision)
{
    TrainingConfig config = tinyConfig(framework);
    config.train.precision = precision;
    return config;
}

StepInput inputOf(const TrainingConfig& config)
{
    torch::manual_seed(1);
    const std::int64_t side = config.model.imageSize;
    const Tensor first = torch::randn({config.train.batchSize, 3, side, side});
    return {{first, torch::randn_like(first)}, 0.9, 1e-3, 0};
}

std::vector<Tensor> copyOf(const Replica& replica)
{
    std::vector<Tensor> all;
    for (const Tensor& tensor : replica.method().parameters()) {
        all.push_back(tensor.detach().clone());
    }
    for (const Tensor& tensor : replica.method().buffers()) {
        all.push_back(tensor.clone());
    }
    return all;
}

bool isSame(const std::vector<Tensor>& a, const std::vector<Tensor>& b)
{
    return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                      [](const Tensor& x, const Tensor& y) { return x.equal(y); });
}

} // namespace

class HalfPrecisionTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theScaleFollowsTheOverflows()
    {
        LossScale scale(true);
        QCOMPARE(scale.factor(), 65536.0);
        QVERIFY(scale.reduce());
        QCOMPARE(scale.factor(), 32768.0);
        for (int i = 0; i < 1999; ++i) {
            scale.addGoodStep();
        }
        QCOMPARE(scale.factor(), 32768.0);
        scale.addGoodStep();
        QCOMPARE(scale.factor(), 65536.0);
        scale.setState({0, 0});
        QVERIFY(!scale.reduce()); // not the scale's fault any more
        LossScale off(false);
        QCOMPARE(off.factor(), 1.0);
        QVERIFY(!off.reduce());
    }

    /// The scale is gone from the gradients, and they are those of fp32 up to fp16's rounding.
    void gradientsAreThoseOfFp32_data()
    {
        QTest::addColumn<QString>("framework");
        QTest::addColumn<int>("microBatch");
        QTest::newRow("MoCo v3") << "moco_v3" << 0;
        QTest::newRow("MoCo v3 in micro-batches") << "moco_v3" << 4;
        QTest::newRow("SwAV") << "swav" << 0;
    }
    void gradientsAreThoseOfFp32()
    {
        QFETCH(QString, framework);
        QFETCH(int, microBatch);
        TrainingConfig half = configOf(framework, "fp16");
        half.train.microBatch = microBatch;
        Replica exact(configOf(framework, "fp32"), torch::kCPU, nullptr);
        Replica rounded(half, torch::kCPU, nullptr);
        rounded.lossScale().setState({8, 0}); // the gradients of so small a batch are large
        const StepValues expected = exact.step(inputOf(half));
        const StepValues ours = rounded.step(inputOf(half));
        QVERIFY(ours.isFinite && !ours.isOverflow);
        QCOMPARE(ours.lossScale, 256.0);
        QVERIFY(std::abs(ours.loss - expected.loss) <= 5e-3 * std::abs(expected.loss));
        const Tensor norms = ours.magnitudes[0], expectedNorms = expected.magnitudes[0];
        QVERIFY2(torch::allclose(norms, expectedNorms, 5e-2, 1e-5),
                 c10::str(norms, "\n", expectedNorms).c_str());
    }

    void anOverflowLeavesNoTraceAndHalvesTheScale()
    {
        const TrainingConfig config = configOf("moco_v3", "fp16");
        Replica replica(config, torch::kCPU, nullptr);
        replica.lossScale().setState({60, 7});
        const auto before = copyOf(replica);
        const StepInput input = inputOf(config);
        const StepValues values = replica.step(input);
        QVERIFY(values.isOverflow && !values.isFinite);
        QVERIFY(std::isfinite(values.loss));
        QVERIFY(isSame(copyOf(replica), before));
        QCOMPARE(replica.lossScale().state(), (LossScale::State {59, 0}));
        int steps = 0;
        while (!replica.step(input).isFinite) {
            QVERIFY(++steps < 60);
        }
        QVERIFY(!isSame(copyOf(replica), before));
    }

    /// The run goes on and tells each overflow; a checkpoint keeps the scale.
    void aRunGoesOnWithTheScaleOfItsCheckpoint()
    {
        const QTemporaryDir temporary;
        const std::filesystem::path folder = temporary.path().toStdString();
        RunRequest request = tinyRequest(folder / "run");
        request.config.train.precision = "fp16";
        Replica start(request.config, torch::kCPU, nullptr);
        const auto saved = saveCheckpoint(folder / "start", start.method(), start.optimizer(),
                                          request.config, {0, 0, {}, {18, 5}});
        QVERIFY2(saved.has_value(), saved ? "" : saved.error().message.c_str());
        request.resumeFrom = {{saved->path, saved->step, saved->sha256}};

        const auto events = runToEnd(request);
        QCOMPARE(eventsOf<Finished>(events).size(), 1U);
        const auto curves = curvesOf(events);
        const auto& scales = curves.at("train/loss_scale");
        QCOMPARE(scales.at(0), std::ldexp(1.0, 18));
        const auto overflows = eventsOf<Incident>(events);
        QVERIFY(!overflows.empty());
        for (const Incident& incident : overflows) {
            QCOMPARE(incident.kind, "overflow");
        }
        QCOMPARE(curves.at("train/loss").size(), scales.size());
        const auto halvings
            = static_cast<std::size_t>(std::llround(18 - std::log2(scales.rbegin()->second)));
        QVERIFY(halvings == overflows.size() || halvings + 1 == overflows.size());
        const auto steps = curves.find("train/grad_norm");
        QCOMPARE(overflows.size() + (steps == curves.end() ? 0 : steps->second.size()),
                 scales.size());
    }
};

QTEST_GUILESS_MAIN(HalfPrecisionTest)
#include "half_precision_test.moc"
