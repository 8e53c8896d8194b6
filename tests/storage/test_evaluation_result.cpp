// SPDX-License-Identifier: GPL-3.0-or-later
// What a finished evaluation leaves with the run that it evaluates.
#include "tests/storage/recorder_fixture.h"
#include "training/api/config_json.h"
#include "training/api/task.h"

#include <QTest>

using namespace mocoscope::storage;
using namespace mocoscope::training;
using namespace mocoscope::testing;

namespace {

constexpr const char* weights = "somewhere/step-000000008.safetensors";

RunId makeRun(RecorderFixture& fixture, const TrainingConfig& config, std::optional<RunId> parent)
{
    return fixture.recorder
        ->submit([&](Database& database) {
            return RunRepository(database).create({"run", "", toJson(config), parent}).value().id;
        })
        .get();
}

/// A run of eight steps with a checkpoint, that has measured kNN there.
RunId pretrain(RecorderFixture& fixture)
{
    const RunId run = makeRun(fixture, {}, std::nullopt);
    const auto queue = fixture.recorder->record(run);
    queue->publish(lossAndAccuracy());
    for (std::int64_t step = 0; step < 8; ++step)
        queue->publish(lossAt(step));
    queue->publish(CheckpointSaved {8, weights, "abc", 1, {}});
    queue->publish(Finished {8, false});
    queue->close();
    return run;
}

/// Plays an evaluation that measures 40, then 55.
RunId evaluate(RecorderFixture& fixture, const TrainingConfig& config, std::optional<RunId> parent,
               bool stopped = false)
{
    const RunId run = makeRun(fixture, config, parent);
    const auto queue = fixture.recorder->record(run);
    const bool isKnn = config.task.name == "knn";
    queue->publish(MetricsDeclared {{{isKnn ? "eval/knn_top1" : config.task.name + "/top1", "%"}}});
    queue->publish(MetricBatch {10, 1, 5, {{0, 40}}});
    queue->publish(MetricBatch {20, 2, 9, {{0, 55}}});
    queue->publish(Finished {20, stopped});
    queue->close();
    if (!fixture.recorder->flush())
        qFatal("not written");
    return run;
}

} // namespace

class TestEvaluationResult : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void isToldToTheEvaluatedRun_data()
    {
        QTest::addColumn<QString>("task");
        QTest::addColumn<QString>("metric");
        QTest::newRow("kNN") << "knn"
                             << "eval/knn_top1";
        QTest::newRow("linear probing") << "linear"
                                        << "eval/linear_top1";
        QTest::newRow("fine-tuning") << "finetune"
                                     << "eval/finetune_top1";
    }
    void isToldToTheEvaluatedRun()
    {
        QFETCH(QString, task);
        QFETCH(QString, metric);
        RecorderFixture fixture;
        const RunId parent = pretrain(fixture);
        TrainingConfig config = evaluationConfig({}, task.toStdString(), weights);
        config.data.workers = 5; // how the images are loaded makes them no others
        const RunId run = evaluate(fixture, config, parent);
        const Curve curve = fixture.curve(parent, metric.toStdString());
        QCOMPARE(curve.steps, (Steps {8}));
        QCOMPARE(curve.values, (std::vector<double> {55}));
        const StepTimes times = CurveQuery(fixture.reader).stepTimes(parent).value();
        QCOMPARE(times.steps.back(), 8);
        QCOMPARE(times.epochs.back(), 2.0); // a quarter of an epoch a step
        if (task == "linear") {
            QCOMPARE(fixture.read(parent).linearTop1, std::optional(55.0));
            QCOMPARE(fixture.read(run).linearTop1, std::optional(55.0));
            QVERIFY(!fixture.read(parent).finetuneTop1);
        }
        if (task == "knn")
            QCOMPARE(fixture.read(parent).bestKnnTop1, std::optional(55.0));
        QVERIFY(fixture.log.commits(parent) > 0); // whoever shows the run hears of it
    }

    void aLaterOneReplacesAnEarlier()
    {
        RecorderFixture fixture;
        const RunId parent = pretrain(fixture);
        const auto config = evaluationConfig({}, "linear", weights);
        evaluate(fixture, config, parent);
        const RunId second = makeRun(fixture, config, parent);
        const auto queue = fixture.recorder->record(second);
        queue->publish(MetricsDeclared {{{"linear/top1", "%"}}});
        queue->publish(MetricBatch {10, 1, 5, {{0, 61}}});
        queue->publish(Finished {10, false});
        queue->close();
        QVERIFY(fixture.recorder->flush());
        QCOMPARE(fixture.curve(parent, "eval/linear_top1").values, (std::vector<double> {61}));
    }

    void staysWithItsOwnRun_data()
    {
        QTest::addColumn<QString>("why");
        for (const char* why :
             {"other images", "fewer images", "other weights", "other vote", "stopped", "orphan"})
            QTest::newRow(why) << why;
    }
    void staysWithItsOwnRun()
    {
        QFETCH(QString, why);
        RecorderFixture fixture;
        const RunId parent = pretrain(fixture);
        TrainingConfig config
            = evaluationConfig({}, why == "other vote" ? "knn" : "linear", weights);
        if (why == "other images")
            config = onOtherData(config, "flowers");
        if (why == "fewer images")
            config.data.perClassLimit = 3;
        if (why == "other weights")
            config.model.initialWeights = "elsewhere.safetensors";
        if (why == "other vote")
            config.evaluation.knnNeighbours = 3;
        evaluate(fixture, config, why == "orphan" ? std::nullopt : std::optional(parent),
                 why == "stopped");
        QVERIFY(fixture.curve(parent, "eval/linear_top1").steps.empty());
        QVERIFY(fixture.curve(parent, "eval/knn_top1").steps.empty());
    }

    void whatTheRunMeasuredItselfStays()
    {
        RecorderFixture fixture;
        const RunId parent = pretrain(fixture);
        const auto queue = fixture.recorder->record(parent);
        queue->publish(lossAndAccuracy());
        queue->publish(MetricBatch {8, 2, 4000, {{1, 33}}});
        queue->close();
        evaluate(fixture, evaluationConfig({}, "knn", weights), parent);
        QCOMPARE(fixture.curve(parent, "eval/knn_top1").values, (std::vector<double> {33}));
    }
};

QTEST_GUILESS_MAIN(TestEvaluationResult)
#include "test_evaluation_result.moc"
