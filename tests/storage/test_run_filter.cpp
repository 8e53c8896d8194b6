// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/run_filter.h"

#include <QtTest>

using namespace mocoscope;
using storage::FilterProblem;
using storage::RunFilter;
using storage::RunRecord;

namespace {

RunRecord sample()
{
    RunRecord run;
    run.id = {7};
    run.name = "Gentle (2) run";
    run.preset = "demo";
    run.state = training::RunState::Finished;
    run.tags = {"paper", "vit small"};
    run.notes = "spike at 30 %";
    run.seed = 3;
    run.createdAt = 1764029400000; // 2025-11-25 00:10 UTC
    run.lastLoss = 1.25;
    run.bestKnnTop1 = 62.5;
    run.stepsDone = 400;
    run.durationMs = 90'500;
    run.incidents = 2;
    return run;
}

training::TrainingConfig options()
{
    training::TrainingConfig config;
    config.method.name = "byol";
    config.optimizer.lr = 3e-4;
    config.model.freezePatchEmbed = true;
    config.train.batchSize = 256;
    return config;
}

bool fits(const std::string& text, bool knowsOptions = true)
{
    const RunRecord run = sample();
    const training::TrainingConfig config = options();
    const auto filter = RunFilter::parse(text);
    if (!filter) {
        qFatal("%s: %s", text.c_str(), filter.error().message.c_str());
    }
    return filter->matches({run, knowsOptions ? &config : nullptr, [&](const std::string& word) {
                                return storage::containsIgnoringCase(storage::searchText(run),
                                                                     word);
                            }});
}

} // namespace

