// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/test_history.h"
#include "ui/pages/live_header.h"
#include "ui/pages/live_notice.h"
#include "ui/pages/live_page.h"
#include "ui/pages/live_plots.h"
#include "ui/plot/plot_canvas.h"

#include <QCheckBox>
#include <QComboBox>
#include <QLabel>
#include <QPushButton>

using namespace mocoscope;
using namespace mocoscope::ui;
using mocoscope::testing::FakeTrainerOptions;
using mocoscope::testing::TestHistory;

namespace {

training::TrainingConfig config()
{
    return {};
}

QPushButton* buttonOf(QWidget& page, const QString& text)
{
    for (QPushButton* button : page.findChildren<QPushButton*>()) {
        if (button->text() == text) {
            return button;
        }
    }
    return nullptr;
}

bool hasLabel(const QWidget& page, const QString& text)
{
    const auto labels = page.findChildren<QLabel*>();
    return std::any_of(labels.begin(), labels.end(),
                       [&](const QLabel* label) { return label->text() == text; });
}

/// Runs to its end, with the page watching.
void play(Session& session, const training::TrainingConfig& of = config())
{
    QSignalSpy ended(&session, &Session::ended);
    QVERIFY(session.start(of, QStringLiteral("watched"), QStringLiteral("demo")));
    QTRY_COMPARE(ended.size(), 1);
}

} // namespace

class LivePageTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void runIsDrawn();
    void nothingToShowAsksForARun();
    void waitingRunIsNotShownFirst();
    void pausesAndResumes();
    void nonFiniteLossIsExplained();
    void failureIsShown();
    void pastFailureIsShown();
    void accuracySaysWhyItIsEmpty();
    void spikeIsMarkedOnce();
    void gradientChoices();
    void oneMoreMetric();
    void storedRunIsRead();
    void aRunOfAnotherProcessIsFollowed();
    void endedRunIsShownAgain();
    void resumedRunKeepsItsPast();
    void hiddenPageIsStale();
};

void LivePageTest::runIsDrawn()
{
    TestHistory history;
    FakeTrainerOptions options;
    options.steps = 200;
    options.checkpointEvery = 50;
    Session session(history.library(), testing::fakeTrainers(options));
    LivePage page(session, history.library());
    page.resize(1100, 760);
    page.show();
    play(session);
    QCOMPARE(page.curves().find("train/loss")->size(), std::size_t {200});
    QCOMPARE(page.curves().find("eval/knn_top1")->size(), std::size_t {20});
    QTRY_VERIFY(!page.plots().loss().canvas().scene().curves.empty());
    QCOMPARE(page.plots().gradient().series().size(), std::size_t {8});
    page.plots().loss().drawNow();
    QVERIFY(page.plots().loss().canvas().scene().marks.size() >= 4);
    QVERIFY(hasLabel(page, stateText(training::RunState::Finished)));
    QVERIFY(!buttonOf(page, QStringLiteral("Pause"))->isVisible());
}

void LivePageTest::nothingToShowAsksForARun()
{
    TestHistory history;
    Session session(history.library(), testing::fakeTrainers({}));
    LivePage page(session, history.library());
    page.show();
    QSignalSpy asked(&page, &LivePage::configurationRequested);
    QPushButton* button = buttonOf(page, QStringLiteral("Set up a run"));
    QVERIFY(button && button->isVisible());
    button->click();
    QCOMPARE(asked.size(), 1);
}

void LivePageTest::waitingRunIsNotShownFirst()
{
    TestHistory history;
    const auto past = history.playRun("past", {});
    history.makeRun("waits");
    history.library().refresh();
    QTRY_COMPARE(history.library().runs().size(), std::size_t {2});
    Session session(history.library(), testing::fakeTrainers({}));
    const LivePage page(session, history.library());
    QVERIFY(page.shownRun() == past.id);
}

