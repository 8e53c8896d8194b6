// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/data/image_files.h"
#include "training/data/evaluation_loader.h"
#include "training/data/view_operators.h"

#include <QTemporaryDir>
#include <QTest>

using namespace mocoscope::training;
using namespace mocoscope::testing;

class TestEvaluationLoader : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void storedSizeIsTakenAsIs();
    void imagesComeInOrderOnce_data();
    void imagesComeInOrderOnce();
    void limitIsSpreadOut();
    void othersAreResizedAndCropped();
    void unreadableOnesAreLeftOut();
    void nothingReadableIsAnError();
    void looseImagesAreLeftOut();
};

namespace {

Result<DatasetPair> openFolder(const QTemporaryDir& folder)
{
    DataConfig data;
    data.path = folder.path().toStdString();
    return openDatasets(data, {}, {});
}

void add(const QTemporaryDir& folder, const std::string& name, const Bytes& bytes)
{
    writeFile(std::filesystem::path(folder.path().toStdString()) / name, bytes);
}

std::vector<std::int64_t> samplesOf(EvaluationLoader& loader)
{
    std::vector<std::int64_t> samples;
    for (auto batch = loader.next(); batch && batch->size > 0; batch = loader.next()) {
        samples.insert(samples.end(), batch->samples.begin(), batch->samples.end());
    }
    return samples;
}

EvaluationLoader::Options optionsFor(std::int64_t size, std::int64_t batch,
                                     std::int64_t workers = 2)
{
    EvaluationLoader::Options options;
    options.imageSize = size;
    options.batchSize = batch;
    options.workers = workers;
    return options;
}

} // namespace

void TestEvaluationLoader::storedSizeIsTakenAsIs()
{
    const auto pair = openDatasets({}, {}, {});
    EvaluationLoader loader(pair->test, optionsFor(32, 16), {});
    const auto batch = loader.next();
    QVERIFY(batch.has_value());
    constexpr float mean[] = {0.485F, 0.456F, 0.406F};
    constexpr float deviation[] = {0.229F, 0.224F, 0.225F};
    for (std::size_t i = 0; i < 16; ++i) {
        const auto image = pair->test->decode(batch->samples[i], 0);
        for (std::size_t k = 0; k < 3 * 1024; ++k) {
            const std::size_t channel = k / 1024;
            const auto value = static_cast<float>(image->rgb[3 * (k % 1024) + channel]);
            const float expected = (value / 255.0F - mean[channel]) / deviation[channel];
            QCOMPARE(batch->images[i * 3 * 1024 + k], expected);
        }
    }
}

void TestEvaluationLoader::imagesComeInOrderOnce_data()
{
    QTest::addColumn<int>("workers");
    QTest::newRow("1") << 1;
    QTest::newRow("4") << 4;
}

void TestEvaluationLoader::imagesComeInOrderOnce()
{
    QFETCH(int, workers);
    const auto pair = openDatasets({}, {}, {});
    EvaluationLoader loader(pair->test, optionsFor(32, 64, workers), {});
    QCOMPARE(loader.size(), 500);
    const auto samples = samplesOf(loader);
    QCOMPARE(samples.size(), std::size_t {500});
    for (std::size_t i = 0; i < samples.size(); ++i) {
        QCOMPARE(samples[i], static_cast<std::int64_t>(i));
    }
    QCOMPARE(loader.next()->size, 0);
}

void TestEvaluationLoader::limitIsSpreadOut()
{
    const auto pair = openDatasets({}, {}, {});
    auto options = optionsFor(32, 64);
    options.limit = 20;
    EvaluationLoader loader(pair->test, options, {});
    std::vector<int> perClass(10);
    for (const std::int64_t sample : samplesOf(loader)) {
        ++perClass[static_cast<std::size_t>(pair->test->label(sample))];
    }
    QVERIFY(perClass == std::vector<int>(10, 2));
}

/// 224 of 256 of the shorter side: of 64 × 128 resized to 32 × 64 the centre, where the picture's
/// left part is dark and its right part bright.
void TestEvaluationLoader::othersAreResizedAndCropped()
{
    const QTemporaryDir folder;
    DecodedImage picture {128, 64, Bytes(128 * 64 * 3, 0)};
    for (std::size_t i = 0; i < picture.rgb.size(); ++i) {
        picture.rgb[i] = (i / 3) % 128 < 64 ? 0 : 255;
    }
    add(folder, "1.png", makeOther(picture, ".png"));
    const auto pair = openFolder(folder);
    EvaluationLoader loader(pair->train, optionsFor(28, 4), {});
    const auto batch = loader.next();
    QVERIFY(batch.has_value());
    QCOMPARE(batch->size, 1);
    const float dark = -0.485F / 0.229F;
    const float bright = (1.0F - 0.485F) / 0.229F;
    for (std::size_t x = 0; x < 28; ++x) {
        const bool isEdge = x == 13 || x == 14;
        QVERIFY(isEdge || std::abs(batch->images[x] - (x < 14 ? dark : bright)) < 0.02F);
    }
}

void TestEvaluationLoader::unreadableOnesAreLeftOut()
{
    const QTemporaryDir folder;
    for (int i = 0; i < 5; ++i) {
        DecodedImage picture {8, 8, Bytes(8 * 8 * 3, static_cast<std::uint8_t>(50 * i))};
        add(folder, std::to_string(i) + ".png",
            i % 2 == 1 ? Bytes {9} : makeOther(picture, ".png"));
    }
    const auto pair = openFolder(folder);
    int told = 0;
    EvaluationLoader loader(pair->train, optionsFor(8, 3),
                            [&](std::string_view, std::string_view) { ++told; });
    const auto first = loader.next();
    QVERIFY(first->samples == (std::vector<std::int64_t> {0, 2}));
    const float expected = (100.0F / 255.0F - 0.485F) / 0.229F;
    QCOMPARE(first->images[3 * 64], expected);
    QVERIFY(loader.next()->samples == (std::vector<std::int64_t> {4}));
    QCOMPARE(loader.next()->size, 0);
    QCOMPARE(told, 2);
}

void TestEvaluationLoader::nothingReadableIsAnError()
{
    const QTemporaryDir folder;
    add(folder, "1.png", {1});
    add(folder, "2.png", {2});
    const auto pair = openFolder(folder);
    EvaluationLoader loader(pair->train, optionsFor(8, 1), {});
    const auto batch = loader.next();
    QVERIFY(!batch.has_value());
    QVERIFY(batch.error().message.find("none of the 2 images") != std::string::npos);
}

void TestEvaluationLoader::looseImagesAreLeftOut()
{
    const QTemporaryDir folder;
    const Bytes image = makeOther(makePicture(8, 8), ".png");
    add(folder, "loose.png", image);
    add(folder, "cat/1.png", image);
    const auto pair = openFolder(folder);
    EvaluationLoader labelled(pair->train, optionsFor(8, 4), {});
    QCOMPARE(labelled.size(), 1);
    auto options = optionsFor(8, 4);
    options.labelledOnly = false;
    EvaluationLoader all(pair->train, options, {});
    QCOMPARE(samplesOf(all).size(), std::size_t {2});
}

QTEST_GUILESS_MAIN(TestEvaluationLoader)
#include "test_evaluation_loader.moc"
