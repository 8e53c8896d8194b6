// SPDX-License-Identifier: GPL-3.0-or-later
// Spikes found in gradients: exactly on small curves, and with measured precision and recall on
// noisy ones in which spikes of known place and time were put.
#include "spike_curves.h"
#include "training/api/config_schema.h"

#include <QTest>

using namespace mocoscope::training;
using namespace mocoscope::testing;

namespace {

/// Even noise of ±10 % without chance: a layer's usual magnitude.
double usual(std::int64_t step)
{
    constexpr double noise[] {1.0, 1.1, 0.95, 1.05, 0.9, 1.02, 0.97};
    return 0.02 * noise[step % 7];
}

const std::vector<std::string> threeLayers {"patch_embed", "blocks.0", "blocks.1", "norm",
                                            "projector"};

/// Factors by which a step's layers are larger than usual.
using Factors = std::array<double, 5>;
constexpr Factors quiet {1, 1, 1, 1, 1};

struct Story
{
    SpikeWatch watch {MonitorConfig {}, threeLayers};
    std::int64_t step = 0;
    SpikeWatch::Changes changes;

    void play(const Factors& factors)
    {
        std::array<double, 5> values {};
        for (std::size_t i = 0; i < values.size(); ++i) {
            values[i] = usual(step + static_cast<std::int64_t>(i)) * factors[i];
        }
        const auto found = watch.addStep(step++, values);
        changes.insert(changes.end(), found.begin(), found.end());
    }
    void rest(std::int64_t steps)
    {
        for (std::int64_t i = 0; i < steps; ++i) {
            play(quiet);
        }
    }
};

} // namespace

class SpikeWatchTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void medianAndDeviationAreExact();
    void warmsUpBeforeItJudges();
    void lastsUntilTheRelease();
    void staysBelowTheFactor();
    void newLevelBecomesUsual();
    void gapsAreNoSpikes();
    void lastBlockFollows();
    void quietEndsAnIncident();
    void knowsTheLastBlock();
    void dipBelongsToTheIncident();
    void dipBeforeIsNotItsDoing();
    void dipAfterTwoIncidentsBelongsToBoth();
    void zeroSwitchesItOff();
    void optionsDepend();
    void findsInjectedSpikes_data();
    void findsInjectedSpikes();
    void findsSpikesInARecordedRun_data();
    void findsSpikesInARecordedRun();
};

void SpikeWatchTest::medianAndDeviationAreExact()
{
    Noise noise(7);
    for (std::size_t size = 1; size < 40; ++size) {
        std::vector<double> values;
        for (std::size_t i = 0; i < size; ++i) {
            values.push_back(std::round(4 * noise.normal())); // with ties
        }
        std::sort(values.begin(), values.end());
        const double median = medianOf(values);
        std::vector<double> distances;
        for (const double value : values) {
            distances.push_back(std::abs(value - median));
        }
        std::sort(distances.begin(), distances.end());
        QCOMPARE(medianDeviation(values, median), medianOf(distances));
    }
}

void SpikeWatchTest::warmsUpBeforeItJudges()
{
    SpikeDetector detector(MonitorConfig {});
    for (std::int64_t step = 0; step < 50; ++step) {
        const auto reading = detector.add(usual(step) * (step == 30 ? 50 : 1));
        QVERIFY(std::isnan(reading.deviation) && !reading.isSpike);
    }
    QVERIFY(std::abs(detector.add(usual(50)).deviation) < 3);
    const auto spike = detector.add(10 * usual(51));
    QVERIFY(spike.begins && spike.isSpike);
    QVERIFY(std::abs(spike.factor - 10) < 1.5);
}

void SpikeWatchTest::lastsUntilTheRelease()
{
    SpikeDetector detector(MonitorConfig {});
    for (std::int64_t step = 0; step < 100; ++step) {
        (void)detector.add(usual(step));
    }
    QVERIFY(detector.add(0.2).begins);
    const auto wavering = detector.add(0.028); // between release and threshold
    QVERIFY(wavering.deviation < 6 && wavering.deviation > 3);
    QVERIFY(wavering.isSpike && !wavering.begins);
    QVERIFY(!detector.add(0.2).begins); // the same one still
    QVERIFY(!detector.add(0.02).isSpike);
    QVERIFY(detector.add(0.2).begins);
}