void LivePageTest::pausesAndResumes()
{
    TestHistory history;
    FakeTrainerOptions options;
    options.beforeStep = [](std::int64_t step, training::RunControl& control) {
        if (step == 10) {
            control.requestPause();
        }
    };
    Session session(history.library(), testing::fakeTrainers(options));
    LivePage page(session, history.library());
    page.show();
    QSignalSpy ended(&session, &Session::ended);
    QVERIFY(session.start(config(), QStringLiteral("watched"), {}));
    QTRY_COMPARE(session.state(), training::RunState::Paused);
    QTRY_COMPARE(page.curves().find("train/loss")->size(), std::size_t {10});
    QPushButton* resume = buttonOf(page, QStringLiteral("Resume"));
    QVERIFY(resume && resume->isEnabled());
    resume->click();
    QTRY_COMPARE(ended.size(), 1);
    QCOMPARE(page.curves().find("train/loss")->size(), std::size_t {40});
}

void LivePageTest::nonFiniteLossIsExplained()
{
    TestHistory history;
    FakeTrainerOptions options;
    options.nonFiniteAt = 20;
    Session session(history.library(), testing::fakeTrainers(options));
    LivePage page(session, history.library());
    page.show();
    QSignalSpy ended(&session, &Session::ended);
    QVERIFY(session.start(config(), QStringLiteral("watched"), {}));
    QTRY_COMPARE(session.state(), training::RunState::Paused);
    const auto* notice = page.findChild<LiveNotice*>();
    QTRY_VERIFY(notice->isVisible());
    QVERIFY(notice->text().contains(QLatin1String("20")));
    QVERIFY(notice->text().contains(QLatin1String("not finite")));
    QTRY_VERIFY(std::isnan(page.curves().find("train/loss")->value(20)));
    buttonOf(page, QStringLiteral("Stop"))->click();
    QTRY_COMPARE(ended.size(), 1);
}

void LivePageTest::failureIsShown()
{
    TestHistory history;
    FakeTrainerOptions options;
    options.failAt = 5;
    Session session(history.library(), testing::fakeTrainers(options));
    LivePage page(session, history.library());
    page.show();
    play(session);
    const auto* notice = page.findChild<LiveNotice*>();
    QVERIFY(notice->isVisible());
    QVERIFY(notice->text().contains(QString::fromStdString(options.failure.detail)));
    QVERIFY(hasLabel(page, stateText(training::RunState::Failed)));
}

void LivePageTest::pastFailureIsShown()
{
    TestHistory history;
    FakeTrainerOptions options;
    options.failAt = 0;
    const auto run = history.playRun("failed", options);
    Session session(history.library(), testing::fakeTrainers({}));
    LivePage page(session, history.library());
    page.show();
    QTRY_VERIFY(page.shownRun() == run.id);
    const auto* notice = page.findChild<LiveNotice*>();
    QTRY_VERIFY(notice->text().contains(QString::fromStdString(options.failure.message)));
    QTRY_COMPARE(page.plots().loss().canvas().emptyText(),
                 QStringLiteral("This run has recorded no loss."));
    const auto finished = history.playRun("finished", {});
    history.library().refresh();
    QTRY_VERIFY(history.library().find(finished.id));
    page.showRun(finished.id);
    QVERIFY(!notice->isVisible());
}

void LivePageTest::accuracySaysWhyItIsEmpty()
{
    TestHistory history;
    FakeTrainerOptions options;
    options.evaluateEvery = 0;
    Session session(history.library(), testing::fakeTrainers(options));
    LivePage page(session, history.library());
    training::TrainingConfig off;
    off.evaluation.knnEveryEpochs = 0;
    play(session, off);
    QVERIFY(page.plots().accuracy().series().empty());
    QVERIFY(
        page.plots().accuracy().canvas().emptyText().contains(QLatin1String("knn_every_epochs")));
}

