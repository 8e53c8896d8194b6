// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/interchange/safetensors.h"

#include <QCryptographicHash>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <fstream>

using namespace mocoscope::training;

class SafetensorsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void roundTripKeepsTypesShapesAndBits_data()
    {
        QTest::addColumn<int>("type");
        for (const auto type : {torch::kFloat64, torch::kFloat32, torch::kFloat16, torch::kBFloat16,
                                torch::kInt64, torch::kInt32, torch::kUInt8, torch::kBool}) {
            QTest::newRow(c10::toString(type)) << static_cast<int>(type);
        }
    }
    void roundTripKeepsTypesShapesAndBits()
    {
        QFETCH(int, type);
        const auto scalar = static_cast<torch::ScalarType>(type);
        const auto matrix = (torch::rand({3, 5}) * 100).to(scalar);
        const auto number = torch::ones({}, torch::kInt64);
        const auto empty = torch::zeros({0, 4});
        const auto path = file("a.safetensors");
        const auto written = writeSafetensors(
            path, {{"matrix", matrix.t()}, {"number", number}, {"empty", empty}}, {{"step", "7"}});
        QVERIFY(written.has_value());
        const auto read = readSafetensors(path);
        QVERIFY2(read.has_value(), read ? "" : toText(read.error()).c_str());
        QVERIFY(read->tensors.at("matrix").equal(matrix.t()));
        QVERIFY(read->tensors.at("number").equal(number));
        QCOMPARE(read->tensors.at("empty").sizes(), empty.sizes());
        QCOMPARE(read->metadata.at("step"), "7");
    }

    void hashIsThatOfTheFile()
    {
        const auto path = file("a.safetensors");
        const auto written = writeSafetensors(path, {{"x", torch::rand({100})}}, {});
        QFile content(QString::fromStdString(path));
        QVERIFY(content.open(QIODevice::ReadOnly));
        QCryptographicHash hash(QCryptographicHash::Sha256);
        hash.addData(&content);
        QCOMPARE(QString::fromStdString(written->sha256),
                 QString::fromLatin1(hash.result().toHex()));
        QCOMPARE(written->bytes, content.size());
    }

    void hostileFilesAreRefused_data()
    {
        QTest::addColumn<QByteArray>("content");
        const auto with = [](const QByteArray& header, const QByteArray& data = {}) {
            const auto size = static_cast<quint64>(header.size());
            return QByteArray(reinterpret_cast<const char*>(&size), 8) + header + data;
        };
        const quint64 huge = ~quint64(0);
        QTest::newRow("empty") << QByteArray();
        QTest::newRow("text") << QByteArray("hello, this is no tensor file at all");
        QTest::newRow("huge header") << QByteArray(reinterpret_cast<const char*>(&huge), 8) + "{}";
        QTest::newRow("no JSON") << with("{{{{");
        QTest::newRow("an array") << with("[1,2]");
        QTest::newRow("no fields") << with(R"({"x":{}})");
        QTest::newRow("unknown type")
            << with(R"({"x":{"dtype":"F3","shape":[1],"data_offsets":[0,4]}})", "1234");
        QTest::newRow("overflow") << with(
            R"({"x":{"dtype":"F32","shape":[4294967296,4294967296],"data_offsets":[0,0]}})");
        QTest::newRow("negative") << with(
            R"({"x":{"dtype":"F32","shape":[-1],"data_offsets":[0,4]}})", "1234");
        QTest::newRow("a size that no number holds") << with(
            R"({"x":{"dtype":"F32","shape":[10995116277799511627776],"data_offsets":[0,4]}})",
            "1234");
        QTest::newRow("a size with an exponent")
            << with(R"({"x":{"dtype":"F32","shape":[1e0],"data_offsets":[0,4]}})", "1234");
        QTest::newRow("an offset that no number holds")
            << with(R"({"x":{"dtype":"F32","shape":[1],"data_offsets":[0,4e30]}})", "1234");
        QTest::newRow("three offsets")
            << with(R"({"x":{"dtype":"F32","shape":[1],"data_offsets":[0,4,4]}})", "1234");
        QTest::newRow("no list of offsets")
            << with(R"({"x":{"dtype":"F32","shape":[1],"data_offsets":4}})", "1234");
        QTest::newRow("beyond the end")
            << with(R"({"x":{"dtype":"F32","shape":[4],"data_offsets":[0,16]}})", "1234");
        QTest::newRow("overlap") << with(
            R"({"x":{"dtype":"U8","shape":[4],"data_offsets":[0,4]},"y":{"dtype":"U8","shape":[4],"data_offsets":[0,4]}})",
            "1234");
        QTest::newRow("gap") << with(R"({"x":{"dtype":"U8","shape":[1],"data_offsets":[1,2]}})",
                                     "12");
        QTest::newRow("absurd but consistent") << with(
            R"({"x":{"dtype":"F32","shape":[1000000000000],"data_offsets":[0,4000000000000]}})");
    }
    void hostileFilesAreRefused()
    {
        QFETCH(QByteArray, content);
        const auto path = file("bad.safetensors");
        std::ofstream(path, std::ios::binary).write(content.data(), content.size());
        const auto read = readSafetensors(path);
        QVERIFY(!read.has_value());
        QVERIFY(read.error().message.find("bad.safetensors") != std::string::npos);
    }

    void aFailedWriteLeavesTheOldFile()
    {
        const auto path = file("kept.safetensors");
        QVERIFY(writeSafetensors(path, {{"x", torch::ones({4})}}, {}).has_value());
        // A folder where the temporary file should be
        std::filesystem::create_directory(path + ".partial");
        QVERIFY(!writeSafetensors(path, {{"x", torch::zeros({4})}}, {}).has_value());
        QVERIFY(readSafetensors(path)->tensors.at("x").equal(torch::ones({4})));
    }

    void aFullDiskIsSaid()
    {
        if (!std::filesystem::exists("/dev/full")) {
            QSKIP("there is no /dev/full");
        }
        std::filesystem::create_symlink("/dev/full", file("full.safetensors") + ".partial");
        const auto written
            = writeSafetensors(file("full.safetensors"), {{"x", torch::ones({9999})}}, {});
        QVERIFY(!written.has_value());
        QVERIFY(written.error().detail.find("space") != std::string::npos);
    }

private:
    std::string file(const char* name) const { return m_folder.filePath(name).toStdString(); }
    QTemporaryDir m_folder;
};

QTEST_GUILESS_MAIN(SafetensorsTest)
#include "safetensors_test.moc"
