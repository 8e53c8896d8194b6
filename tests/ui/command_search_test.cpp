// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/command_search.h"

#include <QtTest>

using namespace mocoscope;
using ui::Command;
using ui::matchScore;

class CommandSearchTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void ranks_data();
    void ranks();
    void theGroupIsBehindTheTitle();
    void whatDoesNotFitIsLeftOut();
    void allWordsHaveToFit();
    void anEmptyQueryKeepsAllInOrder();
    void equalOnesKeepTheirOrder();
    void whatCannotBeRunComesAfterItsEquals();
};

void CommandSearchTest::ranks_data()
{
    QTest::addColumn<QString>("query");
    QTest::addColumn<QString>("better");
    QTest::addColumn<QString>("worse");
    QTest::newRow("whole title") << "runs"
                                 << "Runs"
                                 << "Runs of a sweep";
    QTest::newRow("start of title") << "run"
                                    << "Runs"
                                    << "New run";
    QTest::newRow("start of title, other case") << "RUN"
                                                << "runs"
                                                << "New run";
    QTest::newRow("start of a word") << "comp"
                                     << "My comparison"
                                     << "Decompose";
    QTest::newRow("word behind a hyphen") << "small"
                                          << "vit-small"
                                          << "Unsmall";
    QTest::newRow("hump") << "net"
                          << "ResNet"
                          << "Magnet x";
    QTest::newRow("part before initials") << "oad"
                                          << "Load"
                                          << "open all doors";
    QTest::newRow("initials before letters") << "nr"
                                             << "New run"
                                             << "Near";
    QTest::newRow("letters that lie together") << "cfg"
                                               << "Configure"
                                               << "Cut a fig";
    QTest::newRow("two words in this order") << "load con"
                                             << "Load configuration"
                                             << "Con loader";
}

void CommandSearchTest::ranks()
{
    QFETCH(QString, query);
    QFETCH(QString, better);
    QFETCH(QString, worse);
    const auto good = matchScore(query, better);
    QVERIFY(good);
    if (const auto bad = matchScore(query, worse)) {
        QVERIFY2(*good > *bad, qPrintable(QString("%1, %2").arg(*good).arg(*bad)));
    }
}

void CommandSearchTest::theGroupIsBehindTheTitle()
{
    QVERIFY(matchScore("dark", "Darken") > matchScore("dark", "Other", "Dark"));
    QVERIFY(matchScore("theme", "Dark", "View, Theme") > matchScore("theme", "then me"));
}

void CommandSearchTest::whatDoesNotFitIsLeftOut()
{
    QVERIFY(!matchScore("xyz", "Load configuration"));
    QVERIFY(!matchScore("daol", "Load")); // the letters in another order
    QVERIFY(!matchScore("dg", "Load a very long configuration")); // so far apart by chance
    QVERIFY(matchScore("lng", "Load a very long configuration"));
    QVERIFY(matchScore("theme", "Dark", "View, Theme"));
    QVERIFY(!matchScore("theme", "Dark", "View"));
}

void CommandSearchTest::allWordsHaveToFit()
{
    QVERIFY(matchScore("dark view", "Dark", "View"));
    QVERIFY(matchScore("  view   dark ", "Dark", "View"));
    QVERIFY(!matchScore("dark help", "Dark", "View"));
}

void CommandSearchTest::anEmptyQueryKeepsAllInOrder()
{
    const std::vector<Command> commands {{"b", {}, {}, "not now"}, {"a", {}, {}, {}}};
    QCOMPARE(ui::findCommands("  ", commands), (std::vector<std::size_t> {0, 1}));
}

void CommandSearchTest::equalOnesKeepTheirOrder()
{
    const std::vector<Command> commands {
        {"demo", "Run", {}, {}}, {"other", {}, {}, {}}, {"demo", "Preset", {}, {}}};
    QCOMPARE(ui::findCommands("demo", commands), (std::vector<std::size_t> {0, 2}));
}

void CommandSearchTest::whatCannotBeRunComesAfterItsEquals()
{
    const std::vector<Command> commands {
        {"Stop", {}, {}, "No run is on."}, {"Stop all", {}, {}, {}}, {"Nonstop", {}, {}, {}}};
    QCOMPARE(ui::findCommands("sto", commands), (std::vector<std::size_t> {1, 0, 2}));
}

QTEST_APPLESS_MAIN(CommandSearchTest)
#include "command_search_test.moc"
