// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/headless/format.h"
#include "app/headless/nearest.h"
#include "app/headless/progress_line.h"
#include "app/headless/signal_watch.h"
#include "app/headless/text_table.h"
#include "training/api/edit_distance.h"

#include <QtTest>

#include <cmath>
#include <csignal>
#include <sstream>

using namespace mocoscope::headless;

class TestHeadlessText final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void formatsDurations_data()
    {
        QTest::addColumn<qint64>("milliseconds");
        QTest::addColumn<QString>("text");
        QTest::newRow("unknown") << qint64(-1) << "-";
        QTest::newRow("none") << qint64(0) << "0 s";
        QTest::newRow("rounds") << qint64(20'600) << "21 s";
        QTest::newRow("minutes") << qint64(61'000) << "1:01";
        QTest::newRow("hours") << qint64(3'723'000) << "1:02:03";
        QTest::newRow("days") << qint64(90'000'000) << "1 d 01:00";
    }
    void formatsDurations()
    {
        QFETCH(qint64, milliseconds);
        QFETCH(QString, text);
        QCOMPARE(formatDuration(milliseconds), text.toStdString());
    }

    void formatsNumbers()
    {
        QCOMPARE(formatBytes(999), "999 B");
        QCOMPARE(formatBytes(1'000), "1.0 kB");
        QCOMPARE(formatBytes(999'999), "1.0 MB");
        QCOMPARE(formatNumber(std::nullopt), "-");
        QCOMPARE(formatNumber(0.1234567), "0.12346");
        QCOMPARE(formatDifference(0.5), "+0.5");
        QCOMPARE(exactNumber(0.1), "0.1");
        QCOMPARE(exactNumber(std::nan("")), "nan");
        QCOMPARE(exactNumber(INFINITY), "nan");
        QCOMPARE(isoTime(1'700'000'000'123), "2023-11-14T22:13:20.123Z");
    }

    void takesControlOutOfNames()
    {
        QCOMPARE(printable("a\x1b[2Jb\n"), "a?[2Jb?");
        QCOMPARE(printable("größe"), "größe");
        QCOMPARE(displayWidth("größe"), 5U);
        QCOMPARE(cutToWidth("größe", 3), "grö");
    }

    void quotesForAShell()
    {
        QCOMPARE(shellWord("runs/my.db"), "runs/my.db");
        QCOMPARE(shellWord("my runs.db"), "'my runs.db'");
        QCOMPARE(shellWord("it's"), R"('it'\''s')");
        QCOMPARE(shellWord(""), "''");
    }

    void wrapsBetweenWords()
    {
        QCOMPARE(wrapped("one two größe four", "  ", 9), "  one two\n  größe\n  four\n");
        QCOMPARE(wrapped("unbreakable", "", 4), "unbreakable\n");
    }

    void alignsColumns()
    {
        TextTable table({{"name"}, {"value", TextTable::Align::Right}});
        table.addRow({"größe", "1"});
        table.addRow({"x", "1000000"});
        std::ostringstream out;
        table.print(out, "  ");
        QCOMPARE(out.str(), "  name     value\n  größe        1\n  x      1000000\n");
    }

    void findsNearWords()
    {
        const std::vector<std::string> names {"demo", "demo-2", "baseline", "hot"};
        QCOMPARE(nearestWords("demoo", names, 1), std::vector<std::string> {"demo"});
        QCOMPARE(nearestWords("base", names, 3), std::vector<std::string> {"baseline"});
        QVERIFY(nearestWords("zzzzzz", names, 3).empty());
        QCOMPARE(mocoscope::training::editDistance("kitten", "sitting"), 3U);
        QCOMPARE(quotedAlternatives(std::vector<std::string> {"a", "b", "c"}), "'a', 'b' or 'c'");
    }

    void estimatesTheRemainingTime()
    {
        ProgressLine line;
        mocoscope::training::RunFacts facts;
        facts.totalSteps = 100;
        line.setFacts(facts);
        QVERIFY(!line.remainingMs());
        line.advance(0, 0, 0);
        QVERIFY(!line.remainingMs()); // one step says nothing of the pace
        line.advance(1, 0.1, 500);
        line.advance(2, 0.2, 1000);
        QCOMPARE(line.remainingMs(), std::optional<std::int64_t>(98 * 500));
        line.setLoss(4.5);
        line.setImagesPerSecond(812.4);
        const std::string text = line.text(200);
        QVERIFY2(text.find("2%  step 2/100  loss 4.500  812 images/s  ETA 49 s  epoch 0.2")
                     != std::string::npos,
                 text.c_str());
        QCOMPARE(displayWidth(line.text(30)), 30U);
    }

    void saysWhatItIsBusyWith()
    {
        ProgressLine line;
        line.setProgress({"indexing", 3, 10});
        QCOMPARE(line.text(80), "indexing 3/10");
        line.setProgress({"saving", 0, 0});
        QCOMPARE(line.text(80), "saving");
    }

    void resumedRunsEstimateFromTheirOwnSteps()
    {
        ProgressLine line;
        mocoscope::training::RunFacts facts;
        facts.firstStep = 50;
        facts.totalSteps = 100;
        line.setFacts(facts);
        line.advance(50, 5, 60'000);
        line.advance(51, 5.1, 61'000);
        QCOMPARE(line.remainingMs(), std::optional<std::int64_t>(49'000));
    }

    void onlyCtrlCGoesBeyondStop()
    {
        QCOMPARE(nextLevel(StopLevel::None, SIGTERM), StopLevel::Stop);
        QCOMPARE(nextLevel(StopLevel::Stop, SIGTERM), StopLevel::Stop);
        QCOMPARE(nextLevel(StopLevel::Stop, SIGHUP), StopLevel::Stop);
        QCOMPARE(nextLevel(StopLevel::None, SIGINT), StopLevel::Stop);
        QCOMPARE(nextLevel(StopLevel::Stop, SIGINT), StopLevel::Abort);
        QCOMPARE(nextLevel(StopLevel::Abort, SIGINT), StopLevel::Kill);
    }
};

QTEST_GUILESS_MAIN(TestHeadlessText)
#include "test_headless_text.moc"
