// SPDX-License-Identifier: GPL-3.0-or-later
// Views are bytes until the backbone sees them: nothing may depend on where they become floats.
#include "method_cases.h"
#include "training/data/planar_image.h"
#include "training/data/view_operators.h"
#include "training/engine/normalise.h"
#include "training/engine/train_step.h"
#include "training/methods/method.h"

#include <QTest>

#include <algorithm>

using namespace mocoscope::training;
using torch::Tensor;

namespace {

/// Every byte in each channel, in another order in each.
PlanarImage allBytes()
{
    PlanarImage image;
    image.resize(16, 16);
    for (std::size_t channel = 0; channel < 3; ++channel) {
        for (std::size_t i = 0; i < 256; ++i) {
            image.plane(channel)[i] = static_cast<std::uint8_t>(i * (2 * channel + 1));
        }
    }
    return image;
}

Tensor bytesOf(const PlanarImage& image, bool mirrored)
{
    const Tensor bytes = torch::empty({1, 3, image.height(), image.width()}, torch::kUInt8);
    writePlanes(image, mirrored, bytes.mutable_data_ptr<std::uint8_t>());
    return bytes;
}

TwoViews randomBytes(const TrainingConfig& config)
{
    const std::int64_t side = config.model.imageSize;
    const auto view = [&] {
        return torch::randint(256, {config.train.batchSize, 3, side, side}, torch::kUInt8);
    };
    return {view(), view()};
}

/// The loss, and the gradients of all parameters behind each other, from the same weights.
std::pair<double, Tensor> stepOn(const TwoViews& views, const TrainingConfig& config)
{
    const auto method = makeMethod(config);
    method->train();
    TrainStep step(*method, Precision::Fp32, config.train.microBatch);
    const double loss = step.run(views, 0.9).item<double>();
    std::vector<Tensor> gradients;
    for (const Tensor& parameter : method->parameters()) {
        if (parameter.grad().defined()) {
            gradients.push_back(parameter.grad().flatten());
        }
    }
    return {loss, torch::cat(gradients)};
}

} // namespace

class NormaliseTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { torch::set_num_threads(1); }

    void isBitForBitWhatTheLoadersWrite()
    {
        const PlanarImage image = allBytes();
        for (const bool mirrored : {false, true}) {
            const Tensor expected = torch::empty({1, 3, 16, 16});
            writeNormalised(image, mirrored, expected.mutable_data_ptr<float>());
            QVERIFY(normalised(bytesOf(image, mirrored)).equal(expected));
        }
    }

    void floatsStayAsTheyAre()
    {
        const Tensor floats = torch::randn({2, 3, 8, 8});
        QVERIFY(normalised(floats).is_same(floats));
    }

    void aStepOnBytesIsTheStepOnFloats_data()
    {
        QTest::addColumn<QString>("framework");
        QTest::addColumn<int>("microBatch");
        for (const char* framework : {"moco_v3", "swav", "moco_v2"}) {
            for (const int microBatch : {0, 4}) {
                QTest::addRow("%s, micro-batch %d", framework, microBatch)
                    << framework << microBatch;
            }
        }
    }
    void aStepOnBytesIsTheStepOnFloats()
    {
        QFETCH(QString, framework);
        QFETCH(int, microBatch);
        TrainingConfig config = tinyConfig(framework);
        config.train.microBatch = microBatch;
        const TwoViews bytes = randomBytes(config);
        const auto [loss, gradients] = stepOn(bytes, config);
        const auto [expected, expectedGradients]
            = stepOn({normalised(bytes.first), normalised(bytes.second)}, config);
        QCOMPARE(loss, expected);
        QVERIFY(gradients.equal(expectedGradients));
    }
};

QTEST_GUILESS_MAIN(NormaliseTest)

#include "normalise_test.moc"
