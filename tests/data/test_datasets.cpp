// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/data/image_files.h"
#include "training/data/dataset.h"
#include "training/data/dataset_inspector.h"
#include "training/data/image_layout.h"
#include "training/data/view_pair.h"

#include <QTemporaryDir>
#include <QTest>

using namespace mocoscope::training;
using namespace mocoscope::testing;

class TestDatasets : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void namesBecomeClassesAndSplits_data();
    void namesBecomeClassesAndSplits();
    void firstByNameAreKept();
    void viewsAreDrawnOfEveryFormat_data();
    void viewsAreDrawnOfEveryFormat();
    void folderIsRead();
    void linksAreFollowedOnce();
    void testPathIsUsed();
    void testClassesAreMatchedByName();
    void errorsNameTheWayOut_data();
    void errorsNameTheWayOut();
    void listingCanBeCancelled();
    void cifarIsRead_data();
    void cifarIsRead();
    void cutOffCifarIsRefused();
    void demoIsTheSameEverywhere();
    void inspectorTellsTheFacts();

private:
    [[nodiscard]] std::filesystem::path at(const char* name) const
    {
        return std::filesystem::path(m_folder->path().toStdString()) / name;
    }
    [[nodiscard]] DataConfig config(const char* name = "") const
    {
        DataConfig data;
        data.path = at(name).string();
        return data;
    }
    std::unique_ptr<QTemporaryDir> m_folder;
};

namespace {

const Bytes anImage = makeOther(makePicture(8, 8), ".png");

/// "class: file file; class: …", a test split behind "|".
QString textOf(const ImageList& list, const std::vector<std::string>& names)
{
    QStringList parts;
    for (std::size_t i = 0; i < list.files.size(); ++i) {
        const QString label = list.labels[i] < 0
            ? QStringLiteral("-")
            : QString::fromStdString(list.classNames[static_cast<std::size_t>(list.labels[i])]);
        parts << label + "=" + QString::fromStdString(names[list.files[i]]);
    }
    return parts.join(' ');
}

QString layoutOf(std::vector<std::string> names, std::int64_t limit = 0)
{
    std::sort(names.begin(), names.end());
    const ImageLayout layout = arrangeImages(names, limit, limit);
    QString text = textOf(layout.train, names);
    if (layout.test) {
        text += " | " + textOf(*layout.test, names);
    }
    return text;
}

Bytes cifarFile(int records, int classes)
{
    Bytes file;
    for (int i = 0; i < records; ++i) {
        if (classes == 100) {
            file.push_back(3); // coarse
        }
        file.push_back(static_cast<std::uint8_t>(i % 10));
        for (const int plane : {10, 20, 30}) {
            file.insert(file.end(), 1024, static_cast<std::uint8_t>(plane + i));
        }
    }
    return file;
}

std::uint64_t hashOf(const Dataset& dataset)
{
    std::uint64_t hash = 0xcbf29ce484222325ULL;
    for (std::int64_t i = 0; i < dataset.size(); ++i) {
        const auto image = dataset.decode(i, 0);
        for (const std::uint8_t byte : image->rgb) {
            hash = (hash ^ byte) * 0x100000001b3ULL;
        }
    }
    return hash;
}

} // namespace

void TestDatasets::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
}

