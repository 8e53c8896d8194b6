// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/api/seed_groups.h"

#include <QtTest>

using namespace mocoscope::training;
using Values = std::vector<std::optional<double>>;

class TestSeedGroups : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theDeviationIsThatOfTheSample()
    {
        const auto spread = spreadOf(Values {1.0, 2.0, 4.0, 5.0});
        QVERIFY(spread);
        QCOMPARE(spread->mean, 3.0);
        QCOMPARE(*spread->deviation, std::sqrt(10.0 / 3.0));
        QCOMPARE(spread->count, 4);
    }

    void oneValueHasNoDeviation()
    {
        const auto spread = spreadOf(Values {std::nullopt, 7.0});
        QCOMPARE(spread->mean, 7.0);
        QCOMPARE(spread->count, 1);
        QVERIFY(!spread->deviation);
        QVERIFY(!spreadOf(Values {std::nullopt}));
        QVERIFY(!spreadOf({}));
    }

    void seedsOfOneSettingComeTogether()
    {
        std::vector<TrainingConfig> configs(5);
        configs[1].optimizer.lr = configs[3].optimizer.lr = 0.5;
        configs[2].train.seed = configs[3].train.seed = 1;
        configs[4].train.seed = 2;
        QCOMPARE(grouped(configs), (Groups {{0, 2, 4}, {1, 3}}));
    }

    void theSameSeedAgainIsNoOtherSeed()
    {
        std::vector<TrainingConfig> configs(3);
        configs[2].train.seed = 1;
        QCOMPARE(grouped(configs), (Groups {{0, 2}, {1}}));
    }

    void whatCannotBeReadStandsAlone()
    {
        TrainingConfig zero;
        TrainingConfig one;
        one.train.seed = 1;
        const std::vector<const TrainingConfig*> configs {nullptr, &zero, nullptr, &one};
        QCOMPARE(groupBySeed(configs), (Groups {{0}, {1, 3}, {2}}));
    }

private:
    using Groups = std::vector<std::vector<std::size_t>>;
    static Groups grouped(const std::vector<TrainingConfig>& configs)
    {
        std::vector<const TrainingConfig*> pointers;
        for (const TrainingConfig& config : configs) {
            pointers.push_back(&config);
        }
        return groupBySeed(pointers);
    }
};

QTEST_GUILESS_MAIN(TestSeedGroups)
#include "test_seed_groups.moc"
