// SPDX-License-Identifier: GPL-3.0-or-later
// Schedules, what is spared from weight decay, and clipping, by their formulas.
#include "training/optim/optimizer.h"
#include "training/optim/schedule.h"

#include <QTest>

#include <cmath>

using namespace mocoscope::training;
using torch::Tensor;

namespace {

constexpr std::int64_t stepsAnEpoch = 10;

TrainingConfig withSchedule(const char* name)
{
    TrainingConfig config;
    config.train.batchSize = 512;
    config.train.epochs = 100;
    config.train.warmupEpochs = 10;
    config.optimizer.lr = 0.5; // a peak of 1
    config.optimizer.schedule = name;
    config.optimizer.stepEpochs = "60, 80";
    config.optimizer.stepFactor = 0.1;
    return config;
}

double rateAt(const TrainingConfig& config, double epoch)
{
    return learningRate(config, std::llround(epoch * stepsAnEpoch), stepsAnEpoch);
}

bool isNear(double a, double b)
{
    return std::abs(a - b) <= 1e-12;
}

/// A weight, a bias, a class token and positions, with one gradient.
Optimizer::NamedTensors smallModel()
{
    torch::manual_seed(2);
    Optimizer::NamedTensors parameters;
    for (const auto& [name, shape] :
         std::vector<std::pair<std::string, std::vector<std::int64_t>>> {
             {"weight", {4, 3}},
             {"bias", {4}},
             {"cls_token", {1, 1, 3}},
             {"pos_embed", {1, 2, 3}}}) {
        Tensor parameter = torch::randn(shape).requires_grad_();
        parameter.mutable_grad() = torch::randn(shape);
        parameters.emplace_back("base_encoder." + name, parameter);
    }
    return parameters;
}

/// The parameters after one step of this optimizer.
Optimizer::NamedTensors stepped(const OptimizerConfig& config, double rate = 0.1)
{
    const auto parameters = smallModel();
    makeOptimizer(parameters, config)->step(rate);
    return parameters;
}

} // namespace

class OptimizerOptionsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void schedulesShareTheWarmUp()
    {
        for (const char* name : {"cosine", "constant", "step"}) {
            const TrainingConfig config = withSchedule(name);
            QVERIFY(isNear(rateAt(config, 0), 0));
            QVERIFY(isNear(rateAt(config, 2.5), 0.25));
            QVERIFY(isNear(rateAt(config, 10), 1));
        }
    }

    void schedulesGoOnAsTheirNamesSay()
    {
        const TrainingConfig cosine = withSchedule("cosine");
        QVERIFY(isNear(rateAt(cosine, 55), 0.5));
        QVERIFY(isNear(rateAt(cosine, 100), 0));
        const TrainingConfig constant = withSchedule("constant");
        QVERIFY(isNear(rateAt(constant, 99.9), 1));
        const TrainingConfig steps = withSchedule("step");
        QVERIFY(isNear(rateAt(steps, 59.9), 1));
        QVERIFY(isNear(rateAt(steps, 60), 0.1));
        QVERIFY(isNear(rateAt(steps, 79.9), 0.1));
        QVERIFY(isNear(rateAt(steps, 80), 0.01));
        QVERIFY(isNear(rateAt(steps, 99.9), 0.01));
    }

    void sparesFromDecay_data()
    {
        QTest::addColumn<QString>("optimizer");
        QTest::addColumn<QString>("exclusions");
        QTest::addColumn<QStringList>("spared");
        for (const char* name : {"adamw", "sgd", "lamb", "lars"}) {
            const bool isLars = name == std::string("lars");
            const QStringList vectors {"bias"}, tokens {"bias", "cls_token", "pos_embed"};
            QTest::addRow("%s, none", name)
                << name << "none" << (isLars ? vectors : QStringList {});
            QTest::addRow("%s, vectors", name) << name << "vectors" << vectors;
            QTest::addRow("%s, tokens", name) << name << "vectors_and_tokens" << tokens;
        }
    }
    /// A parameter is spared exactly if the decay makes no difference to it.
    void sparesFromDecay()
    {
        QFETCH(QString, optimizer);
        QFETCH(QString, exclusions);
        QFETCH(QStringList, spared);
        OptimizerConfig config;
        config.name = optimizer.toStdString();
        config.decayExclusions = exclusions.toStdString();
        config.trustCoefficient = 1;
        config.weightDecay = 0.3;
        const auto decayed = stepped(config);
        config.decayExclusions = "vectors_and_tokens";
        const auto reference = stepped(config);
        config.weightDecay = 0;
        const auto plain = stepped(config);
        for (std::size_t i = 0; i < decayed.size(); ++i) {
            const QString name = QString::fromStdString(decayed[i].first).section('.', 1);
            QVERIFY2(decayed[i].second.equal(plain[i].second) == spared.contains(name),
                     qPrintable(name));
        }
        // The weight decays whatever is spared.
        QVERIFY(decayed.front().second.equal(reference.front().second));
    }

    void sparedAdamWAgreesWithAnOptimizerWithoutDecay()
    {
        OptimizerConfig config;
        config.decayExclusions = "vectors";
        const auto before = smallModel();
        const auto after = stepped(config);
        // The first step of Adam goes by the rate against the sign of the gradient.
        const Tensor expected = before[1].second - 0.1 * before[1].second.grad().sign();
        QVERIFY(torch::allclose(after[1].second, expected, 1e-4, 1e-5));
        const Tensor decayed = before[0].second * (1 - 0.1 * config.weightDecay)
            - 0.1 * before[0].second.grad().sign();
        QVERIFY(torch::allclose(after[0].second, decayed, 1e-4, 1e-5));
    }

    void clipsElements()
    {
        OptimizerConfig config = plainSgd();
        config.clipValue = 0.2;
        compareStep(config, [](const Tensor& gradient) { return gradient.clamp(-0.2, 0.2); });
    }

    void clipsTheNormOfAllTogether()
    {
        OptimizerConfig config = plainSgd();
        config.clipNorm = 0.5;
        const double norm = normOf(smallModel());
        QVERIFY(norm > 1);
        compareStep(config, [norm](const Tensor& gradient) { return gradient * (0.5 / norm); });
        config.clipNorm = 2 * norm; // not reached
        compareStep(config, [](const Tensor& gradient) { return gradient; });
    }

    void clipsElementsBeforeTheNorm()
    {
        OptimizerConfig config = plainSgd();
        config.clipValue = 0.2;
        config.clipNorm = 0.3;
        auto clamped = smallModel();
        for (auto& [name, parameter] : clamped) {
            parameter.mutable_grad().clamp_(-0.2, 0.2);
        }
        const double norm = normOf(clamped);
        compareStep(config, [norm](const Tensor& gradient) {
            return gradient.clamp(-0.2, 0.2) * (0.3 / norm);
        });
    }

    /// LAMB clips at 1 on its own; a clip norm of the configuration takes that place.
    void aClipNormReplacesThatOfLamb()
    {
        const auto meanAfter = [](double clipNorm) {
            OptimizerConfig config;
            config.name = "lamb";
            config.clipNorm = clipNorm;
            const auto parameters = smallModel();
            const auto optimizer = makeOptimizer(parameters, config);
            optimizer->step(0.1);
            double squares = 0;
            for (const auto& [name, tensor] : optimizer->state()) {
                squares += name.starts_with("exp_avg/") ? tensor.square().sum().item<double>() : 0;
            }
            return std::sqrt(squares) / (1 - config.beta1); // of the clipped gradient
        };
        const double norm = normOf(smallModel());
        QVERIFY(norm > 2);
        QVERIFY(std::abs(meanAfter(0) - 1) < 1e-4);
        QVERIFY(std::abs(meanAfter(2) - 2) < 1e-4);
        QVERIFY(std::abs(meanAfter(2 * norm) - norm) < 1e-4 * norm);
    }

private:
    static OptimizerConfig plainSgd()
    {
        OptimizerConfig config;
        config.name = "sgd";
        config.weightDecay = 0;
        return config;
    }
    static double normOf(const Optimizer::NamedTensors& parameters)
    {
        double squares = 0;
        for (const auto& [name, parameter] : parameters) {
            squares += parameter.grad().square().sum().item<double>();
        }
        return std::sqrt(squares);
    }
    template <typename Expected>
    static void compareStep(const OptimizerConfig& config, const Expected& expected)
    {
        const auto before = smallModel();
        const auto after = stepped(config, 0.1);
        for (std::size_t i = 0; i < before.size(); ++i) {
            const Tensor direction = expected(before[i].second.grad());
            QVERIFY2(
                torch::allclose(after[i].second, before[i].second - 0.1 * direction, 1e-5, 1e-6),
                before[i].first.c_str());
        }
    }
};

QTEST_GUILESS_MAIN(OptimizerOptionsTest)
#include "optimizer_options_test.moc"
