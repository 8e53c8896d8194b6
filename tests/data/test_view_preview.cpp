// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/data/image_files.h"
#include "training/data/evaluation_loader.h"
#include "training/data/labelled_loader.h"
#include "training/data/view_loader.h"
#include "training/data/view_preview.h"

#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <cmath>

using namespace mocoscope::training;
using namespace mocoscope::testing;

class TestViewPreview : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void showsWhatTrainingSees();
    void showsWhatAnEvaluationSees_data();
    void showsWhatAnEvaluationSees();
    void epochsAndConfigurationsDiffer();
    void moreThanThereAre();
    void badPathIsAnError();
    void stops();
};

namespace {

TrainingConfig demo()
{
    TrainingConfig config;
    config.model.imageSize = 32;
    config.train.seed = 11;
    return config;
}

} // namespace

void TestViewPreview::showsWhatTrainingSees()
{
    const TrainingConfig config = demo();
    const auto pairs = makeViewPreview()->render(config, 4, 2, {});
    QVERIFY(pairs.has_value());
    QCOMPARE(pairs->size(), std::size_t {4});

    const auto data = openDatasets(config.data, {}, {});
    ViewLoader::Options options;
    options.imageSize = 32;
    options.batchSize = data->train->size();
    options.seed = 11;
    ViewLoader loader(data->train, config.views, options, {});
    loader.start(2, 0);
    const auto batch = loader.next();
    int found = 0;
    for (std::size_t i = 0; i < batch->samples.size(); ++i) {
        for (const ViewPair& pair : *pairs) {
            if (data->train->name(batch->samples[i]) != pair.name) {
                continue;
            }
            ++found;
            for (std::size_t pixel = 0; pixel < 1024; ++pixel) {
                QCOMPARE(batch->view2[i * 3072 + 1024 + pixel], pair.view2.bytes[3 * pixel + 1]);
            }
        }
    }
    QCOMPARE(found, 4);
}

void TestViewPreview::showsWhatAnEvaluationSees_data()
{
    QTest::addColumn<QString>("task");
    QTest::addColumn<bool>("augment");
    QTest::newRow("linear") << "linear" << true;
    QTest::newRow("finetune") << "finetune" << true;
    QTest::newRow("plain linear") << "linear" << false;
    QTest::newRow("knn") << "knn" << true;
}

/// Pixel for pixel what its loader gives.
void TestViewPreview::showsWhatAnEvaluationSees()
{
    QFETCH(QString, task);
    QFETCH(bool, augment);
    TrainingConfig config = demo();
    config.task.name = task.toStdString();
    config.linear.augment = augment;
    config.linear.batchSize = config.finetune.batchSize = 2000; // all
    config.finetune.randomErasing = 1;
    const auto pairs = makeViewPreview()->render(config, 3, 2, {});
    QVERIFY(pairs.has_value());
    QCOMPARE(pairs->size(), std::size_t {3});

    const auto data = openDatasets(config.data, {}, {});
    std::vector<std::int64_t> samples;
    std::vector<float> images;
    const bool isPlain = task == "knn" || !augment;
    if (isPlain) {
        EvaluationLoader loader(data->train, {.imageSize = 32, .batchSize = 2000, .memory = {}},
                                {});
        const auto batch = loader.next();
        samples = batch->samples;
        images.assign(batch->images, batch->images + 3072 * batch->size);
    } else {
        LabelledLoader loader(data->train, LabelledLoader::optionsFor(config), {});
        loader.start(3, 0); // the second view: the epoch after
        const auto batch = loader.next();
        samples = batch->samples;
        images.assign(batch->images, batch->images + 3072 * batch->size);
    }
    int found = 0;
    for (std::size_t i = 0; i < samples.size(); ++i) {
        for (const ViewPair& pair : *pairs) {
            if (data->train->name(samples[i]) != pair.name) {
                continue;
            }
            ++found;
            QCOMPARE(pair.view2.bytes.empty(), isPlain);
            const RgbImage& view = isPlain ? pair.view1 : pair.view2;
            for (std::size_t pixel = 0; pixel < 1024; ++pixel) { // the green of each
                const float green = 0.456F + 0.224F * images[3072 * i + 1024 + pixel];
                QCOMPARE(static_cast<int>(view.bytes[3 * pixel + 1]),
                         static_cast<int>(std::lround(255 * std::clamp(green, 0.0F, 1.0F))));
            }
        }
    }
    QCOMPARE(found, 3);
}

void TestViewPreview::epochsAndConfigurationsDiffer()
{
    const auto preview = makeViewPreview();
    TrainingConfig config = demo();
    const auto first = preview->render(config, 3, 0, {});
    const auto again = preview->render(config, 3, 0, {});
    const auto later = preview->render(config, 3, 1, {});
    QVERIFY(first->front().view1.bytes == again->front().view1.bytes);
    QVERIFY(first->front().view1.bytes != later->front().view1.bytes);
    QVERIFY(first->front().original.bytes == later->front().original.bytes);
    QCOMPARE(first->front().label, std::string("cross")); // the middle of the first third
    config.views.greyProbability = 1;
    const auto grey = preview->render(config, 3, 0, {});
    QCOMPARE(grey->front().view1.bytes[0], grey->front().view1.bytes[2]);
}

void TestViewPreview::moreThanThereAre()
{
    TrainingConfig config = demo();
    config.data.perClassLimit = 1;
    QCOMPARE(makeViewPreview()->render(config, 99, 0, {})->size(), std::size_t {10});
    QVERIFY(makeViewPreview()->render(config, 0, 0, {})->empty());
}

void TestViewPreview::badPathIsAnError()
{
    TrainingConfig config = demo();
    config.data.path = "/nowhere";
    QCOMPARE(makeViewPreview()->render(config, 1, 0, {}).error().code, ErrorCode::NotFound);
}

void TestViewPreview::stops()
{
    std::stop_source stop;
    stop.request_stop();
    QCOMPARE(makeViewPreview()->render(demo(), 1, 0, stop.get_token()).error().code,
             ErrorCode::Cancelled);
}

QTEST_GUILESS_MAIN(TestViewPreview)
#include "test_view_preview.moc"
