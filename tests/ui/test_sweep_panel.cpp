// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/fake_ports.h"
#include "training/api/config_json.h"
#include "training/api/model_shape.h"
#include "training/api/presets.h"
#include "ui/models/sweep_estimate.h"
#include "ui/pages/sweep_axis_row.h"
#include "ui/pages/sweep_panel.h"

#include <QComboBox>
#include <QLineEdit>
#include <QSignalSpy>
#include <QtTest>

#include <algorithm>

using namespace mocoscope;
using storage::RunRecord;
using training::SweepPlan;
using ui::SweepPanel;

namespace {

QPushButton* queueButton(SweepPanel& panel)
{
    const auto buttons = panel.findChildren<QPushButton*>();
    const auto found = std::ranges::find_if(
        buttons, [](const QPushButton* button) { return button->text().startsWith("Queue"); });
    return found == buttons.end() ? nullptr : *found;
}

bool says(const SweepPanel& panel, const QString& text)
{
    return std::ranges::any_of(panel.findChildren<QLabel*>(), [&text](const QLabel* label) {
        return label->text().contains(text);
    });
}

/// A run of the demo that took 200 ms a step.
RunRecord measuredRun(const training::TrainingConfig& config)
{
    RunRecord run;
    run.id = {1};
    run.state = training::RunState::Finished;
    run.configJson = training::toJson(config);
    run.lastStep = 499;
    run.stepsDone = 500;
    run.totalSteps = 500;
    run.durationMs = 100'000;
    return run;
}

} // namespace

class TestSweepPanel : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void anOptionTakesValues_data();
    void anOptionTakesValues();
    void whatIsTypedBecomesAnOption_data();
    void whatIsTypedBecomesAnOption();
    void halfFilledRowsAreNotQueued();
    void thePlanKeepsThePresetAndWhatWasChanged();
    void withoutAPresetTheConfigurationIsTheStart();
    void aSweepOfTheStudyIsTakenAsItIs();
    void runsAreCounted();
    void whatIsWrongIsSaid();
    void aNameThatIsTakenGetsANumber();
    void theFormsProblemsConcernItsOwnRunsOnly();
    void optionsCanBeRemoved();
    void timeIsMeasuredOrNotTold();
    void settingsAreEstimatedApart();

private:
    testing::FakeDatasetInspector m_inspector;
    const training::Preset m_demo = *training::findPreset("demo");
};

void TestSweepPanel::anOptionTakesValues_data()
{
    QTest::addColumn<QString>("key");
    QTest::addColumn<QString>("text");
    QTest::addColumn<QStringList>("values");
    QTest::newRow("numbers") << "optimizer.lr"
                             << " 1e-4,2e-4 , ,3e-4" << QStringList {"1e-4", "2e-4", "3e-4"};
    QTest::newRow("choices") << "method.name"
                             << "simclr, byol" << QStringList {"simclr", "byol"};
    QTest::newRow("texts hold commas") << "data.path"
                                       << "/a,b; /c" << QStringList {"/a,b", "/c"};
    QTest::newRow("nothing") << "optimizer.lr"
                             << " , " << QStringList {};
}

void TestSweepPanel::anOptionTakesValues()
{
    QFETCH(const QString, key);
    QFETCH(const QString, text);
    QFETCH(const QStringList, values);
    ui::SweepAxisRow row;
    QVERIFY(!row.axis());
    row.setOption(key.toStdString());
    row.setValues(text);
    const auto axis = row.axis();
    QCOMPARE(axis.has_value(), !values.isEmpty());
    if (axis) {
        QCOMPARE(axis->key, key.toStdString());
        QStringList read;
        for (const std::string& value : axis->values) {
            read << QString::fromStdString(value);
        }
        QCOMPARE(read, values);
    }
}

void TestSweepPanel::whatIsTypedBecomesAnOption_data()
{
    QTest::addColumn<QString>("typed");
    QTest::addColumn<std::string>("key");
    QTest::newRow("key") << "train.epochs" << std::string("train.epochs");
    QTest::newRow("name in small letters")
        << "learning rate (optimizer.lr)" << std::string("optimizer.lr");
    QTest::newRow("neither") << "no such option" << std::string("train.batch_size");
    QTest::newRow("nothing") << "" << std::string();
}

