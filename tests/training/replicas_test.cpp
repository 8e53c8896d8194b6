// SPDX-License-Identifier: GPL-3.0-or-later
// One replica with a batch, several with a share each, and micro-batches are the same training.
#include "golden_case.h"
#include "golden_moco.h"
#include "method_cases.h"
#include "test_device.h"
#include "training/engine/replica_crew.h"
#include "training/interchange/safetensors.h"

#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <atomic>
#include <cmath>

using namespace mocoscope::training;
using torch::Tensor;

namespace {

/// Replicas of one process need a GPU each: the backward passes of a GPU share a thread.
bool areThere(int count)
{
    return testDevice().is_cpu() || count <= static_cast<int>(torch::cuda::device_count());
}

std::vector<torch::Device> devices(int count)
{
    std::vector<torch::Device> all(static_cast<std::size_t>(count), testDevice());
    for (std::size_t i = 0; !testDevice().is_cpu() && i < all.size(); ++i) {
        all[i] = torch::Device(torch::kCUDA, static_cast<c10::DeviceIndex>(i));
    }
    return all;
}

TwoViews randomViews(const TrainingConfig& config)
{
    torch::manual_seed(1);
    const std::int64_t side = config.model.imageSize;
    const Tensor first = torch::randn({config.train.batchSize, 3, side, side});
    return {first, torch::randn_like(first)};
}

/// One step of the whole crew. Returns its loss; all replicas agree on it.
double stepOf(ReplicaCrew& crew, const TwoViews& views, double momentum, double rate, double epoch)
{
    std::vector<double> losses(crew.size());
    const auto count = static_cast<std::int64_t>(crew.size());
    crew.run([&](Replica& replica, std::size_t index) {
        const TwoViews rows {views.first.chunk(count)[index], views.second.chunk(count)[index]};
        losses[index] = replica.step({rows, momentum, rate, epoch}).loss;
    });
    for (const double loss : losses) {
        if (loss != losses.front()) {
            throw std::runtime_error("the replicas do not agree");
        }
    }
    return losses.front();
}

std::map<std::string, Tensor> stateOf(const Replica& replica)
{
    std::map<std::string, Tensor> all;
    for (const auto& entry : replica.method().named_parameters()) {
        all[entry.key()] = entry.value().detach();
    }
    for (const auto& entry : replica.method().named_buffers()) {
        all[entry.key()] = entry.value();
    }
    return all;
}

/// Five steps of either, from the same weights on the same views.
void compareTrainings(const TrainingConfig& one, const TrainingConfig& other, int replicas)
{
    const TwoViews views = randomViews(one);
    ReplicaCrew alone(one, devices(1));
    ReplicaCrew crew(other, devices(replicas));
    for (int i = 0; i < 5; ++i) {
        const double expected = stepOf(alone, views, 0.9, 1e-3, 0.2 * i);
        const double ours = stepOf(crew, views, 0.9, 1e-3, 0.2 * i);
        QVERIFY2(std::abs(ours - expected) <= 2e-5 * std::abs(expected),
                 qPrintable(QStringLiteral("step %1: %2, not %3").arg(i).arg(ours).arg(expected)));
    }
    const auto expected = stateOf(alone.first());
    for (const auto& [name, tensor] : stateOf(crew.first())) {
        QVERIFY2(torch::allclose(tensor.to(torch::kFloat32), expected.at(name).to(torch::kFloat32),
                                 1e-3, 2e-5),
                 name.c_str());
    }
    std::vector<std::map<std::string, Tensor>> states(crew.size());
    crew.run([&](Replica& replica, std::size_t index) { states[index] = stateOf(replica); });
    for (const auto& state : states) { // bit for bit
        for (const auto& [name, tensor] : state) {
            QVERIFY2(tensor.equal(states.front().at(name)), name.c_str());
        }
    }
}

/// Steps whose rounding Adam does not blow up.
TrainingConfig steadyConfig(const QString& framework)
{
    TrainingConfig config = tinyConfig(framework);
    config.optimizer.epsilon = 1e-3;
    return config;
}

} // namespace

class ReplicasTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        torch::set_num_threads(1);
        at::globalContext().setAllowTF32CuDNN(false);
    }
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }

    void areOneTraining_data()
    {
        QTest::addColumn<QString>("framework");
        QTest::addColumn<int>("replicas");
        QTest::addColumn<int>("microBatch");
        for (const char* name : {"moco_v3", "simclr", "byol", "swav", "moco_v1", "moco_v2"}) {
            QTest::addRow("%s, 2 replicas", name) << name << 2 << 0;
            QTest::addRow("%s, 4 replicas", name) << name << 4 << 0;
            QTest::addRow("%s, micro-batches", name) << name << 1 << 4;
            QTest::addRow("%s, 2 replicas in micro-batches", name) << name << 2 << 2;
        }
    }
    void areOneTraining()
    {
        QFETCH(QString, framework);
        QFETCH(int, replicas);
        QFETCH(int, microBatch);
        if (!areThere(replicas)) {
            QSKIP("not that many GPUs");
        }
        const TrainingConfig whole = steadyConfig(framework);
        TrainingConfig parts = whole;
        parts.train.microBatch = microBatch;
        compareTrainings(whole, parts, replicas);
    }

    /// BN in the backbone is over all replicas too.
    void areOneTrainingOfAResNet_data()
    {
        QTest::addColumn<QString>("framework");
        QTest::newRow("MoCo v3") << "moco_v3";
        QTest::newRow("MoCo v2") << "moco_v2";
    }
    void areOneTrainingOfAResNet()
    {
        QFETCH(QString, framework);
        if (!areThere(2)) {
            QSKIP("not that many GPUs");
        }
        TrainingConfig config = steadyConfig(framework);
        config.model = tinyResNet();
        // In a smaller batch a rounding error, of whatever origin, can switch a ReLU and grows.
        config.train.batchSize = 32;
        config.optimizer.name = "sgd";
        compareTrainings(config, config, 2);
    }

    void areOneTrainingOfAViTWithBatchNorm()
    {
        if (!areThere(2)) {
            QSKIP("not that many GPUs");
        }
        TrainingConfig config = steadyConfig("moco_v3");
        config.model.mlpNorm = "batch";
        compareTrainings(config, config, 2);
    }

    /// The authors' own losses, from a batch that is shared out.
    void followTheGoldenSteps_data()
    {
        QTest::addColumn<int>("replicas");
        QTest::addColumn<int>("microBatch");
        QTest::newRow("one") << 1 << 0;
        QTest::newRow("two") << 2 << 0;
        QTest::newRow("four") << 4 << 0;
        QTest::newRow("two, in micro-batches") << 2 << 2;
    }
    void followTheGoldenSteps()
    {
        QFETCH(int, replicas);
        QFETCH(int, microBatch);
        if (!areThere(replicas)) {
            QSKIP("not that many GPUs");
        }
        const GoldenCase golden = readGolden("moco_vit_strict");
        TrainingConfig config = goldenConfig(golden.hyper());
        config.train.microBatch = microBatch;
        ReplicaCrew crew(config, devices(replicas));
        {
            const torch::NoGradGuard noGradient;
            for (const auto& [name, tensor] : stateOf(crew.first())) {
                tensor.copy_(golden.at("init/" + name));
            }
        }
        crew.run([](Replica& replica, std::size_t /*index*/) { (void)replica.followFirst({}); });
        const auto losses = golden.at("loss").accessor<float, 1>();
        const double rate = golden.hyper().value("lr", 1e-3);
        for (std::int64_t i = 0; i < losses.size(0); ++i) {
            const double loss
                = stepOf(crew, {golden.at("x1"), golden.at("x2")}, config.method.momentum, rate, 0);
            QVERIFY2(
                std::abs(loss - losses[i]) <= 1e-4 * std::abs(losses[i]),
                qPrintable(QStringLiteral("loss %1: %2, not %3").arg(i).arg(loss).arg(losses[i])));
        }
        for (const auto& [name, tensor] : stateOf(crew.first())) {
            if (tensor.is_floating_point()) {
                const Tensor difference = (tensor.cpu() - golden.at("step5/" + name)).abs();
                QVERIFY2(withoutZeroGradients(name, difference).max().item<double>() <= 1e-4,
                         name.c_str());
            }
        }
    }

    void aRunIsTheSameOnTwoReplicas()
    {
        RunRequest alone = request("alone"), shared = request("shared");
        alone.config.optimizer.epsilon = shared.config.optimizer.epsilon = 1e-3;
        shared.config.train.device = "cpu:2";
        const auto expected = runToEnd(alone), ours = runToEnd(shared);
        QVERIFY2(eventsOf<Finished>(ours).size() == 1, failureText(ours).c_str());
        QVERIFY(eventsOf<RunFacts>(ours).front().device.find("2 replicas") != std::string::npos);
        const Curves a = curvesOf(expected), b = curvesOf(ours);
        QCOMPARE(b.size(), a.size());
        for (const char* name : {"train/loss", "train/grad_norm", "grad/l2/blocks.1"}) {
            for (const auto& [step, value] : a.at(name)) {
                QVERIFY2(std::abs(b.at(name).at(step) - value) <= 1e-3 * std::abs(value), name);
            }
        }
        QCOMPARE(eventsOf<CheckpointSaved>(ours).size(), 1U);
    }

    /// Also with another number of replicas.
    void aRunGoesOnFromItsCheckpoint()
    {
        RunRequest whole = request("whole");
        whole.config.train.device = "cpu:2";
        whole.config.checkpoint.everyEpochs = 0.6; // 3 steps
        whole.config.checkpoint.keepLast = 10;
        const Curves curves = curvesOf(runToEnd(whole));
        for (const char* device : {"cpu:2", "cpu"}) {
            RunRequest rest = request(device);
            rest.config.train.device = device;
            rest.resumeFrom = {{whole.checkpointFolder / "step-000000006.safetensors", 6}};
            const auto again = runToEnd(rest);
            QVERIFY2(eventsOf<Finished>(again).size() == 1, failureText(again).c_str());
            const auto told = eventsOf<Incident>(again);
            const bool isOther = rest.config.train.device != whole.config.train.device;
            QCOMPARE(std::ranges::count(told, "device_changed", &Incident::kind), isOther ? 1 : 0);
            const double expected = curves.at("train/loss").at(6);
            const double loss = curvesOf(again).at("train/loss").at(6);
            QVERIFY(std::abs(loss - expected) <= 1e-5 * std::abs(expected));
            if (rest.config.train.device == "cpu:2") { // bit for bit, to the end
                QCOMPARE(curvesOf(again).at("train/loss").at(9), curves.at("train/loss").at(9));
            }
        }
    }

    void aReplicaThatThrowsEndsTheJobWithItsOwnError()
    {
        if (!areThere(3)) {
            QSKIP("not that many GPUs");
        }
        ReplicaCrew crew(tinyConfig(QStringLiteral("moco_v3")), devices(3));
        std::atomic<int> released = 0;
        const auto job = [&](Replica& replica, std::size_t index) {
            if (index == 1) {
                throw std::runtime_error("the device is gone");
            }
            try {
                replica.replicas()->barrier();
            } catch (const ReplicasReleased&) {
                ++released;
                throw;
            }
        };
        std::string message;
        try {
            crew.run(job);
        } catch (const std::exception& error) {
            message = error.what();
        }
        QCOMPARE(message, "the device is gone");
        QCOMPARE(released.load(), 2);
    }

    /// Only the second replica's image is bad; both say the same.
    void aBadRowIsFoundWhereItIs()
    {
        if (!areThere(2)) {
            QSKIP("not that many GPUs");
        }
        const TrainingConfig config = tinyConfig(QStringLiteral("moco_v3"));
        ReplicaCrew crew(config, devices(2));
        const TwoViews views = randomViews(config);
        views.first[config.train.batchSize - 1][0][0][0] = std::nan("");
        const auto before = stateOf(crew.first());
        std::map<std::string, Tensor> kept;
        for (const auto& [name, tensor] : before) {
            kept[name] = tensor.clone();
        }
        std::vector<std::string> layers(2);
        std::atomic<int> bad = 0;
        crew.run([&](Replica& replica, std::size_t index) {
            const TwoViews rows {views.first.chunk(2)[index], views.second.chunk(2)[index]};
            bad += replica.step({rows, 0.9, 1e-2, 0}).isFinite ? 0 : 1;
            layers[index] = replica.firstNonFiniteLayer(rows);
            replica.undoStep();
        });
        QCOMPARE(bad.load(), 2);
        QCOMPARE(layers[0], "views");
        QCOMPARE(layers[1], "views");
        for (const auto& [name, tensor] : stateOf(crew.first())) {
            QVERIFY2(tensor.equal(kept.at(name)), name.c_str());
        }
    }

private:
    RunRequest request(const std::string& name) const
    {
        return tinyRequest(std::filesystem::path(m_folder->path().toStdString()) / name);
    }

    std::unique_ptr<QTemporaryDir> m_folder;
};

QTEST_GUILESS_MAIN(ReplicasTest)
#include "replicas_test.moc"