void LivePageTest::spikeIsMarkedOnce()
{
    TestHistory history;
    FakeTrainerOptions options;
    options.steps = 300;
    options.spikeAt = 200;
    Session session(history.library(), testing::fakeTrainers(options));
    LivePage page(session, history.library());
    page.show();
    play(session);
    page.plots().loss().drawNow();
    int spikes = 0;
    for (const PlotMark& mark : page.plots().loss().canvas().scene().marks) {
        if (mark.step == 200 && mark.kind == MarkKind::Incident) {
            ++spikes; // with what became known later
            QVERIFY(mark.text.contains(QLatin1String("blocks.3 followed 4 iterations later")));
        }
    }
    QCOMPARE(spikes, 1);
    QVERIFY(page.findChild<LiveNotice*>()->text().contains(QLatin1String("Gradient spike")));
}

void LivePageTest::gradientChoices()
{
    TestHistory history;
    FakeTrainerOptions options;
    options.steps = 300;
    options.spikeAt = 250;
    Session session(history.library(), testing::fakeTrainers(options));
    LivePage page(session, history.library());
    play(session);
    const auto& relative = page.plots().gradient().series();
    QCOMPARE(relative[0].name, QStringLiteral("patch_embed"));
    QVERIFY(relative[0].data->value(250) > 15);
    page.plots().relativeChoice().setChecked(false);
    QCOMPARE(page.plots().gradient().series()[0].data, page.curves().find("grad/l2/patch_embed"));
    page.plots().normChoice().setCurrentIndex(1); // the fake trainer measures only one norm
    QVERIFY(page.plots().gradient().series().empty());
}

void LivePageTest::oneMoreMetric()
{
    TestHistory history;
    Session session(history.library(), testing::fakeTrainers({}));
    LivePage page(session, history.library());
    page.show();
    play(session);
    QComboBox& choice = page.plots().metricChoice();
    QVERIFY(page.plots().extra().isHidden());
    choice.setCurrentIndex(choice.findData(QStringLiteral("train/lr")));
    QVERIFY(!page.plots().extra().isHidden());
    QCOMPARE(page.plots().extra().series().at(0).data, page.curves().find("train/lr"));
    QCOMPARE(choice.findData(QStringLiteral("train/loss")), -1);
    choice.setCurrentIndex(0);
    QVERIFY(page.plots().extra().isHidden());
}

void LivePageTest::storedRunIsRead()
{
    TestHistory history;
    const FakeTrainerOptions options;
    history.playRun("older", options);
    const auto newer = history.playRun("newer", options);
    history.library().refresh();
    QTRY_COMPARE(history.library().runs().size(), std::size_t {2});
    Session session(history.library(), testing::fakeTrainers({}));
    LivePage page(session, history.library());
    page.show();
    QVERIFY(page.shownRun() == newer.id);
    QTRY_COMPARE(page.plots().gradient().series().size(), std::size_t {8});
    QCOMPARE(page.curves().find("train/loss")->size(), std::size_t {40});
    QVERIFY(hasLabel(page, QStringLiteral("newer")));
}