void SpikeWatchTest::staysBelowTheFactor()
{
    SpikeDetector detector(MonitorConfig {});
    for (int step = 0; step < 100; ++step) {
        (void)detector.add(step % 2 == 0 ? 1.0 : 1.001);
    }
    const auto reading = detector.add(1.5);
    QVERIFY(reading.deviation > 100);
    QVERIFY(!reading.isSpike); // unusual, but not twice as large
}

void SpikeWatchTest::newLevelBecomesUsual()
{
    SpikeDetector detector(MonitorConfig {});
    for (std::int64_t step = 0; step < 200; ++step) {
        (void)detector.add(usual(step));
    }
    int spiking = 0;
    for (std::int64_t step = 0; step < 200; ++step) {
        spiking += detector.add(5 * usual(step)).isSpike ? 1 : 0;
    }
    QVERIFY2(spiking >= 20 && spiking <= 51, std::to_string(spiking).c_str());
}

void SpikeWatchTest::gapsAreNoSpikes()
{
    SpikeDetector detector(MonitorConfig {});
    for (std::int64_t step = 0; step < 100; ++step) {
        (void)detector.add(usual(step));
    }
    for (const double gap : {std::nan(""), 0.0, HUGE_VAL}) {
        QVERIFY(!detector.add(gap).isSpike);
    }
    QVERIFY(std::abs(detector.add(0.02).deviation) < 3); // and leave no trace
}

void SpikeWatchTest::lastBlockFollows()
{
    Story story;
    story.rest(100);
    story.play({12, 1, 1, 1, 1});
    QCOMPARE(story.changes, SpikeWatch::Changes {0}); // told at once
    const Incident early = story.watch.toEvent(story.watch.incidents().front());
    QCOMPARE(early.step, 100);
    QCOMPARE(early.kind, "spike");
    QCOMPARE(early.layer, "patch_embed");
    QVERIFY(!early.spike->lag);
    story.play({9, 14, 1, 1, 1});
    story.play({1, 8, 1, 1, 1});
    story.play({1, 1, 20, 6, 1});
    story.rest(30);
    QCOMPARE(story.watch.incidents().size(), 1U);
    const SpikeIncident& incident = story.watch.incidents().front();
    QVERIFY(!incident.isOpen);
    QCOMPARE(incident.lag, std::optional<std::int64_t>(3));
    QCOMPARE(incident.lastStep, 103);
    QCOMPARE(incident.layers.size(), 4U);
    QCOMPARE(incident.layers[1].onset, 101);
    QCOMPARE(incident.layers[2].peakStep, 103);
    QVERIFY(std::abs(incident.peakFactor() - 20) < 3);
    QCOMPARE(story.changes, (SpikeWatch::Changes {0, 0, 0})); // began, followed, ended
    const Incident late = story.watch.toEvent(incident);
    QCOMPARE(late.spike->lag, std::optional<std::int64_t>(3));
    QCOMPARE(late.spike->layers, 4);
    QVERIFY2(late.message.find("blocks.1 followed 3 iterations later") != std::string::npos,
             late.message.c_str());
}

void SpikeWatchTest::quietEndsAnIncident()
{
    Story story;
    story.rest(100);
    story.play({1, 12, 1, 1, 1});
    story.rest(19); // one less than end it
    story.play({12, 1, 1, 1, 1});
    story.rest(20);
    story.play({1, 1, 9, 1, 1});
    story.rest(40);
    QCOMPARE(story.watch.incidents().size(), 2U);
    QCOMPARE(story.watch.incidents()[0].layers.size(), 2U);
    QCOMPARE(story.watch.incidents()[0].firstLayer(), 1U);
    QVERIFY(!story.watch.incidents()[0].lag);
    QCOMPARE(story.watch.incidents()[1].lag, std::optional<std::int64_t>(0));
    QVERIFY(story.watch.describe(story.watch.incidents()[0]).find("blocks.1 did not follow")
            != std::string::npos);
}

