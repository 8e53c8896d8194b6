// SPDX-License-Identifier: GPL-3.0-or-later
// kNN, linear probing and fine-tuning as whole runs of the real engine on the built-in images.
#include "engine_fixtures.h"
#include "training/api/task.h"
#include "training/interchange/safetensors.h"

#include <QTemporaryDir>
#include <QTest>

#include <cmath>
#include <fstream>

using namespace mocoscope::training;

class EvaluationRunsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        RunRequest pretraining {tinyConfig(), folder() / "pretrained", {}, NonFinitePolicy::Fail};
        const auto events = runToEnd(pretraining);
        QVERIFY2(eventsOf<Finished>(events).size() == 1, failureText(events).c_str());
        m_weights = eventsOf<CheckpointSaved>(events).back().path;
        m_curves = curvesOf(events);
    }

    void knnIsTheLastValueOfTheTrainingCurve()
    {
        const auto events = runToEnd(request("knn"));
        QVERIFY2(eventsOf<Failed>(events).empty(), failureText(events).c_str());
        QCOMPARE(eventsOf<Finished>(events).front().step, 1);
        const Curves curves = curvesOf(events);
        for (const char* name : {"eval/knn_top1", "eval/knn_top5", "eval/effective_rank"}) {
            QCOMPARE(curves.at(name).at(1), m_curves.at(name).at(10));
        }
        QCOMPARE(eventsOf<RunFacts>(events).front().totalSteps, 1);
        QVERIFY(!curves.contains("train/loss"));
    }

    void linearProbingRecordsEveryRate()
    {
        const auto events = runToEnd(request("linear"));
        QVERIFY2(eventsOf<Failed>(events).empty(), failureText(events).c_str());
        const RunFacts facts = eventsOf<RunFacts>(events).front();
        QCOMPARE(facts.stepsPerEpoch, 3); // 80 images in batches of 32, the last one smaller
        QCOMPARE(facts.totalSteps, 12);
        QCOMPARE(facts.trainableParameters, 2 * (24 + 1) * 10); // two classifiers of ten classes
        const Curves curves = curvesOf(events);
        QCOMPARE(curves.at("train/loss").size(), 12U);
        QVERIFY(curves.at("train/loss").at(11) < curves.at("train/loss").at(0));
        QVERIFY(std::abs(curves.at("train/loss").at(0) - std::log(10.0)) < 0.05);
        for (const std::int64_t step : {3, 6, 9, 12}) {
            const double best = curves.at("linear/top1").at(step);
            QCOMPARE(best,
                     std::max(curves.at("linear/top1/lr_0.5").at(step),
                              curves.at("linear/top1/lr_2").at(step)));
            QVERIFY(curves.at("linear/top5").at(step) >= best);
        }
        const double bestRate = curves.at("linear/best_rate").at(12);
        QVERIFY(bestRate == 0.5 || bestRate == 2);
        // lr per 256 images, falling along half a cosine once an epoch
        const double first = curves.at("train/lr").at(0) / (32.0 / 256);
        QVERIFY(std::abs(first - 0.5) < 1e-9 || std::abs(first - 2) < 1e-9);
    }

    void croppedImagesGoThroughTheBackboneInEachEpoch()
    {
        RunRequest cropped = request("linear", "cropped");
        cropped.config.linear.augment = true;
        const Curves one = curvesOf(runToEnd(cropped));
        QCOMPARE(one.at("train/loss").size(), 12U);
        const Curves plain = curvesOf(runToEnd(request("linear", "plain")));
        QVERIFY(one.at("train/loss").at(5) != plain.at("train/loss").at(5));
        cropped.config.data.workers = 3;
        compare(one, curvesOf(runToEnd(cropped)), 0);
    }

    void fineTuningLearns()
    {
        const auto events = runToEnd(request("finetune"));
        QVERIFY2(eventsOf<Failed>(events).empty(), failureText(events).c_str());
        const RunFacts facts = eventsOf<RunFacts>(events).front();
        QCOMPARE(facts.totalSteps, 10);
        QCOMPARE(facts.layers.front(), "patch_embed"); // it was frozen in pretraining
        QCOMPARE(facts.layers.back(), "head");
        const Curves curves = curvesOf(events);
        QCOMPARE(curves.at("train/loss").size(), 10U);
        QCOMPARE(curves.at("grad/l2/blocks.1").size(), 10U);
        QVERIFY(curves.at("grad/max/patch_embed").at(0) > 0);
        QCOMPARE(curves.at("finetune/top1").size(), 2U);
        QVERIFY(curves.at("finetune/top5").at(10) >= curves.at("finetune/top1").at(10));
        QVERIFY(std::isfinite(curves.at("finetune/loss").at(10)));
        QVERIFY(std::abs(curves.at("train/lr").at(0) - 1e-6) < 1e-12);
    }

    void fineTuningOverfitsWithoutItsRegularisation()
    {
        RunRequest plain = request("finetune", "overfit");
        FinetuneConfig& finetune = plain.config.finetune;
        finetune.mixup = finetune.cutmix = finetune.labelSmoothing = finetune.dropPath = 0;
        finetune.randomErasing = 0;
        finetune.randAugmentOperations = 0;
        finetune.cropMin = 1;
        finetune.epochs = 25;
        finetune.lr = 0.1;
        const Curves curves = curvesOf(runToEnd(plain));
        // half of what a guess among ten classes costs
        QVERIFY2(curves.at("train/loss").at(124) < 0.5 * std::log(10.0),
                 std::to_string(curves.at("train/loss").at(124)).c_str());
    }

    void microBatchesGiveTheSameFineTuning()
    {
        RunRequest whole = request("finetune", "whole");
        whole.config.finetune.dropPath = 0; // its draws follow the parts
        RunRequest parts = whole;
        parts.config.train.microBatch = 4;
        const auto a = curvesOf(runToEnd(whole)).at("train/loss");
        const auto b = curvesOf(runToEnd(parts)).at("train/loss");
        for (std::int64_t step = 0; step < 5; ++step) {
            QVERIFY(std::abs(a.at(step) - b.at(step)) < 1e-4);
        }
    }

    void resumesBitForBit_data()
    {
        QTest::addColumn<QString>("task");
        QTest::addColumn<bool>("augment");
        QTest::newRow("fine-tuning") << "finetune" << false;
        QTest::newRow("linear probing") << "linear" << false;
        QTest::newRow("linear probing with crops") << "linear" << true;
    }
    void resumesBitForBit()
    {
        QFETCH(QString, task);
        QFETCH(bool, augment);
        const std::string name = task.toStdString() + (augment ? "-crops" : "");
        RunRequest whole = request(task.toStdString(), name);
        whole.config.linear.augment = augment;
        const Curves expected = curvesOf(runToEnd(whole));

        RunControl control;
        EventLog log([&](const TrainingEvent& event) {
            const auto* batch = std::get_if<MetricBatch>(&event);
            if (batch != nullptr && batch->step == 6) {
                control.requestStop();
            }
        });
        RunRequest stopped = whole;
        stopped.checkpointFolder = folder() / (name + "-stopped");
        const auto events = runToEnd(stopped, log, control);
        QVERIFY2(eventsOf<Finished>(events).size() == 1, failureText(events).c_str());
        QVERIFY(eventsOf<Finished>(events).front().stopped);
        stopped.resumeFrom = {{eventsOf<CheckpointSaved>(events).back().path}};
        const auto rest = runToEnd(stopped);
        QVERIFY2(eventsOf<Failed>(rest).empty(), failureText(rest).c_str());
        const std::int64_t from = eventsOf<RunFacts>(rest).front().firstStep;
        QVERIFY(from == 6 || from == 7); // the signal comes with a step or with an evaluation
        compare(expected, curvesOf(rest), 7);
    }

    void pausesAndGoesOn()
    {
        RunControl control;
        int paused = 0;
        EventLog log([&](const TrainingEvent& event) {
            const auto* batch = std::get_if<MetricBatch>(&event);
            const auto* state = std::get_if<StateChanged>(&event);
            if (batch != nullptr && batch->step == 4 && paused == 0) {
                control.requestPause();
            }
            if (state != nullptr && state->state == RunState::Paused) {
                ++paused;
                control.requestResume();
            }
        });
        const auto events = runToEnd(request("finetune", "paused"), log, control);
        QCOMPARE(paused, 1);
        QVERIFY(!eventsOf<Finished>(events).front().stopped);
    }

    void fineTunedWeightsCanBeEvaluated()
    {
        const auto tuned = runToEnd(request("finetune", "tuned"));
        RunRequest again = request("knn", "again");
        again.config.model.initialWeights = eventsOf<CheckpointSaved>(tuned).back().path;
        const auto events = runToEnd(again);
        QVERIFY2(eventsOf<Failed>(events).empty(), failureText(events).c_str());
        QVERIFY(curvesOf(events).contains("eval/knn_top1"));
    }

    void evaluatesAnUntrainedBackbone()
    {
        RunRequest untrained = request("knn", "untrained");
        untrained.config.model.initialWeights.clear();
        const Curves curves = curvesOf(runToEnd(untrained));
        QCOMPARE(curves.at("eval/knn_top1").at(1), m_curves.at("eval/knn_top1").at(0));
    }

    void unlabelledImagesAreRefused_data()
    {
        QTest::addColumn<QString>("task");
        QTest::newRow("knn") << "knn";
        QTest::newRow("linear") << "linear";
        QTest::newRow("finetune") << "finetune";
    }
    void unlabelledImagesAreRefused()
    {
        QFETCH(QString, task);
        const auto images = folder() / "unlabelled";
        std::filesystem::create_directories(images);
        for (int i = 0; i < 3; ++i) { // the listing looks at names alone
            std::ofstream(images / (std::to_string(i) + ".png")) << "not decoded";
        }
        RunRequest bad = request(task.toStdString());
        bad.config = onOtherData(bad.config, images.string());
        const auto failed = eventsOf<Failed>(runToEnd(bad));
        QCOMPARE(failed.size(), 1U);
        QVERIFY(failed.front().error.code == ErrorCode::BadConfiguration);
        QVERIFY2(failed.front().error.message.find("no labels") != std::string::npos,
                 toText(failed.front().error).c_str());
    }

    void saysWhatDoesNotFit()
    {
        RunRequest other = request("linear");
        other.config.model.width = 48;
        const auto failed = eventsOf<Failed>(runToEnd(other));
        QCOMPARE(failed.size(), 1U);
        QVERIFY2(toText(failed.front().error).find("does not fit the model") != std::string::npos,
                 toText(failed.front().error).c_str());
        RunRequest large = request("finetune");
        large.config.finetune.batchSize = 4096;
        const auto refused = eventsOf<Failed>(runToEnd(large));
        QVERIFY(toText(refused.front().error).find("finetune.batch_size") != std::string::npos);
    }

    void aLossThatIsNotFiniteIsTold()
    {
        auto file = readSafetensors(m_weights);
        file->tensors.at("base_encoder.blocks.1.mlp.fc1.weight")[0][0] = std::nan("");
        std::vector<std::pair<std::string, torch::Tensor>> tensors(file->tensors.begin(),
                                                                   file->tensors.end());
        const auto path = folder() / "poisoned.safetensors";
        QVERIFY(writeSafetensors(path, tensors, {}));
        RunRequest poisoned = request("finetune", "poisoned");
        poisoned.config.model.initialWeights = path.string();
        poisoned.nonFinite = NonFinitePolicy::Fail;
        const auto failed = eventsOf<Failed>(runToEnd(poisoned));
        QCOMPARE(failed.size(), 1U);
        QVERIFY(failed.front().error.code == ErrorCode::NonFinite);
    }