void TestSweepPanel::whatIsTypedBecomesAnOption()
{
    QFETCH(const QString, typed);
    QFETCH(const std::string, key);
    ui::SweepAxisRow row;
    row.setOption("train.batch_size");
    row.setValues("1");
    auto* edit = row.findChild<QComboBox*>()->lineEdit();
    edit->setText(typed);
    Q_EMIT edit->editingFinished();
    QCOMPARE(row.axis() ? row.axis()->key : std::string(), key);
    QCOMPARE(edit->text().isEmpty(), key.empty());
    QCOMPARE(row.isHalfFilled(), key.empty());
}

void TestSweepPanel::halfFilledRowsAreNotQueued()
{
    SweepPanel panel(m_inspector);
    panel.setConfig(m_demo.config, "demo");
    panel.unfold();
    QTRY_VERIFY(queueButton(panel)->isEnabled());
    panel.addOption().setOption("optimizer.lr");
    QTRY_VERIFY(!queueButton(panel)->isEnabled());
    QVERIFY(says(panel, "An option has no values"));
    panel.chooseBuiltIn("learning-rate"); // has no such rows
    QTRY_VERIFY(queueButton(panel)->isEnabled());
}

void TestSweepPanel::thePlanKeepsThePresetAndWhatWasChanged()
{
    SweepPanel panel(m_inspector);
    panel.unfold();
    auto config = m_demo.config;
    config.train.batchSize = 32;
    config.train.seed = 99; // the panel has seeds of its own
    panel.setConfig(config, "demo");
    ui::SweepAxisRow& row = panel.addOption();
    row.setOption("optimizer.lr");
    row.setValues("1e-4, 2e-4");
    panel.setSeeds("3, 4");
    const SweepPlan plan = panel.plan();
    QCOMPARE(plan.presets, std::vector<std::string> {"demo"});
    QCOMPARE(plan.set, (std::vector<training::OptionSetting> {{"train.batch_size", "32"}}));
    QCOMPARE(plan.grid, (std::vector<training::SweepAxis> {{"optimizer.lr", {"1e-4", "2e-4"}}}));
    QCOMPARE(plan.seeds, (std::vector<std::int64_t> {3, 4}));
    const auto members = training::expandSweep(plan);
    QVERIFY(members);
    QCOMPARE(members->size(), std::size_t(4));
    QCOMPARE(members->front().preset, std::string("demo"));
    QCOMPARE(members->front().config.train.batchSize, 32);
    QCOMPARE(members->front().config.train.seed, 3);
}

void TestSweepPanel::withoutAPresetTheConfigurationIsTheStart()
{
    SweepPanel panel(m_inspector);
    auto config = m_demo.config;
    config.optimizer.lr = 0.125;
    panel.setConfig(config, {});
    const SweepPlan plan = panel.plan();
    QVERIFY(plan.presets.empty());
    QVERIFY(plan.config == config);
    const auto members = training::expandSweep(plan);
    QVERIFY(members);
    QCOMPARE(members->front().config.optimizer.lr, 0.125);
}

void TestSweepPanel::aSweepOfTheStudyIsTakenAsItIs()
{
    SweepPanel panel(m_inspector);
    panel.setConfig(m_demo.config, "demo");
    panel.unfold();
    panel.chooseBuiltIn("learning-rate");
    QCOMPARE(panel.plan(), *training::findBuiltInSweep("learning-rate"));
    panel.setSeeds("5");
    QCOMPARE(panel.plan().seeds, std::vector<std::int64_t> {5});
    panel.chooseBuiltIn({});
    QCOMPARE(panel.plan().presets, std::vector<std::string> {"demo"});
}

void TestSweepPanel::runsAreCounted()
{
    SweepPanel panel(m_inspector);
    panel.setConfig(m_demo.config, "demo");
    panel.unfold();
    ui::SweepAxisRow& row = panel.addOption();
    row.setOption("optimizer.lr");
    row.setValues("1e-4, 2e-4");
    QTRY_COMPARE(queueButton(panel)->text(), QString("Queue 6 runs"));
    QVERIFY(says(panel, QStringLiteral("6 runs: 2 settings × 3 seeds")));
    QSignalSpy requested(&panel, &SweepPanel::queueRequested);
    queueButton(panel)->click();
    QCOMPARE(requested.size(), 1);
    QCOMPARE(requested.front().front().value<SweepPlan>(), panel.plan());
    panel.setSeeds("1");
    row.setValues("3e-4");
    QTRY_COMPARE(queueButton(panel)->text(), QString("Queue 1 run"));
}

