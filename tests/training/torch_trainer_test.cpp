// SPDX-License-Identifier: GPL-3.0-or-later
// Whole short runs of the real engine on the built-in images.
#include "compare_weights.h"
#include "engine_fixtures.h"
#include "training/interchange/safetensors.h"

#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <cmath>
#include <fstream>

using namespace mocoscope::training;

class TorchTrainerTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }

    void recordsEveryStepAndEvaluation()
    {
        const auto events = runToEnd(request());
        const auto finished = eventsOf<Finished>(events);
        QVERIFY2(finished.size() == 1, failureText(events).c_str());
        QCOMPARE(finished.front().step, 10);
        QVERIFY(!finished.front().stopped);
        const auto facts = eventsOf<RunFacts>(events).front();
        QCOMPARE(facts.stepsPerEpoch, 5);
        QCOMPARE(facts.totalSteps, 10);
        QCOMPARE(facts.classes, 10);
        QCOMPARE(facts.layers.front(), "blocks.0"); // the frozen projection has no gradient
        QCOMPARE(facts.layers.back(), "predictor");

        const Curves curves = curvesOf(events);
        for (const char* name : {"train/loss", "train/lr", "train/momentum", "train/images_per_s",
                                 "grad/l2/blocks.1", "grad/max/projector"}) {
            QVERIFY2(curves.contains(name) && curves.at(name).size() == 10, name);
        }
        QCOMPARE(curves.at("train/lr").at(0), 0.0);
        QVERIFY(curves.at("grad/l2/blocks.0").at(3) >= curves.at("grad/max/blocks.0").at(3));
        const auto& accuracy = curves.at("eval/knn_top1");
        QCOMPARE(accuracy.size(), 3U); // untrained, after each epoch
        QVERIFY(accuracy.contains(0) && accuracy.contains(5) && accuracy.contains(10));
        QVERIFY(curves.at("eval/effective_rank").at(0) >= 1);
        for (const std::int64_t step : {0, 5, 10}) {
            const double aligned = curves.at("eval/alignment").at(step);
            QVERIFY(aligned > 0 && aligned < 2);
            QVERIFY(curves.at("eval/uniformity").at(step) < 0);
            QVERIFY(curves.at("eval/dead_dimensions").at(step) <= 100);
        }
        QCOMPARE(eventsOf<CheckpointSaved>(events).size(), 1U);
    }

    void isTheSameForAnyNumberOfLoaderThreads()
    {
        RunRequest one = request();
        one.config.data.workers = 1;
        RunRequest three = request("other");
        three.config.data.workers = 3;
        compare(curvesOf(runToEnd(one)), curvesOf(runToEnd(three)), 0);
        compareWeights(checkpoint("run", 10), checkpoint("other", 10));
    }

    void resumesBitForBit()
    {
        const Curves whole = curvesOf(runToEnd(request()));

        RunControl control;
        EventLog log([&](const TrainingEvent& event) {
            const auto* batch = std::get_if<MetricBatch>(&event);
            if (batch != nullptr && batch->step == 6) {
                control.requestStop();
            }
        });
        const auto stopped = runToEnd(request("resumed"), log, control);
        QVERIFY(eventsOf<Finished>(stopped).front().stopped);
        const auto saved = eventsOf<CheckpointSaved>(stopped).back();
        QCOMPARE(saved.step, 7);

        RunRequest again = request("resumed");
        again.resumeFrom = {{saved.path, saved.step, saved.sha256}};
        const auto rest = runToEnd(again);
        QVERIFY2(eventsOf<Failed>(rest).empty(), failureText(rest).c_str());
        QCOMPARE(eventsOf<RunFacts>(rest).front().firstStep, 7);
        compare(whole, curvesOf(rest), 7);
        compareWeights(checkpoint("run", 10), checkpoint("resumed", 10));
    }

    void anEvaluationThatIsStoppedIsNoWarning()
    {
        RunControl control;
        EventLog log([&](const TrainingEvent& event) {
            const auto* progress = std::get_if<Progress>(&event);
            if (progress != nullptr && progress->phase == "evaluating") {
                control.requestStop();
            }
        });
        const auto stopped = runToEnd(request(), log, control);
        QVERIFY(eventsOf<Finished>(stopped).front().stopped);
        QVERIFY(!curvesOf(stopped).contains("eval/knn_top1"));
        QVERIFY(eventsOf<Incident>(stopped).empty());
    }

    void recordsWhatItDoesToTheMachine()
    {
        RunRequest watched = request();
        watched.config.monitor.systemSeconds = 0.1;
        watched.config.train.epochs = 100'000;
        watched.config.evaluation.knnEveryEpochs = 0;
        RunControl control;
        std::uint32_t memory = 0;
        EventLog log([&](const TrainingEvent& event) {
            if (const auto* declared = std::get_if<MetricsDeclared>(&event)) {
                while (declared->metrics.at(memory).name != "system/process_memory_bytes") {
                    ++memory;
                }
            } else if (const auto* batch = std::get_if<MetricBatch>(&event)) {
                const bool hasSample
                    = std::ranges::any_of(batch->values, [&](const MetricValue& value) {
                          return value.metric == memory;
                      });
                if (hasSample) {
                    control.requestStop();
                }
            }
        });
        const auto events = runToEnd(watched, log, control);
        QVERIFY2(eventsOf<Failed>(events).empty(), failureText(events).c_str());
        const Curves curves = curvesOf(events);
        const auto& sampled = curves.at("system/process_memory_bytes");
        QCOMPARE(sampled.size(), 1U);
        QVERIFY(sampled.begin()->second > 10e6);
        QVERIFY(curves.at("train/loss").contains(sampled.begin()->first)); // on the same axis
        QVERIFY(curves.at("system/cpu_percent").begin()->second > 0);
        QVERIFY(curves.at("system/disk_free_bytes").begin()->second > 0);
    }

    void leavesTheMachineAloneWhenAsked()
    {
        RunRequest quiet = request();
        quiet.config.monitor.systemSeconds = 0;
        for (const auto& declared : eventsOf<MetricsDeclared>(runToEnd(quiet))) {
            for (const MetricDescription& metric : declared.metrics) {
                QVERIFY2(!metric.name.starts_with("system/"), metric.name.c_str());
            }
        }
    }

    void microBatchesGiveTheSameLoss()
    {
        RunRequest whole = request();
        RunRequest parts = request("parts");
        parts.config.train.microBatch = 4;
        const auto a = curvesOf(runToEnd(whole)).at("train/loss");
        const auto b = curvesOf(runToEnd(parts)).at("train/loss");
        for (std::int64_t step = 0; step < 5; ++step) {
            QVERIFY(std::abs(a.at(step) - b.at(step)) < 1e-3);
        }
    }

    void pausesOnALossThatIsNotFinite()
    {
        RunControl control;
        EventLog log([&](const TrainingEvent& event) {
            const auto* state = std::get_if<StateChanged>(&event);
            if (state != nullptr && state->state == RunState::Paused) {
                control.requestStop();
            }
        });
        RunRequest poisoned = request();
        poisoned.config.model.initialWeights = poisonedWeights();
        const auto events = runToEnd(poisoned, log, control);
        const auto incidents = eventsOf<Incident>(events);
        QVERIFY(!incidents.empty());
        QCOMPARE(incidents.front().kind, "non_finite");
        QCOMPARE(incidents.front().layer, "blocks.1");
        QCOMPARE(incidents.front().step, 0);
        // Weights that are not finite are not written over good checkpoints.
        QVERIFY(eventsOf<CheckpointSaved>(events).empty()
                || incidents.back().kind == "checkpoint_skipped");
        QVERIFY(std::isnan(curvesOf(events).at("train/loss").at(0)));
    }

    void failsOnALossThatIsNotFiniteWithoutAWindow()
    {
        RunRequest poisoned = request();
        poisoned.config.model.initialWeights = poisonedWeights();
        poisoned.nonFinite = NonFinitePolicy::Fail;
        const auto failed = eventsOf<Failed>(runToEnd(poisoned));
        QCOMPARE(failed.size(), 1U);
        QVERIFY(failed.front().error.code == ErrorCode::NonFinite);
        QVERIFY(failed.front().error.message.find("step 0") != std::string::npos);
        QVERIFY(failed.front().error.message.find("blocks.1") != std::string::npos);
    }

    void saysWhatIsWrong_data()
    {
        QTest::addColumn<QString>("key");
        QTest::addColumn<QString>("value");
        QTest::addColumn<QString>("word");
        QTest::newRow("no such folder") << "data.path"
                                        << "does/not/exist"
                                        << "does/not/exist";
        QTest::newRow("batch too large") << "train.batch_size"
                                         << "4096"
                                         << "train.batch_size";
        QTest::newRow("heads") << "model.heads"
                               << "5"
                               << "divide";
        QTest::newRow("no such GPU") << "train.device"
                                     << "cuda:7"
                                     << "cuda:7";
        QTest::newRow("weights") << "model.initial_weights"
                                 << "no.safetensors"
                                 << "no.safetensors";
    }
    void saysWhatIsWrong()
    {
        QFETCH(QString, key);
        QFETCH(QString, value);
        QFETCH(QString, word);
        RunRequest bad = request();
        bad.config = *withOption(bad.config, key.toStdString(), value.toStdString());
        const auto failed = eventsOf<Failed>(runToEnd(bad));
        QCOMPARE(failed.size(), 1U);
        QVERIFY2(toText(failed.front().error).find(word.toStdString()) != std::string::npos,
                 toText(failed.front().error).c_str());
    }

    void refusesACheckpointOfAnotherModel()
    {
        runToEnd(request());
        RunRequest other = request("other");
        other.config.model.depth = 3;
        other.resumeFrom = {{checkpoint("run", 10), 10}};
        const auto failed = eventsOf<Failed>(runToEnd(other));
        QCOMPARE(failed.size(), 1U);
        QVERIFY(toText(failed.front().error).find("blocks.2") != std::string::npos);
    }

    void keepsOnlyTheNewestCheckpoints()
    {
        RunRequest often = request();
        often.config.checkpoint.everyEpochs = 0.2; // each step
        often.config.checkpoint.keepLast = 2;
        const auto saved = eventsOf<CheckpointSaved>(runToEnd(often));
        QCOMPARE(saved.size(), 10U);
        QCOMPARE(saved.back().removed.size(), 1U);
        int files = 0;
        for (const auto& entry : std::filesystem::directory_iterator(often.checkpointFolder)) {
            files += entry.is_regular_file() ? 1 : 0;
        }
        QCOMPARE(files, 2);
    }

