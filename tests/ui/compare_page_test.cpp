// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/test_history.h"
#include "ui/models/curve_style.h"
#include "ui/pages/compare_chooser.h"
#include "ui/pages/compare_page.h"
#include "ui/pages/compare_plots.h"
#include "ui/pages/compare_run_list.h"
#include "ui/pages/compare_table.h"
#include "ui/pages/compare_table_parts.h"
#include "ui/plot/plot_canvas.h"
#include "ui/plot/plot_export.h"
#include "ui/theme.h"

#include <QApplication>
#include <QCheckBox>
#include <QComboBox>
#include <QFile>
#include <QLineEdit>
#include <QListView>
#include <QScrollBar>
#include <QStandardItemModel>
#include <QTableView>
#include <QTemporaryDir>
#include <QToolButton>

#include <set>

using namespace mocoscope;
using namespace mocoscope::ui;
using mocoscope::testing::FakeTrainerOptions;
using mocoscope::testing::TestHistory;

class ComparePageTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void runsAreLaidOverEachOther();
    void hiddenPageReadsNothingYet();
    void anotherMetricIsRead();
    void aFrozenPatchProjectionIsNotShown();
    void checkMarkAddsARun();
    void longNamesAreElided();
    void longPathsLeaveRoom();
    void theSearchKnowsExpressions();
    void allThatAreFoundCanBeChosen();
    void trashedRunLeaves();
    void theArchiveIsNotOffered();
    void aMeanAsksForGroups();
    void theListHasTheColoursOfTheTheme();
    void summariesReachTheTable();
    void configurationIsHandedOn();
    void aChangeOfThemeReachesTheStyledParts();
    void dataAreExported();
    void groupsShareAColour();
    void aMeanTakesThePlaceOfItsRuns();
    void theBestSoFarNeverGetsWorse();

private:
    std::unique_ptr<TestHistory> m_history;
    std::vector<storage::RunId> m_runs;
    std::unique_ptr<ComparePage> m_page;
};

void ComparePageTest::init()
{
    m_page.reset();
    m_history = std::make_unique<TestHistory>();
    m_runs.clear();
    for (const char* name : {"short", "long", "third"}) {
        FakeTrainerOptions options;
        options.steps = m_runs.empty() ? 30 : 50;
        m_runs.push_back(m_history->playRun(name, options).id);
    }
    m_history->library().refresh();
    QTRY_COMPARE(m_history->library().runs().size(), std::size_t {3});
    m_page = std::make_unique<ComparePage>(m_history->library());
    m_page->resize(1100, 760);
}

/// All three runs, whose options are the same, group by seed-less options as one.
void ComparePageTest::groupsShareAColour()
{
    m_page->setRuns({m_runs[0], m_runs[1], m_runs[2]});
    m_page->show();
    ComparePlots& plots = m_page->plots();
    QTRY_COMPARE(plots.plots()[0]->series().size(), std::size_t {3});
    const auto colours = [&plots] {
        std::set<QRgb> all;
        for (const SeriesSpec& spec : plots.plots()[0]->series()) {
            all.insert(spec.style(false).colour.rgb());
        }
        return all.size();
    };
    QCOMPARE(colours(), std::size_t {3});
    plots.setGroupings({"optimizer.lr"});
    plots.grouping().setCurrentIndex(plots.grouping().findData("optimizer.lr"));
    QCOMPARE(plots.plots()[0]->series().size(), std::size_t {3});
    QCOMPARE(colours(), std::size_t {1});
}

void ComparePageTest::aMeanTakesThePlaceOfItsRuns()
{
    m_page->setRuns({m_runs[1], m_runs[2]});
    m_page->show();
    ComparePlots& plots = m_page->plots();
    QTRY_COMPARE(plots.plots()[0]->series().size(), std::size_t {2});
    plots.means().setChecked(true);
    QCOMPARE(plots.plots()[0]->series().size(), std::size_t {2}); // both have the same seed
    plots.setGroupings({"optimizer.lr"});
    plots.grouping().setCurrentIndex(plots.grouping().findData("optimizer.lr"));
    const auto& series = plots.plots()[0]->series();
    QCOMPARE(series.size(), std::size_t {1});
    QVERIFY2(series[0].name.endsWith("(2)"), qPrintable(series[0].name));
    QVERIFY(series[0].note.contains("long") && series[0].note.contains("third"));
    QCOMPARE(series[0].data->size(), std::size_t {50});
    QVERIFY(series[0].low && series[0].high);
    const CanvasScene scene = plots.plots()[0]->makeScene(false);
    QVERIFY(scene.curves[0].low && scene.curves[0].high);
    QVERIFY(!plots.plots()[0]->grab().isNull());
}