void TestSweepPanel::whatIsWrongIsSaid()
{
    SweepPanel panel(m_inspector);
    panel.setConfig(m_demo.config, "demo");
    panel.unfold();
    QTRY_VERIFY(queueButton(panel)->isEnabled());
    ui::SweepAxisRow& row = panel.addOption();
    row.setOption("train.batch_size");
    row.setValues("64, many");
    QTRY_VERIFY(!queueButton(panel)->isEnabled());
    QVERIFY(says(panel, "many"));
    row.setValues("64");
    QTRY_VERIFY(queueButton(panel)->isEnabled());
    panel.setSeeds("0, first");
    QTRY_VERIFY(!queueButton(panel)->isEnabled());
    QVERIFY(says(panel, "seed"));
}

void TestSweepPanel::aNameThatIsTakenGetsANumber()
{
    SweepPanel panel(m_inspector);
    panel.setConfig(m_demo.config, "demo");
    QCOMPARE(panel.plan().name, std::string("demo-sweep"));
    RunRecord run = measuredRun(m_demo.config);
    run.sweep = {{7}, "demo-sweep", 1, {}};
    panel.setRuns(std::vector {run});
    QCOMPARE(panel.plan().name, std::string("demo-sweep-2"));
    panel.setConfig(m_demo.config, {});
    QCOMPARE(panel.plan().name, std::string("sweep"));
}

void TestSweepPanel::theFormsProblemsConcernItsOwnRunsOnly()
{
    SweepPanel panel(m_inspector);
    panel.setConfig(m_demo.config, "demo");
    panel.setReasonNotToQueue("1 option needs attention");
    panel.unfold();
    QTRY_VERIFY(!queueButton(panel)->isEnabled());
    QCOMPARE(queueButton(panel)->toolTip(), QString("1 option needs attention"));
    panel.chooseBuiltIn("learning-rate");
    QTRY_VERIFY(queueButton(panel)->isEnabled());
}

void TestSweepPanel::optionsCanBeRemoved()
{
    SweepPanel panel(m_inspector);
    panel.setConfig(m_demo.config, "demo");
    ui::SweepAxisRow& row = panel.addOption();
    row.setOption("optimizer.lr");
    row.setValues("1e-4, 2e-4");
    QCOMPARE(panel.plan().grid.size(), std::size_t(1));
    Q_EMIT row.removeRequested();
    QVERIFY(panel.plan().grid.empty());
    QCOMPARE(panel.findChildren<ui::SweepAxisRow*>().size(), 2); // until the event loop goes on
    QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    QCOMPARE(panel.findChildren<ui::SweepAxisRow*>().size(), 1);
}

void TestSweepPanel::timeIsMeasuredOrNotTold()
{
    SweepPanel panel(m_inspector);
    panel.setConfig(m_demo.config, "demo");
    panel.unfold();
    QTRY_VERIFY(says(panel, "not measured yet"));
    panel.setRuns(std::vector {measuredRun(m_demo.config)});
    QTRY_VERIFY(says(panel, "as measured in past runs"));
    ui::SweepAxisRow& row = panel.addOption();
    row.setOption("train.batch_size");
    row.setValues(QString("%1, 16").arg(m_demo.config.train.batchSize));
    QTRY_VERIFY(says(panel, "3 of 6 runs"));
}

void TestSweepPanel::settingsAreEstimatedApart()
{
    const auto images = [](const training::DataConfig& data) -> std::optional<std::int64_t> {
        return data.path == "demo" ? std::optional<std::int64_t>(640) : std::nullopt;
    };
    SweepPlan plan;
    plan.name = "estimated";
    plan.presets = {"demo"};
    plan.grid = {{"train.epochs", {"10", "20"}}};
    plan.seeds = {0, 1};
    const auto members = training::expandSweep(plan);
    QVERIFY(members);
    std::int64_t steps = 0;
    for (const training::SweepMember& member : *members) {
        steps += training::totalSteps(member.config, 640);
    }
    ui::MeasuredSpeed speed;
    const std::vector runs {measuredRun(m_demo.config)};
    const auto estimate = ui::estimateSweep(*members, images, speed, runs);
    QVERIFY(estimate);
    QCOMPARE(estimate->runs, 4);
    QCOMPARE(estimate->measuredRuns, 4);
    QCOMPARE(estimate->steps, steps);
    QVERIFY(std::abs(estimate->measuredMs - 200.0 * double(steps)) < 0.01 * estimate->measuredMs);
    plan.set = {{"data.path", "/elsewhere"}};
    QVERIFY(!ui::estimateSweep(*training::expandSweep(plan), images, speed, runs));
}

QTEST_MAIN(TestSweepPanel)
#include "test_sweep_panel.moc"
