// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/data/philox.h"
#include "training/data/view_parameters.h"

#include <QTest>

#include <cmath>

using namespace mocoscope::training;

class TestRandom : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void matchesThePublishedVectors();
    void streamsDiffer();
    void uniformFillsItsRange();
    void cropsStayInside_data();
    void cropsStayInside();
    void optionsDoNotShiftEachOther();
    void probabilitiesAreMet();
};

/// Known answers of Random123's kat_vectors for philox4x32-10.
void TestRandom::matchesThePublishedVectors()
{
    using Block = std::array<std::uint32_t, 4>;
    QVERIFY(philox({0, 0, 0, 0}, {0, 0})
            == (Block {0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8}));
    constexpr std::uint32_t ones = 0xffffffff;
    QVERIFY(philox({ones, ones, ones, ones}, {ones, ones})
            == (Block {0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd}));
    QVERIFY(philox({0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344}, {0xa4093822, 0x299f31d0})
            == (Block {0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1}));
}

void TestRandom::streamsDiffer()
{
    const auto first
        = [](std::uint64_t seed, std::int64_t epoch, std::int64_t sample, RandomUse use) {
              return RandomStream(seed, epoch, sample, use).uniform();
          };
    const double base = first(1, 2, 3, RandomUse::View1);
    QCOMPARE(first(1, 2, 3, RandomUse::View1), base);
    QVERIFY(first(2, 2, 3, RandomUse::View1) != base);
    QVERIFY(first(1 + (1ULL << 40), 2, 3, RandomUse::View1) != base);
    QVERIFY(first(1, 3, 3, RandomUse::View1) != base);
    QVERIFY(first(1, 2, 4, RandomUse::View1) != base);
    QVERIFY(first(1, 2, 3, RandomUse::View2) != base);
}

void TestRandom::uniformFillsItsRange()
{
    RandomStream random(7, 0, 0, RandomUse::Order);
    std::array<int, 10> counts {};
    for (int i = 0; i < 20000; ++i) {
        ++counts.at(static_cast<std::size_t>(random.uniform() * 10));
        const auto whole = random.below(3);
        QVERIFY(whole >= 0 && whole < 3);
    }
    for (const int count : counts) {
        QVERIFY(std::abs(count - 2000) < 200); // 4.7 standard deviations
    }
}

void TestRandom::cropsStayInside_data()
{
    QTest::addColumn<int>("width");
    QTest::addColumn<int>("height");
    QTest::newRow("photo") << 500 << 375;
    QTest::newRow("tiny") << 1 << 1;
    QTest::newRow("strip") << 2000 << 3;
    QTest::newRow("tower") << 2 << 900;
}

void TestRandom::cropsStayInside()
{
    QFETCH(int, width);
    QFETCH(int, height);
    RandomStream random(1, 1, 1, RandomUse::View1);
    for (int i = 0; i < 500; ++i) {
        const PixelRect crop = drawCrop(0.08, 1.0, width, height, random);
        QVERIFY(crop.width >= 1 && crop.height >= 1 && crop.x >= 0 && crop.y >= 0);
        QVERIFY(crop.x + crop.width <= width && crop.y + crop.height <= height);
    }
}

void TestRandom::optionsDoNotShiftEachOther()
{
    ViewsConfig config;
    const RandomStream random(3, 0, 5, RandomUse::View1);
    const ViewParameters with = drawView(config, 500, 375, random, RandomUse::View1);
    config.jitterProbability = 0;
    config.greyProbability = 1;
    const ViewParameters without = drawView(config, 500, 375, random, RandomUse::View1);
    QVERIFY(with.crop == without.crop);
    QCOMPARE(with.blurSigma, without.blurSigma);
    QCOMPARE(with.flip, without.flip);
    QVERIFY(!without.jitter && without.grey);
}

void TestRandom::probabilitiesAreMet()
{
    const ViewsConfig config;
    int jitter = 0;
    int grey = 0;
    int blur = 0;
    int solarized = 0;
    constexpr int draws = 4000;
    for (int i = 0; i < draws; ++i) {
        const auto view
            = drawView(config, 32, 32, RandomStream(0, 0, i, RandomUse::View2), RandomUse::View2);
        jitter += view.jitter ? 1 : 0;
        grey += view.grey ? 1 : 0;
        blur += view.blurSigma > 0 ? 1 : 0;
        solarized += view.solarize ? 1 : 0;
        QVERIFY(view.brightness >= 0.6 && view.brightness <= 1.4);
        QVERIFY(std::abs(view.hue.value_or(1)) <= 0.1);
    }
    const auto isNear = [](int count, double share) {
        return std::abs(count - share * draws) < 5 * std::sqrt(share * (1 - share) * draws);
    };
    QVERIFY(isNear(jitter, 0.8));
    QVERIFY(isNear(grey, 0.2));
    QVERIFY(isNear(blur, 0.1));
    QVERIFY(isNear(solarized, 0.2));
}

QTEST_GUILESS_MAIN(TestRandom)
#include "test_random.moc"