private:
    RunRequest request(const std::string& name = "run") const
    {
        return tinyRequest(folder() / name);
    }
    std::filesystem::path folder() const { return m_folder->path().toStdString(); }
    std::string checkpoint(const std::string& run, int step) const
    {
        return (folder() / run / ("step-0000000" + std::to_string(step) + ".safetensors")).string();
    }
    /// Finished weights with one NaN in the second block.
    std::string poisonedWeights() const
    {
        runToEnd(request("good"));
        auto file = readSafetensors(checkpoint("good", 10));
        file->tensors.at("base_encoder.blocks.1.mlp.fc1.weight")[0][0] = std::nan("");
        std::vector<std::pair<std::string, torch::Tensor>> tensors;
        for (const auto& [name, tensor] : file->tensors) {
            if (!name.starts_with("optimizer/")) {
                tensors.emplace_back(name, tensor);
            }
        }
        const auto path = folder() / "poisoned.safetensors";
        (void)writeSafetensors(path, tensors, {});
        return path.string();
    }
    /// Bit for bit, all curves but those of the clock, from `firstStep` on.
    static void compare(const Curves& a, const Curves& b, std::int64_t firstStep)
    {
        for (const auto& [name, curve] : a) {
            const bool isTimed = name == "train/images_per_s" || name.ends_with("_s");
            for (const auto& [step, value] : curve) {
                if (!isTimed && step >= firstStep) {
                    QVERIFY2(b.at(name).at(step) == value,
                             (name + " at " + std::to_string(step)).c_str());
                }
            }
        }
    }

    std::unique_ptr<QTemporaryDir> m_folder;
};

QTEST_GUILESS_MAIN(TorchTrainerTest)
#include "torch_trainer_test.moc"
