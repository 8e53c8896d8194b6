// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/exchange/ablation.h"
#include "training/api/config_schema.h"
#include "training/api/presets.h"
#include "training/api/study_reference.h"

#include <QtTest>

#include <cmath>
#include <deque>

using namespace mocoscope;
using namespace mocoscope::storage;

namespace {

/// Runs with their configurations, as an ablation takes them.
class Runs
{
public:
    /// `options`: `optimizer.lr=0.5`, …
    Runs& add(std::optional<double> value, const std::vector<std::string>& options,
              training::RunState state = training::RunState::Finished)
    {
        training::TrainingConfig config = m_base;
        for (const std::string& option : options) {
            const auto equals = option.find('=');
            config
                = training::withOption(config, option.substr(0, equals), option.substr(equals + 1))
                      .value();
        }
        m_records.emplace_back().state = state;
        m_records.back().preset = m_preset;
        m_configs.push_back(config);
        m_runs.push_back({&m_records.back(), &m_configs.back(), value});
        return *this;
    }
    Runs& startFrom(const std::string& preset)
    {
        m_preset = preset;
        m_base = training::findPreset(preset)->config;
        return *this;
    }
    std::vector<AblatedRun>& all() { return m_runs; }

private:
    std::string m_preset;
    training::TrainingConfig m_base;
    std::deque<RunRecord> m_records; // their places stay
    std::deque<training::TrainingConfig> m_configs;
    std::vector<AblatedRun> m_runs;
};

std::vector<std::string> changesIn(const std::vector<AblationRow>& rows)
{
    std::vector<std::string> texts;
    for (const AblationRow& row : rows) {
        texts.push_back(changesText(row.changes));
    }
    return texts;
}

using Texts = std::vector<std::string>;
using Indices = std::vector<std::size_t>;

} // namespace

class TestAblation final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void oneRowForEachChangedOption();
    void theBaselineHasTheMostNeighbours();
    void amongEqualsTheOneWithMoreRunsIsTheBaseline();
    void theBaselineCanBeChosen();
    void runsThatDifferByMoreStandApart();
    void seedsAreOneRow();
    void theSameSeedAgainIsNoOtherSeed();
    void differencesOverTheSameSeedsArePaired();
    void differencesOverOtherSeedsAreNot();
    void oneSeedHasNoDeviation();
    void aMissingValueLeavesTheRestAlone();
    void rowsAreInTheOrderOfOptionsAndNumbers();
    void unfinishedRunsAreLeftOut();
    void nothingFinishedIsNoAblation();
    void whatHasNoSayIsNoFactor();
    void theStudysDifferenceStandsBeside();
};

void TestAblation::oneRowForEachChangedOption()
{
    Runs runs;
    runs.add(60, {}).add(58, {"optimizer.lr=0.5"}).add(61, {"train.batch_size=128"});
    const auto ablation = ablate(runs.all(), std::nullopt);
    QVERIFY(ablation);
    QCOMPARE(ablation->baseline.runs, Indices {0});
    QCOMPARE(changesIn(ablation->single), (Texts {"optimizer.lr=0.5", "train.batch_size=128"}));
    QCOMPARE(ablation->single[0].changes[0].baseline, "0.00015");
    QCOMPARE(*ablation->single[0].difference, -2.0);
    QCOMPARE(*ablation->single[1].difference, 1.0);
    QVERIFY(ablation->several.empty());
    QVERIFY(!ablation->baseline.difference);
}

/// The middle of a star, wherever it stands.
void TestAblation::theBaselineHasTheMostNeighbours()
{
    Runs runs;
    runs.add(1, {"optimizer.lr=0.5"}).add(2, {"method.temperature=0.1"}).add(3, {});
    runs.add(4, {"train.batch_size=128"});
    const auto ablation = ablate(runs.all(), std::nullopt);
    QCOMPARE(ablation->baseline.runs, Indices {2});
    QCOMPARE(ablation->single.size(), std::size_t {3});
}