class TestRunFilter final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void conditions_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<bool>("expected");
        const auto row = [](const char* text, bool expected) {
            QTest::newRow(text) << QString::fromUtf8(text) << expected;
        };
        row("", true);
        row("   ", true);
        row("lr > 1e-4 and method = \"byol\"", true);
        row("lr > 1e-4 and method = \"simclr\"", false);
        row("optimizer.lr = 3e-4", true);
        row("LR=0.0003", true);
        row("lr < 3e-4", false);
        row("lr <= 3e-4", true);
        row("lr >= 3.0001e-4", false);
        row("lr != 3e-4", false);
        row("method != simclr", true);
        row("method = BYOL", true);
        row("method ~ yo", true);
        row("batch_size = 256", true);
        row("freeze_patch_embed = true", true);
        row("model.freeze_patch_embed != true", false);
        row("state = finished", true);
        row("state = running or state = paused", false);
        row("tag = paper", true);
        row("tag = \"vit small\"", true);
        row("tag = 'vit small' and tags ~ pap", true);
        row("tag != paper", false);
        row("tag != other", true);
        row("name ~ gentle", true);
        row("name = gentle", false);
        row("seed = 3", true);
        row("id = 7", true);
        row("loss < 1.5", true);
        row("best_knn_top1 >= 62.5%", true);
        row("knn_top1 > 0", false); // has none
        row("knn_top1 != 5", false);
        row("knn_top1 = none", true);
        row("loss = none", false);
        row("loss != none", true);
        row("sweep = none", true);
        row("preset != none", true);
        row("steps = 400 and seconds > 90", true);
        row("incidents > 0", true);
        row("incidents = 0", false);
        row("created = 2025", true);
        row("created >= 2025-11-25", true);
        row("created > 2025-11-25", false); // not later than that day
        row("created < \"2025-11-25 00:11\"", true);
        row("created < 2025-11-25T00:10", false);
        row("finished = none", true);
    }
    void conditions()
    {
        QFETCH(QString, text);
        QFETCH(bool, expected);
        QCOMPARE(fits(text.toStdString()), expected);
    }

    void logic_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<bool>("expected");
        const auto row = [](const char* text, bool expected) {
            QTest::newRow(text) << QString::fromUtf8(text) << expected;
        };
        row("seed = 3 or seed = 4 and seed = 5", true); // and binds closer
        row("(seed = 3 or seed = 4) and seed = 5", false);
        row("not seed = 4", true);
        row("not (seed = 3 or seed = 4)", false);
        row("not not seed = 3", true);
        row("NOT seed=4 AND seed=3", true);
        row("seed=3 loss<2", true); // side by side: both
        row("seed=3 loss>2", false);
        row("seed = 3 & loss < 2 && id = 7", true); // as other programs write it
        row("seed = 4 & loss < 2", false);
        row("seed = 4 | seed = 3 || seed = 5", true);
    }
    void logic() { conditions(); }

    void wordsAreLookedForInTheTexts()
    {
        QVERIFY(fits("gentle"));
        QVERIFY(fits("  RUN gentle "));
        QVERIFY(fits("paper demo"));
        QVERIFY(!fits("gentle absent"));
        QVERIFY(fits("gentle or absent"));
        QVERIFY(fits("\"spike at\""));
        QVERIFY(!fits("\"at spike\""));
        QVERIFY(fits("Gentle (2) run")); // a name with brackets
        QVERIFY(fits("30 %"));
        QVERIFY(fits("gentle lr > 1e-4"));
        QVERIFY(fits("\"or\" or gentle"));
    }

    void unknownOptionsFitNothing()
    {
        QVERIFY(fits("seed = 3", false));
        QVERIFY(!fits("lr > 0", false));
        QVERIFY(!fits("method != byol", false));
        QVERIFY(fits("method = none", false));
        QVERIFY(!RunFilter::parse("gentle seed = 3 loss < 2")->needsOptions());
        QVERIFY(RunFilter::parse("not (gentle or lr > 2)")->needsOptions());
    }

    void problems_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<int>("position");
        QTest::addColumn<int>("length");
        QTest::addColumn<QString>("message");
        const auto row = [](const char* text, int position, int length, const char* message) {
            QTest::newRow(text) << QString::fromUtf8(text) << position << length
                                << QString::fromUtf8(message);
        };
        row("seed = 3 and lrr > 1", 13, 3, "did you mean 'lr'?");
        row("mthod = byol", 0, 5, "did you mean 'method'?");
        row("learning_rate > 1", 0, 13, "did you mean 'optimizer.lr'?"); // as the form has it
        row("method in (byol, simclr)", 7, 2, "write (method = A or method = B)");
        row("optimizer.l > 1", 0, 11, "did you mean 'optimizer.lr'?");
        row("stat = failed", 0, 4, "did you mean 'state'?");
        row("momentum > 0.9", 0, 8, "method.momentum, optimizer.momentum");
        row("lr > fast", 5, 4, "is a number");
        row("lr ~ 3", 3, 1, "is a number");
        row("name < b", 5, 1, "is a text");
        row("method = byoll", 9, 5, "moco_v3, ");
        row("state = done", 8, 4, "interrupted");
        row("lr >", 4, 0, "value is missing");
        row("lr > )", 5, 1, "value is missing");
        row("(seed = 3", 0, 1, "not closed");
        row("seed = 3)", 8, 1, "never opened");
        row("name = \"a", 7, 2, "quote is not closed");
        row("seed = 3 and", 12, 0, "missing here");
        row("or seed = 3", 0, 2, "missing here");
        row("not", 3, 0, "missing here");
        row("= 3", 0, 1, "missing here");
        row("! byol", 0, 1, "`not`");
        row("created > yesterday", 10, 9, "2026-11-24");
        row("lr < none", 5, 4, "is a number");
    }
    void problems()
    {
        QFETCH(QString, text);
        const auto filter = RunFilter::parse(text.toStdString());
        QVERIFY(!filter.has_value());
        const FilterProblem& problem = filter.error();
        QTEST(static_cast<int>(problem.position), "position");
        QTEST(static_cast<int>(problem.length), "length");
        QFETCH(QString, message);
        QVERIFY2(QString::fromStdString(problem.message).contains(message),
                 problem.message.c_str());
    }

    /// Whatever is typed is either read or refused; nothing ends the program.
    void survivesAnyText()
    {
        QVERIFY(!RunFilter::parse(std::string(100'000, '(')).has_value());
        std::string negations;
        for (int i = 0; i < 50'000; ++i) {
            negations += "not ";
        }
        QVERIFY(!RunFilter::parse(negations + "lr > 1").has_value());
        const std::string pieces[] {"(",    ")",  "lr",   ">",  "1e-4",    "and",
                                    "not ", "\"", "'",    "\\", "!",       "=",
                                    "none", " ",  "\xc3", "~",  "created", "or "};
        std::uint32_t random = 1;
        int read = 0;
        for (int i = 0; i < 20'000; ++i) {
            std::string text;
            for (int j = 0; j < 7; ++j) {
                random = random * 1664525U + 1013904223U;
                text += pieces[(random >> 16U) % std::size(pieces)];
            }
            const auto filter = RunFilter::parse(text);
            if (filter) {
                ++read;
            } else {
                QVERIFY(filter.error().position + filter.error().length <= text.size());
            }
        }
        QVERIFY(read > 100); // not all of them were refused
    }
};

QTEST_GUILESS_MAIN(TestRunFilter)
#include "test_run_filter.moc"
