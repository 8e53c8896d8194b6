// SPDX-License-Identifier: GPL-3.0-or-later
// A watch that is handed on, at any step, tells what one that never stopped tells.
#include "spike_curves.h"

#include <QTest>

using namespace mocoscope::training;
using namespace mocoscope::testing;

namespace {

constexpr std::int64_t evaluationEvery = 40;

/// What a run would publish.
std::vector<std::string> textsOf(const SpikeWatch& watch, const SpikeWatch::Changes& changes)
{
    std::vector<std::string> texts;
    for (const std::size_t index : changes) {
        const Incident event = watch.toEvent(watch.incidents()[index]);
        texts.push_back(std::to_string(event.step) + event.layer + event.message);
    }
    return texts;
}

/// Falls after some incidents.
double accuracyAt(std::int64_t step)
{
    return 40 + 0.01 * static_cast<double>(step) - (step / evaluationEvery % 5 == 0 ? 6 : 0);
}

} // namespace

class SpikeMemoryTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void handedOnItTellsTheSame_data();
    void handedOnItTellsTheSame();
    void aShorterWindowTakesTheNewest();
    void otherTextsChangeNothing();
};

void SpikeMemoryTest::handedOnItTellsTheSame_data()
{
    QTest::addColumn<int>("longest"); // steps between two stops
    QTest::newRow("each step") << 1;
    QTest::newRow("often") << 15;
    QTest::newRow("now and then") << 200;
}

void SpikeMemoryTest::handedOnItTellsTheSame()
{
    QFETCH(int, longest);
    const SpikeCurves curves = makeSpikeCurves({.tails = 3, .seed = 5});
    const MonitorConfig options;
    SpikeWatch whole(options, curves.layers);
    SpikeWatch handed(options, curves.layers);
    Noise noise(2);
    int told = 0;
    int dips = 0;
    int nextStop = 0;
    const auto length = std::min<std::size_t>(curves.steps.size(), 1200);
    for (std::size_t i = 0; i < length; ++i) {
        const auto step = static_cast<std::int64_t>(i);
        if (step % evaluationEvery == 0) {
            const auto changes = whole.addEvaluation(step, accuracyAt(step));
            dips += static_cast<int>(changes.size());
            const auto texts = textsOf(whole, changes);
            QCOMPARE(textsOf(handed, handed.addEvaluation(step, accuracyAt(step))), texts);
        }
        if (nextStop-- == 0) {
            nextStop = noise.whole(0, longest - 1);
            SpikeWatch next(options, curves.layers);
            QVERIFY(next.restore(handed.save()));
            handed = std::move(next);
            if (step % evaluationEvery == 0) { // a run that goes on evaluates once more
                QVERIFY(handed.addEvaluation(step, accuracyAt(step)).empty());
            }
        }
        const auto texts = textsOf(whole, whole.addStep(step, curves.steps[i]));
        QCOMPARE(textsOf(handed, handed.addStep(step, curves.steps[i])), texts);
        told += static_cast<int>(texts.size());
    }
    QVERIFY(told > 10 && dips > 2);
    QVERIFY(handed.incidents().size() < whole.incidents().size()); // what is over is left behind
}

void SpikeMemoryTest::aShorterWindowTakesTheNewest()
{
    MonitorConfig options;
    SpikeDetector longer(options);
    options.spikeWindow = 60;
    SpikeDetector shorter(options);
    for (int i = 0; i < 500; ++i) {
        const double magnitude = std::exp(std::sin(0.7 * i) + 0.001 * i);
        (void)longer.add(magnitude);
        (void)shorter.add(magnitude);
    }
    SpikeDetector restored(options);
    restored.restore(longer.memory());
    QCOMPARE(restored.memory().recent, shorter.memory().recent);
    QCOMPARE(restored.add(3).deviation, shorter.add(3).deviation);
}

void SpikeMemoryTest::otherTextsChangeNothing()
{
    const std::vector<std::string> layers {"patch_embed", "blocks.0"};
    SpikeWatch watch(MonitorConfig {}, layers);
    for (int i = 0; i < 80; ++i) {
        const double factor = i == 70 ? 50 : 1;
        const std::array values {factor * (1 + 0.1 * (i % 5)), 1 + 0.1 * (i % 3)};
        (void)watch.addStep(i, values);
    }
    QCOMPARE(watch.incidents().size(), std::size_t {1});
    const std::string saved = watch.save();
    SpikeWatch other(MonitorConfig {}, {"patch_embed", "blocks.1"});
    QVERIFY(!other.restore(saved));
    for (std::size_t length = 0; length < saved.size(); ++length) {
        QVERIFY(!watch.restore(saved.substr(0, length)));
    }
    for (const char* text : {"[]", "{}", "null", "7", R"({"layers": 1})"}) {
        QVERIFY(!watch.restore(text));
    }
    std::string wrongLayer = saved;
    const std::string spike = "[[0,70,";
    QVERIFY(wrongLayer.find(spike) != std::string::npos);
    wrongLayer.replace(wrongLayer.find(spike), spike.size(), "[[9,70,");
    QVERIFY(!watch.restore(wrongLayer));
    QCOMPARE(watch.save(), saved);
}

QTEST_APPLESS_MAIN(SpikeMemoryTest)
#include "spike_memory_test.moc"
