// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/varied_runs.h"
#include "training/api/config_json.h"
#include "training/api/presets.h"
#include "training/api/study_reference.h"
#include "ui/pages/ablation_view.h"
#include "ui/pages/compare_table.h"

#include <QAbstractItemModelTester>
#include <QApplication>
#include <QComboBox>
#include <QHeaderView>
#include <QTableView>

using namespace mocoscope;
using namespace mocoscope::ui;

namespace {

ComparedRun variedRun(int index)
{
    const training::TrainingConfig config = testing::variedConfig(index);
    storage::RunRecord record;
    record.id = {index + 1};
    record.name = "run | " + std::to_string(index + 1);
    record.state = training::RunState::Finished;
    record.configJson = training::toJson(config);
    const double accuracy = testing::variedAccuracy(config);
    return comparedRun(record,
                       {{"eval/knn_top1", "%", 6, 59, accuracy, 1, 9, accuracy + 2, 49},
                        {"train/loss", "", 60, 59, 100 - accuracy, 1, 50, 9, 0}});
}

std::vector<ComparedRun> variedRuns(int count)
{
    std::vector<ComparedRun> runs;
    for (int index = 0; index < count; ++index) {
        runs.push_back(variedRun(index));
    }
    return runs;
}

int rowOf(const QAbstractItemModel& model, const QString& option, const QString& value)
{
    for (int row = 0; row < model.rowCount(); ++row) {
        if (model.index(row, AblationModel::Option).data() == option
            && model.index(row, AblationModel::Value).data() == value) {
            return row;
        }
    }
    return -1;
}

QString textAt(const QAbstractItemModel& model, int row, int column)
{
    return model.index(row, column).data().toString();
}

} // namespace

class AblationTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void modelKeepsItsContract();
    void linesSayWhatOneOptionDid();
    void aDifferenceWithinItsDeviationIsNotJudged();
    void sortingStaysWithinSections();
    void markdownIsATable();
    void spreadsheetsGetNoHeadings();
    void theBaselineIsShared();
    void anotherFigureJudgesAnew();
    void theStudysValuesStandBeside();
    void hiddenItWaits();
    void twoHundredRuns();
};

