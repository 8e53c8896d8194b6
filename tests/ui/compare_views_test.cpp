// SPDX-License-Identifier: GPL-3.0-or-later
// The views of a comparison on a stored history.
#include "tests/ui/varied_runs.h"
#include "ui/pages/compare_page.h"
#include "ui/pages/compare_plots.h"
#include "ui/pages/compare_rows_view.h"
#include "ui/pages/compare_table.h"
#include "ui/pages/multiples_view.h"
#include "ui/pages/parallel_view.h"
#include "ui/pages/scatter_view.h"
#include "ui/plot/parallel_plot.h"
#include "ui/plot/scatter_plot.h"

#include <QCheckBox>
#include <QComboBox>
#include <QHeaderView>
#include <QScrollBar>
#include <QSettings>
#include <QTabWidget>
#include <QTemporaryDir>
#include <QToolButton>

#include <algorithm>
#include <set>

using namespace mocoscope;
using namespace mocoscope::ui;
using mocoscope::testing::TestHistory;

namespace {

void choose(QComboBox& choice, const QString& key)
{
    const int index = choice.findData(key);
    QVERIFY2(index >= 0, qPrintable(key));
    choice.setCurrentIndex(index);
}

} // namespace

class CompareViewsTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void dotsAreOfTheBestFigureThatIsKnown();
    void aDotIsSelectedOnTheWholePage();
    void aChosenAxisStays();
    void dotsAreColouredByGroup();
    void aFactorOfEightIsLogarithmic();
    void axesAreTheOptionsThatDiffer();
    void brushedRunsBecomeTheChoice();
    void axesAreAddedRemovedAndMoved();
    void aPlotForEachMetric();
    void aPlotForEachRunOnOneScale();
    void smallPlotsComeInPages();
    void runsAsRowsAreSorted();
    void pinnedOptionsStay();
    void pinnedColumnsStayInSight();
    void tablesAreCopiedEitherWay();
    void theLayoutIsKept();
    void hoveringOverACurveTellsItsOptions();

private:
    void compare(std::size_t count);
    template <typename View> View& show(View& view)
    {
        m_page->views().setCurrentWidget(&view);
        return view;
    }
    [[nodiscard]] CompareTable& table() { return *m_page->findChild<CompareTable*>(); }

    std::unique_ptr<TestHistory> m_history;
    std::vector<storage::RunId> m_runs;
    std::unique_ptr<ComparePage> m_page;
};

void CompareViewsTest::init()
{
    m_page.reset();
    m_history = std::make_unique<TestHistory>();
    m_runs = testing::recordVariedRuns(*m_history, 30, 20);
    QTRY_COMPARE(m_history->library().runs().size(), m_runs.size());
    m_page = std::make_unique<ComparePage>(m_history->library());
    m_page->resize(1200, 800);
    m_page->show();
}

/// The first runs, with their figures read.
void CompareViewsTest::compare(std::size_t count)
{
    m_page->setRuns({m_runs.begin(), m_runs.begin() + static_cast<std::ptrdiff_t>(count)});
    QTRY_COMPARE(m_page->table().runs().size(), count);
    QTRY_VERIFY(std::ranges::none_of(m_page->table().runs(),
                                     [](const ComparedRun& run) { return run.summaries.empty(); }));
}

void CompareViewsTest::dotsAreOfTheBestFigureThatIsKnown()
{
    ScatterView& view = show(m_page->scatter());
    compare(12); // shown before anything was read
    QCOMPARE(view.yChoice().currentData().toString(), QStringLiteral("figure:knn_top1_last"));
    QCOMPARE(view.plot().table().size(), std::size_t {13});
    QVERIFY(view.xChoice().currentData().toString().startsWith(QLatin1String("option:")));
}

void CompareViewsTest::aDotIsSelectedOnTheWholePage()
{
    ScatterView& view = show(m_page->scatter());
    compare(12);
    Q_EMIT view.plot().itemClicked(4);
    ParallelView& parallel = show(m_page->parallel());
    QCOMPARE(parallel.plot().selected(), 4);
    Q_EMIT parallel.plot().itemClicked(7);
    QCOMPARE(view.plot().selected(), 7);
    Q_EMIT parallel.plot().itemClicked(-1);
    QCOMPARE(view.plot().selected(), -1);
}

