// SPDX-License-Identifier: GPL-3.0-or-later
#include "invocation.h"
#include "storage/artifacts.h"
#include "storage/run_repository.h"
#include "tests/support/temp_database.h"

#include <QtTest>

#include <nlohmann/json.hpp>

using namespace mocoscope;
using namespace mocoscope::testing;
using nlohmann::json;

#define VERIFY_HAS(text, part) QVERIFY2((text).find(part) != std::string::npos, (text).c_str())

/// One run, 'cool', with a checkpoint of step 10.
class TestFeaturesCommand final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_store = std::make_unique<TempDatabase>();
        QCOMPARE(run({"train", "--preset", "demo", "--name", "cool"}).exitCode, 0);
    }

    void computesAndRecords()
    {
        const Invocation text = run({"features", "cool"});
        QCOMPARE(text.exitCode, 0);
        VERIFY_HAS(text.out, "step 10: 40.0 % of the variance");
        VERIFY_HAS(text.out, "25.0 % of the nearest neighbours");
        auto database = m_store->open();
        const auto artifacts = storage::artifactsOf(database, {1}).value();
        QCOMPARE(artifacts.size(), 1U);
        QCOMPARE(artifacts.front().step, 10);
        const auto cool = storage::RunRepository(database).find("cool").value();
        QCOMPARE(artifacts.front().path.parent_path(),
                 storage::artifactFolder(database.file(), cool.uuid));
    }

    void tellsJson()
    {
        const Invocation result = run({"features", "1", "--all", "--block", "1", "--json"});
        QCOMPARE(result.exitCode, 0);
        const json object = json::parse(result.out);
        QCOMPARE(object.at("type"), "features");
        QCOMPARE(object.at("step"), 10);
        QCOMPARE(object.at("images"), 40);
        QCOMPARE(object.at("block"), 1);
        QCOMPARE(object.at("same_label_share"), 0.25);
        QCOMPARE(object.at("written").size(), 1U);
    }

    /// Asked for by name, it is not left out in silence.
    void attentionNeedsAClassToken()
    {
        const std::string pooled = "model.pooling=mean";
        QCOMPARE(run({"train", "--preset", "demo", "--name", "pooled", "--set", pooled}).exitCode,
                 0);
        const Invocation refused = run({"features", "pooled", "--block", "0"});
        QCOMPARE(refused.exitCode, 2);
        VERIFY_HAS(refused.err, "model.pooling = mean leaves no class token");
        QCOMPARE(run({"features", "pooled"}).exitCode, 0);
    }

    void laysOutByTsneWhereItIsAskedFor()
    {
        const json without = json::parse(run({"features", "cool", "--json"}).out);
        QVERIFY(without.at("tsne").is_null());
        const json with = json::parse(run({"features", "cool", "--tsne", "--json"}).out);
        QCOMPARE(with.at("tsne").at("perplexity"), 13);
        QCOMPARE(with.at("tsne").at("divergence"), 0.25);
        const Invocation text = run({"features", "cool", "--tsne"});
        VERIFY_HAS(text.out, "t-SNE with a divergence of 0.250");
        auto database = m_store->open();
        const auto artifacts = storage::artifactsOf(database, {1}).value();
        QCOMPARE(artifacts.back().kind, std::string("tsne"));
    }

    void showsProgressOnATerminal()
    {
        World terminal;
        terminal.isTerminal = true;
        const Invocation result = run({"features", "cool", "--tsne"}, terminal);
        VERIFY_HAS(result.err, "step 10: 0 of 40 images");
        VERIFY_HAS(result.err, "step 10: 10 of 1000 iterations of t-SNE");
    }

    void refuses_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<QString>("expected");
        QTest::newRow("no such run") << QStringList {"hot"} << "cool";
        QTest::newRow("no such step") << QStringList {"cool", "--step", "7"} << "those of 10";
        QTest::newRow("a step and all") << QStringList {"cool", "--step", "10", "--all"} << "--all";
        QTest::newRow("no run") << QStringList {} << "RUN is required";
    }
    void refuses()
    {
        QFETCH(QStringList, arguments);
        QFETCH(QString, expected);
        std::vector<std::string> words {"features"};
        for (const QString& argument : arguments) {
            words.push_back(argument.toStdString());
        }
        const Invocation result = run(words);
        QCOMPARE(result.exitCode, 2);
        VERIFY_HAS(result.err, expected.toStdString());
    }

private:
    Invocation run(std::vector<std::string> words, const World& world = {}) const
    {
        words.insert(words.end(), {"--store", m_store->file().string()});
        return invoke(words, world);
    }
    std::unique_ptr<TempDatabase> m_store;
};

QTEST_GUILESS_MAIN(TestFeaturesCommand)
#include "test_features_command.moc"
