// SPDX-License-Identifier: GPL-3.0-or-later
// The palette of commands and the list of shortcuts, by keys alone.
#include "tests/ui/test_window.h"
#include "training/api/presets.h"
#include "ui/pages/command_palette.h"
#include "ui/pages/config_form.h"
#include "ui/pages/configure_page.h"
#include "ui/pages/live_page.h"
#include "ui/pages/runs_page.h"
#include "ui/pages/shortcut_list.h"

#include <QAction>
#include <QApplication>
#include <QLabel>
#include <QLineEdit>
#include <QMenuBar>
#include <QTreeView>
#include <QtTest>

using namespace mocoscope;
using testing::TestWindow;
using ui::CommandPalette;
using ui::MainWindow;

namespace {

/// The window with two runs, active, so that it gets keys.
class OpenWindow
{
public:
    OpenWindow()
        : test({})
    {
        baseline = test.history.playRun("baseline", {}).id;
        other = test.history.playRun("lr 1e-3, spiked", {}).id;
        test.window().resize(1200, 800);
        test.window().show();
        QApplication::setActiveWindow(&test.window());
        isOpen = QTest::qWaitForWindowActive(&test.window())
            && QTest::qWaitFor([this] { return runs().rowCount() == 2; });
    }

    /// As from the keyboard: to what has the focus.
    void press(int key, Qt::KeyboardModifiers modifiers = Qt::NoModifier)
    {
        QWidget* focus = QApplication::focusWidget();
        QTest::keyClick(focus ? focus : &test.window(), Qt::Key(key), modifiers);
    }
    void type(const QString& text) { QTest::keyClicks(QApplication::focusWidget(), text); }
    [[nodiscard]] CommandPalette& palette()
    {
        return *test.window().findChild<CommandPalette*>("commands");
    }
    [[nodiscard]] ui::RunTableModel& runs() { return test.window().runsPage().model(); }

    TestWindow test;
    storage::RunId baseline;
    storage::RunId other;
    bool isOpen = false;
};

} // namespace

class TestCommandPalette : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void opensByEitherShortcut();
    void escapeGivesTheFocusBack();
    void pagesAndPresetsAreFound();
    void aRunIsOpenedByName();
    void theBeginningOfATitleIsFirst();
    void upAndDownChoose();
    void whatCannotBeRunSaysWhy();
    void goingElsewhereClosesIt();
    void shortcutsAreListed();
    void noTwoActionsShareAShortcut();
    void keysOfTheTable();
};

void TestCommandPalette::opensByEitherShortcut()
{
    OpenWindow window;
    QVERIFY(window.isOpen);
    QVERIFY(!window.palette().isVisible());
    window.press(Qt::Key_P, Qt::ControlModifier | Qt::ShiftModifier);
    QVERIFY(window.palette().isVisible());
    QVERIFY(window.palette().isAncestorOf(QApplication::focusWidget()));
    window.press(Qt::Key_P, Qt::ControlModifier | Qt::ShiftModifier);
    QVERIFY(!window.palette().isVisible());
    window.press(Qt::Key_K, Qt::ControlModifier);
    QVERIFY(window.palette().isVisible());
    QVERIFY(!QApplication::activeModalWidget());
}

void TestCommandPalette::escapeGivesTheFocusBack()
{
    OpenWindow window;
    QVERIFY(window.isOpen);
    window.test.window().runsPage().focusSearch();
    QWidget* before = QApplication::focusWidget();
    window.press(Qt::Key_P, Qt::ControlModifier | Qt::ShiftModifier);
    window.type("rename");
    window.press(Qt::Key_Escape);
    QVERIFY(!window.palette().isVisible());
    QCOMPARE(QApplication::focusWidget(), before);
}

void TestCommandPalette::pagesAndPresetsAreFound()
{
    OpenWindow window;
    QVERIFY(window.isOpen);
    window.press(Qt::Key_K, Qt::ControlModifier);
    window.type("diag");
    window.press(Qt::Key_Return);
    QVERIFY(!window.palette().isVisible());
    QCOMPARE(window.test.window().page(), MainWindow::Diagnose);

    const auto presets = training::presets();
    const auto& last = presets.back();
    window.press(Qt::Key_K, Qt::ControlModifier);
    window.type("preset " + QString::fromStdString(last.title));
    window.press(Qt::Key_Return);
    QCOMPARE(window.test.window().page(), MainWindow::Configure);
    QVERIFY(window.test.window().configurePage().form().draft().config() == last.config);

    const auto& other = presets[presets.size() / 2]; // by the name that mocoscope-train takes
    window.press(Qt::Key_K, Qt::ControlModifier);
    window.type(QString::fromStdString(other.name));
    window.press(Qt::Key_Return);
    QVERIFY(window.test.window().configurePage().form().draft().config() == other.config);
}