void CompareViewsTest::aChosenAxisStays()
{
    ScatterView& view = show(m_page->scatter());
    compare(12);
    choose(view.xChoice(), QStringLiteral("option:train.batch_size"));
    choose(view.yChoice(), QStringLiteral("last:grad/l2/patch_embed"));
    compare(16);
    QCOMPARE(view.xChoice().currentData().toString(), QStringLiteral("option:train.batch_size"));
    QCOMPARE(view.yChoice().currentData().toString(), QStringLiteral("last:grad/l2/patch_embed"));
    QCOMPARE(view.plot().title(), QStringLiteral("Gradient L2, patch_embed, last by Batch size"));
}

void CompareViewsTest::dotsAreColouredByGroup()
{
    ScatterView& view = show(m_page->scatter());
    compare(16);
    choose(view.grouping(), QStringLiteral("method.name"));
    std::set<QString> groups;
    for (const QStringList& row : view.plot().table()) {
        groups.insert(row[1]);
    }
    QCOMPARE(groups.size(), std::size_t {1 + 3}); // with the header
}

void CompareViewsTest::aFactorOfEightIsLogarithmic()
{
    ScatterView& view = show(m_page->scatter());
    compare(16);
    choose(view.xChoice(), QStringLiteral("option:optimizer.lr")); // 5e-5 to 6e-4
    QVERIFY(view.xLogarithmic().isChecked());
    view.xLogarithmic().click();
    QVERIFY(!view.xLogarithmic().isChecked());
    choose(view.xChoice(), QStringLiteral("option:method.name"));
    QVERIFY(!view.xLogarithmic().isEnabled());
    choose(view.xChoice(), QStringLiteral("option:train.batch_size")); // 256 to 1024
    QVERIFY(view.xLogarithmic().isEnabled() && !view.xLogarithmic().isChecked());
}

void CompareViewsTest::axesAreTheOptionsThatDiffer()
{
    ParallelView& view = show(m_page->parallel());
    compare(16);
    QCOMPARE(
        view.axes(),
        (QStringList {QStringLiteral("option:model.freeze_patch_embed"),
                      QStringLiteral("option:method.name"), QStringLiteral("option:optimizer.lr"),
                      QStringLiteral("option:train.batch_size"), QStringLiteral("figure:loss_last"),
                      QStringLiteral("figure:knn_top1_last")}));
    QCOMPARE(view.colour().currentData().toString(), QStringLiteral("figure:knn_top1_last"));
    const ValueAxis& method = view.plot().axes()[1];
    QVERIFY(method.isCategorical());
    QCOMPARE(method.categories.first(), QStringLiteral("moco_v3"));
    QVERIFY(view.plot().axes()[2].isLogarithmic);
}

void CompareViewsTest::brushedRunsBecomeTheChoice()
{
    ParallelView& view = show(m_page->parallel());
    compare(16);
    QVERIFY(!view.keepButton().isEnabled());
    view.plot().setBrush(0, ParallelPlot::Brush {0, 0.5}); // not frozen: the last setting
    QCOMPARE(view.plot().kept().size(), std::size_t {2});
    QVERIFY(view.keepButton().isEnabled());
    view.keepButton().click();
    QCOMPARE(m_page->runList().checked(), (std::vector {m_runs[14], m_runs[15]}));
    QVERIFY(!view.plot().isBrushed());
}

void CompareViewsTest::axesAreAddedRemovedAndMoved()
{
    ParallelView& view = show(m_page->parallel());
    compare(16);
    view.setAxisShown(QStringLiteral("figure:loss_last"), false);
    view.setAxisShown(QStringLiteral("figure:loss_lowest"), true);
    QVERIFY(!view.axes().contains(QStringLiteral("figure:loss_last")));
    QCOMPARE(view.axes().last(), QStringLiteral("figure:loss_lowest"));
    Q_EMIT view.plot().axisMoved(0, 2);
    QCOMPARE(view.axes()[2], QStringLiteral("option:model.freeze_patch_embed"));
    compare(14); // frozen in all of them
    QVERIFY(!view.axes().contains(QStringLiteral("option:model.freeze_patch_embed")));
    QCOMPARE(view.axes()[0], QStringLiteral("option:method.name"));
    QVERIFY(!view.axes().contains(QStringLiteral("figure:loss_last")));
}

