// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/data/image_files.h"
#include "training/data/dataset.h"
#include "training/data/file_store.h"

#include <QTemporaryDir>
#include <QTest>

#include <csignal>
#include <sys/resource.h>

using namespace mocoscope::training;
using namespace mocoscope::testing;

namespace fs = std::filesystem;

class TestArchives : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void tarIsReadInPlace();
    void longNamesAreRead();
    void namesThatLeaveAreRefused_data();
    void namesThatLeaveAreRefused();
    void linksAreLeftOut();
    void damagedTarIsRefused_data();
    void damagedTarIsRefused();
    void compressedTarIsUnpackedOnce();
    void changedArchiveReplacesTheOldOne();
    void cutOffGzipLeavesNothing();
    void fullDiskLeavesNothing();
    void unpackingCanBeCancelled();

private:
    [[nodiscard]] fs::path at(const char* name) const
    {
        return fs::path(m_folder->path().toStdString()) / name;
    }
    [[nodiscard]] Result<DatasetPair> open(const char* name, const std::stop_token& stop = {}) const
    {
        DataConfig data;
        data.path = at(name).string();
        return openDatasets(data, stop, {});
    }
    [[nodiscard]] std::vector<fs::path> cached() const
    {
        std::vector<fs::path> files;
        std::error_code ignored;
        for (const auto& entry : fs::directory_iterator(at("cache/mocoscope"), ignored)) {
            files.push_back(entry.path());
        }
        return files;
    }
    std::unique_ptr<QTemporaryDir> m_folder;
};

namespace {

const Bytes anImage = makeOther(makePicture(16, 12), ".png");

Bytes twoClasses()
{
    return makeTar({{"set/", {}},
                    {"set/train/", {}},
                    {"set/train/cat/1.png", anImage},
                    {"set/train/dog/1.png", anImage},
                    {"set/test/dog/2.png", anImage}});
}

} // namespace

void TestArchives::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    qputenv("XDG_CACHE_HOME", m_folder->filePath("cache").toUtf8());
}

void TestArchives::tarIsReadInPlace()
{
    writeFile(at("set.tar"), twoClasses());
    const auto pair = open("set.tar");
    QVERIFY(pair.has_value());
    QCOMPARE(pair->kind, std::string("tar archive"));
    QCOMPARE(pair->train->size(), 2);
    QCOMPARE(pair->test->size(), 1);
    QCOMPARE(pair->test->label(0), 1);
    const auto image = pair->train->decode(1, 0);
    QVERIFY(image.has_value());
    QVERIFY(image->rgb == makePicture(16, 12).rgb);
    QVERIFY(cached().empty());
}

void TestArchives::longNamesAreRead()
{
    const std::string longName = "cat/" + std::string(180, 'n') + "ä.png";
    writeFile(at("set.tar"), makeTar({{longName, anImage}}));
    const auto pair = open("set.tar");
    QVERIFY(pair.has_value());
    QCOMPARE(pair->train->name(0), longName);
    QVERIFY(pair->train->decode(0, 0).has_value());
}

void TestArchives::namesThatLeaveAreRefused_data()
{
    QTest::addColumn<QByteArray>("name");
    QTest::newRow("absolute") << QByteArray("/etc/evil.png");
    QTest::newRow("upwards") << QByteArray("../evil.png");
    QTest::newRow("upwards inside") << QByteArray("cat/../../evil.png");
}

void TestArchives::namesThatLeaveAreRefused()
{
    QFETCH(QByteArray, name);
    writeFile(at("set.tar"), makeTar({{name.toStdString(), anImage}}));
    const auto pair = open("set.tar");
    QVERIFY(!pair.has_value());
    QVERIFY(pair.error().detail.find("leaves the archive") != std::string::npos);
    writeFile(at("set.tar.gz"), gzipped(makeTar({{name.toStdString(), anImage}})));
    QVERIFY(!open("set.tar.gz").has_value());
    QVERIFY(cached().empty());
}

