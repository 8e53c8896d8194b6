// SPDX-License-Identifier: GPL-3.0-or-later
// Whole short runs of each framework: resumed, failed, started from a file, with clipping.
#include "method_cases.h"
#include "training/engine/weights_inspector.h"
#include "training/interchange/safetensors.h"

#include <QTemporaryDir>
#include <QTest>

#include <cmath>
#include <fstream>

using namespace mocoscope::training;
using torch::Tensor;

class FrameworkRunsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }

    void runsAndResumesBitForBit_data() { addFrameworkRows(); }
    void runsAndResumesBitForBit()
    {
        QFETCH(QString, framework);
        RunRequest whole = request(framework, "whole");
        whole.config.checkpoint.everyEpochs = 0.6; // 3 steps
        whole.config.checkpoint.keepLast = 10;
        const auto events = runToEnd(whole);
        QVERIFY2(eventsOf<Finished>(events).size() == 1, failureText(events).c_str());
        const Curves curves = curvesOf(events);
        for (const auto& [step, loss] : curves.at("train/loss")) {
            QVERIFY(std::isfinite(loss));
        }
        const bool hasMomentum = framework != "simclr" && framework != "swav";
        QCOMPARE(curves.contains("train/momentum"), hasMomentum);
        QCOMPARE(curves.at("eval/knn_top1").size(), 3U);

        RunRequest rest = request(framework, "rest");
        rest.resumeFrom = {{checkpoint("whole", 6), 6}};
        const auto again = runToEnd(rest);
        QVERIFY2(eventsOf<Finished>(again).size() == 1, failureText(again).c_str());
        const Curves resumed = curvesOf(again);
        for (std::int64_t step = 6; step < 10; ++step) {
            QCOMPARE(resumed.at("train/loss").at(step), curves.at("train/loss").at(step));
            QCOMPARE(resumed.at("train/grad_norm").at(step), curves.at("train/grad_norm").at(step));
        }
        const auto a = tensors(checkpoint("whole", 10)), b = tensors(checkpoint("rest", 10));
        QCOMPARE(a.size(), b.size());
        QCOMPARE(a.contains("queue"), framework == "moco_v1" || framework == "moco_v2");
        for (const auto& [name, tensor] : a) {
            QVERIFY2(tensor.equal(b.at(name)), name.c_str());
        }
    }

    /// A ResNet has BN in the backbone, so more buffers that the next step needs.
    void aResNetResumesBitForBit()
    {
        RunRequest whole = request("moco_v2", "whole");
        whole.config.model = tinyResNet();
        whole.config.optimizer.name = "sgd"; // one state a weight
        whole.config.train.maxSteps = 4;
        whole.config.evaluation.knnEveryEpochs = 0;
        whole.config.checkpoint.everyEpochs = 0.4; // 2 steps
        const auto events = runToEnd(whole);
        QVERIFY2(eventsOf<Finished>(events).size() == 1, failureText(events).c_str());
        RunRequest rest = whole;
        rest.checkpointFolder = folder() / "rest";
        rest.resumeFrom = {{checkpoint("whole", 2), 2}};
        const auto again = runToEnd(rest);
        QVERIFY2(eventsOf<Finished>(again).size() == 1, failureText(again).c_str());
        const auto a = tensors(checkpoint("whole", 4)), b = tensors(checkpoint("rest", 4));
        QVERIFY(a.contains("base_encoder.bn1.running_mean"));
        for (const auto& [name, tensor] : a) {
            QVERIFY2(tensor.equal(b.at(name)), name.c_str());
        }
    }

    /// What a run would refuse is known without a run, and what it takes is not refused.
    void weightsAreLookedAtBeforeTheStart_data() { addFrameworkRows(); }
    void weightsAreLookedAtBeforeTheStart()
    {
        QFETCH(QString, framework);
        runToEnd(request(framework, "good"));
        TrainingConfig config = request(framework, "next").config;
        const auto inspector = makeWeightsInspector();
        QVERIFY(inspector->check(config).has_value()); // names none
        config.model.initialWeights = checkpoint("good", 10);
        QVERIFY(inspector->check(config).has_value());
        for (const char* task : {"pretrain", "linear"}) {
            config.task.name = task;
            config.model.depth = 3;
            const auto misfit = inspector->check(config);
            QVERIFY(!misfit);
            QVERIFY(toText(misfit.error()).find("blocks.2.") != std::string::npos);
            config.model.depth = -1;
            QVERIFY(inspector->check(config).has_value()); // not valid: told elsewhere
        }
        config = request(framework, "next").config;
        config.model.initialWeights = (folder() / "nothing.safetensors").string();
        QVERIFY(!inspector->check(config));
        std::ofstream(config.model.initialWeights) << "no weights";
        QVERIFY(!inspector->check(config));
    }

    /// Finite weights that overflow: the step fails, and all that a checkpoint holds is as before.
    void aStepThatIsNotFiniteLeavesNoTrace_data() { addFrameworkRows(); }
    void aStepThatIsNotFiniteLeavesNoTrace()
    {
        QFETCH(QString, framework);
        runToEnd(request(framework, "good"));
        auto before = tensors(checkpoint("good", 10));
        std::erase_if(before, [](const auto& entry) { return entry.first.starts_with("optim"); });
        // Each on its own is finite, and so is its norm.
        for (const char* layer : {"norm2", "mlp.fc1", "mlp.fc2"}) {
            before.at(std::string("base_encoder.blocks.1.") + layer + ".weight") *= 1e15;
        }
        const auto path = folder() / "overflows.safetensors";
        QVERIFY(writeSafetensors(path, {before.begin(), before.end()}, {}).has_value());

        RunRequest bad = request(framework, "bad");
        bad.config.model.initialWeights = path.string();
        bad.config.evaluation.knnEveryEpochs = 0;
        RunControl control;
        EventLog log([&](const TrainingEvent& event) {
            const auto* state = std::get_if<StateChanged>(&event);
            if (state != nullptr && state->state == RunState::Paused) {
                control.requestStop();
            }
        });
        const auto events = runToEnd(bad, log, control);
        const auto incidents = eventsOf<Incident>(events);
        QVERIFY2(!incidents.empty(), failureText(events).c_str());
        QCOMPARE(incidents.front().kind, "non_finite");
        QCOMPARE(incidents.front().layer, "blocks.1");
        const auto after = tensors(checkpoint("bad", 1));
        for (const auto& [name, tensor] : before) {
            QVERIFY2(tensor.equal(after.at(name)), name.c_str());
        }
        for (const auto& [name, tensor] : after) { // no update has been made
            QVERIFY2(!name.starts_with("optimizer/") || tensor.abs().max().item<double>() == 0,
                     name.c_str());
        }
    }

    void startsFromALoneBackbone_data() { addFrameworkRows(); }
    void startsFromALoneBackbone()
    {
        QFETCH(QString, framework);
        runToEnd(request("moco_v3", "source"));
        const std::string prefix = "base_encoder.";
        std::map<std::string, Tensor> backbone;
        for (const auto& [name, tensor] : tensors(checkpoint("source", 10))) {
            if (name.starts_with(prefix) && !name.starts_with(prefix + "head.")) {
                backbone[name.substr(prefix.size())] = tensor;
            }
        }
        const auto path = folder() / "backbone.safetensors";
        QVERIFY(writeSafetensors(path, {backbone.begin(), backbone.end()}, {}).has_value());

        RunRequest start = request(framework, "start");
        start.config.model.initialWeights = path.string();
        start.config.train.maxSteps = 1; // with a rate of 0
        start.config.method.freezePrototypesEpochs = 0;
        const auto events = runToEnd(start);
        QVERIFY2(eventsOf<Finished>(events).size() == 1, failureText(events).c_str());
        const auto started = tensors(checkpoint("start", 1));
        for (const auto& [name, tensor] : backbone) {
            QVERIFY2(tensor.equal(started.at(prefix + name)), name.c_str());
            const auto momentum = started.find("momentum_encoder." + name);
            QVERIFY2(momentum == started.end() || tensor.equal(momentum->second), name.c_str());
        }
    }

    /// What is recorded is the gradient, not what clipping makes of it.
    void recordsGradientsBeforeTheyAreClipped()
    {
        RunRequest clipped = request("byol", "clipped");
        clipped.config.optimizer.clipNorm = 1e-4;
        clipped.config.optimizer.name = "sgd";
        clipped.config.optimizer.lr = 1;
        RunRequest free = clipped;
        free.checkpointFolder = folder() / "free";
        free.config.optimizer.clipNorm = 0;
        const Curves a = curvesOf(runToEnd(clipped)), b = curvesOf(runToEnd(free));
        double sumOfSquares = 0;
        for (const auto& [name, curve] : b) {
            if (name.starts_with("grad/")) {
                QCOMPARE(a.at(name).at(0), curve.at(0));
            }
            if (name.starts_with("grad/l2/")) {
                sumOfSquares += curve.at(0) * curve.at(0);
            }
        }
        const double norm = a.at("train/grad_norm").at(0);
        QVERIFY(norm > 1e-2);
        QCOMPARE(norm, b.at("train/grad_norm").at(0));
        QVERIFY(norm * norm >= sumOfSquares * (1 - 1e-5)); // and the class token's
        QVERIFY(a.at("train/loss").at(5) != b.at("train/loss").at(5));
    }

private:
    RunRequest request(const QString& framework, const std::string& name) const
    {
        RunRequest request;
        request.config = tinyConfig(framework);
        request.checkpointFolder = folder() / name;
        return request;
    }
    std::filesystem::path folder() const { return m_folder->path().toStdString(); }
    std::string checkpoint(const std::string& run, int step) const
    {
        char file[40];
        std::snprintf(file, sizeof file, "step-%09d.safetensors", step);
        return (folder() / run / file).string();
    }
    static std::map<std::string, Tensor> tensors(const std::string& file)
    {
        auto content = readSafetensors(file);
        if (!content) {
            QTest::qFail(toText(content.error()).c_str(), __FILE__, __LINE__);
            return {};
        }
        return {content->tensors.begin(), content->tensors.end()};
    }

    std::unique_ptr<QTemporaryDir> m_folder;
};

QTEST_GUILESS_MAIN(FrameworkRunsTest)
#include "framework_runs_test.moc"
