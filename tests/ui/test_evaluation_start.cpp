// SPDX-License-Identifier: GPL-3.0-or-later
// From a run in the table to an evaluation or a fork of it.
#include "tests/ui/test_window.h"
#include "ui/pages/checkpoint_list.h"
#include "ui/pages/compare_figures.h"
#include "ui/pages/config_form.h"
#include "ui/pages/configure_page.h"
#include "ui/pages/fork_start.h"
#include "ui/pages/live_plots.h"
#include "ui/pages/live_texts.h"
#include "ui/pages/message_bar.h"
#include "ui/pages/runs_page.h"

#include <QAction>
#include <QComboBox>
#include <QLabel>
#include <QMenu>
#include <QPushButton>
#include <QTreeWidget>
#include <QtTest>

#include <algorithm>

using namespace mocoscope;
using testing::TestWindow;
using ui::MainWindow;

namespace {

QAction* evaluateAction(MainWindow& window)
{
    for (auto* action : window.runsPage().findChildren<QAction*>()) {
        if (action->text() == "Evaluate") {
            return action;
        }
    }
    return nullptr;
}

void choose(TestWindow& test, int task)
{
    QAction* evaluate = evaluateAction(test.window());
    QVERIFY(evaluate && evaluate->isEnabled());
    evaluate->menu()->actions().at(task)->trigger();
}

bool saysSomewhere(const QWidget& page, const QString& text)
{
    const auto labels = page.findChildren<QLabel*>();
    return std::ranges::any_of(labels,
                               [&](const QLabel* label) { return label->text().contains(text); });
}

} // namespace

