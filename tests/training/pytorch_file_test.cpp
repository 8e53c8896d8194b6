// SPDX-License-Identifier: GPL-3.0-or-later
// Files of torch.save() and .npy, hostile ones above all. Right ones of torch itself are in
// interop_features_test.
#include "pytorch_writer.h"
#include "training/interchange/npy.h"
#include "training/interchange/pickle.h"
#include "training/interchange/pytorch_file.h"

#include <QTemporaryDir>
#include <QTest>

#include <fstream>

using namespace mocoscope::training;
using namespace mocoscope::testing;

class PytorchFileTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsTensorsAndViews()
    {
        const auto path = write(
            "a.pth",
            pytorchZip(pickledDict(
                {{"whole", pickledTensor({})},
                 {"turned", pickledTensor({.strides = {1, 2}})},
                 {"last", pickledTensor({.offset = 3, .sizes = {}, .strides = {}})},
                 {"none", pickledTensor({.offset = 4, .sizes = {0, 3}, .strides = {3, 1}})}})));
        const auto file = readWeights(path);
        QVERIFY2(file.has_value(), file ? "" : toText(file.error()).c_str());
        const auto expected = torch::tensor({{1.0F, 2.0F}, {3.0F, 4.0F}});
        QVERIFY(file->tensors.at("whole").equal(expected));
        QVERIFY(file->tensors.at("turned").equal(expected.t()));
        QVERIFY(file->tensors.at("last").equal(torch::tensor(4.0F)));
        QCOMPARE(file->tensors.at("none").numel(), 0);
    }

    void takesTheStateOfACheckpoint()
    {
        const QByteArray state = pickledDict({{"w", pickledTensor({})}});
        // without protocol and stop it is a value
        const QByteArray inner = state.mid(2, state.size() - 3);
        const auto file = readWeights(
            write("b.pth.tar",
                  pytorchZip(pickledDict(
                      {{"epoch", "K\x05"}, {"arch", pickledText("vit")}, {"state_dict", inner}}))));
        QVERIFY2(file.has_value(), file ? "" : toText(file.error()).c_str());
        QCOMPARE(file->tensors.size(), 1U);
        QCOMPARE(file->metadata.at("epoch"), "5");
        QCOMPARE(file->metadata.at("arch"), "vit");
    }

    void refusesPickles_data()
    {
        QTest::addColumn<QByteArray>("pickle");
        QTest::addColumn<QString>("word");
        const auto row = [](const char* name, const QByteArray& pickle, const char* word) {
            QTest::newRow(name) << pickle << word;
        };
        row("os.system",
            QByteArray("\x80\x02") + pickledGlobal("os", "system") + "(" + pickledText("echo hi")
                + "tR.",
            "'os.system'");
        row("posix.system, deep in a dictionary",
            pickledDict({{"w", pickledTensor({})},
                         {"x", pickledGlobal("posix", "system") + pickledText("x") + "\x85R"}}),
            "'posix.system'");
        row("builtins.eval by the newer opcode",
            QByteArray("\x80\x04\x8c\x08") + "builtins" + "\x8c\x04" + "eval" + "\x93.",
            "'builtins.eval'");
        row("a name to trick a terminal",
            QByteArray("\x80\x02") + pickledGlobal("\x1b[2J", "x") + ".", "'?[2J.x'");
        row("REDUCE of a storage type",
            QByteArray("\x80\x02") + pickledGlobal("torch", "FloatStorage") + ")R.",
            "it calls 'torch.FloatStorage'");
        row("BUILD of a list", QByteArray("\x80\x02]}b."), "wrong type");
        row("INST", QByteArray("\x80\x02(ios\nsystem\n."), "operation 105");
        row("EXT1", QByteArray("\x80\x02\x82\x01."), "operation 130");
        row("protocol 9", QByteArray("\x80\x09N."), "protocol 9");
        row("empty", QByteArray(), "cut off");
        row("no stop", QByteArray("\x80\x02}"), "cut off");
        row("empty stack", QByteArray("\x80\x02."), "runs empty");
        row("no mark", QByteArray("\x80\x02u."), "mark is missing");
        row("pop below a mark", QByteArray("\x80\x02N(s."), "runs empty");
        row("memo", QByteArray("\x80\x02h\x07."), "not there");
        row("text beyond the end", QByteArray("\x80\x02X\xff\xff\xff\x7f") + "a.", "cut off");
        row("key without value", QByteArray("\x80\x02}(K\x01u."), "no value");
        row("a list", QByteArray("\x80\x02]."), "no dictionary");
        row("a number", pickledDict({{"w", "K\x01"}}), "is no tensor");
        row("a name twice", pickledDict({{"w", pickledTensor({})}, {"w", pickledTensor({})}}),
            "twice");
        row("too many values", QByteArray("\x80\x02(") + QByteArray(600'000, 'N') + "t.",
            "more than");
    }
    void refusesPickles()
    {
        QFETCH(QByteArray, pickle);
        QFETCH(QString, word);
        for (const bool isZip : {true, false}) {
            const auto path
                = write("bad.pth", isZip ? pytorchZip(pickle) : oldFormat(pickle, QByteArray()));
            const auto file = readWeights(path);
            QVERIFY(!file.has_value());
            const std::string text = toText(file.error());
            // in the older format what comes behind is taken for the rest of a pickle that is cut
            // off
            QVERIFY2(!isZip || text.find(word.toStdString()) != std::string::npos, text.c_str());
            QVERIFY2(text.find("bad.pth") != std::string::npos, text.c_str());
        }
    }

    /// A short text that names a long list many times is bounded, and so is nesting.
    void hostilePicklesCostLittle()
    {
        QByteArray growing
            = QByteArray("\x80\x02](") + QByteArray("NN\x86").repeated(2000) + "e\x85q\x01(";
        for (int i = 0; i < 5000; ++i) {
            growing += pickledGlobal("collections", "OrderedDict") + "h\x01R";
        }
        const auto refused = readPickle(bytesOf(growing + "t."));
        QVERIFY(!refused.has_value());
        QVERIFY2(refused.error().detail.find("too many items") != std::string::npos,
                 refused.error().detail.c_str());

        const QByteArray deep = QByteArray("\x80\x02N") + QByteArray(400'000, '\x85') + ".";
        QVERIFY(readPickle(bytesOf(deep)).has_value()); // and its end does not overflow the stack
        const QByteArray cyclic("\x80\x02]q\x01h\x01"
                                "a.");
        QVERIFY(readPickle(bytesOf(cyclic)).has_value());
    }

    void refusesTensors_data()
    {
        QTest::addColumn<QByteArray>("tensor");
        const auto row = [](const char* name, const TensorText& tensor) {
            QTest::newRow(name) << pickledTensor(tensor);
        };
        row("beyond its storage", {.sizes = {3, 2}});
        row("offset beyond", {.offset = 1});
        row("negative offset", {.offset = -1});
        row("negative size", {.sizes = {-2, 2}});
        row("negative stride", {.strides = {-2, 1}});
        row("ranks differ", {.strides = {1}});
        row("expanded", {.sizes = {1'000'000, 1'000'000}, .strides = {0, 0}});
        row("overflow", {.sizes = {qint64(1) << 62, 4}, .strides = {0, 1}});
        row("overflow of strides", {.sizes = {3, 2}, .strides = {qint64(1) << 62, 1}});
        row("storage larger than its entry", {.elements = qint64(1) << 40});
        row("storage smaller than its entry", {.elements = 3, .sizes = {2}, .strides = {1}});
        row("storage missing", {.key = "7"});
        row("storage of a strange name", {.key = "../data.pkl"});
        row("other type", {.storage = "DoubleStorage"});
        row("negative storage", {.elements = -4});
        row("17 dimensions", {.sizes = QList<qint64>(17, 1), .strides = QList<qint64>(17, 1)});
    }
    void refusesTensors()
    {
        QFETCH(QByteArray, tensor);
        const auto file = readWeights(write("bad.pth", pytorchZip(pickledDict({{"w", tensor}}))));
        QVERIFY(!file.has_value());
        QVERIFY(file.error().code == ErrorCode::Unreadable);
    }

    void refusesOneStorageOfTwoTypes()
    {
        const auto file = readWeights(
            write("bad.pth",
                  pytorchZip(pickledDict({{"a", pickledTensor({})},
                                          {"b", pickledTensor({.storage = "IntStorage"})}}))));
        QVERIFY(!file.has_value());
        QVERIFY(toText(file.error()).find("in another way") != std::string::npos);
    }

    void refusesArchives_data()
    {
        QTest::addColumn<QByteArray>("content");
        const QByteArray good = pickledDict({{"w", pickledTensor({})}});
        const QByteArray storage(16, '\0');
        const auto row
            = [](const char* name, const QByteArray& content) { QTest::newRow(name) << content; };
        const ZipText pickle {"a/data.pkl", good};
        row("a name twice", zipOf({pickle, {"a/data/0", storage}, {"a/data/0", storage}}));
        row("compressed", zipOf({pickle, {.name = "a/data/0", .content = storage, .method = 8}}));
        row("absurd size",
            zipOf({pickle, {.name = "a/data/0", .content = storage, .claimedBytes = 0xfffffff0}}));
        row("header outside",
            zipOf({pickle, {.name = "a/data/0", .content = storage, .claimedOffset = 0x7fffffff}}));
        row("overlap",
            zipOf({pickle,
                   {.name = "a/data/0", .content = storage, .claimedBytes = 60},
                   {"a/data/1", storage}}));
        row("another local name",
            zipOf({pickle, {.name = "a/data/0", .content = storage, .localName = "a/data/1"}}));
        row("zip64 without its record",
            zipOf({pickle, {.name = "a/data/0", .content = storage, .claimedBytes = 0xffffffff}}));
        row("big-endian", zipOf({pickle, {"a/byteorder", "big"}, {"a/data/0", storage}}));
        row("no pickle", zipOf({{"a/data/0", storage}}));
        row("nothing", zipOf({}));
        const QByteArray whole = pytorchZip(good);
        row("end cut off", whole.chopped(1));
        row("start cut off", "PK" + whole.mid(40));
        row("a comment that is too short", whole + "x");
        QByteArray count = whole;
        count[count.size() - 12] = '\x7f'; // entries of the list
        row("wrong count", count);
    }
    void refusesArchives()
    {
        QFETCH(QByteArray, content);
        const auto file = readWeights(write("bad.pth", content));
        QVERIFY(!file.has_value());
        QVERIFY(toText(file.error()).find("bad.pth") != std::string::npos);
    }

    /// Cut anywhere a file is refused, changed anywhere it is read or refused; never worse.
    void damagedFilesAreRefused()
    {
        const QByteArray dict = pickledDict({{"w", pickledTensor({})}});
        QByteArray storage;
        for (const float value : {1.0F, 2.0F, 3.0F, 4.0F}) {
            storage += littleEndianBytes(value);
        }
        for (const QByteArray& whole : {pytorchZip(dict), oldFormat(dict, storage)}) {
            QVERIFY(readWeights(write("good.pth", whole)).has_value());
            for (qsizetype size = 0; size < whole.size(); ++size) {
                QVERIFY2(!readWeights(write("cut.pth", whole.first(size))).has_value(),
                         std::to_string(size).c_str());
            }
            for (qsizetype at = 0; at < whole.size(); ++at) {
                for (const char flipped : {'\x01', '\x80', '\xff'}) {
                    QByteArray changed = whole;
                    changed[at] = static_cast<char>(changed[at] ^ flipped);
                    (void)readWeights(write("changed.pth", changed));
                }
            }
        }
    }

    void refusesAnOldFileWithoutItsMagic()
    {
        const auto file = readWeights(write("bad.pth", pickledDict({{"w", "K\x01"}})));
        QVERIFY(!file.has_value());
        QVERIFY(toText(file.error()).find("none of torch.save()") != std::string::npos);
    }

    void npyGoesBackAndForth()
    {
        for (const auto& tensor :
             {torch::rand({5, 3}), torch::arange(7), torch::rand({}, torch::kFloat64),
              torch::zeros({0, 4}), torch::rand({4, 3}).t()}) {
            const auto path = m_folder.filePath("x.npy").toStdString();
            QVERIFY(writeNpy(path, tensor).has_value());
            const auto read = readNpy(path);
            QVERIFY2(read.has_value(), read ? "" : toText(read.error()).c_str());
            QVERIFY(read->equal(tensor));
            QCOMPARE((std::filesystem::file_size(path) - tensor.nbytes()) % 64, 0U);
        }
    }

    void refusesNpy_data()
    {
        QTest::addColumn<QByteArray>("content");
        const auto npy = [](QByteArray header, const QByteArray& data) {
            header = header.leftJustified(117, ' ') + "\n";
            return QByteArray("\x93NUMPY\x01\0", 8)
                + littleEndianBytes(static_cast<quint16>(header.size())) + header + data;
        };
        const QByteArray head = "{'descr': '<f4', 'fortran_order': False, 'shape': ";
        QTest::newRow("empty") << QByteArray();
        QTest::newRow("text") << QByteArray("hello, this is no array at all");
        QTest::newRow("objects") << npy("{'descr': '|O', 'fortran_order': False, 'shape': (1,), }",
                                        "\x80\x02N.");
        QTest::newRow("big-endian")
            << npy("{'descr': '>f4', 'fortran_order': False, 'shape': (1,), }", "1234");
        QTest::newRow("code") << npy(
            "{'descr': __import__('os'), 'fortran_order': False, 'shape': (1,), }", "1234");
        QTest::newRow("short") << npy(head + "(2,), }", "1234");
        QTest::newRow("long") << npy(head + "(1,), }", "12345678");
        QTest::newRow("absurd") << npy(head + "(1000000000000,), }", "1234");
        QTest::newRow("overflow") << npy(head + "(4294967296, 4294967296), }", "");
        QTest::newRow("digits") << npy(head + "(99999999999999999999,), }", "");
        QTest::newRow("cut off") << npy(head + "(1,), }", "1234").first(50);
    }
    void refusesNpy()
    {
        QFETCH(QByteArray, content);
        const auto read = readNpy(write("bad.npy", content));
        QVERIFY(!read.has_value());
        QVERIFY(read.error().message.find("bad.npy") != std::string::npos);
    }

private:
    std::string write(const char* name, const QByteArray& content) const
    {
        const std::string path = m_folder.filePath(name).toStdString();
        std::ofstream(path, std::ios::binary).write(content.data(), content.size());
        return path;
    }
    static std::span<const std::uint8_t> bytesOf(const QByteArray& bytes)
    {
        return {reinterpret_cast<const std::uint8_t*>(bytes.data()),
                static_cast<std::size_t>(bytes.size())};
    }
    /// The format before torch 1.6, with the storage `0`.
    static QByteArray oldFormat(const QByteArray& object, const QByteArray& storage)
    {
        const QByteArray magic
            = QByteArray("\x80\x02\x8a\x0a\x6c\xfc\x9c\x46\xf9\x20\x6a\xa8\x50\x19.");
        const QByteArray version = QByteArray("\x80\x02M\xe9\x03.");
        const QByteArray machine = pickledDict({{"little_endian", "\x88"}});
        const QByteArray keys = QByteArray("\x80\x02]") + pickledText("0") + "a.";
        return magic + version + machine + object + keys
            + littleEndianBytes(static_cast<quint64>(storage.size() / 4)) + storage;
    }
    QTemporaryDir m_folder;
};

QTEST_GUILESS_MAIN(PytorchFileTest)
#include "pytorch_file_test.moc"
