// SPDX-License-Identifier: GPL-3.0-or-later
// What is told of runs while the window is not looked at.
#include "tests/ui/test_window.h"
#include "ui/run_notices.h"

#include <QAction>
#include <QApplication>
#include <QtTest>

#include <memory>
#include <semaphore>

using namespace mocoscope;
using testing::FakeTrainerOptions;
using testing::TestWindow;

namespace {

/// Plays a run in a window that is open, but not active, and returns what was told.
class Watched
{
public:
    explicit Watched(const FakeTrainerOptions& options)
        : test(waitingFor(m_mayStep, options))
        , notices(*test.window().findChild<ui::RunNotices*>())
        , raised(&notices, &ui::RunNotices::raised)
    {
        notices.setOn(true);
    }
    void play(const QString& name)
    {
        QSignalSpy ended(&test.session(), &ui::Session::ended);
        start(name);
        QVERIFY(ended.wait());
    }
    void letRunsStep(int runs) { m_mayStep->release(runs); }
    /// The window knows the run before its first step, as it does of all that are not over at once.
    void start(const QString& name)
    {
        QVERIFY(test.session().start({}, name, {}));
        QTRY_VERIFY(test.session().run() && test.history.library().find(*test.session().run()));
        m_mayStep->release();
    }
    [[nodiscard]] QString title(int index) const { return raised.at(index).at(0).toString(); }
    [[nodiscard]] QString text(int index) const { return raised.at(index).at(1).toString(); }

private:
    using Gate = std::counting_semaphore<>;
    std::shared_ptr<Gate> m_mayStep = std::make_shared<Gate>(0);

    static FakeTrainerOptions waitingFor(const std::shared_ptr<Gate>& gate,
                                         FakeTrainerOptions options)
    {
        options.beforeStep = [gate](std::int64_t step, training::RunControl&) {
            if (step == 0) {
                gate->acquire();
            }
        };
        return options;
    }

public:
    TestWindow test;
    ui::RunNotices& notices;
    QSignalSpy raised;
};

QAction* settingOf(TestWindow& test)
{
    for (auto* action : test.window().findChildren<QAction*>()) {
        if (action->text().contains("Notify")) {
            return action;
        }
    }
    return nullptr;
}

} // namespace

class TestRunNotices : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theEndOfARunIsTold();
    void notWhileTheWindowIsActive();
    void aFailureIsToldWithItsReason();
    void aPauseThatNobodyAskedForIsTold();
    void canBeSwitchedOff();
    void ofASweepOnlyItsEndIsTold();
};

void TestRunNotices::theEndOfARunIsTold()
{
    Watched watched({});
    watched.play("long one");
    QCOMPARE(watched.raised.size(), 1);
    QCOMPARE(watched.title(0), QString("long one is finished"));
}

void TestRunNotices::notWhileTheWindowIsActive()
{
    Watched watched({});
    watched.test.window().show();
    QApplication::setActiveWindow(&watched.test.window());
    QVERIFY(QTest::qWaitForWindowActive(&watched.test.window()));
    watched.play("watched");
    QCOMPARE(watched.raised.size(), 0);
}

void TestRunNotices::aFailureIsToldWithItsReason()
{
    FakeTrainerOptions failing;
    failing.failAt = 3;
    Watched watched(failing);
    watched.play("breaks");
    QCOMPARE(watched.raised.size(), 1);
    QCOMPARE(watched.title(0), QString("breaks has failed"));
    QCOMPARE(watched.text(0), QString("The scripted memory is used up"));
}

void TestRunNotices::aPauseThatNobodyAskedForIsTold()
{
    FakeTrainerOptions diverging;
    diverging.nonFiniteAt = 3;
    Watched watched(diverging);
    QSignalSpy ended(&watched.test.session(), &ui::Session::ended);
    watched.start("diverges");
    QTRY_COMPARE(watched.raised.size(), 1);
    QCOMPARE(watched.title(0), QString("diverges is paused"));
    QVERIFY(watched.text(0).contains("not finite"));
    watched.test.session().pause(); // nothing new: it is paused
    watched.test.session().stop();
    QVERIFY(ended.wait());
    QCOMPARE(watched.raised.size(), 2);
    QCOMPARE(watched.title(1), QString("diverges is stopped"));
}

void TestRunNotices::canBeSwitchedOff()
{
    Watched watched({});
    QAction* setting = settingOf(watched.test);
    QVERIFY(setting && setting->isChecked());
    setting->trigger();
    QVERIFY(!watched.notices.isOn());
    watched.play("quiet");
    QCOMPARE(watched.raised.size(), 0);
    QCOMPARE(watched.test.settings().value("notifications").toBool(), false);
    setting->trigger();
    watched.play("loud");
    QCOMPARE(watched.raised.size(), 1);
}

void TestRunNotices::ofASweepOnlyItsEndIsTold()
{
    Watched watched({});
    QSignalSpy completed(&watched.test.window().queue(), &ui::SweepQueue::completed);
    training::SweepPlan plan;
    plan.name = "three seeds";
    plan.seeds = {1, 2, 3};
    const auto sweep = ui::newSweep(plan);
    QVERIFY(sweep);
    watched.letRunsStep(3);
    watched.test.window().queue().add(*sweep);
    QVERIFY(completed.wait(20'000));
    QCOMPARE(watched.raised.size(), 1);
    QCOMPARE(watched.title(0), QString("The sweep is done"));
}

int main(int count, char** arguments)
{
    qputenv("DBUS_SESSION_BUS_ADDRESS", "unix:abstract=none"); // not the desktop of whoever tests
    QApplication application(count, arguments);
    TestRunNotices test;
    return QTest::qExec(&test, count, arguments);
}
#include "test_run_notices.moc"
