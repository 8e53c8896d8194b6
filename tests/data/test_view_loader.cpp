// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/data/image_files.h"
#include "training/data/epoch_order.h"
#include "training/data/view_loader.h"

#include <QTemporaryDir>
#include <QTest>

#include <atomic>
#include <cstdlib>
#include <cstring>
#include <map>
#include <numeric>
#include <set>

using namespace mocoscope::training;
using namespace mocoscope::testing;

namespace {

constexpr std::int64_t side = 16;
constexpr std::size_t imageBytes = 3 * side * side;

/// Pictures of several sizes, made when asked for; some cannot be read.
class FakeDataset final : public Dataset
{
public:
    explicit FakeDataset(std::int64_t count, std::set<std::int64_t> unreadable = {})
        : m_count(count)
        , m_unreadable(std::move(unreadable))
    {
    }
    [[nodiscard]] std::int64_t size() const override { return m_count; }
    [[nodiscard]] std::int64_t label(std::int64_t index) const override { return index % 7; }
    [[nodiscard]] std::string name(std::int64_t index) const override
    {
        return "image " + std::to_string(index);
    }
    [[nodiscard]] std::span<const std::string> classNames() const override { return {}; }
    [[nodiscard]] Result<DecodedImage> decode(std::int64_t index, int) const override
    {
        if (m_unreadable.contains(index)) {
            return failure(ErrorCode::Unreadable, name(index), "damaged");
        }
        DecodedImage image = makePicture(20 + static_cast<int>(index % 5), 24);
        image.rgb[0] = static_cast<std::uint8_t>(index);
        return image;
    }
    [[nodiscard]] Result<void> decodePart(std::int64_t index, const PartPlanner& plan,
                                          DecodedPart& part) const override
    {
        return decode(index, 0).map([&](const DecodedImage& image) {
            part.fullWidth = image.width;
            part.fullHeight = image.height;
            part.reduction = 1;
            part.rect = {0, 0, image.width, image.height};
            part.rgb = image.rgb;
            part.rgb.resize(part.rgb.size() + 64);
            static_cast<void>(plan(image.width, image.height));
        });
    }

private:
    std::int64_t m_count;
    std::set<std::int64_t> m_unreadable;
};

/// A batch's content, detached from the loader's memory.
struct Seen
{
    std::int64_t epoch = 0;
    std::int64_t index = 0;
    std::vector<std::int64_t> samples;
    std::vector<std::int64_t> labels;
    std::vector<std::uint8_t> view1;
    std::vector<std::uint8_t> view2;
    bool operator==(const Seen&) const = default;
};

Seen take(ViewLoader& loader)
{
    const auto batch = loader.next();
    if (!batch) {
        qWarning("%s", toText(batch.error()).c_str());
        return {};
    }
    const auto bytes = static_cast<std::ptrdiff_t>(batch->size) * std::ptrdiff_t {imageBytes};
    return {batch->epoch,
            batch->index,
            batch->samples,
            batch->labels,
            {batch->view1, batch->view1 + bytes},
            {batch->view2, batch->view2 + bytes}};
}

ViewLoader::Options optionsFor(std::int64_t batchSize, std::int64_t workers)
{
    ViewLoader::Options options;
    options.imageSize = side;
    options.batchSize = batchSize;
    options.seed = 5;
    options.workers = workers;
    return options;
}

std::vector<Seen> takeMany(const std::shared_ptr<const Dataset>& dataset,
                           const ViewLoader::Options& options, int count, std::int64_t epoch = 0,
                           std::int64_t batch = 0)
{
    ViewLoader loader(dataset, {}, options, {});
    loader.start(epoch, batch);
    std::vector<Seen> seen;
    for (int i = 0; i < count; ++i) {
        seen.push_back(take(loader));
    }
    return seen;
}

} // namespace

class TestViewLoader : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void workersDoNotMatter_data();
    void workersDoNotMatter();
    void resumesInTheMiddle();
    void startCanBeCalledAgain();
    void epochsVisitEveryImage();
    void replicasShareTheBatch();
    void seedsAndEpochsDiffer();
    void unreadableImagesAreReplaced();
    void nothingReadableIsAnError();
    void fewerImagesThanTheBatch();
    void nextNeedsStart();
    void batchesOutliveTheLoader();
    void memoryComesFromTheHooks();
    void failingHooksAreAnError();
    void destructionDoesNotWaitForBatches();
    void filesGiveTheSameWithAndWithoutParts();
    void damagedFileIsNamed();
};

void TestViewLoader::workersDoNotMatter_data()
{
    QTest::addColumn<bool>("damaged");
    QTest::newRow("all readable") << false;
    QTest::newRow("some unreadable") << true;
}

