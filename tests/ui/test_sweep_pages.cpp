// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/test_window.h"
#include "ui/pages/compare_page.h"
#include "ui/pages/config_form.h"
#include "ui/pages/configure_page.h"
#include "ui/pages/message_bar.h"
#include "ui/pages/runs_page.h"
#include "ui/pages/sweep_axis_row.h"
#include "ui/pages/sweep_bar.h"
#include "ui/pages/sweep_panel.h"

#include <QLabel>
#include <QPushButton>
#include <QTreeView>
#include <QtTest>

#include <algorithm>
#include <atomic>

using namespace mocoscope;
using testing::FakeTrainerOptions;
using testing::TestWindow;
using training::RunState;
using ui::MainWindow;

namespace {

/// Steps that go on until the run is stopped, however slow the machine: a run that is to be stopped
/// must not end before.
auto waitForStopWhile(const std::atomic<bool>& isEndless)
{
    return [&isEndless](std::int64_t, training::RunControl& control) {
        while (isEndless && !control.isStopRequested()) {
            QThread::msleep(1);
        }
    };
}

/// The button that a user sees, by the start of its text.
QPushButton* button(QWidget& parent, const QString& text)
{
    for (auto* each : parent.findChildren<QPushButton*>()) {
        if (each->text().remove('&').startsWith(text) && each->isVisible()) {
            return each;
        }
    }
    return nullptr;
}

bool says(const QWidget& widget, const QString& text)
{
    return std::ranges::any_of(widget.findChildren<QLabel*>(), [&text](const QLabel* label) {
        return label->text().contains(text);
    });
}

training::SweepPlan plan(const std::string& name)
{
    training::SweepPlan made;
    made.name = name;
    made.presets = {"demo"};
    made.grid = {{"optimizer.lr", {"1e-4", "2e-4"}}};
    made.seeds = {0, 1};
    return made;
}

QTreeView& table(TestWindow& test)
{
    return *test.window().runsPage().findChild<QTreeView*>("runs");
}

} // namespace

class TestSweepPages : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aSweepIsQueuedFromTheForm();
    void runsOfASweepAreFiltered();
    void withoutSweepsTheyTakeNoRoom();
    void columnsWithoutValuesTakeNoRoom();
    void theQueueIsStoppedAndContinued();
    void finishedRunsAreCompared();
    void aRestartOffersToContinue();
};

