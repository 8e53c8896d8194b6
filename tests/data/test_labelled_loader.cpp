// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/data/demo_dataset.h"
#include "training/data/labelled_loader.h"
#include "training/data/raw_dataset.h"

#include <QTest>

#include <map>
#include <set>

using namespace mocoscope::training;

namespace {

/// Images of one colour, which is 10 times their index; every fifth has no label.
std::shared_ptr<const Dataset> plainImages(int count)
{
    RawDataset::Images images;
    images.side = 8;
    images.classNames = {"even", "odd"};
    for (int i = 0; i < count; ++i) {
        images.rgb.insert(images.rgb.end(), 8 * 8 * 3, static_cast<std::uint8_t>(10 * i));
        images.labels.push_back(i % 5 == 4 ? -1 : i % 2);
        images.names.push_back("image " + std::to_string(i));
    }
    return std::make_shared<RawDataset>(std::move(images));
}

LabelledLoader::Options options()
{
    LabelledLoader::Options some;
    some.imageSize = 8;
    some.batchSize = 6;
    some.seed = 4;
    some.workers = 1;
    return some;
}

struct Seen
{
    std::vector<std::int64_t> samples;
    std::vector<std::int64_t> labels;
    std::vector<float> images;
    bool operator==(const Seen&) const = default;
};

std::vector<Seen> take(LabelledLoader& loader, int count)
{
    std::vector<Seen> all;
    for (int i = 0; i < count; ++i) {
        const auto batch = loader.next();
        if (!batch) {
            qFatal("%s", toText(batch.error()).c_str());
        }
        const auto floats = static_cast<std::size_t>(batch->size) * 3 * 8 * 8;
        all.push_back({batch->samples, batch->labels, {batch->images, batch->images + floats}});
    }
    return all;
}

} // namespace

class TestLabelledLoader : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void anEpochHoldsEachLabelledImageOnce()
    {
        const auto images = plainImages(25); // 20 have a label
        LabelledLoader::Options whole = options();
        whole.keepsLastBatch = true;
        LabelledLoader loader(images, whole, {});
        QCOMPARE(loader.batchesPerEpoch(), 4);
        loader.start(0, 0);
        std::set<std::int64_t> samples;
        const auto batches = take(loader, 4);
        QCOMPARE(batches.back().samples.size(), 2U);
        for (const Seen& batch : batches) {
            for (std::size_t i = 0; i < batch.samples.size(); ++i) {
                samples.insert(batch.samples[i]);
                QCOMPARE(batch.labels[i], images->label(batch.samples[i]));
                // One colour stays one colour, whatever the crop: ImageNet's red, as ToTensor does.
                const float red
                    = (static_cast<float>(10 * batch.samples[i]) / 255 - 0.485F) / 0.229F;
                QVERIFY(std::abs(batch.images[i * 3 * 8 * 8] - red) < 1e-5F);
            }
        }
        QCOMPARE(samples.size(), 20U);
    }

    void theLastBatchCanBeDropped()
    {
        LabelledLoader loader(plainImages(25), options(), {});
        QCOMPARE(loader.batchesPerEpoch(), 3);
        loader.start(0, 0);
        for (const Seen& batch : take(loader, 6)) {
            QCOMPARE(batch.samples.size(), 6U);
        }
    }

    void isTheSameForAnyNumberOfWorkersAndAnyStart()
    {
        LabelledLoader::Options strong = options();
        strong.randAugmentOperations = 2;
        strong.randAugmentMagnitude = 9;
        strong.erasing = 0.5;
        const auto images = makeDemoDatasets(4, 1).train;
        LabelledLoader one(images, strong, {});
        one.start(0, 0);
        const auto expected = take(one, 12); // two epochs
        strong.workers = 3;
        LabelledLoader three(images, strong, {});
        three.start(0, 0);
        QVERIFY(take(three, 12) == expected);
        three.start(1, 2);
        QVERIFY(take(three, 1).front() == expected[8]);
        QVERIFY(expected[0].images != expected[6].images);
    }

    void saysWhenThereAreTooFewImages()
    {
        LabelledLoader loader(plainImages(5), options(), {});
        loader.start(0, 0);
        const auto batch = loader.next();
        QVERIFY(!batch);
        QVERIFY(batch.error().code == ErrorCode::BadConfiguration);
    }
};

QTEST_GUILESS_MAIN(TestLabelledLoader)
#include "test_labelled_loader.moc"
