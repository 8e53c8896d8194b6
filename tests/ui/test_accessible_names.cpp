// SPDX-License-Identifier: GPL-3.0-or-later
// Whatever can have the focus says what it is: to screen readers, and to whoever reads it out.
#include "tests/ui/test_window.h"
#include "ui/pages/diagnose_page.h"
#include "ui/pages/features_view.h"
#include "ui/pages/live_page.h"
#include "ui/pages/live_plots.h"
#include "ui/pages/runs_page.h"
#include "ui/pages/shortcut_list.h"

#include <QAbstractButton>
#include <QAccessible>
#include <QAction>
#include <QApplication>
#include <QComboBox>
#include <QDockWidget>
#include <QLineEdit>
#include <QMenu>
#include <QTabWidget>
#include <QtTest>

using namespace mocoscope;
using testing::FakeTrainerOptions;
using testing::TestWindow;
using ui::MainWindow;

namespace {

QString nameOf(QWidget& widget)
{
    QAccessibleInterface* accessible = QAccessible::queryAccessibleInterface(&widget);
    return accessible ? accessible->text(QAccessible::Name).trimmed() : QString();
}

/// The line inside an editable list or a number field stands for it.
QWidget& nameBearer(QWidget& widget)
{
    QWidget* parent = widget.parentWidget();
    const bool isInside = parent && widget.inherits("QLineEdit")
        && (parent->inherits("QComboBox") || parent->inherits("QAbstractSpinBox"));
    return isInside ? *parent : widget;
}

bool needsName(const QWidget& widget)
{
    return widget.isEnabled() && widget.isVisible()
        && (widget.focusPolicy() != Qt::NoFocus || qobject_cast<const QAbstractButton*>(&widget))
        && !widget.objectName().startsWith("qt_"); // parts that Qt makes, and names itself
}

/// "ComparePage > QSplitter > QListView", so that it can be found.
QString pathOf(const QWidget& widget)
{
    QStringList path;
    for (const QWidget* each = &widget; each; each = each->parentWidget()) {
        path.prepend(each->metaObject()->className()
                     + (each->objectName().isEmpty() ? QString() : "#" + each->objectName()));
    }
    return path.join(" > ");
}

QStringList namelessIn(QWidget& parent)
{
    QStringList nameless;
    for (QWidget* widget : parent.findChildren<QWidget*>()) {
        if (needsName(*widget) && nameOf(nameBearer(*widget)).isEmpty()) {
            nameless << pathOf(*widget) + " \"" + widget->toolTip() + "\"";
        }
    }
    return nameless;
}

FakeTrainerOptions eventful()
{
    FakeTrainerOptions options;
    options.steps = 120;
    options.spikeAt = 80;
    options.systemEvery = 10;
    return options;
}

} // namespace

class TestAccessibleNames : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void pages_data();
    void pages();
    void thePanelsOverTheWindow();
    void thePageOfARunThatIsOn();
    void anEmptyHistory();
    void menusAndToolBars();
    void aNamelessWidgetIsFound();

private:
    std::unique_ptr<TestWindow> m_test;
};

void TestAccessibleNames::initTestCase()
{
    m_test = std::make_unique<TestWindow>(eventful());
    const auto first = m_test->history.playRun("baseline", eventful());
    const auto second = m_test->history.playRun("spiked", eventful());
    m_test->window().resize(1400, 900);
    m_test->window().show();
    auto& runs = m_test->window().runsPage();
    QTRY_COMPARE(runs.model().rowCount(), 2);
    runs.select(first.id);
    runs.model().setShownRuns({first.id, second.id});
}

void TestAccessibleNames::pages_data()
{
    QTest::addColumn<int>("page");
    QTest::newRow("runs") << int(MainWindow::Runs);
    QTest::newRow("configure") << int(MainWindow::Configure);
    QTest::newRow("live") << int(MainWindow::Live);
    QTest::newRow("diagnose") << int(MainWindow::Diagnose);
    QTest::newRow("what the features see") << int(MainWindow::Diagnose);
    QTest::newRow("compare") << int(MainWindow::Compare);
}

