// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/api/config_json.h"
#include "ui/models/config_draft.h"
#include "ui/models/curve_style.h"
#include "ui/models/measured_speed.h"
#include "ui/models/run_filter_model.h"
#include "ui/models/run_progress.h"
#include "ui/models/run_table_model.h"
#include "ui/models/text_format.h"

#include <QAbstractItemModelTester>
#include <QRandomGenerator>
#include <QSignalSpy>
#include <QtTest>

#include <set>

using namespace mocoscope;
using namespace mocoscope::ui;
using storage::RunRecord;
using training::FieldDescription;
using training::FieldType;
using training::TrainingConfig;

namespace {

RunRecord record(std::int64_t id, const std::string& name)
{
    RunRecord run;
    run.id = {id};
    run.name = name;
    run.createdAt = id;
    return run;
}

QStringList names(const QAbstractItemModel& model)
{
    QStringList all;
    for (int row = 0; row < model.rowCount(); ++row) {
        all << model.index(row, RunTableModel::Name).data().toString();
    }
    return all;
}

/// Texts that a user could type for the ends of a field's range.
std::vector<QString> extremesOf(const FieldDescription& field)
{
    switch (field.type) {
    case FieldType::Boolean:
        return {"true", "false"};
    case FieldType::Integer:
        return {fieldText(static_cast<std::int64_t>(field.minimum)),
                fieldText(static_cast<std::int64_t>(field.maximum))};
    case FieldType::Real:
        return {fieldText(field.minimum), fieldText(field.maximum)};
    case FieldType::Choice: {
        std::vector<QString> all;
        for (const auto& choice : field.choices) {
            all.push_back(QString::fromStdString(choice.value));
        }
        return all;
    }
    case FieldType::Text:
        return {"cpu", "cuda:7"};
    case FieldType::Path:
        return {"/a folder/with \u00fcmlaut", "demo"};
    }
    return {};
}

} // namespace

class TestUiModels : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void coloursStandOutAndDiffer();
    void aRunKeepsItsLook();
    void tableFollowsTheRuns();
    void selectionAndChecksSurviveARefresh();
    void unchangedRunsSayNothing();
    void aNameIsAskedForNotSet();
    void searchFindsAllWords();
    void runsOfASweepAreFiltered();
    void runsWithoutAValueComeLast();
    void numbersAreWrittenShortly_data();
    void numbersAreWrittenShortly();
    void fieldTextIsReadBack();
    void draftRoundTrip_data();
    void draftRoundTrip();
    void draftTellsAllThatIsWrong();
    void theSameNumberIsNoChange();
    void progressTellsTheTimeLeft();
    void speedIsOnlyTakenFromTheLikeOf();
};

void TestUiModels::coloursStandOutAndDiffer()
{
    for (const bool dark : {false, true}) {
        const QColor base(dark ? 0xff181a1f : 0xffffffff);
        std::set<std::pair<QRgb, int>> seen;
        for (int index = 0; index < 4 * curveColours; ++index) {
            const CurveStyle style = curveStyle(index, dark);
            QVERIFY2(contrast(style.colour, base) >= 3.0, qPrintable(style.colour.name()));
            QVERIFY(seen.insert({style.colour.rgb(), style.dash}).second);
        }
        QCOMPARE(curveStyle(-1, dark), curveStyle(4 * curveColours - 1, dark));
    }
    QCOMPARE(contrast(Qt::black, Qt::white), 21.0);
}

void TestUiModels::aRunKeepsItsLook()
{
    RunRecord run = record(9, "nine");
    QCOMPARE(runStyle(run, false), curveStyle(8, false));
    run.colour = "#123456";
    QCOMPARE(runStyle(run, false).colour, QColor("#123456"));
    QCOMPARE(runStyle(run, true).colour, QColor("#123456"));
}

