// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/session/background_job.h"

#include <QtTest>

#include <latch>

using mocoscope::ui::BackgroundJob;

class TestBackgroundJob : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void answersOnTheCallersThread();
    void onlyTheNewestRequestAnswers();
    void cancelDropsTheAnswer();
    void endsWhileBusy();
};

void TestBackgroundJob::answersOnTheCallersThread()
{
    BackgroundJob job;
    QThread* answeredOn = nullptr;
    QThread* workedOn = nullptr;
    job.run([&](const std::stop_token&) {
        workedOn = QThread::currentThread();
        return [&] { answeredOn = QThread::currentThread(); };
    });
    QVERIFY(job.isBusy());
    QTRY_COMPARE(answeredOn, QThread::currentThread());
    QVERIFY(workedOn != answeredOn);
    QVERIFY(!job.isBusy());
}

void TestBackgroundJob::onlyTheNewestRequestAnswers()
{
    BackgroundJob job;
    std::latch isOn(1);
    std::vector<int> answers;
    job.run([&](const std::stop_token& stop) {
        isOn.count_down();
        std::mutex mutex;
        std::unique_lock lock(mutex);
        std::condition_variable_any never;
        never.wait(lock, stop, [] { return false; }); // until it is cancelled
        return [&answers] { answers.push_back(1); };
    });
    isOn.wait();
    for (int number = 2; number <= 4; ++number) {
        job.run([&answers, number](const std::stop_token&) {
            return [&answers, number] { answers.push_back(number); };
        });
    }
    QTRY_VERIFY(!answers.empty());
    QCOMPARE(answers, std::vector<int> {4});
}

void TestBackgroundJob::cancelDropsTheAnswer()
{
    BackgroundJob job;
    bool isCancelledAnswered = false;
    bool isNextAnswered = false;
    job.run([&](const std::stop_token&) { return [&] { isCancelledAnswered = true; }; });
    job.cancel();
    QVERIFY(!job.isBusy());
    job.run([&](const std::stop_token&) { return [&] { isNextAnswered = true; }; });
    QTRY_VERIFY(isNextAnswered);
    QVERIFY(!isCancelledAnswered);
}

void TestBackgroundJob::endsWhileBusy()
{
    std::latch isOn(1);
    BackgroundJob job;
    job.run([&](const std::stop_token& stop) {
        isOn.count_down();
        std::mutex mutex;
        std::unique_lock lock(mutex);
        std::condition_variable_any never;
        never.wait(lock, stop, [] { return false; });
        return BackgroundJob::Answer();
    });
    isOn.wait();
}

QTEST_GUILESS_MAIN(TestBackgroundJob)
#include "test_background_job.moc"
