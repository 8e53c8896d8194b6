// SPDX-License-Identifier: GPL-3.0-or-later
// Which run the Live page shows, what of the machine, and how its plots are arranged.
#include "tests/ui/named_widgets.h"
#include "tests/ui/test_history.h"
#include "ui/pages/live_page.h"
#include "ui/pages/live_plots.h"
#include "ui/pages/plot_docks.h"
#include "ui/pages/system_plots.h"
#include "ui/plot/plot_canvas.h"

#include <QDockWidget>
#include <QSettings>
#include <QToolButton>

using namespace mocoscope;
using namespace mocoscope::ui;
using mocoscope::testing::FakeTrainerOptions;
using mocoscope::testing::TestHistory;

namespace {

QToolButton* buttonNamed(QWidget& page, const QString& text)
{
    for (QToolButton* button : page.findChildren<QToolButton*>()) {
        if (button->text() == text) {
            return button;
        }
    }
    return nullptr;
}

/// Runs to its end, with the page watching.
void play(Session& session)
{
    QSignalSpy ended(&session, &Session::ended);
    QVERIFY(session.start({}, QStringLiteral("watched"), QStringLiteral("demo")));
    QTRY_COMPARE(ended.size(), 1);
}

} // namespace

class LiveLayoutTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void systemIsDrawnOverTheSameAxis();
    void aRunWithoutSystemSaysSo();
    void plotsAreArranged();
    void aDeletedRunGoes();
};

void LiveLayoutTest::systemIsDrawnOverTheSameAxis()
{
    TestHistory history;
    FakeTrainerOptions options;
    options.steps = 100;
    options.systemEvery = 10;
    const auto stored = history.playRun("stored", options);
    history.library().refresh();
    Session session(history.library(), testing::fakeTrainers(options));
    LivePage page(session, history.library());
    page.resize(1200, 800);
    page.show();
    page.showRun(stored.id);
    LivePlots& plots = page.plots();
    QTRY_VERIFY(page.curves().find("system/gpu0_power_w"));
    const std::vector<CurvePlot*>& system = plots.system().plots();
    QVERIFY(plots.loss().isVisible() && !system[0]->isVisible());
    buttonNamed(page, "System")->click();
    QVERIFY(!plots.loss().isVisible() && !plots.gradient().isVisible());
    QStringList shown;
    for (const CurvePlot* plot : system) {
        if (plot->isVisible()) {
            shown << plot->title();
        }
    }
    QCOMPARE(shown, QStringList({"Load", "Memory in use", "Power"})); // of what there is
    QCOMPARE(system[0]->series().size(), std::size_t(3));
    QCOMPARE(system[0]->series()[2].name, QString("GPU 0"));
    const SeriesSpec& memory = system[1]->series()[0];
    QCOMPARE(memory.name, QString("This run"));
    QCOMPARE(memory.data->size(), std::size_t(10));
    QCOMPARE(memory.data->value(3), 3.0); // GiB
    plots.loss().group().choose({20, 60});
    QCOMPARE(system[0]->group().range().minimum, 20.0);

    // It grows with a run that is on.
    play(session);
    QCOMPARE(system[1]->series()[0].data->size(), std::size_t(10));
    QVERIFY(system[1]->isVisible());
    buttonNamed(page, "Training")->click();
    QVERIFY(plots.loss().isVisible() && !system[0]->isVisible());
}

void LiveLayoutTest::aRunWithoutSystemSaysSo()
{
    TestHistory history;
    Session session(history.library(), testing::fakeTrainers({}));
    LivePage page(session, history.library());
    page.show();
    play(session);
    page.plots().showView(LivePlots::View::System);
    CurvePlot& first = *page.plots().system().plots().front();
    QVERIFY(first.isVisible());
    QVERIFY(first.canvas().emptyText().contains("monitor.system_seconds"));
}

void LiveLayoutTest::plotsAreArranged()
{
    TestHistory history;
    Session session(history.library(), testing::fakeTrainers({}));
    QTemporaryDir folder;
    QSettings settings(folder.path() + "/settings.ini", QSettings::IniFormat);
    const auto dockOf
        = [](CurvePlot& plot) { return qobject_cast<QDockWidget*>(plot.parentWidget()); };
    const auto top = [](QWidget& plot) { return plot.mapTo(plot.window(), QPoint(0, 0)); };
    {
        LivePage page(session, history.library());
        page.resize(1200, 900);
        page.show();
        play(session);
        LivePlots& plots = page.plots();
        QVERIFY(top(plots.loss()).y() < top(plots.accuracy()).y());
        QVERIFY(top(plots.accuracy()).y() < top(plots.gradient()).y());
        PlotDocks& docks = plots.docks(LivePlots::View::Training);
        docks.splitDockWidget(dockOf(plots.loss()), dockOf(plots.accuracy()), Qt::Horizontal);
        QTRY_COMPARE(top(plots.loss()).y(), top(plots.accuracy()).y());
        plots.saveLayout(settings);
    }
    LivePage page(session, history.library());
    page.resize(1200, 900);
    page.plots().restoreLayout(settings);
    page.show();
    LivePlots& plots = page.plots();
    QTRY_COMPARE(top(plots.loss()).y(), top(plots.accuracy()).y());
    QVERIFY(!plots.extra().isVisible()); // as before
    plots.resetLayout();
    QTRY_VERIFY(top(plots.loss()).y() < top(plots.accuracy()).y());
    QVERIFY(plots.loss().isVisible() && plots.gradient().isVisible());
    QVERIFY(!plots.extra().isVisible());
}

void LiveLayoutTest::aDeletedRunGoes()
{
    TestHistory history;
    const auto older = history.playRun("older", {});
    const auto newer = history.playRun("newer", {});
    history.library().refresh();
    QTRY_COMPARE(history.library().runs().size(), std::size_t {2});
    Session session(history.library(), testing::fakeTrainers({}));
    LivePage page(session, history.library());
    page.show();
    history.library().moveToTrash({newer.id});
    QVERIFY(page.shownRun() == older.id);
    history.library().moveToTrash({older.id});
    QVERIFY(!page.shownRun());
    const QString setUp = QStringLiteral("Set up a run");
    QVERIFY(testing::buttonNamed(page, setUp));
    history.library().restore({older.id});
    QTRY_VERIFY(page.shownRun() == older.id);
    QVERIFY(!testing::buttonNamed(page, setUp));
}

QTEST_MAIN(LiveLayoutTest)
#include "live_layout_test.moc"
