// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/fake_pictures.h"
#include "tests/ui/test_history.h"
#include "ui/models/collapse_verdict.h"
#include "ui/pages/collapse_panel.h"
#include "ui/pages/diagnose_page.h"
#include "ui/pages/diagnose_plots.h"
#include "ui/pages/diagnosed_run.h"
#include "ui/pages/spike_table_model.h"
#include "ui/plot/plot_canvas.h"

#include <QAbstractItemModelTester>
#include <QComboBox>
#include <QLabel>
#include <QLayout>
#include <QLineEdit>
#include <QPushButton>
#include <QTableView>

using namespace mocoscope;
using namespace mocoscope::ui;
using mocoscope::testing::FakeTrainerOptions;
using mocoscope::testing::TestHistory;

namespace {

FakeTrainerOptions spiked(std::int64_t at = 200, std::int64_t steps = 300)
{
    FakeTrainerOptions options;
    options.steps = steps;
    options.spikeAt = at;
    return options;
}

/// Runs to its end, with the page watching.
void play(Session& session, const training::TrainingConfig& config = {})
{
    QSignalSpy ended(&session, &Session::ended);
    QVERIFY(session.start(config, QStringLiteral("watched"), QStringLiteral("demo")));
    QTRY_COMPARE(ended.size(), 1);
}

QString cell(DiagnosePage& page, int row, SpikeTableModel::Column column)
{
    return page.incidents().index(row, column).data(Qt::DisplayRole).toString();
}

bool showsLabel(const QWidget& page, const QString& part)
{
    const auto labels = page.findChildren<QLabel*>();
    return std::any_of(labels.begin(), labels.end(), [&](const QLabel* label) {
        return label->isVisible() && label->text().contains(part);
    });
}

std::vector<storage::EventRecord> storedSpikes(const TestHistory& history, storage::RunId run)
{
    auto database
        = storage::Database::open(history.file(), storage::Database::Access::ReadOnly).value();
    auto events = storage::RunRepository(database).events(run).value();
    std::erase_if(events, [](const storage::EventRecord& event) { return !event.spike; });
    return events;
}

} // namespace

class DiagnosePageTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void nothingToShowAsksForARun();
    void runIsDiagnosedWhileItIsOn();
    void storedRunTellsTheSame();
    void incidentIsZoomedTo();
    void rowsAreLines();
    void scalesAreChosen();
    void switchedOffSaysSo();
    void runWithoutGradientsSaysWhy();
    void resumedRunKeepsItsPast();
    void chosenRunStaysWhileAnotherOneIsOn();
    void waitingRunsAreNoChoice();
    void deletedRunMakesPlace();
    void verdictsOnCollapse_data();
    void verdictsOnCollapse();
};

void DiagnosePageTest::nothingToShowAsksForARun()
{
    TestHistory history;
    Session session(history.library(), testing::fakeTrainers({}));
    testing::FakeFeaturePictures pictures;
    DiagnosePage page(session, history.library(), pictures);
    page.show();
    QSignalSpy asked(&page, &DiagnosePage::configurationRequested);
    const auto buttons = page.findChildren<QPushButton*>();
    const auto button = std::find_if(buttons.begin(), buttons.end(),
                                     [](const QPushButton* one) { return one->isVisible(); });
    QVERIFY(button != buttons.end());
    (*button)->click();
    QCOMPARE(asked.size(), 1);
}

void DiagnosePageTest::runIsDiagnosedWhileItIsOn()
{
    TestHistory history;
    Session session(history.library(), testing::fakeTrainers(spiked()));
    testing::FakeFeaturePictures pictures;
    DiagnosePage page(session, history.library(), pictures);
    const QAbstractItemModelTester tester(&page.incidents());
    page.resize(1200, 800);
    page.show();
    play(session);
    QVERIFY(page.shownRun() == session.run());
    QCOMPARE(page.plots().heatMap().rows().size(), std::size_t {8});
    QCOMPARE(page.plots().heatMap().rows().front().name, QStringLiteral("patch_embed"));
    QCOMPARE(page.incidents().rowCount(), 1);
    QCOMPARE(cell(page, 0, SpikeTableModel::Onset), QStringLiteral("200"));
    QCOMPARE(cell(page, 0, SpikeTableModel::FirstLayer), QStringLiteral("patch_embed"));
    QCOMPARE(cell(page, 0, SpikeTableModel::LastBlock), QStringLiteral("4 steps later"));
    QCOMPARE(cell(page, 0, SpikeTableModel::Layers), QStringLiteral("8 of 8"));
    QVERIFY(cell(page, 0, SpikeTableModel::Dip).contains(QLatin1String("points at step")));
    page.plots().heatMap().drawNow();
    QCOMPARE(page.plots().heatMap().canvas().scene().marks.size(), std::size_t {1});
    page.plots().accuracy().drawNow();
    QCOMPARE(page.plots().accuracy().canvas().scene().marks.size(), std::size_t {1});
}