void TestUiModels::tableFollowsTheRuns()
{
    RunTableModel model;
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    RunFilterModel filter;
    filter.setSourceModel(&model);
    QAbstractItemModelTester filterTester(&filter,
                                          QAbstractItemModelTester::FailureReportingMode::QtTest);
    filter.sort(RunTableModel::Name);
    QRandomGenerator random(1);
    for (int round = 0; round < 200; ++round) {
        std::vector<RunRecord> runs;
        for (int id = 1; id <= 12; ++id) {
            if (random.bounded(3) > 0) {
                runs.push_back(record(id, std::to_string(random.bounded(5))));
            }
        }
        std::shuffle(runs.begin(), runs.end(), random);
        model.setRuns(runs);
        QCOMPARE(model.rowCount(), int(runs.size()));
        for (std::size_t row = 0; row < runs.size(); ++row) {
            QCOMPARE(model.run(int(row)).id, runs[row].id);
            QCOMPARE(model.run(int(row)).name, runs[row].name);
        }
    }
}

void TestUiModels::selectionAndChecksSurviveARefresh()
{
    RunTableModel model;
    model.setRuns({record(2, "two"), record(1, "one")});
    const QPersistentModelIndex one = model.index(1, 0);
    QVERIFY(model.setData(one, Qt::Checked, Qt::CheckStateRole));
    QSignalSpy resets(&model, &QAbstractItemModel::modelReset);
    QSignalSpy shown(&model, &RunTableModel::shownRunsChanged);
    model.setRuns({record(3, "three"), record(2, "two"), record(1, "renamed")});
    QCOMPARE(resets.size(), 0);
    QCOMPARE(one.row(), 2);
    QCOMPARE(one.data().toString(), QString("renamed"));
    QCOMPARE(one.data(Qt::CheckStateRole).toInt(), int(Qt::Checked));
    QCOMPARE(shown.size(), 0);
    model.setRuns({record(3, "three")});
    QCOMPARE(shown.size(), 1);
    QVERIFY(model.shownRuns().empty());
}

void TestUiModels::unchangedRunsSayNothing()
{
    RunTableModel model;
    model.setRuns({record(2, "two"), record(1, "one")});
    QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
    model.setRuns({record(2, "two"), record(1, "one")});
    QCOMPARE(changed.size(), 0);
    model.setRuns({record(2, "two"), record(1, "uno")});
    QCOMPARE(changed.size(), 1);
}

void TestUiModels::aNameIsAskedForNotSet()
{
    RunTableModel model;
    model.setRuns({record(1, "one")});
    QSignalSpy asked(&model, &RunTableModel::renameRequested);
    QVERIFY(model.setData(model.index(0, 0), " other ", Qt::EditRole));
    QVERIFY(!model.setData(model.index(0, 0), "  ", Qt::EditRole));
    QVERIFY(!model.setData(model.index(0, RunTableModel::Loss), "1", Qt::EditRole));
    QCOMPARE(asked.size(), 1);
    QCOMPARE(asked.front().at(1).toString(), QString("other"));
    QCOMPARE(model.index(0, 0).data().toString(), QString("one"));
}

void TestUiModels::searchFindsAllWords()
{
    RunTableModel model;
    RunRecord tagged = record(1, "Baseline");
    tagged.tags = {"paper"};
    RunRecord noted = record(2, "baseline 2");
    noted.notes = "for the Paper, failed";
    model.setRuns({tagged, noted, record(3, "other")});
    RunFilterModel filter;
    filter.setSourceModel(&model);
    filter.setSearch("  base  PAPER ");
    QCOMPARE(names(filter), QStringList({"Baseline", "baseline 2"}));
    filter.setSearch("base failed");
    QCOMPARE(names(filter), QStringList({"baseline 2"}));
    filter.setSearch("none such");
    QCOMPARE(filter.rowCount(), 0);
    filter.setSearch("");
    QCOMPARE(filter.rowCount(), 3);
}

