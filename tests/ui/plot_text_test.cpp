// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plot/tick_places.h"
#include "ui/plot/tick_text.h"

#include <QTest>

#include <limits>

using namespace mocoscope::ui;

class PlotTextTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void ticks_data();
    void ticks();
    void durations_data();
    void durations();
    void values_data();
    void values();
    void logarithmicTicks();
    void aScaleHasTwoTicks();
    void ticksOfStepsAreWhole();
};

void PlotTextTest::ticks_data()
{
    QTest::addColumn<double>("value");
    QTest::addColumn<double>("tickStep");
    QTest::addColumn<double>("largest");
    QTest::addColumn<QString>("text");
    QTest::newRow("zero") << 1e-17 << 0.1 << 1.0 << "0";
    QTest::newRow("plain") << 0.25 << 0.05 << 0.4 << "0.25";
    QTest::newRow("same decimals") << 0.3 << 0.05 << 0.4 << "0.30";
    QTest::newRow("whole") << 4000.0 << 1000.0 << 5000.0 << "4000";
    QTest::newRow("thousands") << 20000.0 << 5000.0 << 50000.0 << "20k";
    QTest::newRow("half thousands") << 12500.0 << 2500.0 << 50000.0 << "12.5k";
    QTest::newRow("millions") << 1.5e6 << 5e5 << 4e6 << "1.5M";
    QTest::newRow("small") << 1.5e-4 << 5e-5 << 3e-4 << "1.5e−4";
    QTest::newRow("small round") << 1e-4 << 5e-5 << 3e-4 << "1e−4";
    QTest::newRow("negative") << -0.5 << 0.5 << 2.0 << "−0.5";
}

void PlotTextTest::ticks()
{
    QFETCH(const double, value);
    QFETCH(const double, tickStep);
    QFETCH(const double, largest);
    QTEST(tickText(value, tickStep, largest), "text");
}

void PlotTextTest::durations_data()
{
    QTest::addColumn<double>("seconds");
    QTest::addColumn<double>("tickStep");
    QTest::addColumn<QString>("text");
    QTest::newRow("zero") << 0.0 << 5.0 << "0 s";
    QTest::newRow("zero of minutes") << 0.0 << 60.0 << "0 s";
    QTest::newRow("seconds") << 45.0 << 15.0 << "45 s";
    QTest::newRow("fraction") << 0.5 << 0.1 << "0.5 s";
    QTest::newRow("minutes") << 120.0 << 60.0 << "2 min";
    QTest::newRow("minutes and seconds") << 90.0 << 30.0 << "1 min 30 s";
    QTest::newRow("hours") << 8100.0 << 900.0 << "2 h 15 min";
    QTest::newRow("days") << 97200.0 << 3600.0 << "1 d 3 h";
}

void PlotTextTest::durations()
{
    QFETCH(const double, seconds);
    QFETCH(const double, tickStep);
    QTEST(durationText(seconds, tickStep), "text");
}

void PlotTextTest::values_data()
{
    QTest::addColumn<double>("value");
    QTest::addColumn<QString>("text");
    QTest::newRow("zero") << 0.0 << "0.0000";
    QTest::newRow("one") << 1.23456 << "1.235";
    QTest::newRow("hundreds") << 123.456 << "123.5";
    QTest::newRow("small") << 0.0713349 << "0.07133";
    QTest::newRow("tiny") << 1.2345e-5 << "1.234e−5";
    QTest::newRow("thousands") << 98304.0 << QStringLiteral("98\u2009304");
    QTest::newRow("negative thousands") << -304000.0 << QStringLiteral("−304\u2009000");
    QTest::newRow("huge") << 2.5e9 << "2.5e9";
    QTest::newRow("gap") << std::numeric_limits<double>::quiet_NaN() << "NaN";
}

void PlotTextTest::values()
{
    QFETCH(const double, value);
    QTEST(valueText(value), "text");
}

void PlotTextTest::logarithmicTicks()
{
    QCOMPARE(settingText(0.0003), QStringLiteral("0.0003"));
    QCOMPARE(settingText(1e-6), QStringLiteral("1e−6"));
    QCOMPARE(logTickText(0.01), QStringLiteral("0.01"));
    QCOMPARE(logTickText(1000), QStringLiteral("1000"));
    QCOMPARE(logTickText(1e-7), QStringLiteral("1e−7"));
    QCOMPARE(logTickText(5e6), QStringLiteral("5e6"));
}

void PlotTextTest::aScaleHasTwoTicks()
{
    QCOMPARE(stepOfTwoTicks(0, 10, 5), 5.0); // enough already
    QCOMPARE(stepOfTwoTicks(30.7, 34.3, 2.5), 1.0); // 32.5 alone before
    QCOMPARE(stepOfTwoTicks(0.11, 0.29, 0.1), 0.05); // 0.2 alone
    QCOMPARE(stepOfTwoTicks(51, 99, 50), 20.0); // none at all
    QCOMPARE(stepOfTwoTicks(1, 1, 1), 1.0); // no range: nothing to divide
}

void PlotTextTest::ticksOfStepsAreWhole()
{
    QCOMPARE(wholeStep(0, 4, 0.25), 1.0); // a run has no step 0.25
    QCOMPARE(wholeStep(0, 12, 2.5), 2.0);
    QCOMPARE(wholeStep(0, 1e5, 25000), 25000.0);
    QCOMPARE(wholeStep(3.2, 3.9, 0.1), 0.1); // between two steps: a scale all the same
    QCOMPARE(wholeStep(3.2, 4.9, 0.5), 0.5); // 4 alone would be none
}

QTEST_GUILESS_MAIN(PlotTextTest)
#include "plot_text_test.moc"