void CompareViewsTest::aPlotForEachMetric()
{
    MultiplesView& view = show(m_page->multiples());
    compare(6);
    QTRY_COMPARE(view.plots().size(), std::size_t {3});
    QTRY_COMPARE(view.plots()[1]->series().size(), std::size_t {6});
    QCOMPARE(view.plots()[0]->title(), QStringLiteral("Loss"));
    QVERIFY(&view.plots()[0]->group() == &view.plots()[2]->group());
    QVERIFY(!view.plots()[0]->group().sharesValues());
    view.means().setChecked(true);
    choose(view.grouping(), QStringLiteral("seeds"));
    QCOMPARE(view.plots()[0]->series().size(), std::size_t {3});
    QVERIFY(view.plots()[0]->series()[0].low);
}

void CompareViewsTest::aPlotForEachRunOnOneScale()
{
    MultiplesView& view = show(m_page->multiples());
    compare(6);
    view.each().setCurrentIndex(MultiplesView::Group);
    QTRY_COMPARE(view.plots().size(), std::size_t {6});
    choose(view.metric(), QStringLiteral("eval/knn_top1"));
    QTRY_COMPARE(view.plots()[5]->series().size(), std::size_t {1});
    QCOMPARE(view.plots()[5]->title(), view.plots()[5]->series()[0].name);
    const AxisRange first = view.plots()[0]->makeScene(false).y;
    for (CurvePlot* plot : view.plots()) {
        QCOMPARE(plot->makeScene(false).y, first);
    }
    choose(view.grouping(), QStringLiteral("seeds"));
    QCOMPARE(view.plots().size(), std::size_t {3});
    QCOMPARE(view.plots()[0]->series().size(), std::size_t {2});
}

void CompareViewsTest::smallPlotsComeInPages()
{
    MultiplesView& view = show(m_page->multiples());
    compare(30);
    view.each().setCurrentIndex(MultiplesView::Group);
    QTRY_COMPARE(view.plots().size(), MultiplesView::plotsOfAPage);
    view.showPage(1);
    QCOMPARE(view.plots().size(), 30 - MultiplesView::plotsOfAPage);
    QCOMPARE(
        view.plots()[0]->title(),
        QString::fromStdString(m_page->table().runs()[MultiplesView::plotsOfAPage].record.name));
    compare(4);
    QCOMPARE(view.plots().size(), std::size_t {4});
}

void CompareViewsTest::runsAsRowsAreSorted()
{
    compare(16);
    table().runsAsRows().setChecked(true);
    CompareRowsView& rows = table().rows();
    QVERIFY(rows.isVisible());
    QCOMPARE(rows.model()->rowCount(), 8); // seeds share one
    const auto columnOf = [&rows](const QString& title) {
        for (int column = 0; column < rows.model()->columnCount(); ++column) {
            if (rows.model()->headerData(column, Qt::Horizontal, Qt::DisplayRole) == title) {
                return column;
            }
        }
        return -1;
    };
    const int accuracy = columnOf(QStringLiteral("kNN top-1, last"));
    QVERIFY(accuracy > 0);
    QVERIFY(rows.isColumnHidden(columnOf(QStringLiteral("Results")))); // a heading
    rows.sortByColumn(accuracy, Qt::DescendingOrder);
    const auto at = [&rows, accuracy](int row) {
        return rows.model()->index(row, accuracy).data(CompareModel::SortRole).toDouble();
    };
    for (int row = 1; row < 8; ++row) {
        QVERIFY(at(row - 1) >= at(row));
    }
    QSignalSpy baseline(&rows, &CompareRowsView::baselineRequested);
    Q_EMIT rows.verticalHeader()->sectionDoubleClicked(0);
    QCOMPARE(m_page->table().baseline(), baseline.at(0).at(0).toInt());
    QCOMPARE(m_page->table().baseline(), 3); // the largest batch is best
}