void DiagnosePageTest::storedRunTellsTheSame()
{
    TestHistory history;
    const auto run = history.playRun("spiked", spiked());
    Session session(history.library(), testing::fakeTrainers({}));
    testing::FakeFeaturePictures pictures;
    DiagnosePage page(session, history.library(), pictures);
    page.show();
    QTRY_COMPARE(page.incidents().rowCount(), 1);
    const auto told = storedSpikes(history, run.id);
    QCOMPARE(told.size(), std::size_t {1});
    const training::SpikeIncident& found = page.incidents().incidents().front();
    QCOMPARE(told[0].step, found.onset());
    QCOMPARE(told[0].layer, std::string("patch_embed"));
    QVERIFY(told[0].spike->lag == found.lag);
    QCOMPARE(told[0].spike->layers, static_cast<std::int64_t>(found.layers.size()));
    QCOMPARE(told[0].spike->peak, found.peakFactor());
    QVERIFY(told[0].spike->dip && found.dip);
    QCOMPARE(*told[0].spike->dip, found.dip->points);
}

void DiagnosePageTest::incidentIsZoomedTo()
{
    TestHistory history;
    Session session(history.library(), testing::fakeTrainers(spiked()));
    testing::FakeFeaturePictures pictures;
    DiagnosePage page(session, history.library(), pictures);
    page.resize(1200, 800);
    page.show();
    play(session);
    const QModelIndex row = page.incidents().index(0, SpikeTableModel::Peak);
    QTest::mouseClick(page.table().viewport(), Qt::LeftButton, {},
                      page.table().visualRect(row).center());
    const AxisRange range = page.plots().group().range();
    QVERIFY(!page.plots().group().isFollowing());
    QVERIFY(range.minimum > 100 && range.minimum < 200);
    QVERIFY(range.maximum > 207 && range.maximum < 300);
    QVERIFY(showsLabel(page, QStringLiteral("1 incident")));
    page.views().setCurrentIndex(1); // where there is no table
    QVERIFY(!showsLabel(page, QStringLiteral("1 incident")));
}

void DiagnosePageTest::rowsAreLines()
{
    TestHistory history;
    Session session(history.library(), testing::fakeTrainers(spiked()));
    testing::FakeFeaturePictures pictures;
    DiagnosePage page(session, history.library(), pictures);
    page.show();
    play(session);
    CurvePlot& lines = page.plots().lines();
    QCOMPARE(lines.series().size(), std::size_t {8});
    for (std::size_t i = 0; i < 8; ++i) { // the first layer and the last block of four
        QCOMPARE(lines.isVisibleSeries(i), i == 0 || i == 4);
    }
    Q_EMIT page.plots().heatMap().rowClicked(2);
    QVERIFY(lines.isVisibleSeries(2));
    Q_EMIT page.plots().heatMap().rowClicked(0);
    QVERIFY(!lines.isVisibleSeries(0));
}

void DiagnosePageTest::scalesAreChosen()
{
    TestHistory history;
    Session session(history.library(), testing::fakeTrainers(spiked()));
    testing::FakeFeaturePictures pictures;
    DiagnosePage page(session, history.library(), pictures);
    page.show();
    play(session);
    HeatMapPlot& map = page.plots().heatMap();
    QCOMPARE(map.scale().minimum, 0.5);
    QVERIFY(map.scale().maximum >= 32); // the spike is 25 times usual, give or take the noise
    QVERIFY(map.rows()[0].data->value(200) > 15);
    page.plots().scaleChoice().setCurrentIndex(1);
    QVERIFY(map.scale().minimum < 0.03);
    QVERIFY(map.rows()[0].data->value(200) < 1);
}