void TestDatasets::namesBecomeClassesAndSplits_data()
{
    QTest::addColumn<QStringList>("names");
    QTest::addColumn<QString>("expected");
    const auto row = [](const char* name, const QStringList& names, const char* expected) {
        QTest::newRow(name) << names << expected;
    };
    row("flat", {"b.jpg", "a.PNG", "notes.txt"}, "-=a.PNG -=b.jpg");
    row("classes", {"cat/2.jpg", "ant/1.jpg", "cat/1.jpg"},
        "ant=ant/1.jpg cat=cat/1.jpg cat=cat/2.jpg");
    row("class order is not path order", {"a/x.jpg", "a-b/x.jpg"}, "a=a/x.jpg a-b=a-b/x.jpg");
    row("deeper folders", {"cat/old/2.jpg", "dog/1.jpg"}, "cat=cat/old/2.jpg dog=dog/1.jpg");
    row("loose images have no class", {"cat/1.jpg", "x.jpg"}, "-=x.jpg cat=cat/1.jpg");
    row("train and test", {"train/a/1.jpg", "test/a/2.jpg"}, "a=train/a/1.jpg | a=test/a/2.jpg");
    row("train and val", {"train/a/1.jpg", "val/a/2.jpg"}, "a=train/a/1.jpg | a=val/a/2.jpg");
    row("unlabelled test beside val", {"train/a/1.jpg", "val/a/2.jpg", "test/3.jpg"},
        "a=train/a/1.jpg | a=val/a/2.jpg");
    row("train alone", {"train/a/1.jpg", "train/b/1.jpg"}, "a=train/a/1.jpg b=train/b/1.jpg");
    row("wrapped", {"set/a/1.jpg", "set/b/1.jpg"}, "a=set/a/1.jpg b=set/b/1.jpg");
    row("wrapped splits", {"x/y/train/a/1.jpg", "x/y/test/a/1.jpg"},
        "a=x/y/train/a/1.jpg | a=x/y/test/a/1.jpg");
    row("one class is a class", {"cat/1.jpg", "cat/2.jpg"}, "cat=cat/1.jpg cat=cat/2.jpg");
    row("hidden", {".trash/1.jpg", "__MACOSX/2.jpg", "a/._1.jpg", "a/1.jpg"}, "a=a/1.jpg");
}

void TestDatasets::namesBecomeClassesAndSplits()
{
    QFETCH(QStringList, names);
    QFETCH(QString, expected);
    std::vector<std::string> list;
    for (const QString& name : names) {
        list.push_back(name.toStdString());
    }
    QCOMPARE(layoutOf(list), expected);
}

void TestDatasets::firstByNameAreKept()
{
    QCOMPARE(layoutOf({"a/10.jpg", "a/2.jpg", "a/1.jpg", "b/7.jpg"}, 2),
             QStringLiteral("a=a/1.jpg a=a/10.jpg b=b/7.jpg"));
    QCOMPARE(layoutOf({"c.jpg", "a.jpg", "b.jpg"}, 2), QStringLiteral("-=a.jpg -=b.jpg"));
}

void TestDatasets::viewsAreDrawnOfEveryFormat_data()
{
    QTest::addColumn<QString>("ending");
    for (const char* ending : {".jpg", ".png", ".webp", ".bmp", ".tif"}) {
        QTest::newRow(ending) << QString(ending);
    }
}

void TestDatasets::viewsAreDrawnOfEveryFormat()
{
    QFETCH(const QString, ending);
    const DecodedImage picture = makePicture(40, 30);
    const std::string name = "cat/1" + ending.toStdString();
    writeFile(at(name.c_str()),
              ending == ".jpg" ? makeJpeg(picture) : makeOther(picture, ending.toStdString()));
    const auto pair = openDatasets(config(), {}, [](std::int64_t, std::int64_t) {});
    QVERIFY(pair.has_value());
    const ViewsConfig views;
    const ViewKey key {3, 1, 0};
    DecodedPart part;
    const auto drawn = decodeForViews(*pair->train, 0, views, key, 16, false, part);
    QVERIFY(drawn.has_value());
    for (const RandomUse use : {RandomUse::View1, RandomUse::View2}) {
        const RandomStream random(key.seed, key.epoch, key.sample, use);
        const ViewParameters expected = drawView(views, 40, 30, random, use);
        const ViewParameters& view = use == RandomUse::View1 ? drawn->first : drawn->second;
        QVERIFY(view.crop == expected.crop);
        QVERIFY(view.crop.width > 1 && view.crop.height > 1);
        QCOMPARE(view.brightness, expected.brightness);
    }
}

