// SPDX-License-Identifier: GPL-3.0-or-later
// What the window tells beside its pages, and the room that it has for them.
#include "tests/ui/test_window.h"
#include "ui/pages/configure_page.h"
#include "ui/pages/live_notice.h"
#include "ui/pages/live_page.h"
#include "ui/pages/message_bar.h"

#include <QScrollArea>
#include <QStackedWidget>
#include <QtTest>

using namespace mocoscope;
using testing::FakeTrainerOptions;
using testing::TestWindow;
using training::RunState;
using ui::MainWindow;

class TestWindowPages : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void failuresAreShown();
    void failuresAreShownOnEveryPage();
    void pagesFitALaptop();
};

void TestWindowPages::failuresAreShown()
{
    FakeTrainerOptions options;
    options.failAt = 3;
    TestWindow test(options);
    test.window().show();
    QSignalSpy ended(&test.session(), &ui::Session::ended);
    QVERIFY(test.session().start({}, "fails", {}));
    QVERIFY(ended.wait());
    const auto* notice = test.window().livePage().findChild<ui::LiveNotice*>();
    QVERIFY(notice->isVisible());
    QVERIFY(notice->text().contains("The scripted memory is used up"));
    QVERIFY(test.window().messages().texts().isEmpty()); // not twice
    QVERIFY(test.window().configurePage().reasonNotToStart().isEmpty());
}

/// Elsewhere than on the page of the run, and there no more when that has been looked at.
void TestWindowPages::failuresAreShownOnEveryPage()
{
    FakeTrainerOptions options;
    options.failAt = 10;
    options.beforeStep = [](std::int64_t step, training::RunControl& control) {
        if (step == 3) {
            control.requestPause();
        }
    };
    TestWindow test(options);
    test.window().show();
    QSignalSpy ended(&test.session(), &ui::Session::ended);
    QVERIFY(test.session().start({}, "fails", {}));
    QTRY_COMPARE(test.session().state(), RunState::Paused);
    test.window().showPage(MainWindow::Runs);
    test.session().resume();
    QVERIFY(ended.wait());
    QVERIFY(test.window().messages().texts().contains("The scripted memory is used up"));
    test.window().showPage(MainWindow::Configure);
    QCOMPARE(test.window().messages().texts().size(), 1);
    test.window().showPage(MainWindow::Live);
    QVERIFY(test.window().messages().texts().isEmpty());
    QVERIFY(test.window().livePage().findChild<ui::LiveNotice*>()->isVisible());
}

/// Of 1280 x 800 pixels: what the plots would like best is more.
void TestWindowPages::pagesFitALaptop()
{
    FakeTrainerOptions options;
    options.steps = 300;
    options.spikeAt = 200;
    TestWindow test(options);
    test.window().resize(1280, 800);
    test.window().show();
    QSignalSpy ended(&test.session(), &ui::Session::ended);
    QVERIFY(test.session().start({}, "spiked", {}));
    QVERIFY(ended.wait());
    for (int page = 0; page < MainWindow::PageCount; ++page) {
        test.window().showPage(static_cast<MainWindow::Page>(page));
        QTest::qWait(0);
        const auto* area = qobject_cast<QScrollArea*>(
            test.window().findChild<QStackedWidget*>()->currentWidget());
        QVERIFY(area);
        QCOMPARE(area->widget()->size(), area->viewport()->size());
    }
}

QTEST_MAIN(TestWindowPages)
#include "test_window_pages.moc"