void CompareViewsTest::pinnedOptionsStay()
{
    compare(4);
    CompareModel& model = m_page->table();
    model.setPinned("train.epochs", true); // the same in all
    model.setPinned("optimizer.lr", true);
    const auto titles = [&model] {
        QStringList all;
        for (int row = 0; row < model.rowCount(); ++row) {
            all << model.headerData(row, Qt::Vertical, Qt::DisplayRole).toString();
        }
        return all;
    };
    QCOMPARE(titles().mid(0, 3),
             (QStringList {QStringLiteral("Pinned"), QStringLiteral("Epochs"),
                           QStringLiteral("Learning rate")}));
    QCOMPARE(titles().count(QStringLiteral("Learning rate")), 1);
    compare(6); // with other runs too
    QCOMPARE(titles().first(), QStringLiteral("Pinned"));
    model.setPinned("train.epochs", false);
    model.setPinned("optimizer.lr", false);
    QVERIFY(!titles().contains(QStringLiteral("Pinned")));
    model.setPinned({"no.such_option"});
    QVERIFY(model.pinned().empty());
}

void CompareViewsTest::pinnedColumnsStayInSight()
{
    compare(16);
    m_page->table().setShowsAllOptions(true);
    table().runsAsRows().setChecked(true);
    CompareRowsView& rows = table().rows();
    QVERIFY(!rows.pinnedPart().isVisible());
    m_page->table().setPinned("train.epochs", true);
    QVERIFY(rows.pinnedPart().isVisible());
    QCOMPARE(rows.pinnedPart().x(), rows.verticalHeader()->width());
    QCOMPARE(rows.pinnedPart().width(), rows.columnWidth(1)); // behind the heading
    rows.horizontalScrollBar()->setValue(rows.horizontalScrollBar()->maximum());
    QCOMPARE(rows.pinnedPart().x(), rows.verticalHeader()->width());
    QVERIFY(rows.columnViewportPosition(1) < 0);
    m_page->table().setPinned("train.epochs", false);
    QVERIFY(!rows.pinnedPart().isVisible());
}

void CompareViewsTest::tablesAreCopiedEitherWay()
{
    compare(4);
    const CompareModel& model = m_page->table();
    const auto byColumns = model.table(false);
    const auto byRows = model.table(true);
    QCOMPARE(byRows.size(), std::size_t(byColumns[0].size()));
    QCOMPARE(byRows.size(), std::size_t {1 + 2});
    for (std::size_t row = 0; row < byRows.size(); ++row) {
        for (qsizetype column = 0; column < byRows[row].size(); ++column) {
            QCOMPARE(byRows[row][column], byColumns[std::size_t(column)][qsizetype(row)]);
        }
    }
    QVERIFY(model.toText(QLatin1Char('\t'), true).startsWith(QLatin1String("\tLearning rate\t")));
}

void CompareViewsTest::theLayoutIsKept()
{
    const QTemporaryDir folder;
    const QString file = folder.filePath(QStringLiteral("settings.ini"));
    m_page->views().setCurrentIndex(3);
    m_page->table().setPinned("optimizer.lr", true);
    table().runsAsRows().setChecked(true);
    {
        QSettings settings(file, QSettings::IniFormat);
        m_page->saveLayout(settings);
    }
    const QSettings settings(file, QSettings::IniFormat);
    ComparePage other(m_history->library());
    other.restoreLayout(settings);
    QCOMPARE(other.views().currentIndex(), 3);
    QCOMPARE(other.table().pinned(), std::vector<std::string> {"optimizer.lr"});
    QVERIFY(other.findChild<CompareTable*>()->runsAsRows().isChecked());
}

void CompareViewsTest::hoveringOverACurveTellsItsOptions()
{
    compare(4);
    QTRY_COMPARE(m_page->plots().plots()[0]->series().size(), std::size_t {4});
    const QString note = m_page->plots().plots()[0]->series()[2].note;
    QVERIFY2(note.contains(QStringLiteral("Learning rate 5e−5")), qPrintable(note));
    QVERIFY2(!note.contains(QStringLiteral("Batch size")), qPrintable(note)); // equal
}

QTEST_MAIN(CompareViewsTest)
#include "compare_views_test.moc"
