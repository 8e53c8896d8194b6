// SPDX-License-Identifier: GPL-3.0-or-later
// Whole MoCo v3 steps of small ResNets under LARS against the authors' code: queries, keys,
// gradients, weights, BN buffers.
#include "golden_case.h"
#include "training/methods/contrastive_loss.h"
#include "training/models/heads.h"
#include "training/models/resnet.h"
#include "training/optim/optimizer.h"

#include <QTest>

using namespace mocoscope::training;
using torch::Tensor;

namespace {

/// The shapes are told in words only: "Bottleneck, [1, 1, 1, 1] … divided by 16 (stem 4, …)".
ResNetShape shapeOf(const nlohmann::json& hyper)
{
    const std::string text = hyper.at("arch");
    const std::int64_t divisor = std::stol(text.substr(text.find("divided by ") + 11));
    ResNetShape shape;
    shape.blocks = {1, 1, 1, 1};
    shape.isBottleneck = text.find("Bottleneck") != std::string::npos;
    shape.zeroInitResidual = hyper.at("zero_init_residual");
    shape.stemWidth /= divisor;
    for (std::int64_t& width : shape.widths) {
        width /= divisor;
    }
    return shape;
}

torch::Generator generator()
{
    return at::make_generator<at::CPUGeneratorImpl>();
}

/// Encoders and heads of MoCo v3 for a ResNet of any shape.
struct Encoders : torch::nn::Module
{
    Encoders(const ResNetShape& shape, std::int64_t hidden, std::int64_t width)
        : base(register_module("base_encoder", std::make_shared<ResNet>(shape, generator())))
        , momentum(
              register_module("momentum_encoder", std::make_shared<ResNet>(shape, generator())))
        , predictor(HeadShape {.input = width,
                               .hidden = hidden,
                               .output = width,
                               .layers = 2,
                               .normaliseOutput = false},
                    generator())
    {
        const HeadShape projector {.input = shape.featureWidth(),
                                   .hidden = hidden,
                                   .output = width,
                                   .layers = 2,
                                   .normaliseOutput = true};
        // the authors' name: they put the head in the place of the classifier
        baseHead = base->register_module("fc", Head(projector, generator()));
        momentumHead = momentum->register_module("fc", Head(projector, generator()));
        register_module("predictor", predictor);
        for (const Tensor& parameter : momentum->parameters()) {
            parameter.set_requires_grad(false);
        }
    }

    Tensor query(const Tensor& view)
    {
        return predictor(baseHead(base->forward(view, Precision::Fp32), Precision::Fp32),
                         Precision::Fp32);
    }
    Tensor key(const Tensor& view)
    {
        const torch::NoGradGuard noGradient;
        return momentumHead(momentum->forward(view, Precision::Fp32), Precision::Fp32);
    }
    void updateMomentumEncoder(double m)
    {
        const torch::NoGradGuard noGradient;
        at::_foreach_lerp_(momentum->parameters(), base->parameters(), 1 - m);
    }
    std::map<std::string, Tensor> state() const
    {
        std::map<std::string, Tensor> all;
        for (const auto& entry : named_parameters()) {
            all[entry.key()] = entry.value().detach();
        }
        for (const auto& entry : named_buffers()) {
            all[entry.key()] = entry.value();
        }
        return all;
    }

    std::shared_ptr<ResNet> base;
    std::shared_ptr<ResNet> momentum;
    Head baseHead {nullptr};
    Head momentumHead {nullptr};
    Head predictor;
};

} // namespace

class GoldenResNetTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void steps_data()
    {
        QTest::addColumn<QString>("name");
        for (const std::string& name : goldenCases("moco_resnet")) {
            QTest::addRow("%s", name.c_str()) << QString::fromStdString(name);
        }
    }

    void steps()
    {
        QFETCH(QString, name);
        const GoldenCase golden = readGolden(name.toStdString());
        const auto& hyper = golden.hyper();
        Encoders encoders(shapeOf(hyper), hyper.at("projector_hidden"), hyper.at("dim"));
        load(encoders, golden);

        Optimizer::NamedTensors parameters;
        for (const auto& entry : encoders.named_parameters()) {
            parameters.emplace_back(entry.key(), entry.value());
        }
        OptimizerConfig config;
        config.weightDecay = hyper.at("weight_decay");
        config.momentum = hyper.at("momentum");
        config.trustCoefficient = hyper.at("trust_coefficient");
        const auto optimizer = makeLars(parameters, config);
        const auto losses = golden.at("loss").accessor<float, 1>();
        for (std::int64_t i = 0; i < losses.size(0); ++i) {
            optimizer->zeroGradients();
            const double loss = step(encoders, golden, i == 0);
            QVERIFY2(std::abs(loss - losses[i]) <= 1e-4 * std::abs(losses[i]),
                     qPrintable(QStringLiteral("loss %1: %2").arg(i).arg(loss)));
            if (i == 0) {
                compareGradients(encoders, golden);
            }
            optimizer->step(hyper.at("lr"));
            if (i == 0 || i == 4) {
                compareState(encoders, golden, i == 0 ? "step1/" : "step5/", i == 0 ? 5e-6 : 1e-4);
            }
        }
    }

private:
    static void load(Encoders& encoders, const GoldenCase& golden)
    {
        const torch::NoGradGuard noGradient;
        std::size_t count = 0;
        for (const auto& [name, tensor] : encoders.state()) {
            tensor.copy_(golden.at("init/" + name));
            ++count;
        }
        std::size_t theirs = 0;
        for (const auto& [name, tensor] : golden.tensors) {
            theirs += name.starts_with("init/") ? 1 : 0;
        }
        QCOMPARE(count, theirs);
    }

    static double step(Encoders& encoders, const GoldenCase& golden, bool isFirst)
    {
        encoders.updateMomentumEncoder(golden.hyper().at("m"));
        const Tensor q1 = encoders.query(golden.at("x1"));
        const Tensor q2 = encoders.query(golden.at("x2"));
        const Tensor k1 = encoders.key(golden.at("x1"));
        const Tensor k2 = encoders.key(golden.at("x2"));
        if (isFirst) {
            compare(q1, golden.at("q1"), 5e-5, "q1");
            compare(q2, golden.at("q2"), 5e-5, "q2");
            compare(k1, golden.at("k1"), 5e-5, "k1");
            compare(k2, golden.at("k2"), 5e-5, "k2");
        }
        const double temperature = golden.hyper().at("T");
        const Tensor loss
            = contrastiveLoss(q1, k2, temperature) + contrastiveLoss(q2, k1, temperature);
        loss.backward();
        return loss.item<double>();
    }

    static void compareGradients(const Encoders& encoders, const GoldenCase& golden)
    {
        for (const auto& entry : encoders.named_parameters()) {
            const auto expected = golden.tensors.find("grad/" + entry.key());
            if (expected == golden.tensors.end()) {
                QVERIFY2(!entry.value().grad().defined(), entry.key().c_str());
                continue;
            }
            const double bound = std::max(2e-6, 1e-4 * expected->second.abs().max().item<double>());
            compare(entry.value().grad(), expected->second, bound, entry.key());
        }
    }

    static void compareState(const Encoders& encoders, const GoldenCase& golden,
                             const std::string& prefix, double tolerance)
    {
        for (const auto& [name, ours] : encoders.state()) {
            compare(ours, golden.at(prefix + name), tolerance, prefix + name);
        }
    }

    static void compare(const Tensor& ours, const Tensor& theirs, double tolerance,
                        const std::string& name)
    {
        const double difference = largestDifference(ours.detach(), theirs);
        QVERIFY2(difference <= tolerance, (name + ": " + std::to_string(difference)).c_str());
    }
};

QTEST_GUILESS_MAIN(GoldenResNetTest)
#include "golden_resnet_test.moc"
