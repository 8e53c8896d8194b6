// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/api/config_json.h"
#include "training/api/config_schema.h"
#include "training/api/presets.h"
#include "training/api/study_reference.h"
#include "ui/pages/compare_model.h"
#include "ui/pages/compare_run_list.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

using namespace mocoscope;
using namespace mocoscope::ui;

namespace {

storage::MetricSummary summary(const char* name, double last, double least, double most)
{
    return {name, "", 10, 99, last, least, 50, most, 60};
}

ComparedRun runOf(std::int64_t id, const char* name, const char* lr, double loss, double accuracy)
{
    storage::RunRecord record;
    record.id = {id};
    record.name = name;
    record.configJson = training::toJson(*training::withOption({}, "optimizer.lr", lr));
    record.lastStep = 99;
    record.stepsDone = 100;
    record.durationMs = 10'000;
    return comparedRun(record,
                       {summary("train/loss", loss, loss - 0.1, 5),
                        summary("eval/knn_top1", accuracy, 1, accuracy + 2)});
}

std::vector<ComparedRun> threeRuns()
{
    return {runOf(1, "one", "0.00015", 2.0, 60), runOf(2, "two", "0.0003", 1.5, 58),
            runOf(3, "three, with a comma", "0.00015", 2.0, 60)};
}

/// Two learning rates of a preset that stands for a row of the study, two seeds each.
std::vector<ComparedRun> seededRuns()
{
    std::vector<ComparedRun> runs;
    std::int64_t id = 0;
    for (const char* preset : {"laptop-learning-rate-0.5", "laptop-learning-rate-1.0"}) {
        for (const int seed : {0, 1}) {
            auto config = training::findPreset(preset)->config;
            config.train.seed = seed;
            storage::RunRecord record;
            record.id = {++id};
            record.name = preset + std::string(", seed ") + std::to_string(seed);
            record.preset = preset;
            record.configJson = training::toJson(config);
            record.state = training::RunState::Finished;
            record.sweep = {{1}, "learning-rate", id, preset};
            const double loss = 2.0 + 0.2 * seed + (id > 2 ? 0.5 : 0.0);
            runs.push_back(comparedRun(record, {summary("train/loss", loss, loss - 0.1, 5)}));
        }
    }
    return runs;
}

int rowOf(const CompareModel& model, const QString& title)
{
    for (int row = 0; row < model.rowCount(); ++row) {
        if (model.headerData(row, Qt::Vertical, Qt::DisplayRole).toString() == title) {
            return row;
        }
    }
    return -1;
}

QString titleOf(const char* key)
{
    return QString::fromStdString(training::findField(key)->label);
}

} // namespace

class CompareModelTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void modelKeepsItsContract();
    void onlyDifferingOptionsAreListed();
    void allOptionsOnDemand();
    void onlyOtherRunsAreTold();
    void resultsAreJudged();
    void anotherBaselineJudgesAnew();
    void baselineStaysWithItsRun();
    void unreadableConfigurationIsMarked();
    void oneRunHasNothingToCompare();
    void seedsShareAColumn();
    void seedsApartOnDemand();
    void unfinishedRunsAreNoPartOfAMean();
    void theStudysValuesStandApart();
    void textForASpreadsheet();
    void runListKeepsItsContract();
    void checkedRunsKeepTheirOrder();
    void checkedRunThatIsGone();
};

