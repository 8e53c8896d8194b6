// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/api/presets.h"
#include "ui/pages/preset_chooser.h"

#include <QAbstractItemModelTester>
#include <QLabel>
#include <QLineEdit>
#include <QSignalSpy>
#include <QTreeView>
#include <QtTest>

#include <set>

using namespace mocoscope;
using ui::PresetChooser;

class TestPresetChooser : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void allPresetsAreBelowTheirHeadings();
    void aSearchNarrowsTheListDown();
    void theListKeepsItsContract();
    void theKeyboardChooses();
    void headingsCannotBeChosen();
    void theCurrentPresetIsShown();
};

void TestPresetChooser::allPresetsAreBelowTheirHeadings()
{
    PresetChooser chooser;
    const QAbstractItemModel* list = chooser.findChild<QTreeView*>()->model();
    std::set<std::string> groups;
    for (const training::Preset& preset : training::presets()) {
        groups.insert(preset.group);
    }
    QCOMPARE(list->rowCount(), int(groups.size()));
    QCOMPARE(chooser.shownTitles().size(), qsizetype(training::presets().size()));
    for (int row = 0; row < list->rowCount(); ++row) {
        const QModelIndex heading = list->index(row, 0);
        QVERIFY(groups.contains(heading.data().toString().toStdString()));
        QVERIFY(list->rowCount(heading) > 0);
    }
}

void TestPresetChooser::aSearchNarrowsTheListDown()
{
    PresetChooser chooser;
    chooser.search("SIMCLR laptop");
    const QStringList found = chooser.shownTitles();
    QVERIFY(!found.isEmpty());
    QVERIFY(found.size() < qsizetype(training::presets().size()) / 2);
    for (const QString& title : found) {
        QVERIFY2(title.contains("SimCLR"), qPrintable(title));
    }
    chooser.search("no preset has these words");
    QVERIFY(chooser.shownTitles().isEmpty());
    QVERIFY(chooser.findChild<QLabel*>()->text().contains("No preset"));
    chooser.search({});
    QCOMPARE(chooser.shownTitles().size(), qsizetype(training::presets().size()));
}

void TestPresetChooser::theListKeepsItsContract()
{
    PresetChooser chooser;
    const QAbstractItemModelTester tester(chooser.findChild<QTreeView*>()->model(),
                                          QAbstractItemModelTester::FailureReportingMode::QtTest);
    for (const char* text : {"vit", "vit b", "", "nothing of the kind", "laptop"}) {
        chooser.search(text);
    }
}

void TestPresetChooser::theKeyboardChooses()
{
    PresetChooser chooser;
    QSignalSpy chosen(&chooser, &PresetChooser::chosen);
    chooser.openList();
    auto* search = chooser.findChild<QLineEdit*>();
    QTest::keyClicks(search, "demo");
    auto* view = chooser.findChild<QTreeView*>();
    const QString first = view->currentIndex().data().toString();
    QCOMPARE(first, chooser.shownTitles().front());
    QTest::keyClick(search, Qt::Key_Return);
    QCOMPARE(chosen.size(), 1);
    const auto preset = training::findPreset(chosen.front().front().toString().toStdString());
    QVERIFY(preset);
    QCOMPARE(QString::fromStdString(preset->title), first);
    QVERIFY(!view->window()->isVisible());

    chooser.openList();
    QTest::keyClick(search, Qt::Key_Down);
    QCOMPARE(view->currentIndex().data().toString(), chooser.shownTitles().at(1));
}

void TestPresetChooser::headingsCannotBeChosen()
{
    PresetChooser chooser;
    QSignalSpy chosen(&chooser, &PresetChooser::chosen);
    auto* view = chooser.findChild<QTreeView*>();
    Q_EMIT view->clicked(view->model()->index(0, 0));
    QVERIFY(chosen.empty());
    Q_EMIT view->clicked(view->model()->index(0, 0, view->model()->index(0, 0)));
    QCOMPARE(chosen.size(), 1);
}

void TestPresetChooser::theCurrentPresetIsShown()
{
    const training::Preset& last = training::presets().back();
    PresetChooser chooser;
    chooser.setCurrent(QString::fromStdString(last.name), QString::fromStdString(last.title));
    QCOMPARE(chooser.text(), QString::fromStdString(last.title));
    chooser.openList();
    QCOMPARE(chooser.findChild<QTreeView*>()->currentIndex().data().toString(), chooser.text());
}

QTEST_MAIN(TestPresetChooser)
#include "test_preset_chooser.moc"