void TestDatasets::folderIsRead()
{
    const DecodedImage picture = makePicture(20, 10);
    writeFile(at("cat/1.png"), makeOther(picture, ".png"));
    writeFile(at("dog/1.jpg"), makeJpeg(picture));
    std::int64_t told = -1;
    const auto pair
        = openDatasets(config(), {}, [&](std::int64_t done, std::int64_t) { told = done; });
    QVERIFY(pair.has_value());
    QCOMPARE(pair->kind, std::string("folder"));
    QCOMPARE(pair->train->size(), 2);
    QVERIFY(!pair->test);
    QCOMPARE(pair->train->name(1), std::string("dog/1.jpg"));
    QCOMPARE(pair->train->classNames()[static_cast<std::size_t>(pair->train->label(1))],
             std::string("dog"));
    const auto image = pair->train->decode(0, 0);
    QVERIFY(image.has_value());
    QVERIFY(image->rgb == picture.rgb);
}

void TestDatasets::linksAreFollowedOnce()
{
    writeFile(at("cat/1.png"), anImage);
    std::filesystem::create_directory_symlink(at(""), at("cat/back"));
    std::filesystem::create_symlink(at("cat/1.png"), at("cat/2.png"));
    const auto pair = openDatasets(config(), {}, {});
    QVERIFY(pair.has_value());
    QCOMPARE(pair->train->size(), 2);
}

void TestDatasets::testPathIsUsed()
{
    writeFile(at("one/train/cat/1.png"), anImage);
    writeFile(at("one/test/cat/1.png"), anImage);
    writeFile(at("two/cat/1.png"), anImage);
    writeFile(at("two/cat/2.png"), anImage);
    DataConfig data = config("one");
    QCOMPARE(openDatasets(data, {}, {})->test->size(), 1);
    data.testPath = at("two").string();
    QCOMPARE(openDatasets(data, {}, {})->test->size(), 2);
    data.testPerClassLimit = 1;
    QCOMPARE(openDatasets(data, {}, {})->test->size(), 1);
}

void TestDatasets::testClassesAreMatchedByName()
{
    for (const char* name : {"train/ant/1.png", "train/bee/1.png", "train/cat/1.png",
                             "test/cat/1.png", "other/dog/1.png", "flat/1.png"}) {
        writeFile(at(name), anImage);
    }
    const auto pair = openDatasets(config(), {}, {});
    // "other" and "flat" lie beside the splits and belong to neither.
    QVERIFY(pair.has_value());
    QCOMPARE(pair->test->label(0), 2);
    QCOMPARE(pair->test->classNames().size(), std::size_t {3});
    QVERIFY(pair->test->decode(0, 0).has_value());

    DataConfig data = config("train");
    data.testPath = at("other").string();
    const auto unknown = openDatasets(data, {}, {});
    QVERIFY(!unknown.has_value());
    QVERIFY(unknown.error().message.find("dog") != std::string::npos);
    data.testPath = at("flat").string();
    QVERIFY(openDatasets(data, {}, {}).error().message.find("no classes") != std::string::npos);
}

void TestDatasets::errorsNameTheWayOut_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("message");
    QTest::addColumn<QString>("detail");
    QTest::newRow("missing") << "missing"
                             << "there is no "
                             << "demo";
    QTest::newRow("empty folder") << "empty"
                                  << "no images in"
                                  << "empty";
    QTest::newRow("no images") << "texts"
                               << "no images in"
                               << "of its files (2) none ends in .jpg";
    QTest::newRow("an archive in it") << "archives"
                                      << "no images in"
                                      << "archives/b.tar.gz";
    QTest::newRow("a file") << "texts/a.txt"
                            << "neither a folder nor an archive"
                            << ".tar";
    QTest::newRow("not a tar") << "text.tar"
                               << "cannot read the archive"
                               << "not a tar archive";
    QTest::newRow("not a gzip") << "text.tar.gz"
                                << "cannot read the archive"
                                << "not a tar archive";
}

void TestDatasets::errorsNameTheWayOut()
{
    QFETCH(QString, name);
    QFETCH(QString, message);
    QFETCH(QString, detail);
    qputenv("XDG_CACHE_HOME", m_folder->filePath("cache").toUtf8());
    std::filesystem::create_directory(at("empty"));
    const Bytes text(2000, 'x');
    for (const char* file : {"texts/a.txt", "texts/b.txt", "archives/a.txt", "archives/b.tar.gz",
                             "text.tar", "text.tar.gz"}) {
        writeFile(at(file), text);
    }
    const auto pair = openDatasets(config(qPrintable(name)), {}, {});
    QVERIFY(!pair.has_value());
    const QString given = QString::fromStdString(toText(pair.error()));
    QVERIFY2(QString::fromStdString(pair.error().message).contains(message), qPrintable(given));
    QVERIFY2(QString::fromStdString(pair.error().detail).contains(detail), qPrintable(given));
}