void SpikeWatchTest::knowsTheLastBlock()
{
    QCOMPARE(SpikeWatch::lastBlock(threeLayers), std::optional<std::size_t>(2));
    QCOMPARE(SpikeWatch::lastBlock({"conv1", "layer1.0", "layer4.2", "projector", "predictor"}),
             std::optional<std::size_t>(2));
    QCOMPARE(SpikeWatch::lastBlock({"projector"}), std::nullopt);
}

void SpikeWatchTest::dipBelongsToTheIncident()
{
    Story story;
    story.watch.addEvaluation(0, 10.0);
    story.rest(100);
    story.watch.addEvaluation(100, 50.0);
    story.play({12, 1, 1, 1, 1});
    story.rest(49);
    QVERIFY(story.watch.addEvaluation(150, 49.5).empty()); // less than a point
    QCOMPARE(story.watch.addEvaluation(200, 46.0), SpikeWatch::Changes {0});
    QCOMPARE(story.watch.addEvaluation(250, 45.0), SpikeWatch::Changes {0}); // deeper
    QVERIFY(story.watch.addEvaluation(300, 20.0).empty()); // too late to be its doing
    const auto& dip = story.watch.incidents().front().dip;
    QVERIFY(dip);
    QCOMPARE(dip->step, 250);
    QCOMPARE(dip->points, 5.0);
}

void SpikeWatchTest::dipBeforeIsNotItsDoing()
{
    Story story;
    story.watch.addEvaluation(0, 50.0);
    story.watch.addEvaluation(50, 40.0);
    story.rest(100);
    story.play({12, 1, 1, 1, 1});
    story.watch.addEvaluation(150, 40.5);
    QVERIFY(!story.watch.incidents().front().dip);
    story.watch.addEvaluation(200, 38.0);
    QCOMPARE(story.watch.incidents().front().dip->points, 12.0);
}

void SpikeWatchTest::dipAfterTwoIncidentsBelongsToBoth()
{
    Story story;
    story.watch.addEvaluation(0, 50.0);
    story.rest(100);
    story.play({12, 1, 1, 1, 1});
    story.rest(45);
    story.watch.addEvaluation(150, 46.0);
    story.play({12, 1, 1, 1, 1}); // began after the first fall, which is not its doing
    story.rest(45);
    QCOMPARE(story.watch.incidents().size(), std::size_t {2});
    QCOMPARE(story.watch.addEvaluation(200, 43.0), (SpikeWatch::Changes {0, 1}));
    const auto& incidents = story.watch.incidents();
    QVERIFY(incidents[0].dip && incidents[1].dip);
    QCOMPARE(incidents[0].dip->step, 200);
    QCOMPARE(incidents[1].dip->step, 200);
    QCOMPARE(story.watch.addEvaluation(250, 40.0), (SpikeWatch::Changes {0, 1}));
    QCOMPARE(story.watch.addEvaluation(300, 30.0),
             SpikeWatch::Changes {1}); // too late for the first
    QCOMPARE(incidents[0].dip->step, 250);
    QCOMPARE(incidents[1].dip->step, 300);
}

void SpikeWatchTest::zeroSwitchesItOff()
{
    MonitorConfig off;
    off.spikeThreshold = 0;
    SpikeWatch watch(off, {"blocks.0"});
    for (std::int64_t step = 0; step < 200; ++step) {
        QVERIFY(watch.addStep(step, std::array {step == 150 ? 100.0 : usual(step)}).empty());
    }
    QVERIFY(watch.incidents().empty());
}

void SpikeWatchTest::optionsDepend()
{
    TrainingConfig config;
    config.monitor.spikeRelease = 7;
    config.monitor.spikeWarmup = 200;
    const auto violations = validate(config);
    QCOMPARE(violations.size(), 2U);
    QCOMPARE(violations[0].key, "monitor.spike_release");
    QCOMPARE(violations[1].key, "monitor.spike_warmup");
    config.monitor.spikeThreshold = 0;
    config.monitor.spikeWindow = 201;
    QVERIFY(validate(config).empty());
}