void TestAccessibleNames::pages()
{
    QFETCH(int, page);
    m_test->window().showPage(static_cast<MainWindow::Page>(page));
    if (QTest::currentDataTag() == QByteArray("what the features see")) {
        auto& diagnose = m_test->window().diagnosePage();
        diagnose.views().setCurrentWidget(&diagnose.features());
        QTRY_VERIFY(diagnose.features().shownStep());
    }
    QCoreApplication::processEvents();
    const QStringList nameless = namelessIn(m_test->window());
    QVERIFY2(nameless.isEmpty(), qPrintable("\n" + nameless.join('\n')));
}

void TestAccessibleNames::thePanelsOverTheWindow()
{
    for (const char* text : {"Command palette\u2026", "Keyboard shortcuts"}) {
        for (auto* action : m_test->window().findChildren<QAction*>()) {
            if (action->text().remove('&') == QString::fromUtf8(text)) {
                action->trigger();
            }
        }
        const QStringList nameless = namelessIn(m_test->window());
        QVERIFY2(nameless.isEmpty(), qPrintable("\n" + nameless.join('\n')));
    }
    m_test->window().findChild<ui::ShortcutList*>("shortcuts")->dismiss();
}

void TestAccessibleNames::thePageOfARunThatIsOn()
{
    FakeTrainerOptions waiting = eventful();
    waiting.beforeStep = [](std::int64_t step, training::RunControl& control) {
        if (step == 100) {
            control.requestPause();
        }
    };
    TestWindow test(waiting);
    test.window().resize(1400, 900);
    test.window().show();
    QVERIFY(test.session().start({}, "on", {}));
    QTRY_COMPARE(test.session().state(), training::RunState::Paused);
    test.window().showPage(MainWindow::Live);
    for (const auto view : {ui::LivePlots::View::Training, ui::LivePlots::View::System}) {
        test.window().livePage().plots().showView(view);
        const QStringList nameless = namelessIn(test.window());
        QVERIFY2(nameless.isEmpty(), qPrintable("\n" + nameless.join('\n')));
    }
    QSignalSpy ended(&test.session(), &ui::Session::ended);
    test.session().stop();
    QVERIFY(ended.wait());
}

void TestAccessibleNames::anEmptyHistory()
{
    TestWindow test({});
    test.window().resize(1400, 900);
    test.window().show();
    for (int page = 0; page < MainWindow::PageCount; ++page) {
        test.window().showPage(static_cast<MainWindow::Page>(page));
        const QStringList nameless = namelessIn(test.window());
        QVERIFY2(nameless.isEmpty(), qPrintable("\n" + nameless.join('\n')));
    }
}

void TestAccessibleNames::menusAndToolBars()
{
    for (const auto* action : m_test->window().findChildren<QAction*>()) {
        const auto* menu = qobject_cast<QMenu*>(action->parent());
        const bool isOurs = action->isVisible() && !action->isSeparator()
            && !qobject_cast<QLineEdit*>(action->parent()) && !action->inherits("QWidgetAction")
            && !qobject_cast<QDockWidget*>(action->parent()) // hides a plot: not offered
            && !(menu && !menu->actions().contains(action)); // it opens the menu, if at all
        const auto* parent = qobject_cast<const QWidget*>(action->parent());
        QVERIFY2(!isOurs || !action->text().isEmpty(),
                 qPrintable(parent ? pathOf(*parent) : action->toolTip()));
    }
}

void TestAccessibleNames::aNamelessWidgetIsFound()
{
    QWidget parent;
    auto* edit = new QLineEdit(&parent);
    auto* box = new QComboBox(&parent);
    box->setEditable(true);
    box->setAccessibleName("named");
    parent.show();
    QCOMPARE(namelessIn(parent).size(), 1);
    edit->setAccessibleName("also named");
    QCOMPARE(namelessIn(parent), QStringList());
}

QTEST_MAIN(TestAccessibleNames)
#include "test_accessible_names.moc"
