// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/curve_query.h"
#include "tests/ui/named_widgets.h"
#include "tests/ui/test_window.h"
#include "ui/models/curve_style.h"
#include "ui/pages/compare_page.h"
#include "ui/pages/config_form.h"
#include "ui/pages/configure_page.h"
#include "ui/pages/live_page.h"
#include "ui/pages/message_bar.h"
#include "ui/pages/runs_page.h"
#include "ui/pages/weights_export.h"

#include <QAction>
#include <QApplication>
#include <QElapsedTimer>
#include <QFileDialog>
#include <QLabel>
#include <QLineEdit>
#include <QMessageBox>
#include <QPushButton>
#include <QTimer>
#include <QTreeView>
#include <QtTest>

using namespace mocoscope;
using testing::actionNamed;
using testing::buttonNamed;
using testing::FakeTrainerOptions;
using testing::TestWindow;
using training::RunState;
using ui::MainWindow;

namespace {

/// Waits at each step until it is asked to stop.
FakeTrainerOptions untilStopped()
{
    FakeTrainerOptions options;
    options.steps = 1'000'000;
    options.beforeStep = [](std::int64_t, training::RunControl&) { QThread::msleep(1); };
    return options;
}

/// The longest time that the event loop was away, measured by a timer of 5 ms.
class LatencyProbe : public QObject
{
public:
    LatencyProbe()
    {
        m_timer.setTimerType(Qt::PreciseTimer);
        m_timer.setInterval(5);
        connect(&m_timer, &QTimer::timeout, this,
                [this] { m_longestMs = qMax(m_longestMs, m_clock.restart()); });
        m_clock.start();
        m_timer.start();
    }
    [[nodiscard]] qint64 longestMs() const { return m_longestMs; }

private:
    QTimer m_timer;
    QElapsedTimer m_clock;
    qint64 m_longestMs = 0;
};

} // namespace

class TestMainWindow : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theFirstStartIsOneClick();
    void aRunIsConfiguredAndStarted();
    void startIsDisabledWithAReason();
    void deleteIsUndone();
    void renameInPlace();
    void useConfigurationLoadsTheForm();
    void weightsAreExported();
    void closingWhileARunIsOnStopsIt();
    void closingCanBeCalledOff();
    void aStoppedRunIsResumed();
    void checkedRunsAreTheComparedOnes();
    void layoutIsRemembered();
    void themesAreReadable();
    void staysResponsiveWhileManyPointsArrive();
};

void TestMainWindow::theFirstStartIsOneClick()
{
    TestWindow test({});
    test.window().show();
    QTest::qWait(0);
    QSignalSpy ended(&test.session(), &ui::Session::ended);
    QPushButton* demo = buttonNamed(test.window().runsPage(), "Start the demo");
    QVERIFY(demo);
    QTest::mouseClick(demo, Qt::LeftButton);
    QVERIFY(ended.wait());
    QCOMPARE(test.window().page(), MainWindow::Live);
    QVERIFY(test.history.library().recorder().flush());
    const auto run = test.history.stored(*test.session().run());
    QCOMPARE(run.preset, std::string("demo"));
    QCOMPARE(run.state, RunState::Finished);
}

void TestMainWindow::aRunIsConfiguredAndStarted()
{
    TestWindow test({});
    test.window().show();
    test.window().showPage(MainWindow::Configure);
    auto& form = test.window().configurePage().form();
    form.setOption("optimizer.lr", "1.5e-3");
    QSignalSpy ended(&test.session(), &ui::Session::ended);
    QTRY_VERIFY(test.window().configurePage().reasonNotToStart().isEmpty());
    QPushButton* start = buttonNamed(test.window().configurePage(), "Start training");
    QTest::mouseClick(start, Qt::LeftButton);
    QVERIFY(ended.wait());
    QCOMPARE(test.session().config().optimizer.lr, 1.5e-3);
    QVERIFY(test.history.library().recorder().flush());
    auto database
        = storage::Database::open(test.history.file(), storage::Database::Access::ReadOnly);
    const auto curve = storage::CurveQuery(*database).curve(*test.session().run(), "train/loss");
    QCOMPARE(curve->values.size(), std::size_t(40));
}

void TestMainWindow::startIsDisabledWithAReason()
{
    TestWindow test({});
    test.window().show();
    test.window().showPage(MainWindow::Configure);
    auto& page = test.window().configurePage();
    QPushButton* start = buttonNamed(page, "Start training");
    page.form().setOption("train.batch_size", "0");
    QVERIFY(!start->isEnabled());
    QVERIFY(start->toolTip().contains("attention"));
    QVERIFY(!actionNamed(test.window(), "Start")->isEnabled());
    page.form().setOption("train.batch_size", "64");
    page.form().setOption("data.path", "/nowhere");
    QTRY_VERIFY(page.reasonNotToStart().contains("/nowhere"));
    page.form().setOption("data.path", "demo");
    QTRY_VERIFY(start->isEnabled());
}