class TestEvaluationStart : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theFormIsFilledAndStarts()
    {
        TestWindow test({});
        const auto run = test.history.playRun("pretrained", {});
        test.window().show();
        QTRY_COMPARE(test.window().runsPage().model().rowCount(), 1);
        test.window().runsPage().select(run.id);
        choose(test, 1);
        QTRY_COMPARE(test.window().page(), MainWindow::Configure);
        auto& page = test.window().configurePage();
        const training::TrainingConfig& config = page.form().draft().config();
        QCOMPARE(config.task.name, std::string("linear"));
        QVERIFY(config.model.initialWeights.find(run.uuid) != std::string::npos);
        QVERIFY(page.form().draft().changedKeys().empty()); // marks are relative to the proposal
        page.form().setOption("linear.epochs", "7");

        QSignalSpy ended(&test.session(), &ui::Session::ended);
        QTRY_VERIFY2(page.reasonNotToStart().isEmpty(), qPrintable(page.reasonNotToStart()));
        page.start();
        QVERIFY(ended.wait());
        QVERIFY(test.history.library().recorder().flush());
        const auto evaluation = test.history.stored(*test.session().run());
        QCOMPARE(evaluation.parent, std::optional(run.id));
        QCOMPARE(evaluation.preset, std::string("linear"));
        QCOMPARE(evaluation.name, std::string("pretrained linear"));
        QCOMPARE(test.session().config().linear.epochs, 7);
    }

    /// Known before the start, so that no failed run is stored.
    void whatCannotBeTrainedCannotBeStarted()
    {
        TestWindow test({});
        auto& page = test.window().configurePage();
        test.window().show();
        test.window().showPage(MainWindow::Configure);
        QTRY_VERIFY(page.reasonNotToStart().isEmpty());
        page.form().setOption("model.initial_weights", "misfit.safetensors");
        QSignalSpy refused(&page, &ui::ConfigurePage::messageRaised);
        page.start(); // before they have been looked at
        QVERIFY(refused.wait());
        QVERIFY(!test.session().run());
        QTRY_VERIFY(page.reasonNotToStart().contains("does not fit the model"));
        ui::PreparedFork fork; // which goes on from a checkpoint, whatever became of the weights
        fork.origin = {page.form().draft().config(), 5, 100};
        page.setFork(fork);
        QTRY_VERIFY2(page.reasonNotToStart().isEmpty(), qPrintable(page.reasonNotToStart()));
        page.setConfiguration(training::TrainingConfig {}, "plain");
        page.form().setOption("train.batch_size", "64");
        QTRY_VERIFY(page.reasonNotToStart().isEmpty());
        page.form().setOption("train.device", "cuda:0,1"); // there is one
        QTRY_VERIFY(page.reasonNotToStart().contains("cuda:1"));
        page.form().setOption("train.device", "cuda:0");
        QTRY_VERIFY(page.reasonNotToStart().isEmpty());
        page.form().setOption("train.batch_size", "4096");
        QTRY_VERIFY2(page.reasonNotToStart().contains("there are only 2000 images"),
                     qPrintable(page.reasonNotToStart()));
        page.form().setOption("train.batch_size", "64");
        QTRY_VERIFY(page.reasonNotToStart().isEmpty());
    }

    void otherWeightsAreNotTheRuns()
    {
        TestWindow test({});
        const auto run = test.history.playRun("pretrained", {});
        test.window().show();
        QTRY_COMPARE(test.window().runsPage().model().rowCount(), 1);
        test.window().runsPage().select(run.id);
        choose(test, 0);
        QTRY_COMPARE(test.window().page(), MainWindow::Configure);
        auto& page = test.window().configurePage();
        QTRY_VERIFY(page.reasonNotToStart().isEmpty());
        page.form().setOption("model.initial_weights", "other.safetensors");
        QSignalSpy asked(&page, &ui::ConfigurePage::startRequested);
        page.start();
        QTRY_COMPARE(asked.size(), 1);
        QVERIFY(!asked[0][3].value<std::optional<ui::RunOrigin>>());
        QCOMPARE(asked[0][2].toString(), QString("knn"));
    }

    void aRunWithoutACheckpointSaysSo()
    {
        TestWindow test({});
        const auto run = test.history.makeRun("fresh");
        test.history.library().refresh();
        test.window().show();
        QTRY_COMPARE(test.window().runsPage().model().rowCount(), 1);
        test.window().runsPage().select(run.id);
        choose(test, 2);
        QTRY_VERIFY(!test.window().messages().texts().isEmpty());
        QVERIFY(test.window().messages().texts().join(' ').contains("has no checkpoint yet"));
        QCOMPARE(test.window().page(), MainWindow::Runs);
    }

    void aForkIsFilledInAndStarts()
    {
        testing::FakeTrainerOptions options;
        options.checkpointEvery = 15;
        testing::FakeTrainerOptions longer = options;
        longer.steps = 60;
        TestWindow test(longer);
        const auto run = test.history.playRun("pretrained", options);
        test.window().show();
        QTRY_COMPARE(test.window().runsPage().model().rowCount(), 1);
        test.window().runsPage().select(run.id);
        auto* list = test.window().runsPage().findChild<ui::CheckpointList*>();
        auto* rows = list->findChild<QTreeWidget*>();
        QTRY_COMPARE(rows->topLevelItemCount(), 3); // 40, 30, 15
        QVERIFY(!list->findChild<QPushButton*>()->isEnabled());
        rows->topLevelItem(2)->setSelected(true);
        list->findChild<QPushButton*>()->click();
        QTRY_COMPARE(test.window().page(), MainWindow::Configure);
        auto& page = test.window().configurePage();
        QVERIFY(saysSomewhere(page, "starts from step 15"));
        QTRY_VERIFY2(page.reasonNotToStart().isEmpty(), qPrintable(page.reasonNotToStart()));

        page.form().setOption("model.depth", "3");
        QCOMPARE(page.form().draft().violations().size(), std::size_t(1));
        QVERIFY(page.form().draft().problem("model.depth").contains("a fork keeps"));
        QVERIFY(!page.reasonNotToStart().isEmpty());
        page.form().setOption("model.depth", "0");
        page.form().setOption("optimizer.lr", "3e-4");

        QSignalSpy ended(&test.session(), &ui::Session::ended);
        page.start();
        QVERIFY(ended.wait());
        QVERIFY(test.history.library().recorder().flush());
        const auto child = test.history.stored(*test.session().run());
        QCOMPARE(child.name, std::string("pretrained fork"));
        QCOMPARE(child.parent, std::optional(run.id));
        QCOMPARE(child.forkStep, std::optional<std::int64_t>(15));
        QCOMPARE(child.lastStep, 60);
        QTRY_VERIFY(test.history.library().find(child.id) != nullptr);
        test.window().runsPage().select(child.id);
        QTRY_VERIFY(saysSomewhere(test.window().runsPage(), "pretrained at step 15"));
    }

    void anotherPresetIsNoForkAnyMore()
    {
        TestWindow test({});
        const auto run = test.history.playRun("pretrained", {});
        auto& page = test.window().configurePage();
        page.setFork({{training::TrainingConfig {}, 7, 40}, {"step-7", 7}, run.id, "pretrained"});
        page.form().setOption("model.depth", "3");
        QVERIFY(!page.form().draft().isValid());
        page.choosePreset("demo");
        QVERIFY(page.form().draft().isValid());
        QSignalSpy asked(&page, &ui::ConfigurePage::startRequested);
        QTRY_VERIFY2(page.reasonNotToStart().isEmpty(), qPrintable(page.reasonNotToStart()));
        page.start();
        QTRY_COMPARE(asked.size(), 1);
        QVERIFY(!asked[0][3].value<std::optional<ui::RunOrigin>>());
    }

    void everyRateHasItsCurve()
    {
        ui::LiveCurves curves;
        ui::LivePlots plots(curves);
        curves.declare({{"train/loss", ""},
                        {"linear/loss", ""},
                        {"linear/top1", "%"},
                        {"linear/top1/lr_0.3", "%"},
                        {"linear/top1/lr_3", "%"},
                        {"linear/best_rate", ""}});
        curves.append(
            {{0, 0, 10, {{0, 2.3}}}, {1, 1, 20, {{1, 2.2}, {2, 44}, {3, 40}, {4, 44}, {5, 3}}}});
        plots.refresh();
        QStringList names;
        for (const auto& series : plots.accuracy().series()) {
            names << series.name;
        }
        QCOMPARE(names,
                 (QStringList {"Linear top-1", "Linear top-1, rate 0.3", "Linear top-1, rate 3"}));
        QCOMPARE(plots.loss().series().size(), std::size_t {2});
        QVERIFY(plots.metricChoice().findData("linear/best_rate") >= 0);
        QVERIFY(plots.metricChoice().findData("linear/top1") < 0);
    }

    void textsAreThoseOfTheTask()
    {
        training::TrainingConfig config;
        config.task.name = "finetune";
        config.finetune.batchSize = 96;
        const QString text = ui::describeRun(config, "finetune", "CPU", 0);
        QVERIFY2(text.contains("fine-tuning") && text.contains("batch 96"), qPrintable(text));
        QVERIFY(ui::liveHints(config, true, false).accuracy.contains("first epoch"));
        QVERIFY(ui::liveHints(config, true, false).gradient.contains("first step"));
        QVERIFY(ui::liveHints({}, true, false).accuracy.contains("no labels"));
        config.task.name = "linear";
        const QString probe = ui::describeRun(config, "linear", "CPU", 5820);
        QVERIFY2(probe.contains("5.82 k parameters"), qPrintable(probe));
        QVERIFY(ui::liveHints(config, true, false).loss.contains("first step"));
        QVERIFY(ui::liveHints(config, true, false).gradient.contains("no layer of the backbone"));
        config.task.name = "knn";
        QVERIFY(ui::liveHints(config, true, false).loss.contains("no loss"));
        QVERIFY(ui::liveHints(config, true, false).gradient.contains("no layer"));
    }

    void figuresIncludeTheProtocols()
    {
        ui::ComparedRun run;
        run.record.linearTop1 = 61.5;
        int found = 0;
        for (const ui::Figure& figure : ui::figures()) {
            if (QString(figure.title) == "Linear probing, top-1") {
                QCOMPARE(figure.value(run), std::optional(61.5));
                ++found;
            }
            if (QString(figure.title) == "Fine-tuning, top-1") {
                QVERIFY(!figure.value(run));
                ++found;
            }
        }
        QCOMPARE(found, 2);
    }
};

QTEST_MAIN(TestEvaluationStart)
#include "test_evaluation_start.moc"
