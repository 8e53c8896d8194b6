// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/compare_curves.h"

#include <QtTest>

#include <cmath>
#include <limits>

using namespace mocoscope;
using namespace mocoscope::ui;

namespace {

constexpr double notANumber = std::numeric_limits<double>::quiet_NaN();

CurveData curve(const std::vector<std::pair<std::int64_t, double>>& samples)
{
    CurveData data;
    for (const auto& [step, value] : samples) {
        data.append(step, value);
    }
    return data;
}

OverlaidRun run(const std::string& name, std::int64_t seed, double lr)
{
    OverlaidRun made;
    made.record.name = name;
    made.record.state = training::RunState::Finished;
    made.config.emplace();
    made.config->train.seed = seed;
    made.config->optimizer.lr = lr;
    return made;
}

std::vector<std::vector<std::size_t>> membersOf(const std::vector<CurveGroup>& groups)
{
    std::vector<std::vector<std::size_t>> members;
    for (const CurveGroup& group : groups) {
        members.push_back(group.runs);
    }
    return members;
}

using Members = std::vector<std::vector<std::size_t>>;

} // namespace

class CompareCurvesTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void meansAreOfSharedSteps()
    {
        const CurveData one = curve({{0, 1}, {1, 2}, {3, 4}, {5, 6}});
        const CurveData two = curve({{0, 3}, {2, 9}, {3, 8}, {5, notANumber}, {7, 1}});
        const MeanCurve mean = meanOf({&one, &two});
        QCOMPARE(mean.mean->size(), std::size_t(3)); // 0, 3, 5
        QCOMPARE(mean.mean->step(1), 3);
        QCOMPARE(mean.mean->value(0), 2.0);
        QCOMPARE(mean.mean->value(1), 6.0);
        QCOMPARE(mean.low->value(1), 6 - std::sqrt(8.0)); // 4 and 8: variance 16/2 of the sample
        QCOMPARE(mean.high->value(1), 6 + std::sqrt(8.0));
        QVERIFY(std::isnan(mean.mean->value(2)) && std::isnan(mean.low->value(2)));
    }

    void theBestIsKept()
    {
        const CurveData values = curve({{0, notANumber}, {1, 3}, {2, 5}, {3, notANumber}, {4, 1}});
        const auto lowest = bestSoFar(values, Better::Lower);
        const auto highest = bestSoFar(values, Better::Higher);
        QVERIFY(std::isnan(lowest->value(0)));
        QCOMPARE(lowest->value(2), 3.0);
        QCOMPARE(lowest->value(3), 3.0);
        QCOMPARE(lowest->value(4), 1.0);
        QCOMPARE(highest->value(4), 5.0);
        QCOMPARE(betterOf("train/loss"), Better::Lower);
        QCOMPARE(betterOf("eval/knn_top1"), Better::Higher);
        QCOMPARE(betterOf("grad/l2/patch_embed"), Better::Unknown);
    }

    void runsAreGrouped()
    {
        std::vector<OverlaidRun> runs {run("a", 0, 0.1), run("b", 1, 0.1), run("c", 0, 0.2)};
        QCOMPARE(membersOf(groupsOf(runs, groupByRun)), (Members {{0}, {1}, {2}}));
        QCOMPARE(membersOf(groupsOf(runs, groupBySeeds)), (Members {{0, 1}, {2}}));
        QCOMPARE(membersOf(groupsOf(runs, "train.seed")), (Members {{0, 2}, {1}}));
        const auto byRate = groupsOf(runs, "optimizer.lr");
        QCOMPARE(membersOf(byRate), (Members {{0, 1}, {2}}));
        QVERIFY2(byRate[1].title.contains("0.2"), qPrintable(byRate[1].title));
        runs[1].record.state = training::RunState::Stopped; // ended at another step
        QCOMPARE(membersOf(groupsOf(runs, groupBySeeds)), (Members {{0}, {1}, {2}}));
        runs[0].config.reset();
        QCOMPARE(membersOf(groupsOf(runs, "optimizer.lr")), (Members {{0}, {1}, {2}}));
        QCOMPARE(membersOf(groupsOf(runs, "no.option")), (Members {{0}, {1}, {2}}));
    }
};

QTEST_GUILESS_MAIN(CompareCurvesTest)
#include "compare_curves_test.moc"