void TestCommandPalette::aRunIsOpenedByName()
{
    OpenWindow window;
    QVERIFY(window.isOpen);
    window.press(Qt::Key_K, Qt::ControlModifier);
    window.type("basel");
    window.press(Qt::Key_Return);
    QCOMPARE(window.test.window().page(), MainWindow::Live);
    QCOMPARE(window.test.window().livePage().shownRun(), std::optional(window.baseline));
}

void TestCommandPalette::theBeginningOfATitleIsFirst()
{
    OpenWindow window;
    QVERIFY(window.isOpen);
    window.press(Qt::Key_K, Qt::ControlModifier);
    window.type("run");
    const QStringList titles = window.palette().shownTitles();
    QCOMPARE(titles.front(), QString("Runs"));
    QVERIFY(titles.contains("New run"));
}

void TestCommandPalette::upAndDownChoose()
{
    OpenWindow window;
    QVERIFY(window.isOpen);
    window.press(Qt::Key_K, Qt::ControlModifier);
    window.type("theme");
    QCOMPARE(window.palette().shownTitles().mid(0, 3), QStringList({"System", "Light", "Dark"}));
    for (const int key : {Qt::Key_Down, Qt::Key_Down, Qt::Key_Up, Qt::Key_Down}) {
        window.press(key);
    }
    window.press(Qt::Key_Return);
    QVERIFY(window.test.theme().isDark());
    window.test.theme().choose(ui::ThemeChoice::Light);
}

void TestCommandPalette::whatCannotBeRunSaysWhy()
{
    OpenWindow window;
    QVERIFY(window.isOpen);
    window.press(Qt::Key_K, Qt::ControlModifier);
    window.type("pause");
    QCOMPARE(window.palette().shownTitles().front(), QString("Pause"));
    const auto labels = window.palette().findChildren<QLabel*>();
    QVERIFY(std::ranges::any_of(
        labels, [](const QLabel* label) { return label->text() == "No run is on."; }));
    window.press(Qt::Key_Return);
    QVERIFY(window.palette().isVisible());
}

void TestCommandPalette::goingElsewhereClosesIt()
{
    OpenWindow window;
    QVERIFY(window.isOpen);
    window.press(Qt::Key_K, Qt::ControlModifier);
    window.test.window().runsPage().focusSearch();
    QVERIFY(!window.palette().isVisible());
    window.press(Qt::Key_P, Qt::ControlModifier | Qt::ShiftModifier);
    QVERIFY(window.palette().isVisible());
    QTest::mouseClick(&window.test.window(), Qt::LeftButton, {}, QPoint(3, 790));
    QVERIFY(!window.palette().isVisible());
}

void TestCommandPalette::shortcutsAreListed()
{
    OpenWindow window;
    QVERIFY(window.isOpen);
    auto* list = window.test.window().findChild<ui::ShortcutList*>("shortcuts");
    window.press(Qt::Key_F1);
    QVERIFY(list->isVisible());
    QStringList texts;
    for (const auto* label : list->findChildren<QLabel*>()) {
        texts << label->text();
    }
    for (const auto* action : window.test.window().findChildren<QAction*>()) {
        if (!action->shortcuts().isEmpty() && !action->text().isEmpty() && action->isVisible()
            && !qobject_cast<QLineEdit*>(action->parent())) {
            QVERIFY2(texts.contains(ui::keysText(action->shortcuts())),
                     qPrintable(action->text() + ": " + ui::keysText(action->shortcuts())));
        }
    }
    QVERIFY(texts.contains("Ctrl+Shift+P or Ctrl+K"));
    QVERIFY(texts.contains("Zoom in"));
    window.press(Qt::Key_Escape);
    QVERIFY(!list->isVisible());
    window.press(Qt::Key_Slash, Qt::ControlModifier);
    QVERIFY(list->isVisible());
}

void TestCommandPalette::noTwoActionsShareAShortcut()
{
    OpenWindow window;
    QMap<QKeySequence, QString> taken;
    for (const auto* action : window.test.window().findChildren<QAction*>()) {
        for (const QKeySequence& key : action->shortcuts()) {
            if (action->shortcutContext() == Qt::WindowShortcut) {
                QVERIFY2(!taken.contains(key), qPrintable(taken[key] + ", " + action->text()));
                taken[key] = action->text();
            }
        }
    }
    QVERIFY(taken.size() > 10);
}

void TestCommandPalette::keysOfTheTable()
{
    OpenWindow window;
    QVERIFY(window.isOpen);
    auto& page = window.test.window().runsPage();
    page.findChild<QTreeView*>("runs")->setFocus();
    page.select(window.other);
    window.press(Qt::Key_Space);
    QCOMPARE(page.model().shownRuns(), std::vector {window.other});
    window.press(Qt::Key_Space);
    QVERIFY(page.model().shownRuns().empty());
    window.press(Qt::Key_Return);
    QCOMPARE(window.test.window().page(), MainWindow::Live);
    QCOMPARE(window.test.window().livePage().shownRun(), std::optional(window.other));
}

QTEST_MAIN(TestCommandPalette)
#include "test_command_palette.moc"