/// From before its first step on.
void LivePageTest::aRunOfAnotherProcessIsFollowed()
{
    constexpr int patienceMs = 30'000; // the reader looks once a second, and machines can be busy
    TestHistory history;
    auto other = storage::MetricRecorder::start(
        history.file(), {}, [](const auto&, std::size_t) {}, [](storage::RunId) {});
    QVERIFY(other.has_value());
    const auto run = (*other)
                         ->submit([](storage::Database& database) {
                             return storage::RunRepository(database).create(
                                 {"theirs", "demo", training::toJson(config()), {}});
                         })
                         .get();
    QVERIFY(run.has_value());
    Session session(history.library(), testing::fakeTrainers({}));
    LivePage page(session, history.library());
    page.show();
    QTRY_VERIFY_WITH_TIMEOUT(page.shownRun() == run->id, patienceMs);
    const auto queue = (*other)->record(run->id);
    const auto lossesShown = [&page] {
        const auto curve = page.curves().find("train/loss");
        return curve ? curve->size() : 0;
    };
    queue->publish(training::MetricsDeclared {{{"train/loss", ""}}});
    queue->publish(training::StateChanged {training::RunState::Running, {}});
    for (std::int64_t step = 0; step < 60; ++step) {
        queue->publish(training::MetricBatch {step, 0.1 * double(step), step, {{0, 2.0}}});
        if (step == 40) {
            queue->publish(training::Incident {step, "unreadable_image", {}, "It is skipped."});
        } else if (step == 20) {
            QVERIFY((*other)->flush().has_value());
            QTRY_COMPARE_WITH_TIMEOUT(lossesShown(), std::size_t {21}, patienceMs);
            QTRY_VERIFY_WITH_TIMEOUT(hasLabel(page, stateText(training::RunState::Running)),
                                     patienceMs);
        }
    }
    queue->publish(training::Finished {60, false});
    queue->close();
    QVERIFY((*other)->flush().has_value());
    QTRY_COMPARE_WITH_TIMEOUT(lossesShown(), std::size_t {60}, patienceMs);
    QTRY_VERIFY_WITH_TIMEOUT(hasLabel(page, stateText(training::RunState::Finished)), patienceMs);
    const auto marksShown = [&page] {
        page.plots().loss().drawNow();
        return page.plots().loss().canvas().scene().marks.size();
    };
    QTRY_COMPARE_WITH_TIMEOUT(marksShown(), std::size_t {1}, patienceMs);
}

void LivePageTest::endedRunIsShownAgain()
{
    TestHistory history;
    const auto other = history.playRun("other", {});
    Session session(history.library(), testing::fakeTrainers({}));
    LivePage page(session, history.library());
    page.show();
    play(session);
    QTRY_COMPARE(history.library().runs().size(), std::size_t {2});
    page.showRun(other.id);
    QVERIFY(page.shownRun() == other.id);
    page.showRun(*session.run());
    QVERIFY(hasLabel(page, stateText(training::RunState::Finished)));
    QTRY_COMPARE(page.plots().gradient().series().size(), std::size_t {8});
}

void LivePageTest::resumedRunKeepsItsPast()
{
    TestHistory history;
    FakeTrainerOptions options;
    options.steps = 60;
    options.beforeStep = [](std::int64_t step, training::RunControl& control) {
        if (step == 25) {
            control.requestStop();
        }
    };
    Session first(history.library(), testing::fakeTrainers(options));
    play(first);
    QCOMPARE(first.state(), training::RunState::Stopped);
    QVERIFY(history.library().recorder().flush().has_value());
    history.library().refresh();
    QTRY_VERIFY(history.library().find(*first.run())
                && history.library().find(*first.run())->lastStep > 0);
    options.beforeStep = {};
    Session second(history.library(), testing::fakeTrainers(options));
    LivePage page(second, history.library());
    QSignalSpy ended(&second, &Session::ended);
    QVERIFY(second.resumeRun(*first.run()));
    QTRY_COMPARE(ended.size(), 1);
    const auto sizeOf = [&page](const char* metric) {
        const auto curve = page.curves().find(metric);
        return curve ? curve->size() : 0;
    };
    QTRY_COMPARE(sizeOf("train/loss"), std::size_t {60});
    QTRY_COMPARE(sizeOf("grad/l2/patch_embed"), std::size_t {60});
}

void LivePageTest::hiddenPageIsStale()
{
    TestHistory history;
    Session session(history.library(), testing::fakeTrainers({}));
    LivePage page(session, history.library());
    play(session);
    QVERIFY(page.plots().loss().isStale());
    QVERIFY(page.plots().loss().canvas().scene().curves.empty());
    page.show();
    QVERIFY(!page.plots().loss().isStale());
    QCOMPARE(page.plots().loss().canvas().scene().curves.size(), std::size_t {1});
}

QTEST_MAIN(LivePageTest)
#include "live_page_test.moc"
