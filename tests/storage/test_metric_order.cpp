// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/metric_order.h"

#include <QTest>

#include <algorithm>
#include <string>
#include <vector>

using mocoscope::storage::metricComesBefore;

namespace {

const std::vector<std::string> inOrder {
    "train/loss",          "train/images_per_s",     "train/lr",
    "eval/knn_top1",       "collapse/std",           "memory/bytes",
    "grad/l2/patch_embed", "grad/l2/blocks.0",       "grad/l2/blocks.2",
    "grad/l2/blocks.10",   "grad/l2/blocks.10.attn", "grad/l2/norm",
    "grad/l2/projector",   "grad/l2/predictor",      "grad/max/conv1",
    "grad/max/layer1",     "grad/max/layer4",        "grad/max/norm",
    "grad/max/head",       "grad/max/projector",     "grad/max/prototypes",
};

} // namespace

class TestMetricOrder : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void sortsAsPeopleLook();
    void isAStrictOrder();
    void numbersOfAnyLength();
    void ratesAreDecimals();
};

void TestMetricOrder::sortsAsPeopleLook()
{
    auto names = inOrder;
    std::ranges::sort(names);
    std::ranges::sort(names, metricComesBefore);
    QCOMPARE(names, inOrder);
}

void TestMetricOrder::isAStrictOrder()
{
    for (std::size_t left = 0; left < inOrder.size(); ++left)
        for (std::size_t right = 0; right < inOrder.size(); ++right)
            QCOMPARE(metricComesBefore(inOrder[left], inOrder[right]), left < right);
}

void TestMetricOrder::numbersOfAnyLength()
{
    QVERIFY(metricComesBefore("grad/l2/blocks.99999999999999999999",
                              "grad/l2/blocks.100000000000000000000"));
    QVERIFY(!metricComesBefore("grad/l2/blocks.7", "grad/l2/blocks.007"));
    QVERIFY(!metricComesBefore("grad/l2/blocks.007", "grad/l2/blocks.7"));
    QVERIFY(metricComesBefore("", "grad/"));
}

void TestMetricOrder::ratesAreDecimals()
{
    const std::vector<std::string> rates {
        "linear/top1",         "linear/top1/lr_1e-04", "linear/top1/lr_0.03", "linear/top1/lr_0.1",
        "linear/top1/lr_0.25", "linear/top1/lr_0.3",   "linear/top1/lr_3",    "linear/top1/lr_10"};
    auto names = rates;
    std::ranges::reverse(names);
    std::ranges::sort(names, metricComesBefore);
    QCOMPARE(names, rates);
}

QTEST_GUILESS_MAIN(TestMetricOrder)
#include "test_metric_order.moc"