void TestUiModels::runsOfASweepAreFiltered()
{
    std::vector<RunRecord> runs {record(1, "alone"), record(2, "in it"), record(3, "in another")};
    runs[1].sweep = {{5}, "grid", 1, {}};
    runs[2].sweep = {{6}, "list", 1, {}};
    RunTableModel model;
    RunFilterModel filter;
    filter.setSourceModel(&model);
    model.setRuns(runs);
    filter.setSweep(storage::SweepId {5});
    QCOMPARE(names(filter), QStringList {"in it"});
    filter.setSearch("list");
    QCOMPARE(filter.rowCount(), 0);
    filter.setSweep({});
    QCOMPARE(names(filter), QStringList {"in another"});
}

void TestUiModels::runsWithoutAValueComeLast()
{
    RunTableModel model;
    RunRecord low = record(1, "low");
    low.bestKnnTop1 = 9.5;
    RunRecord high = record(2, "high");
    high.bestKnnTop1 = 71.0;
    model.setRuns({record(3, "none"), low, high});
    RunFilterModel filter;
    filter.setSourceModel(&model);
    filter.sort(RunTableModel::BestKnn, Qt::AscendingOrder);
    QCOMPARE(names(filter), QStringList({"low", "high", "none"}));
    filter.sort(RunTableModel::BestKnn, Qt::DescendingOrder);
    QCOMPARE(names(filter), QStringList({"high", "low", "none"}));
}