void DiagnosePageTest::switchedOffSaysSo()
{
    TestHistory history;
    Session session(history.library(), testing::fakeTrainers(spiked()));
    testing::FakeFeaturePictures pictures;
    DiagnosePage page(session, history.library(), pictures);
    page.show();
    training::TrainingConfig off;
    off.monitor.spikeThreshold = 0;
    play(session, off);
    QCOMPARE(page.incidents().rowCount(), 0);
    QVERIFY(showsLabel(page, QStringLiteral("monitor.spike_threshold above 0")));
}

void DiagnosePageTest::runWithoutGradientsSaysWhy()
{
    TestHistory history;
    const auto waiting = history.makeRun("only stored");
    FakeTrainerOptions none;
    none.steps = 0;
    const auto run = history.playRun("no step", none);
    Session session(history.library(), testing::fakeTrainers({}));
    testing::FakeFeaturePictures pictures;
    DiagnosePage page(session, history.library(), pictures);
    page.show();
    const QString& emptyText = page.plots().heatMap().canvas().emptyText();
    QTRY_VERIFY(history.library().find(run.id)
                && history.library().find(run.id)->state == training::RunState::Finished);
    page.showRun(run.id);
    QTRY_VERIFY(emptyText.contains(QLatin1String("recorded no gradients")));
    page.showRun(waiting.id);
    QTRY_VERIFY(emptyText.contains(QLatin1String("with the first step")));
    QVERIFY(showsLabel(page, QStringLiteral("No gradient spike so far")));
}

void DiagnosePageTest::resumedRunKeepsItsPast()
{
    TestHistory history;
    FakeTrainerOptions options = spiked(120, 200);
    options.beforeStep = [](std::int64_t step, training::RunControl& control) {
        if (step == 150) {
            control.requestStop();
        }
    };
    Session first(history.library(), testing::fakeTrainers(options));
    play(first);
    QVERIFY(history.library().recorder().flush().has_value());
    history.library().refresh();
    QTRY_VERIFY(history.library().find(*first.run())
                && history.library().find(*first.run())->lastStep > 0);
    options.beforeStep = {};
    Session second(history.library(), testing::fakeTrainers(options));
    testing::FakeFeaturePictures pictures;
    DiagnosePage page(second, history.library(), pictures);
    page.show();
    QSignalSpy ended(&second, &Session::ended);
    QVERIFY(second.resumeRun(*first.run()));
    QTRY_COMPARE(ended.size(), 1);
    QTRY_COMPARE(page.plots().heatMap().rows().size(), std::size_t {8});
    QTRY_COMPARE(page.plots().heatMap().rows()[0].data->size(), std::size_t {200});
    QCOMPARE(page.incidents().rowCount(), 1);
    QCOMPARE(cell(page, 0, SpikeTableModel::Onset), QStringLiteral("120"));
}

void DiagnosePageTest::chosenRunStaysWhileAnotherOneIsOn()
{
    TestHistory history;
    const auto past = history.playRun("past", spiked(250));
    history.library().refresh();
    QTRY_VERIFY(history.library().find(past.id));
    Session session(history.library(), testing::fakeTrainers(spiked(100)));
    testing::FakeFeaturePictures pictures;
    DiagnosePage page(session, history.library(), pictures);
    page.show();
    page.showRun(past.id);
    QTRY_COMPARE(page.incidents().rowCount(), 1);
    play(session);
    QVERIFY(page.shownRun() == past.id);
    QCOMPARE(cell(page, 0, SpikeTableModel::Onset), QStringLiteral("250"));
    page.showRun(*session.run());
    QCOMPARE(cell(page, 0, SpikeTableModel::Onset), QStringLiteral("100"));
    QTRY_COMPARE(page.chooser().count(), 2);
}