void TestDatasets::listingCanBeCancelled()
{
    writeFile(at("cat/1.png"), anImage);
    std::stop_source stop;
    stop.request_stop();
    const auto pair = openDatasets(config(), stop.get_token(), {});
    QVERIFY(!pair.has_value());
    QCOMPARE(pair.error().code, ErrorCode::Cancelled);
}

void TestDatasets::cifarIsRead_data()
{
    QTest::addColumn<int>("classes");
    QTest::addColumn<QString>("kind");
    QTest::newRow("10") << 10 << "CIFAR-10 binary";
    QTest::newRow("100") << 100 << "CIFAR-100 binary";
}

void TestDatasets::cifarIsRead()
{
    QFETCH(int, classes);
    QFETCH(QString, kind);
    if (classes == 100) {
        writeFile(at("c/train.bin"), cifarFile(30, 100));
        writeFile(at("c/test.bin"), cifarFile(10, 100));
    } else {
        for (const char* name : {"c/data_batch_1.bin", "c/data_batch_2.bin", "c/data_batch_3.bin",
                                 "c/data_batch_4.bin", "c/data_batch_5.bin", "c/test_batch.bin"}) {
            writeFile(at(name), cifarFile(10, 10));
        }
        const std::string names = "airplane\nautomobile\n";
        writeFile(at("c/batches.meta.txt"), {names.begin(), names.end()});
    }
    DataConfig data = config();
    data.perClassLimit = 2;
    const auto pair = openDatasets(data, {}, {});
    QVERIFY(pair.has_value());
    QCOMPARE(QString::fromStdString(pair->kind), kind);
    QCOMPARE(pair->train->size(), 20);
    QCOMPARE(pair->test->size(), 10);
    QCOMPARE(pair->train->label(13), 3);
    QCOMPARE(pair->train->classNames().size(), static_cast<std::size_t>(classes));
    QCOMPARE(pair->train->classNames()[1], std::string(classes == 10 ? "automobile" : "class 1"));
    const auto image = pair->train->decode(3, 0);
    QVERIFY(image->rgb[0] == 13 && image->rgb[1] == 23 && image->rgb[2] == 33);
}

void TestDatasets::cutOffCifarIsRefused()
{
    Bytes file = cifarFile(10, 100);
    writeFile(at("test.bin"), file);
    file.pop_back();
    writeFile(at("train.bin"), file);
    const auto pair = openDatasets(config(), {}, {});
    QVERIFY(!pair.has_value());
    QVERIFY(pair.error().message.find("train.bin is cut off") != std::string::npos);
}

void TestDatasets::demoIsTheSameEverywhere()
{
    DataConfig data;
    const auto pair = openDatasets(data, {}, {});
    QVERIFY(pair.has_value());
    QCOMPARE(pair->train->size(), 2000);
    QCOMPARE(pair->test->size(), 500);
    QCOMPARE(pair->train->classNames().size(), std::size_t {10});
    QVERIFY(hashOf(*pair->train) != hashOf(*pair->test));
    QCOMPARE(hashOf(*pair->test), std::uint64_t {3622933855792248891ULL});
    data.perClassLimit = 3;
    QCOMPARE(openDatasets(data, {}, {})->train->size(), 30);
}

void TestDatasets::inspectorTellsTheFacts()
{
    const auto facts = makeDatasetInspector()->inspect({}, {});
    QVERIFY(facts.has_value());
    QCOMPARE(facts->kind, std::string("embedded demo"));
    QCOMPARE(facts->trainImages, 2000);
    QCOMPARE(facts->testImages, 500);
    QCOMPARE(facts->classes.front(), std::string("checkers"));
    QVERIFY(!makeDatasetInspector()->inspect(config("missing"), {}).has_value());
}

QTEST_GUILESS_MAIN(TestDatasets)
#include "test_datasets.moc"