void TestSweepPages::aSweepIsQueuedFromTheForm()
{
    TestWindow test({});
    test.window().show();
    test.window().showPage(MainWindow::Configure);
    auto& configure = test.window().configurePage();
    auto& panel = configure.sweepPanel();
    panel.unfold();
    ui::SweepAxisRow& row = panel.addOption();
    row.setOption("optimizer.lr");
    row.setValues("1e-4, 2e-4");
    panel.setSeeds("0, 1");
    QTRY_VERIFY(button(panel, "Queue 4 runs"));
    QTRY_VERIFY(button(panel, "Queue 4 runs")->isEnabled());
    QSignalSpy completed(&test.window().queue(), &ui::SweepQueue::completed);
    button(panel, "Queue 4 runs")->click();
    QVERIFY(completed.wait(20'000));
    QCOMPARE(test.window().page(), MainWindow::Runs);
    QTRY_COMPARE(test.window().runsPage().model().rowCount(), 4);
    QTRY_VERIFY(says(test.window().runsPage().sweepBar(), "4 of 4 finished"));
    QVERIFY(test.window().messages().texts().contains("No run of the sweep waits any more."));
}

void TestSweepPages::runsOfASweepAreFiltered()
{
    TestWindow test({});
    test.history.playRun("alone", {});
    const auto sweep = test.history.makeSweep(plan("grid"));
    test.history.makeSweep(plan("other"));
    test.history.library().refresh();
    test.window().show();
    auto& page = test.window().runsPage();
    QTRY_COMPARE(page.model().rowCount(), 9);
    QCOMPARE(table(test).model()->rowCount(), 9);
    page.sweepBar().choose(sweep.id);
    QCOMPARE(table(test).model()->rowCount(), 4);
    QVERIFY(!table(test).isColumnHidden(ui::RunTableModel::Sweep));
    for (int run = 0; run < 4; ++run) {
        QCOMPARE(table(test).model()->index(run, ui::RunTableModel::Sweep).data().toString(),
                 QString("grid"));
    }
    QVERIFY(says(page.sweepBar(), "0 of 4 finished, 4 waiting"));
    test.history.library().moveToTrash({test.history.runsOf(sweep.id).front().id});
    QCOMPARE(table(test).model()->rowCount(), 3);
    page.sweepBar().choose({});
    QCOMPARE(table(test).model()->rowCount(), 8);
}

void TestSweepPages::withoutSweepsTheyTakeNoRoom()
{
    TestWindow test({});
    test.history.playRun("alone", {});
    test.window().show();
    QTRY_COMPARE(test.window().runsPage().model().rowCount(), 1);
    QVERIFY(table(test).isColumnHidden(ui::RunTableModel::Sweep));
    QVERIFY(!test.window().runsPage().sweepBar().isVisible());
}

void TestSweepPages::columnsWithoutValuesTakeNoRoom()
{
    TestWindow test({});
    test.history.playRun("pretrained", {});
    test.window().show();
    QTRY_COMPARE(test.window().runsPage().model().rowCount(), 1);
    QVERIFY(table(test).isColumnHidden(ui::RunTableModel::Linear));
    QVERIFY(table(test).isColumnHidden(ui::RunTableModel::Finetuned));
    const auto probed = test.history.makeRun("probed");
    const auto queue = test.history.library().recorder().record(probed.id);
    queue->publish(training::MetricsDeclared {{{"eval/linear_top1", "%"}}});
    queue->publish(training::MetricBatch {10, 1, 5000, {{0, 61.5}}});
    queue->close();
    QVERIFY(test.history.library().recorder().flush());
    test.history.library().refresh();
    QTRY_VERIFY(!table(test).isColumnHidden(ui::RunTableModel::Linear));
    QVERIFY(table(test).isColumnHidden(ui::RunTableModel::Finetuned));
}

void TestSweepPages::theQueueIsStoppedAndContinued()
{
    FakeTrainerOptions options;
    std::atomic<bool> isEndless = true;
    options.beforeStep = waitForStopWhile(isEndless);
    TestWindow test(options);
    const auto sweep = test.history.makeSweep(plan("grid"));
    test.history.library().refresh();
    test.window().show();
    auto& bar = test.window().runsPage().sweepBar();
    QTRY_COMPARE(test.window().runsPage().model().rowCount(), 4);
    QVERIFY(!button(bar, "Continue"));
    bar.choose(sweep.id);
    QVERIFY(button(bar, "Continue"));
    QVERIFY(!button(bar, "Compare finished")->isEnabled());
    QSignalSpy prepared(&test.session(), &ui::Session::prepared);
    QSignalSpy ended(&test.session(), &ui::Session::ended);
    button(bar, "Continue")->click();
    QVERIFY(!button(bar, "Continue"));
    QVERIFY(prepared.wait());
    button(bar, "Stop the queue")->click();
    QVERIFY(ended.wait());
    QCOMPARE(test.session().state(), RunState::Stopped);
    QTRY_VERIFY(says(bar, "1 stopped half-way"));
    isEndless = false;
    QVERIFY(!button(bar, "Stop the queue"));
    QSignalSpy completed(&test.window().queue(), &ui::SweepQueue::completed);
    button(bar, "Continue")->click();
    QVERIFY(completed.wait(20'000));
    QTRY_VERIFY(says(bar, "4 of 4 finished"));
    QVERIFY(!button(bar, "Continue")->isEnabled());
}

void TestSweepPages::finishedRunsAreCompared()
{
    TestWindow test({});
    const auto sweep = test.history.makeSweep(plan("grid"));
    const auto runs = test.history.runsOf(sweep.id);
    for (std::size_t i : {2U, 0U, 1U}) {
        test.history.play(runs[i], {});
    }
    test.history.library().refresh();
    test.window().show();
    auto& page = test.window().runsPage();
    QTRY_COMPARE(page.model().rowCount(), 4);
    page.sweepBar().choose(sweep.id);
    QTRY_VERIFY(button(page.sweepBar(), "Compare finished")->isEnabled());
    button(page.sweepBar(), "Compare finished")->click();
    QCOMPARE(test.window().page(), MainWindow::Compare);
    QCOMPARE(page.model().shownRuns(),
             (std::vector<storage::RunId> {runs[0].id, runs[1].id, runs[2].id}));
}

/// Closed while a sweep is on: the next window offers to go on with it, and does nothing by itself.
void TestSweepPages::aRestartOffersToContinue()
{
    testing::TestHistory history;
    QTemporaryDir folder;
    QSettings settings(folder.path() + "/settings.ini", QSettings::IniFormat);
    ui::Theme theme;
    ui::EnginePorts ports = testing::fakePorts();
    FakeTrainerOptions options;
    std::atomic<bool> isEndless = true;
    options.beforeStep = waitForStopWhile(isEndless);
    ui::Session session(history.library(), testing::fakeTrainers(options));
    const auto sweep = history.makeSweep(plan("grid"));
    history.library().refresh();
    {
        MainWindow window(history.library(), session, ports, theme, settings);
        window.show();
        QSignalSpy prepared(&session, &ui::Session::prepared);
        window.queue().resume(sweep.id);
        QVERIFY(prepared.wait());
        QVERIFY(!window.close());
        button(window, "Stop and close")->click();
        QTRY_VERIFY(!window.isVisible());
    }
    isEndless = false;
    QVERIFY(history.library().recorder().flush());
    MainWindow window(history.library(), session, ports, theme, settings);
    window.show();
    history.library().refresh();
    QTRY_VERIFY(!window.messages().texts().isEmpty());
    QVERIFY(window.messages().texts().front().contains("4 runs wait"));
    QVERIFY(!session.isActive());
    QSignalSpy completed(&window.queue(), &ui::SweepQueue::completed);
    QTRY_VERIFY(button(window.messages(), "Continue"));
    button(window.messages(), "Continue")->click();
    QVERIFY(completed.wait(20'000));
    QVERIFY(settings.value("sweeps/queued").toStringList().isEmpty());
    window.close();
}

QTEST_MAIN(TestSweepPages)
#include "test_sweep_pages.moc"