void SpikeWatchTest::findsInjectedSpikes_data()
{
    QTest::addColumn<double>("noise");
    QTest::addColumn<int>("tails");
    QTest::addColumn<double>("smallest");
    QTest::addColumn<double>("threshold");
    QTest::addColumn<double>("precision");
    QTest::addColumn<double>("recall");
    QTest::newRow("calm, from 3 times") << 0.08 << 0 << 3.0 << 6.0 << 0.98 << 0.98;
    QTest::newRow("usual noise, from 4 times") << 0.15 << 0 << 4.0 << 6.0 << 0.98 << 0.98;
    QTest::newRow("usual noise, from 2 times") << 0.15 << 0 << 2.0 << 6.0 << 0.98 << 0.8;
    QTest::newRow("noisy, from 10 times") << 0.30 << 0 << 10.0 << 6.0 << 0.98 << 0.98;
    QTest::newRow("t with 10 degrees, from 4 times") << 0.15 << 10 << 4.0 << 6.0 << 0.9 << 0.95;
    QTest::newRow("t with 5 degrees, from 5 times") << 0.15 << 5 << 5.0 << 6.0 << 0.4 << 0.9;
    QTest::newRow("the same, threshold 10") << 0.15 << 5 << 5.0 << 10.0 << 0.9 << 0.8;
}

void SpikeWatchTest::findsInjectedSpikes()
{
    QFETCH(double, noise);
    QFETCH(int, tails);
    QFETCH(double, smallest);
    QFETCH(double, threshold);
    QFETCH(double, precision);
    QFETCH(double, recall);
    MonitorConfig options;
    options.spikeThreshold = threshold;
    Score score;
    for (unsigned seed = 1; seed <= 10; ++seed) {
        const SpikeCurves curves = makeSpikeCurves({noise, tails, smallest, seed});
        score.add(curves, watchCurves(curves, options));
    }
    qInfo("%s", score.text().c_str());
    QVERIFY(score.injected >= 100);
    QVERIFY(score.precision() >= precision);
    QVERIFY(score.recall() >= recall);
    QVERIFY(score.firstLayerShare() >= 0.95);
    QVERIFY(score.lagShare() >= 0.85);
}

void SpikeWatchTest::findsSpikesInARecordedRun_data()
{
    QTest::addColumn<double>("smallest");
    QTest::addColumn<double>("threshold");
    QTest::addColumn<double>("recall");
    QTest::newRow("from 3 times") << 3.0 << 6.0 << 0.75;
    QTest::newRow("from 8 times") << 8.0 << 6.0 << 0.9;
    QTest::newRow("from 3 times, threshold 4.5") << 3.0 << 4.5 << 0.85;
}

void SpikeWatchTest::findsSpikesInARecordedRun()
{
    QFETCH(double, smallest);
    QFETCH(double, threshold);
    QFETCH(double, recall);
    const SpikeCurves recorded = readRecordedCurves(
        qEnvironmentVariable("MOCOSCOPE_SOURCE_DIR").toStdString() + "/tests/api/recorded_run.csv");
    QVERIFY(recorded.steps.size() > 300);
    QCOMPARE(recorded.layers.front(), "patch_embed");
    MonitorConfig options;
    options.spikeThreshold = threshold;
    QCOMPARE(watchCurves(recorded, options).size(), 0U); // the run went well
    Score score;
    for (unsigned seed = 1; seed <= 25; ++seed) {
        SpikeCurves curves = recorded;
        injectInto(curves, {0, 0, smallest, seed});
        score.add(curves, watchCurves(curves, options));
    }
    qInfo("%s", score.text().c_str());
    QVERIFY(score.injected >= 75);
    QVERIFY(score.precision() >= 0.95);
    QVERIFY(score.recall() >= recall);
    QVERIFY(score.firstLayerShare() >= 0.95);
}

QTEST_GUILESS_MAIN(SpikeWatchTest)
#include "spike_watch_test.moc"