void TestAblation::amongEqualsTheOneWithMoreRunsIsTheBaseline()
{
    Runs runs;
    runs.add(1, {}).add(2, {"optimizer.lr=0.5"}).add(3, {"optimizer.lr=0.5", "train.seed=1"});
    QCOMPARE(ablate(runs.all(), std::nullopt)->baseline.runs, (Indices {1, 2}));
}

void TestAblation::theBaselineCanBeChosen()
{
    Runs runs;
    runs.add(1, {}).add(2, {"optimizer.lr=0.5"}).add(3, {"optimizer.lr=0.5", "train.seed=1"});
    const auto ablation = ablate(runs.all(), 0);
    QCOMPARE(ablation->baseline.runs, Indices {0});
    QCOMPARE(*ablation->single[0].difference, 1.5);
    QCOMPARE(ablate(runs.all(), 2)->baseline.runs, (Indices {1, 2})); // any run of the setting
}

void TestAblation::runsThatDifferByMoreStandApart()
{
    Runs runs;
    runs.add(1, {}).add(2, {"optimizer.lr=0.5"});
    runs.add(3, {"optimizer.lr=0.5", "train.batch_size=128", "method.temperature=0.1"});
    runs.add(4, {"optimizer.lr=0.5", "method.temperature=0.1"});
    const auto ablation = ablate(runs.all(), 0);
    QCOMPARE(changesIn(ablation->single), Texts {"optimizer.lr=0.5"});
    QCOMPARE(changesIn(ablation->several),
             (Texts {"method.temperature=0.1, optimizer.lr=0.5",
                     "method.temperature=0.1, optimizer.lr=0.5, train.batch_size=128"}));
}

void TestAblation::seedsAreOneRow()
{
    Runs runs;
    runs.add(1, {}).add(4, {"optimizer.lr=0.5"}).add(2, {"train.seed=1"});
    runs.add(8, {"optimizer.lr=0.5", "train.seed=7"});
    const auto ablation = ablate(runs.all(), 0);
    QCOMPARE(ablation->baseline.runs, (Indices {0, 2}));
    QCOMPARE(ablation->single.size(), std::size_t {1});
    QCOMPARE(ablation->single[0].runs, (Indices {1, 3}));
    QCOMPARE(ablation->single[0].value->mean, 6.0);
    QCOMPARE(*ablation->single[0].value->deviation, std::sqrt(8.0));
}

void TestAblation::theSameSeedAgainIsNoOtherSeed()
{
    Runs runs;
    runs.add(1, {}).add(2, {"train.seed=1"}).add(3, {});
    const auto ablation = ablate(runs.all(), std::nullopt);
    QCOMPARE(ablation->baseline.runs, (Indices {0, 1}));
    QCOMPARE(ablation->repeated.size(), std::size_t {1});
    QCOMPARE(ablation->repeated[0].runs, Indices {2});
    QVERIFY(ablation->single.empty());
}

/// What the seed does to both alike is no part of the deviation.
void TestAblation::differencesOverTheSameSeedsArePaired()
{
    Runs runs;
    runs.add(10, {}).add(30, {"train.seed=1"});
    runs.add(33, {"optimizer.lr=0.5", "train.seed=1"}).add(12, {"optimizer.lr=0.5"});
    const AblationRow row = ablate(runs.all(), 0)->single.at(0);
    QVERIFY(row.isPaired);
    QCOMPARE(*row.difference, 2.5); // +2 and +3
    QCOMPARE(*row.differenceDeviation, std::sqrt(0.5));
}

void TestAblation::differencesOverOtherSeedsAreNot()
{
    Runs runs;
    runs.add(10, {}).add(16, {"train.seed=1"});
    runs.add(33, {"optimizer.lr=0.5", "train.seed=1"});
    runs.add(41, {"optimizer.lr=0.5", "train.seed=2"});
    const AblationRow row = ablate(runs.all(), 0)->single.at(0);
    QVERIFY(!row.isPaired);
    QCOMPARE(*row.difference, 24.0);
    QCOMPARE(*row.differenceDeviation, std::sqrt(18.0 + 32.0));
}