/// Runs of a sweep that wait for their turn have nothing to diagnose; those of one name are told
/// apart.
void DiagnosePageTest::waitingRunsAreNoChoice()
{
    TestHistory history;
    const auto first = history.playRun("twin", spiked(250));
    const auto second = history.playRun("twin", {});
    const auto other = history.playRun("other", {});
    const auto waits = history.makeRun("waits");
    history.library().refresh();
    QTRY_COMPARE(history.library().runs().size(), std::size_t {4});
    Session session(history.library(), testing::fakeTrainers({}));
    testing::FakeFeaturePictures pictures;
    DiagnosePage page(session, history.library(), pictures);
    page.show();
    QStringList names;
    for (int i = 0; i < page.chooser().count(); ++i) {
        names << page.chooser().itemText(i);
    }
    names.sort();
    QCOMPARE(names,
             (QStringList {"other", QStringLiteral("twin (run %1)").arg(first.id.value),
                           QStringLiteral("twin (run %1)").arg(second.id.value)}));
    QVERIFY(page.chooser().findData(qlonglong {other.id.value}) >= 0);
    const auto queue = history.library().recorder().record(waits.id); // as another process would
    queue->publish(training::StateChanged {training::RunState::Running, {}});
    QVERIFY(history.library().recorder().flush().has_value());
    history.library().refresh();
    QTRY_COMPARE(page.chooser().count(), 4);
    QCOMPARE(page.chooser().itemText(page.chooser().findData(qlonglong {waits.id.value})),
             QStringLiteral("\u25cf waits"));
    queue->close();
    const auto type = [&page](const QString& text) {
        page.chooser().lineEdit()->selectAll();
        QTest::keyClicks(page.chooser().lineEdit(), text);
    };
    type("ER OTH");
    history.library().refresh();
    QTest::keyClick(page.chooser().lineEdit(), Qt::Key_Return);
    QVERIFY(page.shownRun() == other.id);
    type("win run");
    Q_EMIT page.chooser().lineEdit()->editingFinished(); // left without Enter
    QCOMPARE(page.chooser().currentText(), QStringLiteral("other"));
}

void DiagnosePageTest::deletedRunMakesPlace()
{
    TestHistory history;
    const auto kept = history.playRun("kept", {});
    const auto deleted = history.playRun("deleted", spiked());
    history.library().refresh();
    QTRY_COMPARE(history.library().runs().size(), std::size_t {2});
    Session session(history.library(), testing::fakeTrainers({}));
    testing::FakeFeaturePictures pictures;
    DiagnosePage page(session, history.library(), pictures);
    page.show();
    page.showRun(deleted.id);
    QTRY_COMPARE(page.incidents().rowCount(), 1);
    history.library().moveToTrash({deleted.id});
    QTRY_VERIFY(page.shownRun() == kept.id);
    QTRY_COMPARE(page.incidents().rowCount(), 0);
    QCOMPARE(page.chooser().currentText(), QStringLiteral("kept"));
}

Q_DECLARE_METATYPE(CollapseFigures)
Q_DECLARE_METATYPE(CollapseState)

void DiagnosePageTest::verdictsOnCollapse_data()
{
    const double none = std::nan("");
    QTest::addColumn<CollapseFigures>("figures");
    QTest::addColumn<CollapseState>("state");
    QTest::addColumn<QString>("word");
    const auto row = [](const char* name, const CollapseFigures& figures, CollapseState state,
                        const char* word) {
        QTest::newRow(name) << figures << state << QString::fromLatin1(word);
    };
    row("not measured", {}, CollapseState::Unknown, "evaluation.knn_every_epochs");
    row("not finite", {10, none, none, 5, {}, {}, {}}, CollapseState::Unknown, "overflowed");
    row("first", {0, 0.02, 1.2, 1.2, {}, {}, 0.0}, CollapseState::Untrained, "before the first");
    row("healthy", {10, 0.9, 40, 42, 0.4, -3, 0.0}, CollapseState::Healthy, "No sign");
    row("alike", {10, 0.02, 12, 42, {}, {}, 0.0}, CollapseState::Collapsed, "all images look");
    row("one direction", {10, 0.5, 1.1, 42, {}, {}, 0.0}, CollapseState::Collapsed, "all images");
    row("dead", {10, 0.9, 40, 42, {}, {}, 0.7}, CollapseState::Partial, "70 %");
    row("shrinking", {10, 0.9, 12, 42, {}, {}, 0.1}, CollapseState::Shrinking, "12 of the 42");
}

void DiagnosePageTest::verdictsOnCollapse()
{
    QFETCH(CollapseFigures, figures);
    QFETCH(CollapseState, state);
    QFETCH(QString, word);
    QVERIFY(collapseState(figures) == state);
    QVERIFY2(collapseVerdict(figures).contains(word), qPrintable(collapseVerdict(figures)));
    CollapsePanel panel;
    panel.setFigures(figures);
    QCOMPARE(panel.verdict(), collapseVerdict(figures));
    panel.show();
    panel.resize(10, 10); // in a narrow splitter no line is cut off
    QTRY_VERIFY(panel.height() >= panel.layout()->totalHeightForWidth(panel.width()));
}

QTEST_MAIN(DiagnosePageTest)
#include "diagnose_page_test.moc"
