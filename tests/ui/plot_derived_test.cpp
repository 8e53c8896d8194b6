// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plot/derived_curves.h"

#include <QTest>

#include <algorithm>
#include <cmath>
#include <limits>
#include <random>

using namespace mocoscope::ui;

namespace {
const double notANumber = std::numeric_limits<double>::quiet_NaN();

double medianByHand(const std::vector<double>& values, std::size_t last, std::size_t window)
{
    std::vector<double> recent;
    for (std::size_t i = last + 1; i-- > 0 && recent.size() < window;) {
        if (!std::isnan(values[i])) {
            recent.push_back(values[i]);
        }
    }
    std::sort(recent.begin(), recent.end());
    const std::size_t half = recent.size() / 2;
    if (recent.empty()) {
        return notANumber;
    }
    return recent.size() % 2 == 1 ? recent[half] : (recent[half - 1] + recent[half]) / 2;
}

/// Σ wⁿ⁻ⁱ xᵢ / Σ wⁿ⁻ⁱ over the finite values up to `last`: the definition, without recursion.
double meanByHand(const std::vector<double>& values, std::size_t last, double weight)
{
    double sum = 0;
    double total = 0;
    double factor = 1;
    for (std::size_t i = last + 1; i-- > 0;) {
        if (!std::isnan(values[i])) {
            sum += factor * values[i];
            total += factor;
            factor *= weight;
        }
    }
    return sum / total;
}

std::vector<double> gradientLike(std::size_t count)
{
    std::mt19937 random(7);
    std::lognormal_distribution<double> values(-3, 0.5);
    std::vector<double> result(count);
    for (std::size_t i = 0; i < count; ++i) {
        result[i] = i % 97 == 40 ? notANumber : values(random);
    }
    return result;
}

void fill(CurveData& data, const std::vector<double>& values, std::size_t first = 0)
{
    for (std::size_t i = first; i < values.size(); ++i) {
        data.append(static_cast<std::int64_t>(i), values[i]);
    }
}

bool same(double a, double b)
{
    return (std::isnan(a) && std::isnan(b)) || std::abs(a - b) <= 1e-9 * std::max(1.0, std::abs(b));
}
} // namespace

class PlotDerivedTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void relativeCurveMatchesBruteForce();
    void smoothingMatchesTheFormula_data();
    void smoothingMatchesTheFormula();
    void changedWeightStartsOver();
    void resumedRunStartsOver();
    void zeroMedianIsAGap();
    void spikeStandsOut();
};

void PlotDerivedTest::relativeCurveMatchesBruteForce()
{
    const auto values = gradientLike(1500);
    CurveData data;
    RelativeCurve relative;
    // In pieces, as it arrives from a run.
    for (std::size_t i = 0; i < values.size(); ++i) {
        data.append(static_cast<std::int64_t>(i), values[i]);
        if (i % 13 == 0 || i + 1 == values.size()) {
            relative.update(data);
        }
    }
    QCOMPARE(relative.data().size(), values.size());
    for (std::size_t i = 0; i < values.size(); ++i) {
        const double expected = values[i] / medianByHand(values, i, RelativeCurve::window);
        QVERIFY2(same(relative.data().value(i), expected), qPrintable(QString::number(i)));
    }
}

void PlotDerivedTest::smoothingMatchesTheFormula_data()
{
    QTest::addColumn<double>("weight");
    for (const double weight : {0.0, 0.5, 0.9, 0.99}) {
        QTest::addRow("%g", weight) << weight;
    }
}

void PlotDerivedTest::smoothingMatchesTheFormula()
{
    QFETCH(const double, weight);
    const auto values = gradientLike(400);
    CurveData data;
    fill(data, values);
    SmoothedCurve smoothed;
    smoothed.update(data, weight);
    for (std::size_t i = 0; i < values.size(); ++i) {
        const double expected = std::isnan(values[i]) ? notANumber : meanByHand(values, i, weight);
        QVERIFY2(same(smoothed.data().value(i), expected), qPrintable(QString::number(i)));
        QCOMPARE(std::isnan(data.value(i)), std::isnan(values[i])); // what is stored stays
    }
}

void PlotDerivedTest::changedWeightStartsOver()
{
    const auto values = gradientLike(300);
    CurveData data;
    fill(data, values);
    SmoothedCurve changed;
    changed.update(data, 0.9);
    changed.update(data, 0.5);
    QVERIFY(same(changed.data().value(299), meanByHand(values, 299, 0.5)));
}

void PlotDerivedTest::resumedRunStartsOver()
{
    auto values = gradientLike(300);
    CurveData data;
    fill(data, values);
    RelativeCurve relative;
    SmoothedCurve smoothed;
    relative.update(data);
    smoothed.update(data, 0.9);
    data.truncateFrom(200);
    for (std::size_t i = 200; i < values.size(); ++i) {
        values[i] = 3.0 + static_cast<double>(i);
    }
    fill(data, values, 200);
    relative.update(data);
    smoothed.update(data, 0.9);
    QVERIFY(same(relative.data().value(299), values[299] / medianByHand(values, 299, 101)));
    QVERIFY(same(smoothed.data().value(299), meanByHand(values, 299, 0.9)));
}

void PlotDerivedTest::zeroMedianIsAGap()
{
    CurveData data;
    fill(data, {0.0, 0.0, 0.0, 1.0});
    RelativeCurve relative;
    relative.update(data);
    QVERIFY(std::isnan(relative.data().value(0)));
    QVERIFY(std::isnan(relative.data().value(3)));
}

void PlotDerivedTest::spikeStandsOut()
{
    std::vector<double> values(500, 0.01);
    values[400] = 0.3;
    CurveData data;
    fill(data, values);
    RelativeCurve relative;
    relative.update(data);
    QCOMPARE(relative.data().value(400), 30.0);
    QCOMPARE(relative.data().value(401), 1.0);
}

QTEST_GUILESS_MAIN(PlotDerivedTest)
#include "plot_derived_test.moc"