void TestAblation::oneSeedHasNoDeviation()
{
    Runs runs;
    runs.add(10, {}).add(16, {"train.seed=1"}).add(33, {"optimizer.lr=0.5"});
    const AblationRow row = ablate(runs.all(), 0)->single.at(0);
    QCOMPARE(*row.difference, 20.0);
    QVERIFY(!row.differenceDeviation);
}

void TestAblation::aMissingValueLeavesTheRestAlone()
{
    Runs runs;
    runs.add(10, {}).add(std::nullopt, {"train.seed=1"}).add(std::nullopt, {"optimizer.lr=0.5"});
    const auto ablation = ablate(runs.all(), 0);
    QCOMPARE(ablation->baseline.value->count, 1);
    QVERIFY(!ablation->single[0].value && !ablation->single[0].difference);
}

void TestAblation::rowsAreInTheOrderOfOptionsAndNumbers()
{
    Runs runs;
    runs.add(1, {}).add(2, {"train.batch_size=1024"}).add(3, {"train.batch_size=64"});
    runs.add(4, {"optimizer.lr=0.5"})
        .add(5, {"optimizer.name=sgd"})
        .add(6, {"optimizer.name=lars"});
    QCOMPARE(changesIn(ablate(runs.all(), 0)->single),
             (Texts {"optimizer.name=lars", "optimizer.name=sgd", "optimizer.lr=0.5",
                     "train.batch_size=64", "train.batch_size=1024"}));
}

void TestAblation::unfinishedRunsAreLeftOut()
{
    Runs runs;
    runs.add(1, {}, training::RunState::Stopped).add(2, {}).add(3, {"optimizer.lr=0.5"});
    runs.add(4, {"optimizer.lr=0.7"});
    runs.all()[3].config = nullptr;
    const auto ablation = ablate(runs.all(), 0); // which is left out
    QCOMPARE(ablation->leftOut, (Indices {0, 3}));
    QCOMPARE(ablation->baseline.runs, Indices {1});
    QCOMPARE(ablation->single.size(), std::size_t {1});
}

void TestAblation::nothingFinishedIsNoAblation()
{
    Runs runs;
    runs.add(1, {}, training::RunState::Running);
    QVERIFY(!ablate(runs.all(), std::nullopt));
    QVERIFY(!ablate({}, std::nullopt));
}

void TestAblation::whatHasNoSayIsNoFactor()
{
    Runs runs;
    runs.add(1, {}).add(3,
                        {"train.threads=4", "checkpoint.keep_last=9", "monitor.spike_factor=3",
                         "train.seed=1", "data.workers=2"});
    const auto ablation = ablate(runs.all(), std::nullopt);
    QCOMPARE(ablation->baseline.runs, (Indices {0, 1}));
    QVERIFY(isFactor("optimizer.lr") && isFactor("monitor.on_spike") && isFactor("data.path"));
}

void TestAblation::theStudysDifferenceStandsBeside()
{
    Runs runs;
    runs.startFrom("laptop-learning-rate-0.5").add(40, {});
    runs.startFrom("laptop-learning-rate-1.0").add(44, {});
    runs.startFrom("demo").add(44, {});
    const auto ablation = ablate(runs.all(), 0);
    QCOMPARE(ablation->labels.size(), std::size_t {1});
    const auto published = [](const char* preset) {
        return training::studyValues(preset, training::findPreset(preset)->config).at(0).value;
    };
    QCOMPARE(ablation->single.size(), std::size_t {1});
    const AblationRow& row = ablation->single[0];
    QCOMPARE(row.published[0]->value, published("laptop-learning-rate-1.0"));
    QCOMPARE(*row.publishedDifference(ablation->baseline, 0),
             published("laptop-learning-rate-1.0") - published("laptop-learning-rate-0.5"));
    QVERIFY(!ablation->several.at(0).published[0]);
    QVERIFY(!ablation->several[0].publishedDifference(ablation->baseline, 0));
}

QTEST_GUILESS_MAIN(TestAblation)
#include "test_ablation.moc"