void AblationTest::modelKeepsItsContract()
{
    CompareModel compared;
    AblationModel model;
    const QAbstractItemModelTester tester(&model,
                                          QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.setRuns(compared.sharedRuns());
    QCOMPARE(model.rowCount(), 0);
    compared.setRuns(variedRuns(40));
    model.setRuns(compared.sharedRuns());
    model.sort(AblationModel::Difference, Qt::DescendingOrder);
    model.setBaseline(storage::RunId {4});
    QVERIFY(model.rowCount() > 10);
}

void AblationTest::linesSayWhatOneOptionDid()
{
    CompareModel compared;
    compared.setRuns(variedRuns(16));
    AblationModel model;
    model.setRuns(compared.sharedRuns());
    QCOMPARE(QString(figures()[model.figure()].id), QStringLiteral("knn_top1_last"));
    QCOMPARE(model.runsOf(1), (std::vector<storage::RunId> {{1}, {2}})); // the middle of the star
    const int row = rowOf(model, QStringLiteral("Framework"), QStringLiteral("simclr"));
    QVERIFY(row > 2);
    QCOMPARE(textAt(model, row, AblationModel::Instead), QStringLiteral("moco_v3"));
    QCOMPARE(textAt(model, row, AblationModel::Runs), QStringLiteral("2"));
    // four less with each seed: the deviation of the difference is none
    QCOMPARE(textAt(model, row, AblationModel::Difference), QStringLiteral("✗ −4.00 ± 0.00"));
    QVERIFY2(textAt(model, row, AblationModel::Result).endsWith(QStringLiteral(" ± 0.57 %")),
             qPrintable(textAt(model, row, AblationModel::Result)));
    QCOMPARE(model.index(row, AblationModel::Difference).data(CompareModel::VerdictRole).toInt(),
             static_cast<int>(CompareModel::Worse));
}

void AblationTest::aDifferenceWithinItsDeviationIsNotJudged()
{
    auto runs = variedRuns(4);
    runs[2].summaries[0].last = 70; // two seeds that disagree
    runs[3].summaries[0].last = 52;
    CompareModel compared;
    compared.setRuns(runs);
    AblationModel model;
    model.setRuns(compared.sharedRuns());
    const int row = model.rowCount() - 1;
    QCOMPARE(model.index(row, AblationModel::Difference).data(CompareModel::VerdictRole).toInt(),
             static_cast<int>(CompareModel::Neutral));
}

void AblationTest::sortingStaysWithinSections()
{
    CompareModel compared;
    compared.setRuns(variedRuns(60));
    AblationModel model;
    model.setRuns(compared.sharedRuns());
    const auto headings = [&model] {
        QList<int> rows;
        for (int row = 0; row < model.rowCount(); ++row) {
            if (model.index(row, 0).data(CompareModel::SectionRole).toBool()) {
                rows << row;
            }
        }
        return rows;
    };
    const QList<int> before = headings();
    QCOMPARE(before.size(), 3);
    const int simclr = rowOf(model, QStringLiteral("Framework"), QStringLiteral("simclr"));
    model.sort(AblationModel::Difference, Qt::AscendingOrder);
    QCOMPARE(headings(), before);
    QCOMPARE(rowOf(model, QStringLiteral("Framework"), QStringLiteral("simclr")),
             before[1] + 2); // only one rate is worse
    model.sort(-1, Qt::AscendingOrder);
    QCOMPARE(rowOf(model, QStringLiteral("Framework"), QStringLiteral("simclr")), simclr);
}

void AblationTest::markdownIsATable()
{
    CompareModel compared;
    compared.setRuns(variedRuns(16));
    AblationModel model;
    model.setRuns(compared.sharedRuns());
    const QStringList lines = model.toMarkdown().split(QLatin1Char('\n'), Qt::SkipEmptyParts);
    QCOMPARE(lines.size(), 2 + 8);
    QVERIFY(lines[1].startsWith(QLatin1String("|---|---|---|---:|")));
    QVERIFY2(lines[2].contains(QLatin1String("run \\| 1 (2 seeds)")), qPrintable(lines[2]));
    for (QString line : lines) {
        QCOMPARE(line.remove(QLatin1String("\\|")).count(QLatin1Char('|')),
                 model.columnCount() + 1);
    }
}

void AblationTest::spreadsheetsGetNoHeadings()
{
    CompareModel compared;
    compared.setRuns(variedRuns(16));
    AblationModel model;
    model.setRuns(compared.sharedRuns());
    const QStringList lines = model.toText(QLatin1Char('\t')).split(QStringLiteral("\r\n"));
    QCOMPARE(lines.size(), 1 + 8 + 1);
    QVERIFY(
        lines[0].startsWith(QStringLiteral("Option\tValue\tInstead of\tRuns\tkNN top-1, last")));
}

/// Marked in the table it is that of the ablation too, and the other way.
void AblationTest::theBaselineIsShared()
{
    CompareModel compared;
    AblationView view(compared);
    CompareTable table(compared);
    compared.setRuns(variedRuns(16));
    view.show();
    QCOMPARE(view.model().ablation()->baseline.runs.front(), std::size_t {0});
    QCOMPARE(view.baselineChoice().currentIndex(), 0);
    compared.setBaseline(3);
    QCOMPARE(view.model().ablation()->baseline.runs, (std::vector<std::size_t> {6, 7}));
    QVERIFY(view.baselineChoice().currentIndex() > 0);
    QCOMPARE(table.baselineChoice().currentIndex(), 3);
    const int other = view.baselineChoice().findData(QVariant::fromValue(qlonglong {11}));
    QVERIFY(other > 0);
    view.baselineChoice().setCurrentIndex(other);
    Q_EMIT view.baselineChoice().activated(other);
    QCOMPARE(compared.baseline(), 5);
    QCOMPARE(table.baselineChoice().currentIndex(), 5);
}

void AblationTest::anotherFigureJudgesAnew()
{
    CompareModel compared;
    AblationView view(compared);
    view.show();
    compared.setRuns(variedRuns(16));
    const int loss = view.figureChoice().findText(QStringLiteral("Loss, last"));
    QVERIFY(loss >= 0);
    Q_EMIT view.figureChoice().activated(loss);
    // The loss of another framework has another height, whatever is learnt.
    const int row = rowOf(view.model(), QStringLiteral("Framework"), QStringLiteral("simclr"));
    QCOMPARE(textAt(view.model(), row, AblationModel::Difference), QStringLiteral("+4.00 ± 0.00"));
    const int rate = rowOf(view.model(), QStringLiteral("Learning rate"), QStringLiteral("0.0006"));
    QVERIFY2(textAt(view.model(), rate, AblationModel::Difference).startsWith(QStringLiteral("✗")),
             qPrintable(textAt(view.model(), rate, AblationModel::Difference)));
    QCOMPARE(view.figureChoice().currentIndex(), loss);
}

void AblationTest::theStudysValuesStandBeside()
{
    std::vector<ComparedRun> runs;
    for (const char* preset : {"laptop-learning-rate-0.5", "laptop-learning-rate-1.0"}) {
        storage::RunRecord record;
        record.id = {static_cast<std::int64_t>(runs.size()) + 1};
        record.name = record.preset = preset;
        record.state = training::RunState::Finished;
        record.configJson = training::toJson(training::findPreset(preset)->config);
        record.linearTop1 = 40.0 + static_cast<double>(runs.size());
        runs.push_back(comparedRun(record, {}));
    }
    CompareModel compared;
    compared.setRuns(runs);
    AblationModel model;
    model.setRuns(compared.sharedRuns());
    QCOMPARE(QString(figures()[model.figure()].id), QStringLiteral("linear_top1"));
    QCOMPARE(model.columnCount(), AblationModel::firstPublished + 1);
    const auto published = [](const char* preset) {
        return training::studyValues(preset, training::findPreset(preset)->config).at(0).value;
    };
    const double base = published("laptop-learning-rate-0.5");
    const double changed = published("laptop-learning-rate-1.0");
    QCOMPARE(textAt(model, 1, AblationModel::firstPublished), QStringLiteral("%1 %").arg(base));
    const int row = model.rowCount() - 1;
    QCOMPARE(textAt(model, row, AblationModel::firstPublished),
             QStringLiteral("%1 % (%2%3)")
                 .arg(changed)
                 .arg(changed < base ? QStringLiteral("−") : QStringLiteral("+"))
                 .arg(std::abs(changed - base), 0, 'f', 1));
    // one seed on either side: nobody knows whether that is more than what seeds do
    QCOMPARE(textAt(model, row, AblationModel::Difference), QStringLiteral("+1.00"));
}

void AblationTest::hiddenItWaits()
{
    CompareModel compared;
    AblationView view(compared);
    compared.setRuns(variedRuns(16));
    QVERIFY(!view.model().ablation());
    view.show();
    QVERIFY(view.model().ablation());
    view.hide();
    compared.setRuns({});
    compared.setBaseline(0);
    view.show();
    QVERIFY(!view.model().ablation());
}

void AblationTest::twoHundredRuns()
{
    CompareModel compared;
    AblationView view(compared);
    view.resize(900, 400);
    view.show();
    compared.setRuns(variedRuns(200));
    QVERIFY(view.model().ablation());
    QCOMPARE(view.table().model()->rowCount(), view.model().rowCount());
    QVERIFY(!view.grab().isNull());
}

QTEST_MAIN(AblationTest)
#include "ablation_test.moc"