void CompareModelTest::modelKeepsItsContract()
{
    CompareModel model;
    const QAbstractItemModelTester tester(&model,
                                          QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.setRuns(threeRuns());
    model.setBaseline(1);
    model.setShowsAllOptions(true);
    model.setDark(true);
    model.setRuns({});
    QCOMPARE(model.rowCount(), 0);
    QCOMPARE(model.columnCount(), 0);
}

void CompareModelTest::onlyDifferingOptionsAreListed()
{
    CompareModel model;
    model.setRuns(threeRuns());
    const int row = rowOf(model, titleOf("optimizer.lr"));
    QVERIFY(row > 0);
    QCOMPARE(rowOf(model, titleOf("train.batch_size")), -1);
    QVERIFY(model.index(row, 0).data().toString().startsWith(QLatin1String("0.00015")));
    QVERIFY(!model.index(row, 0).data(CompareModel::DiffersRole).toBool());
    QVERIFY(model.index(row, 1).data(CompareModel::DiffersRole).toBool());
    QVERIFY(!model.index(row, 2).data(CompareModel::DiffersRole).toBool());
    QVERIFY2(model.distinction(1).contains(QLatin1String("0.0003")),
             qPrintable(model.distinction(1)));
}

/// What the table shows of the runs makes no other view draw again.
void CompareModelTest::onlyOtherRunsAreTold()
{
    CompareModel model;
    QSignalSpy told(&model, &CompareModel::runsChanged);
    model.setRuns(seededRuns());
    QCOMPARE(told.count(), 1);
    model.setShowsAllOptions(true);
    model.setShowsMeans(false);
    model.setPinned("train.seed", true);
    model.setBaseline(1);
    QCOMPARE(told.count(), 1);
    model.setRuns(threeRuns());
    QCOMPARE(told.count(), 2);
}

void CompareModelTest::allOptionsOnDemand()
{
    CompareModel model;
    model.setRuns(threeRuns());
    const int before = model.rowCount();
    model.setShowsAllOptions(true);
    QCOMPARE(model.rowCount(), before - 1 + static_cast<int>(training::configFields().size()));
    QVERIFY(rowOf(model, titleOf("train.batch_size")) > 0);
}

void CompareModelTest::resultsAreJudged()
{
    CompareModel model;
    model.setRuns(threeRuns());
    const int loss = rowOf(model, QStringLiteral("Loss, last"));
    const int accuracy = rowOf(model, QStringLiteral("kNN top-1, best"));
    QVERIFY(loss > 0 && accuracy > 0);
    QCOMPARE(model.index(loss, 1).data().toString(), QStringLiteral("1.500"));
    QCOMPARE(model.index(loss, 1).data(CompareModel::DeltaRole).toString(),
             QStringLiteral("✓ −0.500"));
    QCOMPARE(model.index(loss, 1).data(CompareModel::VerdictRole).toInt(),
             static_cast<int>(CompareModel::Better));
    QCOMPARE(model.index(accuracy, 1).data(CompareModel::DeltaRole).toString(),
             QStringLiteral("✗ −2.00"));
    QCOMPARE(model.index(accuracy, 1).data(CompareModel::VerdictRole).toInt(),
             static_cast<int>(CompareModel::Worse));
    QCOMPARE(model.index(loss, 2).data(CompareModel::DeltaRole).toString(), QString());
    QCOMPARE(model.index(loss, 0).data(CompareModel::DeltaRole).toString(), QString());
    QCOMPARE(rowOf(model, QStringLiteral("kNN top-5, best")), -1); // no run has it
}

void CompareModelTest::anotherBaselineJudgesAnew()
{
    CompareModel model;
    model.setRuns(threeRuns());
    QSignalSpy changes(&model, &QAbstractItemModel::dataChanged);
    model.setBaseline(1);
    QCOMPARE(changes.size(), 1);
    const int loss = rowOf(model, QStringLiteral("Loss, last"));
    QCOMPARE(model.index(loss, 0).data(CompareModel::VerdictRole).toInt(),
             static_cast<int>(CompareModel::Worse));
    QVERIFY(model.headerData(1, Qt::Horizontal, Qt::DisplayRole)
                .toString()
                .startsWith(QStringLiteral("◆")));
}

void CompareModelTest::baselineStaysWithItsRun()
{
    CompareModel model;
    model.setRuns(threeRuns());
    model.setBaseline(2);
    auto runs = threeRuns();
    runs.erase(runs.begin());
    model.setRuns(runs);
    QCOMPARE(model.baseline(), 1);
    runs.pop_back();
    model.setRuns(runs);
    QCOMPARE(model.baseline(), 0);
}

void CompareModelTest::unreadableConfigurationIsMarked()
{
    auto runs = threeRuns();
    runs[0].record.configJson = "{ not json";
    runs[0] = comparedRun(runs[0].record, runs[0].summaries);
    QVERIFY(!runs[0].config);
    CompareModel model;
    model.setRuns(runs);
    const int row = rowOf(model, titleOf("optimizer.lr"));
    QCOMPARE(model.index(row, 0).data().toString(), QStringLiteral("?"));
}

void CompareModelTest::oneRunHasNothingToCompare()
{
    CompareModel model;
    model.setRuns({threeRuns()[0]});
    QVERIFY(rowOf(model, QStringLiteral("Options: choose a second run to see what differs")) >= 0);
    QCOMPARE(model.distinction(0), QString());
}

void CompareModelTest::seedsShareAColumn()
{
    CompareModel model;
    const QAbstractItemModelTester tester(&model,
                                          QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.setRuns(seededRuns());
    QVERIFY(model.haveSeeds());
    QCOMPARE(model.columnCount(), 2);
    QCOMPARE(model.titleOf(0), QStringLiteral("laptop-learning-rate-0.5 (2 seeds)"));
    const int loss = rowOf(model, QStringLiteral("Loss, last"));
    // sample deviation of 2.0 and 2.2: 0.2 / sqrt(2)
    QCOMPARE(model.index(loss, 0).data().toString(), QStringLiteral("2.100 ± 0.141 (2)"));
    QCOMPARE(model.index(loss, 1).data(CompareModel::DeltaRole).toString(),
             QStringLiteral("✗ +0.500"));
    const int seed = rowOf(model, titleOf("train.seed"));
    QCOMPARE(model.index(seed, 1).data().toString(), QStringLiteral("0, 1"));
    QVERIFY(!model.index(seed, 1).data(CompareModel::DiffersRole).toBool());
    QCOMPARE(model.runOf(1).record.id, (storage::RunId {3}));
}

void CompareModelTest::seedsApartOnDemand()
{
    CompareModel model;
    const QAbstractItemModelTester tester(&model,
                                          QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.setRuns(seededRuns());
    model.setBaseline(1);
    model.setShowsMeans(false);
    QCOMPARE(model.columnCount(), 4);
    QVERIFY(model.haveSeeds()); // so that the choice stays
    QCOMPARE(model.baseline(), 2); // the first run of what was the second column
    const int loss = rowOf(model, QStringLiteral("Loss, last"));
    QCOMPARE(model.index(loss, 1).data().toString(), QStringLiteral("2.200"));
    model.setShowsMeans(true);
    QCOMPARE(model.columnCount(), 2);
}

void CompareModelTest::unfinishedRunsAreNoPartOfAMean()
{
    auto runs = seededRuns();
    runs[1].record.state = training::RunState::Stopped;
    CompareModel model;
    model.setRuns(runs);
    QCOMPARE(model.columnCount(), 3);
    const int loss = rowOf(model, QStringLiteral("Loss, last"));
    QCOMPARE(model.index(loss, 0).data().toString(), QStringLiteral("2.000"));
}

void CompareModelTest::theStudysValuesStandApart()
{
    CompareModel model;
    model.setRuns(seededRuns());
    const auto label = QStringLiteral("paper (ImageNet, linear probing)");
    const int row = rowOf(model, label);
    QVERIFY(row > rowOf(model, QStringLiteral("Results")));
    const auto runs = seededRuns();
    const auto values = training::studyValues(runs[2].record.preset, *runs[2].config);
    QCOMPARE(values.size(), std::size_t(1));
    QCOMPARE(model.index(row, 1).data().toString(),
             QString::number(values.front().value, 'f', 1) + QStringLiteral(" %"));
    QCOMPARE(model.index(row, 1).data(CompareModel::DeltaRole).toString(), QString());
    model.setRuns(threeRuns()); // stand for nothing in the study
    QCOMPARE(rowOf(model, label), -1);
}

void CompareModelTest::textForASpreadsheet()
{
    CompareModel model;
    model.setRuns(threeRuns());
    const QStringList tabs = model.toText(QLatin1Char('\t')).split(QStringLiteral("\r\n"));
    QCOMPARE(tabs[0], QStringLiteral("\tone\ttwo\tthree, with a comma"));
    QVERIFY(tabs.contains(QStringLiteral("Loss, last\t2.000\t1.500\t2.000")));
    for (const QString& line : tabs.mid(0, tabs.size() - 1)) {
        QCOMPARE(line.count(QLatin1Char('\t')), 3);
    }
    const QString csv = model.toText(QLatin1Char(','));
    QVERIFY(csv.startsWith(QStringLiteral(",one,two,\"three, with a comma\"\r\n")));
    QVERIFY(csv.contains(QStringLiteral("\"Loss, last\",2.000,1.500,2.000\r\n")));
}

void CompareModelTest::runListKeepsItsContract()
{
    CompareRunList list;
    const QAbstractItemModelTester tester(&list,
                                          QAbstractItemModelTester::FailureReportingMode::QtTest);
    std::vector<storage::RunRecord> runs;
    for (const ComparedRun& run : threeRuns()) {
        runs.push_back(run.record);
    }
    QSignalSpy resets(&list, &QAbstractItemModel::modelReset);
    list.setRuns(runs);
    runs[1].lastStep = 500; // a run that is on does not disturb the list
    list.setRuns(runs);
    QCOMPARE(resets.size(), 1);
    list.setDark(true);
    list.setRuns({});
    QCOMPARE(list.rowCount(), 0);
}

void CompareModelTest::checkedRunsKeepTheirOrder()
{
    CompareRunList list;
    std::vector<storage::RunRecord> runs;
    for (const ComparedRun& run : threeRuns()) {
        runs.push_back(run.record);
    }
    list.setRuns(runs);
    QSignalSpy changes(&list, &CompareRunList::checkedChanged);
    QVERIFY(list.setData(list.index(2), Qt::Checked, Qt::CheckStateRole));
    QVERIFY(list.setData(list.index(0), Qt::Checked, Qt::CheckStateRole));
    QCOMPARE(changes.size(), 2);
    QCOMPARE(list.checked(), (std::vector<storage::RunId> {{3}, {1}}));
    QVERIFY(list.setData(list.index(2), Qt::Unchecked, Qt::CheckStateRole));
    QCOMPARE(list.checked(), (std::vector<storage::RunId> {{1}}));
}

void CompareModelTest::checkedRunThatIsGone()
{
    CompareRunList list;
    std::vector<storage::RunRecord> runs;
    for (const ComparedRun& run : threeRuns()) {
        runs.push_back(run.record);
    }
    list.setChecked({{2}, {9}}); // before the library was read
    QVERIFY(list.checked().empty());
    list.setRuns(runs);
    QCOMPARE(list.checked(), (std::vector<storage::RunId> {{2}}));
    QSignalSpy changes(&list, &CompareRunList::checkedChanged);
    runs.erase(runs.begin() + 1);
    list.setRuns(runs);
    QCOMPARE(changes.size(), 1);
    QVERIFY(list.checked().empty());
}

QTEST_GUILESS_MAIN(CompareModelTest)
#include "compare_model_test.moc"