void TestArchives::linksAreLeftOut()
{
    writeFile(at("set.tar"), makeTarWithLink("cat/1.png", "/etc/passwd"));
    const auto pair = open("set.tar");
    QVERIFY(!pair.has_value());
    QVERIFY(pair.error().message.find("no images") != std::string::npos);
}

void TestArchives::damagedTarIsRefused_data()
{
    QTest::addColumn<int>("damage"); // > 0: bytes kept, < 0: byte that is changed
    QTest::newRow("cut off in an image") << 512 + 100;
    QTest::newRow("changed header") << -20;
    QTest::newRow("size beyond the end") << -124;
}

void TestArchives::damagedTarIsRefused()
{
    QFETCH(int, damage);
    Bytes tar = makeTar({{"cat/1.png", anImage}});
    if (damage > 0) {
        tar.resize(static_cast<std::size_t>(damage));
    } else {
        tar[static_cast<std::size_t>(-damage)] = '7';
    }
    writeFile(at("set.tar"), tar);
    const auto pair = open("set.tar");
    QVERIFY(!pair.has_value());
    QCOMPARE(pair.error().code, ErrorCode::Unreadable);
}

void TestArchives::compressedTarIsUnpackedOnce()
{
    writeFile(at("set.tar.gz"), gzipped(twoClasses()));
    const auto pair = open("set.tar.gz");
    QVERIFY(pair.has_value());
    QCOMPARE(pair->train->size(), 2);
    QVERIFY(pair->train->decode(0, 0).has_value());
    QCOMPARE(cached().size(), std::size_t {1});
    const auto written = fs::last_write_time(cached().front());
    QVERIFY(open("set.tar.gz").has_value());
    QVERIFY(fs::last_write_time(cached().front()) == written);
}

void TestArchives::changedArchiveReplacesTheOldOne()
{
    writeFile(at("set.tgz"), gzipped(twoClasses()));
    QVERIFY(open("set.tgz").has_value());
    const fs::path before = cached().front();
    writeFile(
        at("set.tgz"),
        gzipped(makeTar({{"cat/1.png", anImage}, {"cat/2.png", anImage}, {"cat/3.png", anImage}})));
    QCOMPARE(open("set.tgz")->train->size(), 3);
    QCOMPARE(cached().size(), std::size_t {1});
    QVERIFY(cached().front() != before);
}

void TestArchives::cutOffGzipLeavesNothing()
{
    Bytes file = gzipped(twoClasses());
    file.resize(file.size() / 2);
    writeFile(at("set.tar.gz"), file);
    const auto pair = open("set.tar.gz");
    QVERIFY(!pair.has_value());
    QCOMPARE(pair.error().code, ErrorCode::Unreadable);
    QVERIFY(cached().empty());
}

/// A limit on the size of files fails as a full disk does.
void TestArchives::fullDiskLeavesNothing()
{
    writeFile(at("set.tar.gz"), gzipped(twoClasses()));
    std::signal(SIGXFSZ, SIG_IGN);
    rlimit former {};
    getrlimit(RLIMIT_FSIZE, &former);
    const rlimit tight {1024, former.rlim_max};
    setrlimit(RLIMIT_FSIZE, &tight);
    const auto pair = open("set.tar.gz");
    setrlimit(RLIMIT_FSIZE, &former);
    QVERIFY(!pair.has_value());
    QCOMPARE(pair.error().code, ErrorCode::Unwritable);
    QVERIFY(pair.error().detail.find("XDG_CACHE_HOME") != std::string::npos);
    QVERIFY(cached().empty());
    QVERIFY(open("set.tar.gz").has_value());
}

void TestArchives::unpackingCanBeCancelled()
{
    writeFile(at("set.tar.gz"), gzipped(twoClasses()));
    std::stop_source stop;
    stop.request_stop();
    const auto pair = open("set.tar.gz", stop.get_token());
    QVERIFY(!pair.has_value());
    QCOMPARE(pair.error().code, ErrorCode::Cancelled);
    QVERIFY(cached().empty());
}

QTEST_GUILESS_MAIN(TestArchives)
#include "test_archives.moc"