void ComparePageTest::theBestSoFarNeverGetsWorse()
{
    m_page->setRuns({m_runs[1]});
    m_page->show();
    ComparePlots& plots = m_page->plots();
    QTRY_COMPARE(plots.plots()[0]->series().size(), std::size_t {1});
    plots.best().setChecked(true);
    const CurveData& loss = *plots.plots()[0]->series()[0].data;
    for (std::size_t i = 1; i < loss.size(); ++i) {
        QVERIFY(loss.value(i) <= loss.value(i - 1));
    }
    QCOMPARE(loss.size(), std::size_t {50});
}

void ComparePageTest::runsAreLaidOverEachOther()
{
    m_page->show();
    m_page->setRuns({m_runs[1], m_runs[0]});
    CurvePlot& loss = *m_page->plots().plots()[0];
    QTRY_COMPARE(loss.series().size(), std::size_t {2});
    QCOMPARE(loss.series()[0].name, QStringLiteral("long"));
    QCOMPARE(loss.series()[0].data->size(), std::size_t {50});
    QCOMPARE(loss.series()[1].data->size(), std::size_t {30});
    QCOMPARE(m_page->plots().plots()[2]->series().size(), std::size_t {2});
    QVERIFY(loss.series()[0].style(false).colour != loss.series()[1].style(false).colour);
}

void ComparePageTest::hiddenPageReadsNothingYet()
{
    m_page->setRuns({m_runs[0]});
    QCOMPARE(m_page->table().columnCount(), 0);
    m_page->show();
    QCOMPARE(m_page->table().columnCount(), 1);
    QTRY_COMPARE(m_page->plots().plots()[0]->series().size(), std::size_t {1});
}

void ComparePageTest::anotherMetricIsRead()
{
    m_page->show();
    m_page->setRuns({m_runs[0]});
    QTRY_COMPARE(m_page->plots().plots()[0]->series().size(), std::size_t {1});
    QComboBox& choice = *m_page->plots().choices()[0];
    const int row = choice.findData(QStringLiteral("grad/l2/blocks.3"));
    QVERIFY(row >= 0);
    choice.setCurrentIndex(row);
    QTRY_COMPARE(m_page->plots().plots()[0]->series().size(), std::size_t {1});
    QVERIFY(m_page->plots().plots()[0]->title().contains(QLatin1String("blocks.3")));
    QCOMPARE(m_page->plots().plots()[0]->series()[0].data->size(), std::size_t {30});
}

void ComparePageTest::aFrozenPatchProjectionIsNotShown()
{
    const auto run = m_history->makeRun("frozen");
    const auto queue = m_history->library().recorder().record(run.id);
    queue->publish(training::MetricsDeclared {
        {{"train/loss", ""}, {"grad/l2/blocks.0", ""}, {"grad/l2/blocks.1", ""}}});
    queue->publish(training::MetricBatch {0, 0.1, 500, {{0, 3.0}, {1, 0.2}, {2, 0.1}}});
    queue->publish(training::Finished {1, false});
    queue->close();
    QVERIFY(m_history->library().recorder().flush());
    m_history->library().refresh();
    m_page->show();
    m_page->setRuns({m_runs[0]}); // its names are known from then on
    const QComboBox& choice = *m_page->plots().choices()[2];
    QTRY_COMPARE(m_page->plots().plots()[2]->series().size(), std::size_t {1});
    QCOMPARE(choice.currentData().toString(), QStringLiteral("grad/l2/patch_embed"));
    m_page->setRuns({run.id});
    QTRY_COMPARE(choice.currentData().toString(), QStringLiteral("grad/l2/blocks.0"));
    QTRY_COMPARE(m_page->plots().plots()[2]->series().size(), std::size_t {1});
    QCOMPARE(m_page->plots().plots()[2]->series()[0].data->value(0), 0.2);
}

