// SPDX-License-Identifier: GPL-3.0-or-later
#include "invocation.h"
#include "tests/support/temp_database.h"

#include <QtTest>

#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>

using namespace mocoscope::testing;
using nlohmann::json;

namespace {

std::string contentOf(const std::filesystem::path& file)
{
    std::ostringstream text;
    text << std::ifstream(file, std::ios::binary).rdbuf();
    return text.str();
}

} // namespace

#define VERIFY_HAS(text, part) QVERIFY2((text).find(part) != std::string::npos, (text).c_str())

/// One run, 'cool', with a checkpoint of step 10; what is exported is what was asked for.
class TestExportCommand final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_store = std::make_unique<TempDatabase>();
        QCOMPARE(run({"train", "--preset", "demo", "--name", "cool"}).exitCode, 0);
    }

    void writesTheNewestWeights()
    {
        const Invocation text = run({"export", "cool", path("w.safetensors")});
        QCOMPARE(text.exitCode, 0);
        VERIFY_HAS(text.out, "base encoder at step 10");
        VERIFY_HAS(text.out, "vit_tiny_patch16_224");
        const std::string content = contentOf(path("w.safetensors"));
        QVERIFY2(content.starts_with("base of cool ("), content.c_str());
        VERIFY_HAS(content, "step-10.safetensors");
    }

    void writesTheMomentumEncoderAsJson()
    {
        const Invocation result = run({"export", "1", path("m.safetensors"), "--encoder",
                                       "momentum", "--step", "10", "--json"});
        QCOMPARE(result.exitCode, 0);
        const json object = json::parse(result.out);
        QCOMPARE(object.at("type"), "export");
        QCOMPARE(object.at("encoder"), "momentum");
        QCOMPARE(object.at("step"), 10);
        QCOMPARE(object.at("architecture"), "vit_tiny_patch16_224");
        QVERIFY(contentOf(path("m.safetensors")).starts_with("momentum of"));
    }

    void writesFeatures()
    {
        const Invocation result = run(
            {"export", "cool", path("f.npy"), "--split", "train", "--device", "cpu", "--json"});
        QCOMPARE(result.exitCode, 0);
        const json object = json::parse(result.out);
        QCOMPARE(object.at("shape"), (json {7, 3}));
        QCOMPARE(object.at("labels"), path("f.labels.npy"));
        QCOMPARE(contentOf(path("f.npy")), "base features of train on cpu\n");
        QCOMPARE(run({"export", "cool", path("t.npy")}).exitCode, 0);
        QCOMPARE(contentOf(path("t.npy")), "base features of test on auto\n");
        World terminal;
        terminal.isTerminal = true;
        const Invocation shown = run({"export", "cool", path("t.npy")}, terminal);
        VERIFY_HAS(shown.err, "0 of 7 images");
        VERIFY_HAS(shown.out, "7 images x 3");
    }

    void refuses_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<QString>("expected");
        QTest::newRow("no such run") << QStringList {"hot", "x.safetensors"} << "cool";
        QTest::newRow("no such step")
            << QStringList {"cool", "x.safetensors", "--step", "7"} << "those of 10";
        QTest::newRow("ending") << QStringList {"cool", "x.pt"} << ".safetensors for weights";
        QTest::newRow("split of weights")
            << QStringList {"cool", "x.safetensors", "--split", "train"} << "are for features";
        QTest::newRow("encoder") << QStringList {"cool", "x.safetensors", "--encoder", "best"}
                                 << "--encoder";
        QTest::newRow("negative step")
            << QStringList {"cool", "x.safetensors", "--step", "-1"} << "--step";
        QTest::newRow("no file") << QStringList {"cool"} << "FILE is required";
    }
    void refuses()
    {
        QFETCH(QStringList, arguments);
        QFETCH(QString, expected);
        std::vector<std::string> words {"export"};
        for (const QString& argument : arguments) {
            words.push_back(argument.toStdString());
        }
        const Invocation result = run(words);
        QCOMPARE(result.exitCode, 2);
        VERIFY_HAS(result.err, expected.toStdString());
        QVERIFY(!std::filesystem::exists("x.safetensors"));
    }

    void saysWhenThereIsNoCheckpoint()
    {
        World broken;
        broken.script.failAtStart = mocoscope::training::Error {
            mocoscope::training::ErrorCode::Device, "the device is gone", {}};
        QCOMPARE(run({"train", "--preset", "demo", "--name", "early"}, broken).exitCode, 1);
        const Invocation result = run({"export", "early", path("x.safetensors")});
        QCOMPARE(result.exitCode, 2);
        VERIFY_HAS(result.err, "no checkpoint yet");
    }

    void saysWhatCannotBeWritten()
    {
        const Invocation result = run({"export", "cool", path("no such folder/w.safetensors")});
        QCOMPARE(result.exitCode, 1);
        VERIFY_HAS(result.err, "cannot write");
    }

private:
    Invocation run(std::vector<std::string> arguments, const World& world = {}) const
    {
        arguments.emplace_back("--store");
        arguments.push_back(m_store->file().string());
        return invoke(arguments, world);
    }
    std::string path(const std::string& name) const { return (m_store->folder() / name).string(); }

    std::unique_ptr<TempDatabase> m_store;
};

QTEST_GUILESS_MAIN(TestExportCommand)
#include "test_export_command.moc"