void TestMainWindow::deleteIsUndone()
{
    TestWindow test({});
    const auto run = test.history.playRun("precious", {});
    test.window().show();
    auto& runs = test.window().runsPage();
    QTRY_COMPARE(runs.model().rowCount(), 1);
    runs.select(run.id);
    actionNamed(runs, "Delete")->trigger();
    QCOMPARE(runs.model().rowCount(), 0);
    QTRY_VERIFY(buttonNamed(test.window().messages(), "Undo"));
    QTest::mouseClick(buttonNamed(test.window().messages(), "Undo"), Qt::LeftButton);
    QTRY_COMPARE(runs.model().rowCount(), 1);
}

void TestMainWindow::renameInPlace()
{
    TestWindow test({});
    const auto run = test.history.playRun("old", {});
    test.window().show();
    auto& runs = test.window().runsPage();
    QTRY_COMPARE(runs.model().rowCount(), 1);
    runs.select(run.id);
    actionNamed(runs, "Rename")->trigger();
    auto* table = runs.findChild<QTreeView*>("runs");
    auto* editor = table->viewport()->findChild<QLineEdit*>();
    QVERIFY(editor);
    editor->selectAll();
    QTest::keyClicks(editor, "new");
    QTest::keyClick(editor, Qt::Key_Return);
    QTRY_COMPARE(test.history.library().find(run.id)->name, std::string("new"));
}

void TestMainWindow::useConfigurationLoadsTheForm()
{
    TestWindow test({});
    const auto run = test.history.playRun("source", {});
    test.window().show();
    auto& runs = test.window().runsPage();
    QTRY_COMPARE(runs.model().rowCount(), 1);
    runs.select(run.id);
    actionNamed(runs, "Use configuration")->trigger();
    QCOMPARE(test.window().page(), MainWindow::Configure);
    QVERIFY(test.window().configurePage().form().draft().config() == training::TrainingConfig());
}

void TestMainWindow::weightsAreExported()
{
    TestWindow test({});
    const auto run = test.history.playRun("good one", {});
    test.window().show();
    auto& runs = test.window().runsPage();
    QTRY_COMPARE(runs.model().rowCount(), 1);
    runs.select(run.id);
    actionNamed(runs, "Export weights\u2026")->trigger();
    auto* dialog = runs.findChild<QFileDialog*>();
    QVERIFY(dialog);
    QVERIFY(dialog->selectedFiles().front().endsWith("good_one.safetensors"));
    QTemporaryDir folder;
    const QString file = folder.filePath("w.safetensors");
    Q_EMIT dialog->fileSelected(file);
    QTRY_VERIFY(!test.window().messages().texts().isEmpty());
    const QString message = test.window().messages().texts().join(' ');
    QVERIFY2(message.contains(file), qPrintable(message));
    const auto labels = test.window().messages().findChildren<QLabel*>();
    QVERIFY(std::any_of(labels.begin(), labels.end(), [](const QLabel* label) {
        return label->text().contains("vit_tiny") || label->toolTip().contains("vit_tiny");
    }));
    QFile written(file);
    QVERIFY(written.open(QIODevice::ReadOnly));
    QVERIFY(written.readAll().startsWith("base of good one"));

    // a run without a checkpoint
    const auto bare = test.history.makeRun("bare");
    test.history.library().refresh();
    QTRY_COMPARE(runs.model().rowCount(), 2);
    runs.select(bare.id);
    QVERIFY(actionNamed(runs, "Export weights\u2026")->isEnabled());
    auto* exporter = runs.findChild<ui::WeightsExport*>();
    exporter->write(bare, folder.filePath("bare.safetensors"));
    QTRY_VERIFY(test.window().messages().texts().join(' ').contains("no checkpoint yet"));
    QVERIFY(!QFile::exists(folder.filePath("bare.safetensors")));
}

void TestMainWindow::closingWhileARunIsOnStopsIt()
{
    TestWindow test(untilStopped());
    test.window().show();
    QSignalSpy prepared(&test.session(), &ui::Session::prepared);
    QSignalSpy saved(&test.session(), &ui::Session::checkpointSaved);
    QVERIFY(test.session().start({}, "on", {}));
    QVERIFY(prepared.wait());
    QVERIFY(!test.window().close());
    auto* question = test.window().findChild<QMessageBox*>();
    QVERIFY(question);
    QTest::mouseClick(buttonNamed(*question, "Stop and close"), Qt::LeftButton);
    QTRY_VERIFY(!test.window().isVisible());
    QVERIFY(!test.session().isActive());
    QCOMPARE(test.session().state(), RunState::Stopped);
    QCOMPARE(saved.size(), 1);
}

