// SPDX-License-Identifier: GPL-3.0-or-later
// When a comparison says better or worse.
#include "training/api/config_json.h"
#include "training/api/config_schema.h"
#include "ui/pages/compare_model.h"

#include <QTest>

using namespace mocoscope;
using namespace mocoscope::ui;

namespace {

training::TrainingConfig with(const char* key, const char* value, std::int64_t seed)
{
    training::TrainingConfig config = *training::withOption({}, key, value);
    config.train.seed = seed;
    return config;
}

ComparedRun runOf(const training::TrainingConfig& config, double loss, double accuracy)
{
    static std::int64_t id = 0;
    storage::RunRecord record;
    record.id = {++id};
    record.name = "run " + std::to_string(id);
    record.state = training::RunState::Finished;
    record.configJson = training::toJson(config);
    const auto summary = [](const char* name, double value) {
        return storage::MetricSummary {name, "", 10, 99, value, value, 50, value, 60};
    };
    return comparedRun(record, {summary("train/loss", loss), summary("eval/knn_top1", accuracy)});
}

/// To the run or the mean in the first column.
QString differenceOf(const CompareModel& model, const char* figure)
{
    for (int row = 0; row < model.rowCount(); ++row) {
        if (model.headerData(row, Qt::Vertical, Qt::DisplayRole) == QLatin1String(figure)) {
            return model.index(row, 1).data(CompareModel::DeltaRole).toString();
        }
    }
    return {};
}

} // namespace

class CompareVerdictTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whatSeedsDoIsNeither_data()
    {
        QTest::addColumn<double>("first");
        QTest::addColumn<double>("second");
        QTest::addColumn<QString>("difference");
        QTest::newRow("less than seeds") << 62.5 << 60.5 << QStringLiteral("+0.50");
        QTest::newRow("with both seeds the same") << 61.0 << 63.1 << QStringLiteral("✓ +1.05");
        QTest::newRow("more than seeds") << 70.0 << 71.0 << QStringLiteral("✓ +9.50");
    }
    void whatSeedsDoIsNeither()
    {
        QFETCH(double, first);
        QFETCH(double, second);
        CompareModel model;
        model.setRuns({runOf(with("optimizer.lr", "0.001", 0), 2, 60),
                       runOf(with("optimizer.lr", "0.001", 1), 2, 62),
                       runOf(with("optimizer.lr", "0.002", 0), 2, first),
                       runOf(with("optimizer.lr", "0.002", 1), 2, second)});
        QCOMPARE(model.columnCount(), 2);
        QTEST(differenceOf(model, "kNN top-1, last"), "difference");
    }

    void ofSingleRunsItIsSaid()
    {
        CompareModel model;
        model.setRuns({runOf(with("optimizer.lr", "0.001", 0), 2.0, 60),
                       runOf(with("optimizer.lr", "0.002", 0), 1.5, 58)});
        QCOMPARE(differenceOf(model, "Loss, last"), QStringLiteral("✓ −0.500"));
        QCOMPARE(differenceOf(model, "kNN top-1, last"), QStringLiteral("✗ −2.00"));
    }

    void anotherObjectiveHasAnotherLoss_data()
    {
        QTest::addColumn<QString>("key");
        QTest::addColumn<QString>("value");
        QTest::newRow("framework") << "method.name"
                                   << "byol";
        QTest::newRow("temperature") << "method.temperature"
                                     << "0.5";
        QTest::newRow("batch") << "train.batch_size"
                               << "512";
        QTest::newRow("views") << "views.crop_min"
                               << "0.5";
    }
    void anotherObjectiveHasAnotherLoss()
    {
        QFETCH(QString, key);
        QFETCH(QString, value);
        CompareModel model;
        model.setRuns(
            {runOf({}, 2.0, 60), runOf(with(qPrintable(key), qPrintable(value), 0), 1.5, 58)});
        QCOMPARE(differenceOf(model, "Loss, last"), QStringLiteral("−0.500"));
        QCOMPARE(differenceOf(model, "kNN top-1, last"), QStringLiteral("✗ −2.00"));
    }
};

QTEST_MAIN(CompareVerdictTest)
#include "compare_verdict_test.moc"
