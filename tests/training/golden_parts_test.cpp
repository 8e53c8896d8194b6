// SPDX-License-Identifier: GPL-3.0-or-later
// Position embeddings, schedules, optimizers and kNN votes against what others computed.
#include "golden_case.h"
#include "training/evaluation/knn.h"
#include "training/models/position_embedding.h"
#include "training/optim/optimizer.h"
#include "training/optim/schedule.h"

#include <QTest>

using namespace mocoscope::training;
using torch::Tensor;

namespace {

/// atol 1e-6 and rtol 1e-5, as the golden data recommend for the optimizers.
bool isClose(const Tensor& ours, const Tensor& theirs)
{
    return torch::allclose(ours, theirs, 1e-5, 1e-6);
}

TrainingConfig scheduleConfig(const nlohmann::json& hyper)
{
    TrainingConfig config;
    config.train.epochs = hyper.at("epochs");
    config.train.warmupEpochs = hyper.at("warmup");
    config.train.batchSize = hyper.at("batch");
    config.optimizer.lr = hyper.at("base_lr");
    config.method.momentum = hyper.at("m");
    return config;
}

OptimizerConfig optimizerConfig(const nlohmann::json& hyper)
{
    OptimizerConfig config;
    config.lr = hyper.value("lr", 0.0);
    config.weightDecay = hyper.value("weight_decay", 0.02);
    config.epsilon = hyper.value("eps", config.epsilon);
    config.momentum = hyper.value("momentum", config.momentum);
    config.trustCoefficient = hyper.value("trust_coefficient", config.trustCoefficient);
    if (hyper.contains("betas")) {
        config.beta1 = hyper.at("betas").at(0);
        config.beta2 = hyper.at("betas").at(1);
    }
    return config;
}

std::unique_ptr<Optimizer> optimizerOf(const GoldenCase& golden,
                                       const Optimizer::NamedTensors& parameters)
{
    const auto& hyper = golden.hyper();
    OptimizerConfig config = optimizerConfig(hyper);
    if (golden.name.starts_with("opt_adamw")) {
        return makeAdamW(parameters, config);
    }
    if (golden.name.starts_with("opt_lars")) {
        return makeLars(parameters, config);
    }
    if (golden.name.starts_with("opt_sgd")) {
        return makeSgd(parameters, config);
    }
    LambOptions options;
    options.maxGradientNorm
        = hyper.at("max_grad_norm").is_null() ? 0.0 : hyper.at("max_grad_norm").get<double>();
    options.clipsTrust = hyper.at("trust_clip");
    if (hyper.at("groups").get<std::string>().starts_with("two groups")) {
        config.decayExclusions = "vectors";
    }
    return makeLamb(parameters, config, options);
}

} // namespace

class GoldenPartsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void positionEmbedding()
    {
        const GoldenCase golden = readGolden("pos_embed");
        QVERIFY(!golden.tensors.empty());
        for (const auto& [name, expected] : golden.tensors) {
            long long h = 0, w = 0, d = 0;
            QCOMPARE(std::sscanf(name.c_str(), "pos_h%lld_w%lld_d%lld", &h, &w, &d), 3);
            const Tensor ours = sinCosPositionEmbedding(h, w, d);
            QCOMPARE(ours.sizes(), expected.sizes());
            QVERIFY2(largestDifference(ours, expected) <= 1e-6, name.c_str());
        }
    }

    void schedules()
    {
        const GoldenCase golden = readGolden("schedules");
        for (const auto& [name, hyper] : golden.hyper().items()) {
            const TrainingConfig config = scheduleConfig(hyper);
            const std::int64_t iterations = hyper.at("iters");
            const auto rates = golden.at(name + "_lr").accessor<double, 1>();
            const auto momenta = golden.at(name + "_m").accessor<double, 1>();
            QCOMPARE(rates.size(0), iterations * config.train.epochs);
            for (std::int64_t step = 0; step < rates.size(0); ++step) {
                const double rate = learningRate(config, step, iterations);
                const double momentum = encoderMomentum(config, step, iterations);
                QVERIFY(std::abs(rate - rates[step]) <= 1e-12 * std::abs(rates[step]));
                QVERIFY(std::abs(momentum - momenta[step]) <= 1e-12 * std::abs(momenta[step]));
            }
        }
    }

    void optimizer_data()
    {
        QTest::addColumn<QString>("name");
        for (const std::string& name : goldenCases("opt_")) {
            QTest::newRow(name.c_str()) << QString::fromStdString(name);
        }
    }
    void optimizer()
    {
        QFETCH(QString, name);
        const GoldenCase golden = readGolden(name.toStdString());
        Optimizer::NamedTensors parameters;
        for (const auto& [key, tensor] : golden.tensors) {
            if (key.starts_with("init/")) {
                parameters.emplace_back(key.substr(5), tensor.clone().requires_grad_());
            }
        }
        QVERIFY(!parameters.empty());
        const auto optimizer = optimizerOf(golden, parameters);
        int steps = 0;
        for (; golden.tensors.contains("grad" + std::to_string(steps) + "/w"); ++steps) {
            const std::string number = std::to_string(steps);
            for (auto& [key, parameter] : parameters) {
                parameter.mutable_grad() = golden.at("grad" + number + "/" + key);
            }
            const auto& hyper = golden.hyper();
            optimizer->step(hyper.contains("lr_per_step")
                                ? hyper.at("lr_per_step").at(static_cast<std::size_t>(steps))
                                : hyper.at("lr"));
            for (const auto& [key, parameter] : parameters) {
                const Tensor& expected = golden.at("param" + std::to_string(steps + 1) + "/" + key);
                QVERIFY2(isClose(parameter.detach(), expected),
                         (key + " after step " + number).c_str());
            }
        }
        QCOMPARE(steps, 10);
    }

    void knn()
    {
        const GoldenCase golden = readGolden("knn");
        for (const double temperature : golden.hyper().at("T")) {
            const std::string suffix = "_T" + nlohmann::json(temperature).dump();
            const Tensor votes
                = knnVotes(golden.at("bank"), golden.at("bank_labels"), golden.at("test"),
                           golden.hyper().at("classes"), golden.hyper().at("k"), temperature);
            QVERIFY(torch::allclose(votes, golden.at("scores" + suffix), 1e-4, 1e-4));
            QVERIFY(votes.argmax(1).equal(golden.at("pred" + suffix)));
            const KnnAccuracy accuracy = knnAccuracy(votes, golden.at("test_labels"));
            const double expected = golden.description.at("values").at("top1" + suffix);
            QVERIFY(std::abs(accuracy.top1 - expected) < 1e-6);
            QVERIFY(accuracy.top5 >= accuracy.top1);
        }
    }
};

QTEST_GUILESS_MAIN(GoldenPartsTest)
#include "golden_parts_test.moc"