private:
    RunRequest request(const std::string& task, const std::string& name = {}) const
    {
        TrainingConfig config = evaluationConfig(tinyConfig(), task, m_weights);
        config.linear.epochs = 4;
        config.linear.batchSize = 32;
        config.linear.rates = "0.5,2";
        config.linear.augment = false;
        config.finetune.epochs = 2;
        config.finetune.batchSize = 16;
        config.finetune.warmupEpochs = 1;
        return {config, folder() / (name.empty() ? task : name), {}, NonFinitePolicy::Fail};
    }
    std::filesystem::path folder() const { return m_folder.path().toStdString(); }
    /// Bit for bit, all curves but those of the clock, from `firstStep` on.
    static void compare(const Curves& a, const Curves& b, std::int64_t firstStep)
    {
        for (const auto& [name, curve] : a) {
            for (const auto& [step, value] : curve) {
                if (!name.ends_with("_s") && step >= firstStep) {
                    QVERIFY2(b.at(name).at(step) == value,
                             (name + " at " + std::to_string(step)).c_str());
                }
            }
        }
    }

    QTemporaryDir m_folder;
    std::string m_weights;
    Curves m_curves; ///< of the pretraining
};

QTEST_GUILESS_MAIN(EvaluationRunsTest)
#include "evaluation_runs_test.moc"