void TestMainWindow::closingCanBeCalledOff()
{
    TestWindow test(untilStopped());
    test.window().show();
    QSignalSpy prepared(&test.session(), &ui::Session::prepared);
    QVERIFY(test.session().start({}, "on", {}));
    QVERIFY(prepared.wait());
    QVERIFY(!test.window().close());
    auto* question = test.window().findChild<QMessageBox*>();
    QTest::mouseClick(buttonNamed(*question, "Keep running"), Qt::LeftButton);
    QVERIFY(test.window().isVisible());
    QVERIFY(test.session().isActive());
}

void TestMainWindow::aStoppedRunIsResumed()
{
    TestWindow test({});
    FakeTrainerOptions stopped;
    stopped.beforeStep = [](std::int64_t step, training::RunControl& control) {
        if (step == 20) {
            control.requestStop();
        }
    };
    const auto run = test.history.playRun("stopped", stopped);
    test.window().show();
    auto& runs = test.window().runsPage();
    QTRY_COMPARE(runs.model().rowCount(), 1);
    runs.select(run.id);
    QSignalSpy ended(&test.session(), &ui::Session::ended);
    QTRY_VERIFY(actionNamed(runs, "Resume")->isEnabled());
    actionNamed(runs, "Resume")->trigger();
    QVERIFY(ended.wait());
    QCOMPARE(*test.session().run(), run.id);
    QCOMPARE(test.session().facts().firstStep, 20);
    QVERIFY(test.window().messages().texts().contains("stopped is finished."));
    QCOMPARE(test.session().state(), RunState::Finished);
}

void TestMainWindow::checkedRunsAreTheComparedOnes()
{
    TestWindow test({});
    const auto one = test.history.playRun("one", {});
    const auto two = test.history.playRun("two", {});
    test.window().show();
    auto& model = test.window().runsPage().model();
    QTRY_COMPARE(model.rowCount(), 2);
    model.setData(model.index(model.rowOf(one.id), 0), Qt::Checked, Qt::CheckStateRole);
    Q_EMIT test.window().comparePage().runsChosen({two.id});
    QCOMPARE(model.shownRuns(), std::vector<storage::RunId> {two.id});
}

void TestMainWindow::layoutIsRemembered()
{
    testing::TestHistory history;
    QTemporaryDir folder;
    QSettings settings(folder.path() + "/settings.ini", QSettings::IniFormat);
    ui::Theme theme;
    ui::EnginePorts ports = testing::fakePorts();
    ui::Session session(history.library(), testing::fakeTrainers({}));
    {
        MainWindow window(history.library(), session, ports, theme, settings);
        window.show();
        QCOMPARE(window.page(), MainWindow::Runs);
        window.showPage(MainWindow::Compare);
        window.close();
    }
    MainWindow window(history.library(), session, ports, theme, settings);
    QCOMPARE(window.page(), MainWindow::Compare);
}

void TestMainWindow::themesAreReadable()
{
    for (const bool dark : {false, true}) {
        const QPalette palette = ui::Theme::palette(dark);
        const QColor window = palette.color(QPalette::Window);
        const QColor base = palette.color(QPalette::Base);
        const std::pair<QColor, QColor> pairs[] = {
            {palette.color(QPalette::WindowText), window},
            {palette.color(QPalette::Text), base},
            {palette.color(QPalette::ButtonText), palette.color(QPalette::Button)},
            {palette.color(QPalette::PlaceholderText), window},
            {palette.color(QPalette::PlaceholderText), base},
            {palette.color(QPalette::HighlightedText), palette.color(QPalette::Highlight)},
            {palette.color(QPalette::Link), window},
            {ui::toneColour(ui::Tone::Good, dark), window},
            {ui::toneColour(ui::Tone::Attention, dark), window},
            {ui::toneColour(ui::Tone::Bad, dark), base},
        };
        for (const auto& [text, background] : pairs) {
            QVERIFY2(ui::contrast(text, background) >= 4.5,
                     qPrintable(text.name() + " on " + background.name()));
        }
    }
}

/// 1,000 values a second (20 values a step, 50 steps a second) for a second.
void TestMainWindow::staysResponsiveWhileManyPointsArrive()
{
    FakeTrainerOptions options;
    options.steps = 50;
    options.blocks = 13;
    options.beforeStep = [](std::int64_t, training::RunControl&) { QThread::msleep(20); };
    TestWindow test(options);
    test.window().resize(1280, 800);
    test.window().show();
    QVERIFY(QTest::qWaitForWindowExposed(&test.window()));
    QSignalSpy ended(&test.session(), &ui::Session::ended);
    QSignalSpy started(&test.session(), &ui::Session::started);
    QVERIFY(test.session().start({}, "fast", {}));
    QVERIFY(started.wait());
    LatencyProbe probe;
    QVERIFY(ended.wait(30'000));
    qInfo("longest gap in the event loop: %lld ms", probe.longestMs());
    QVERIFY(probe.longestMs() < 1000);
}

QTEST_MAIN(TestMainWindow)
#include "test_main_window.moc"