void TestViewLoader::workersDoNotMatter()
{
    QFETCH(bool, damaged);
    const auto dataset = std::make_shared<FakeDataset>(
        50, damaged ? std::set<std::int64_t> {0, 3, 4, 17, 30, 31, 32} : std::set<std::int64_t>());
    const auto one = takeMany(dataset, optionsFor(8, 1), 14);
    ViewLoader::Options options = optionsFor(8, 4);
    options.prefetch = 5;
    QVERIFY(one == takeMany(dataset, options, 14));
    QCOMPARE(one[6].epoch, 1); // 50 / 8 = 6 batches an epoch
    QCOMPARE(one[6].index, 0);
    QVERIFY(one[0].view1 != one[0].view2);
}

void TestViewLoader::resumesInTheMiddle()
{
    const auto dataset = std::make_shared<FakeDataset>(40);
    const auto all = takeMany(dataset, optionsFor(8, 2), 10);
    const auto rest = takeMany(dataset, optionsFor(8, 3), 3, 1, 2);
    QVERIFY(std::equal(rest.begin(), rest.end(), all.begin() + 7));
}

void TestViewLoader::startCanBeCalledAgain()
{
    const auto dataset = std::make_shared<FakeDataset>(40);
    ViewLoader loader(dataset, {}, optionsFor(8, 2), {});
    loader.start(0, 0);
    const Seen first = take(loader);
    static_cast<void>(take(loader));
    loader.start(0, 0);
    QVERIFY(take(loader) == first);
}

void TestViewLoader::epochsVisitEveryImage()
{
    const auto seen = takeMany(std::make_shared<FakeDataset>(48), optionsFor(8, 2), 6);
    std::set<std::int64_t> samples;
    for (const Seen& batch : seen) {
        samples.insert(batch.samples.begin(), batch.samples.end());
        for (std::size_t i = 0; i < batch.samples.size(); ++i) {
            QCOMPARE(batch.labels[i], batch.samples[i] % 7);
        }
    }
    QCOMPARE(samples.size(), std::size_t {48});
    QVERIFY(epochOrder(48, 5, 0) != epochOrder(48, 5, 1));
    QVERIFY(epochOrder(48, 5, 0) != epochOrder(48, 6, 0));
}

void TestViewLoader::replicasShareTheBatch()
{
    const auto dataset = std::make_shared<FakeDataset>(40);
    const Seen whole = takeMany(dataset, optionsFor(8, 2), 2)[1];
    Seen joined = whole;
    joined.samples.clear();
    joined.labels.clear();
    joined.view1.clear();
    joined.view2.clear();
    for (const std::int64_t from : {0, 3}) {
        ViewLoader::Options options = optionsFor(8, 2);
        options.rowsFrom = from;
        options.rowsTo = from == 0 ? 3 : 8;
        const Seen part = takeMany(dataset, options, 2)[1];
        joined.samples.insert(joined.samples.end(), part.samples.begin(), part.samples.end());
        joined.labels.insert(joined.labels.end(), part.labels.begin(), part.labels.end());
        joined.view1.insert(joined.view1.end(), part.view1.begin(), part.view1.end());
        joined.view2.insert(joined.view2.end(), part.view2.begin(), part.view2.end());
    }
    QVERIFY(joined == whole);
}

void TestViewLoader::seedsAndEpochsDiffer()
{
    const auto dataset = std::make_shared<FakeDataset>(8);
    ViewLoader::Options options = optionsFor(8, 1);
    const auto epochs = takeMany(dataset, options, 2);
    QVERIFY(epochs[0].view1 != epochs[1].view1);
    options.seed = 6;
    QVERIFY(takeMany(dataset, options, 1)[0].view1 != epochs[0].view1);
}

void TestViewLoader::unreadableImagesAreReplaced()
{
    const auto dataset = std::make_shared<FakeDataset>(16, std::set<std::int64_t> {2, 5});
    std::map<std::string, int> told;
    ViewLoader loader(dataset, {}, optionsFor(8, 3),
                      [&](std::string_view name, std::string_view reason) {
                          ++told[std::string(name) + ": " + std::string(reason)];
                      });
    loader.start(0, 0);
    for (int i = 0; i < 6; ++i) {
        const Seen batch = take(loader);
        QCOMPARE(batch.samples.size(), std::size_t {8});
        for (const std::int64_t sample : batch.samples) {
            QVERIFY(sample != 2 && sample != 5);
        }
    }
    QCOMPARE(loader.unreadableImages(), 2);
    const std::map<std::string, int> expected {{"image 2: damaged", 1}, {"image 5: damaged", 1}};
    QVERIFY(told == expected);
}

void TestViewLoader::nothingReadableIsAnError()
{
    std::set<std::int64_t> all;
    for (std::int64_t i = 0; i < 12; ++i) {
        all.insert(i);
    }
    ViewLoader loader(std::make_shared<FakeDataset>(12, all), {}, optionsFor(4, 2), {});
    loader.start(0, 0);
    const auto batch = loader.next();
    QVERIFY(!batch.has_value());
    QCOMPARE(batch.error().code, ErrorCode::Unreadable);
    QVERIFY(batch.error().message.find("none of the 12 images") != std::string::npos);
    QVERIFY(!loader.next().has_value());
}