void ComparePageTest::checkMarkAddsARun()
{
    m_page->show();
    QSignalSpy chosen(m_page.get(), &ComparePage::runsChosen);
    m_page->runList().setData(m_page->runList().index(0), Qt::Checked, Qt::CheckStateRole);
    QCOMPARE(chosen.size(), 1);
    QTRY_COMPARE(m_page->plots().plots()[0]->series().size(), std::size_t {1});
}

/// However narrow the window is, the list has no horizontal scrolling and names keep some room.
void ComparePageTest::longNamesAreElided()
{
    m_history->playRun(std::string(200, 'x'), {});
    m_history->library().refresh();
    QTRY_COMPARE(m_page->runList().rowCount(), 4);
    m_page->resize(300, 500);
    m_page->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_page.get()));
    QListView& list = m_page->chooser().list();
    const QRect item = list.visualRect(list.model()->index(0, 0));
    QCOMPARE(item.width(), list.viewport()->width());
    QCOMPARE(list.horizontalScrollBar()->maximum(), 0);
    const int letter = m_page->fontMetrics().averageCharWidth();
    QVERIFY(list.viewport()->width() >= 28 * letter);
    const QLineEdit& search = m_page->chooser().search();
    QVERIFY(search.width() > search.fontMetrics().horizontalAdvance(search.placeholderText()));
}

/// As those of the weights that an evaluation starts from.
void ComparePageTest::longPathsLeaveRoom()
{
    QStandardItemModel model(1, 2);
    model.setItem(0, 0, new QStandardItem("0.00015"));
    model.setItem(0, 1, new QStandardItem(QString(200, 'm')));
    const CompareDelegate delegate;
    QStyleOptionViewItem option;
    option.font = m_page->font();
    option.fontMetrics = QFontMetrics(option.font);
    const int most = 50 * QFontMetrics(option.font).averageCharWidth();
    QVERIFY(delegate.sizeHint(option, model.index(0, 1)).width() < most);
    QVERIFY(delegate.sizeHint(option, model.index(0, 0)).width()
            > option.fontMetrics.horizontalAdvance("0.00015"));
}

void ComparePageTest::theSearchKnowsExpressions()
{
    m_page->show();
    CompareChooser& chooser = m_page->chooser();
    chooser.search().setText(QStringLiteral("steps > 40 and name ~ LON"));
    QCOMPARE(chooser.found(), std::vector {m_runs[1]});
    chooser.search().setText(QStringLiteral("optimizer.lr < 1")); // of all runs
    QCOMPARE(chooser.found().size(), std::size_t {3});
    chooser.search().setText(QStringLiteral("lr > fast"));
    QVERIFY(!chooser.search().accessibleDescription().isEmpty());
    QCOMPARE(chooser.found().size(), std::size_t {3}); // as before
}

void ComparePageTest::allThatAreFoundCanBeChosen()
{
    m_page->show();
    m_page->setRuns({m_runs[0]});
    CompareChooser& chooser = m_page->chooser();
    chooser.search().setText(QStringLiteral("third"));
    const auto press = [&chooser](const QString& text) {
        for (auto* button : chooser.findChildren<QToolButton*>()) {
            if (button->text() == text) {
                button->click();
            }
        }
    };
    press(QStringLiteral("All"));
    QCOMPARE(m_page->runList().checked(), (std::vector {m_runs[0], m_runs[2]}));
    press(QStringLiteral("None"));
    QVERIFY(m_page->runList().checked().empty());
}

void ComparePageTest::theArchiveIsNotOffered()
{
    m_page->show();
    m_page->setRuns({m_runs[1]});
    m_history->library().changeTags({m_runs[0], m_runs[1]}, {"archived"}, {});
    const auto* list = m_page->chooser().findChild<QListView*>()->model();
    QTRY_COMPARE(list->rowCount(), 2); // what is compared already stays
    for (auto* button : m_page->chooser().findChildren<QToolButton*>()) {
        if (button->text() == QStringLiteral("All")) {
            button->click();
        }
    }
    QCOMPARE(m_page->runList().checked(), (std::vector {m_runs[1], m_runs[2]}));
    m_page->setRuns({});
    QTRY_COMPARE(list->rowCount(), 1);
    m_history->library().changeTags({m_runs[0], m_runs[1]}, {}, {"archived"});
    QTRY_COMPARE(list->rowCount(), 3);
}