void TestUiModels::numbersAreWrittenShortly_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("expected");
    QTest::newRow("seconds") << durationText(48'900) << "48 s";
    QTest::newRow("minutes") << durationText(125'000) << "2 min 05 s";
    QTest::newRow("hours") << durationText(3'720'000) << "1 h 02 min";
    QTest::newRow("days") << durationText(273'600'000) << "3 d 4 h";
    QTest::newRow("compact") << compactText(21'670'000) << "21.7 M";
    QTest::newRow("compact, large") << compactText(4.61e9) << "4.61 G";
    QTest::newRow("compact, small") << compactText(12) << "12";
    QTest::newRow("bytes") << bytesText(1.25 * 1024 * 1024 * 1024) << "1.25 GiB";
    QTest::newRow("percent") << percentText(62.06) << "62.1 %";
    QTest::newRow("no percent") << percentText({}) << nothingText;
    QTest::newRow("loss") << lossText(1.23456) << "1.235";
    QTest::newRow("small real") << fieldText(1.5e-4) << "1.5e-4";
    QTest::newRow("smallest real") << fieldText(1e-16) << "1e-16";
    QTest::newRow("usual real") << fieldText(0.2) << "0.2";
    QTest::newRow("zero") << fieldText(0.0) << "0";
    QTest::newRow("large real") << fieldText(1e9) << "1e9";
}

void TestUiModels::numbersAreWrittenShortly()
{
    QFETCH(QString, text);
    QFETCH(QString, expected);
    QCOMPARE(text, expected);
}

void TestUiModels::fieldTextIsReadBack()
{
    FieldDescription field = *training::findField("optimizer.lr");
    field.minimum = 0;
    field.maximum = 1e300;
    QRandomGenerator random(2);
    for (int i = 0; i < 1000; ++i) {
        const double value = random.generateDouble() * std::pow(10, random.bounded(40) - 20);
        const auto parsed = parseField(field, fieldText(value).toStdString());
        QVERIFY2(parsed.has_value(), qPrintable(fieldText(value)));
        QCOMPARE(std::get<double>(*parsed), value);
    }
}

void TestUiModels::draftRoundTrip_data()
{
    QTest::addColumn<QString>("key");
    for (const FieldDescription& field : training::configFields()) {
        QTest::newRow(field.key.c_str()) << QString::fromStdString(field.key);
    }
}

/// Configuration to draft to configuration, at the ends of each option's range.
void TestUiModels::draftRoundTrip()
{
    QFETCH(QString, key);
    const FieldDescription& field = *training::findField(key.toStdString());
    for (const QString& text : extremesOf(field)) {
        ConfigDraft draft;
        draft.setText(field.key, text);
        const auto value = parseField(field, text.toStdString());
        QVERIFY2(value.has_value(), qPrintable(text));
        QVERIFY(field.get(draft.config()) == *value);
        ConfigDraft again;
        again.reset(draft.config(), {});
        QCOMPARE(again.text(field.key), draft.text(field.key));
        QVERIFY(again.config() == draft.config());
        QCOMPARE(again.isChanged(field.key), *value != field.defaultValue);
    }
}

void TestUiModels::draftTellsAllThatIsWrong()
{
    ConfigDraft draft;
    QVERIFY(draft.isValid());
    draft.setText("optimizer.lr", "1e");
    draft.setText("model.image_size", "225");
    draft.setText("train.batch_size", "-4");
    QCOMPARE(draft.violations().size(), std::size_t(3));
    QVERIFY(draft.problem("optimizer.lr").contains("number"));
    QVERIFY(draft.problem("model.image_size").contains("multiple"));
    QVERIFY(!draft.problem("train.batch_size").isEmpty());
    QVERIFY(draft.problem("train.epochs").isEmpty());
    draft.setText("optimizer.lr", " +1.5e-4 ");
    QVERIFY(draft.problem("optimizer.lr").isEmpty());
    QCOMPARE(draft.config().optimizer.lr, 1.5e-4);
}

void TestUiModels::theSameNumberIsNoChange()
{
    ConfigDraft draft;
    draft.setText("optimizer.weight_decay", "1e-1");
    QVERIFY(!draft.isChanged("optimizer.weight_decay"));
    QVERIFY(draft.changedKeys().empty());
    draft.setText("optimizer.weight_decay", "0.2");
    QCOMPARE(draft.changedKeys(), std::vector<std::string> {"optimizer.weight_decay"});
    QCOMPARE(draft.referenceText("optimizer.weight_decay"), QString("0.1"));
}

void TestUiModels::progressTellsTheTimeLeft()
{
    RunProgress progress;
    training::RunFacts facts;
    facts.totalSteps = 100;
    facts.stepsPerEpoch = 10;
    progress.begin(facts);
    progress.declare({{"train/loss", ""}, {"train/images_per_s", "1/s"}});
    QVERIFY(!progress.remainingMs());
    for (int step = 0; step < 40; ++step) {
        progress.take({step, step / 10.0, step * 500, {{0, 1.0}, {1, 128.0}}});
    }
    QCOMPARE(progress.step(), 40);
    QCOMPARE(progress.remainingMs().value(), 60 * 500);
    QCOMPARE(progress.imagesPerSecond().value(), 128.0);
    QCOMPARE(progress.share(), 0.4);
    progress.take({39, 4.0, 20'000, {{0, 1.0}, {1, 2.0}}}); // a hiccup is not averaged away
    QCOMPARE(progress.imagesPerSecond().value(), 41 / (40 / 128.0 + 1 / 2.0));
    progress.take({40, 4.0, 20'000, {{0, 1.0}}}); // an evaluation: no further update
    QCOMPARE(progress.step(), 40);
}

void TestUiModels::speedIsOnlyTakenFromTheLikeOf()
{
    const TrainingConfig config;
    RunRecord run = record(1, "measured");
    run.configJson = training::toJson(config);
    run.lastStep = 100;
    run.stepsDone = 100;
    run.durationMs = 5000;
    RunRecord broken = record(2, "broken");
    broken.configJson = "{";
    broken.lastStep = 100;
    broken.stepsDone = 100;
    broken.durationMs = 1;
    const std::vector<RunRecord> runs {broken, run};
    MeasuredSpeed speed;
    QCOMPARE(speed.find(config, runs).value().milliseconds, 50.0);
    TrainingConfig other = config;
    other.optimizer.lr = 3;
    QVERIFY(speed.find(other, runs).has_value());
    other.train.batchSize *= 2;
    QVERIFY(!speed.find(other, runs).has_value());
}

QTEST_GUILESS_MAIN(TestUiModels)
#include "test_ui_models.moc"