void TestViewLoader::fewerImagesThanTheBatch()
{
    ViewLoader loader(std::make_shared<FakeDataset>(7), {}, optionsFor(8, 1), {});
    loader.start(0, 0);
    const auto batch = loader.next();
    QVERIFY(!batch.has_value());
    QCOMPARE(batch.error().code, ErrorCode::BadConfiguration);
    QVERIFY(batch.error().detail.find("train.batch_size") != std::string::npos);
}

void TestViewLoader::nextNeedsStart()
{
    ViewLoader loader(std::make_shared<FakeDataset>(8), {}, optionsFor(8, 1), {});
    QVERIFY(!loader.next().has_value());
}

void TestViewLoader::batchesOutliveTheLoader()
{
    ViewBatch kept;
    {
        ViewLoader loader(std::make_shared<FakeDataset>(40), {}, optionsFor(8, 2), {});
        loader.start(0, 0);
        kept = std::move(*loader.next());
        QVERIFY(loader.next().has_value());
    }
    const auto bytes = kept.size * static_cast<std::int64_t>(imageBytes);
    QVERIFY(std::accumulate(kept.view2, kept.view2 + bytes, 0) > 0);
}

void TestViewLoader::memoryComesFromTheHooks()
{
    std::atomic<int> blocks = 0;
    std::atomic<int> made = 0;
    ViewLoader::Options options = optionsFor(8, 2);
    options.memory.allocate = [&](std::size_t bytes) {
        ++blocks;
        ++made;
        return std::malloc(bytes);
    };
    options.memory.free = [&](void* memory, std::size_t) {
        --blocks;
        std::free(memory);
    };
    {
        ViewLoader loader(std::make_shared<FakeDataset>(40), {}, options, {});
        loader.start(0, 0);
        for (int i = 0; i < 30; ++i) {
            QVERIFY(loader.next().has_value());
        }
        QVERIFY2(made <= 4, "memory of batches is used again");
    }
    QCOMPARE(blocks.load(), 0);
}

void TestViewLoader::failingHooksAreAnError()
{
    ViewLoader::Options options = optionsFor(8, 2);
    options.memory = {[](std::size_t) -> void* { return nullptr; }, [](void*, std::size_t) {}};
    ViewLoader loader(std::make_shared<FakeDataset>(40), {}, options, {});
    loader.start(0, 0);
    const auto batch = loader.next();
    QVERIFY(!batch.has_value());
    QCOMPARE(batch.error().code, ErrorCode::OutOfMemory);
}

void TestViewLoader::destructionDoesNotWaitForBatches()
{
    for (int i = 0; i < 20; ++i) {
        ViewLoader loader(std::make_shared<FakeDataset>(400), {}, optionsFor(100, 4), {});
        loader.start(0, 0);
    }
}

void TestViewLoader::filesGiveTheSameWithAndWithoutParts()
{
    const QTemporaryDir folder;
    const std::filesystem::path root(folder.path().toStdString());
    for (int i = 0; i < 8; ++i) {
        writeFile(root / (std::to_string(i) + ".jpg"), makeJpeg(makePicture(90 + i, 70)));
    }
    DataConfig data;
    data.path = root.string();
    const auto pair = openDatasets(data, {}, {});
    QVERIFY(pair.has_value());
    ViewLoader::Options options = optionsFor(8, 2);
    options.exactDecode = true;
    const Seen exact = takeMany(pair->train, options, 1)[0];
    options.exactDecode = false;
    const Seen reduced = takeMany(pair->train, options, 1)[0];
    QVERIFY(exact.samples == reduced.samples);
    double sum = 0;
    for (std::size_t i = 0; i < exact.view1.size(); ++i) {
        sum += std::abs(exact.view1[i] - reduced.view1[i]);
    }
    QVERIFY(sum / static_cast<double>(exact.view1.size()) < 3); // of 256 levels
}

void TestViewLoader::damagedFileIsNamed()
{
    const QTemporaryDir folder;
    const std::filesystem::path root(folder.path().toStdString());
    for (int i = 0; i < 7; ++i) {
        writeFile(root / (std::to_string(i) + ".jpg"), makeJpeg(makePicture(40, 40)));
    }
    writeFile(root / "broken.jpg", {1, 2, 3});
    DataConfig data;
    data.path = root.string();
    const auto pair = openDatasets(data, {}, {});
    std::vector<std::string> told;
    ViewLoader loader(pair->train, {}, optionsFor(8, 2),
                      [&](std::string_view name, std::string_view reason) {
                          told.push_back(std::string(name) + ": " + std::string(reason));
                      });
    loader.start(0, 0);
    QVERIFY(loader.next().has_value());
    QVERIFY(loader.next().has_value());
    QCOMPARE(told.size(), std::size_t {1});
    QVERIFY(told.front().starts_with("broken.jpg: not a JPEG"));
}

QTEST_GUILESS_MAIN(TestViewLoader)
#include "test_view_loader.moc"