/// Asked for while each run stands for itself, it would change nothing.
void ComparePageTest::aMeanAsksForGroups()
{
    m_page->setRuns(m_runs);
    m_page->show();
    ComparePlots& plots = m_page->plots();
    plots.means().setChecked(true);
    QCOMPARE(plots.grouping().currentData().toString(), QStringLiteral("seeds"));
    plots.grouping().setCurrentIndex(0);
    QVERIFY(!plots.means().isChecked());
}

/// Also where the window is dark from the start.
void ComparePageTest::theListHasTheColoursOfTheTheme()
{
    const QPalette before = QApplication::palette();
    QApplication::setPalette(Theme::palette(true));
    ComparePage page(m_history->library());
    QApplication::setPalette(before);
    const auto& list = page.runList();
    const QModelIndex first = list.index(0);
    QCOMPARE(first.data(Qt::DecorationRole).value<QColor>(), runStyle(list.run(0), true).colour);
}

void ComparePageTest::trashedRunLeaves()
{
    m_page->show();
    m_page->setRuns(m_runs);
    QTRY_COMPARE(m_page->plots().plots()[0]->series().size(), std::size_t {3});
    m_history->library().moveToTrash({m_runs[1]});
    QTRY_COMPARE(m_page->plots().plots()[0]->series().size(), std::size_t {2});
    QCOMPARE(m_page->table().columnCount(), 2);
}

void ComparePageTest::summariesReachTheTable()
{
    m_page->show();
    m_page->setRuns(m_runs);
    const auto lossOf = [this](int column) {
        const auto& summaries
            = m_page->table().runs().at(static_cast<std::size_t>(column)).summaries;
        return summaries.empty() ? std::optional<double>() : summaries.front().last;
    };
    QTRY_VERIFY(lossOf(0).has_value());
    const auto stored = m_history->stored(m_runs[0]);
    QCOMPARE(lossOf(0), stored.lastLoss);
}

void ComparePageTest::configurationIsHandedOn()
{
    m_page->show();
    m_page->setRuns(m_runs);
    QSignalSpy chosen(m_page.get(), &ComparePage::configurationChosen);
    auto* table = m_page->findChild<CompareTable*>();
    Q_EMIT table->configurationRequested(1);
    QCOMPARE(chosen.size(), 1);
}

/// Style sheets would keep the colours of before.
void ComparePageTest::aChangeOfThemeReachesTheStyledParts()
{
    const QPalette before = QApplication::palette();
    Theme theme;
    theme.choose(ThemeChoice::Light);
    m_page->show();
    m_page->setRuns(m_runs);
    const auto* table = m_page->findChild<CompareTable*>()->findChild<QTableView*>();
    for (const ThemeChoice choice : {ThemeChoice::Dark, ThemeChoice::Light}) {
        theme.choose(choice);
        const QPalette palette = Theme::palette(choice == ThemeChoice::Dark);
        QCOMPARE(table->palette().color(QPalette::Base), palette.color(QPalette::Base));
    }
    QApplication::setPalette(before);
}

void ComparePageTest::dataAreExported()
{
    m_page->show();
    m_page->setRuns(m_runs);
    QTRY_COMPARE(m_page->plots().plots()[0]->series().size(), std::size_t {3});
    const QTemporaryDir folder;
    const QString file = folder.filePath(QStringLiteral("runs.csv"));
    CurvePlot* const plots[] {m_page->plots().plots()[0]};
    QCOMPARE(saveCsv(plots, file), QString());
    QFile written(file);
    QVERIFY(written.open(QIODevice::ReadOnly));
    QCOMPARE(written.readAll().count('\n'), 1 + 30 + 50 + 50);
}

QTEST_MAIN(ComparePageTest)
#include "compare_page_test.moc"
