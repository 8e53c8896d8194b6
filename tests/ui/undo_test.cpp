// SPDX-License-Identifier: GPL-3.0-or-later
// What is taken back on the page of runs.
#include "tests/ui/named_widgets.h"
#include "tests/ui/test_window.h"
#include "ui/pages/message_bar.h"
#include "ui/pages/runs_page.h"

#include <QAction>
#include <QLabel>
#include <QPushButton>
#include <QToolButton>
#include <QTreeView>

#include <algorithm>

using namespace mocoscope;
using testing::actionNamed;
using testing::TestWindow;

namespace {

QPushButton* undoButton(const QWidget& parent)
{
    return testing::buttonNamed(parent, "Undo");
}

} // namespace

class UndoTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whatWasDeletedIsMissedLater();
    void theArchiveIsSaidAndTakenBack();
};

/// The message that offers to take it back is gone by then, and so is that of what was deleted
/// after it.
void UndoTest::whatWasDeletedIsMissedLater()
{
    TestWindow test({});
    const auto first = test.history.playRun("precious", {});
    const auto second = test.history.playRun("other", {});
    test.window().show();
    auto& runs = test.window().runsPage();
    QTRY_COMPARE(runs.model().rowCount(), 2);
    auto* undo = actionNamed(runs, "Undo");
    QVERIFY(!undo->isEnabled());
    for (const auto& run : {first, second}) {
        runs.select(run.id);
        actionNamed(runs, "Delete")->trigger();
    }
    QTRY_VERIFY(test.window().messages().texts().size() == 2);
    for (auto* close : test.window().messages().findChildren<QToolButton*>()) {
        QTest::mouseClick(close, Qt::LeftButton);
    }
    QCOMPARE(test.window().messages().texts(), QStringList());
    QVERIFY(undo->isEnabled());
    undo->trigger();
    QTRY_COMPARE(runs.model().rowCount(), 1);
    QCOMPARE(runs.model().run(0).name, std::string("other")); // the newest first
    undo->trigger();
    QTRY_COMPARE(runs.model().rowCount(), 2);
    QVERIFY(!undo->isEnabled());
}

void UndoTest::theArchiveIsSaidAndTakenBack()
{
    TestWindow test({});
    const auto run = test.history.playRun("aside", {});
    test.window().show();
    auto& runs = test.window().runsPage();
    QTRY_COMPARE(runs.model().rowCount(), 1);
    runs.select(run.id);
    actionNamed(runs, "Archive")->trigger();
    const auto* table = runs.findChild<QTreeView*>("runs");
    QTRY_COMPARE(table->model()->rowCount(), 0);
    QVERIFY(test.window().messages().texts().contains("\u201caside\u201d is archived."));
    const auto labels = runs.findChildren<QLabel*>();
    QVERIFY(std::any_of(labels.begin(), labels.end(), [](const QLabel* label) {
        return label->isVisible() && label->text().startsWith("All runs are in the archive");
    }));
    QTRY_VERIFY(undoButton(test.window().messages()));
    QTest::mouseClick(undoButton(test.window().messages()), Qt::LeftButton);
    QTRY_COMPARE(table->model()->rowCount(), 1);
}

QTEST_MAIN(UndoTest)
#include "undo_test.moc"
