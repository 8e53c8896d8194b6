// SPDX-License-Identifier: GPL-3.0-or-later
// Every backbone as a module: what it counts, draws, freezes and gives a gradient.
#include "training/api/backbone_cost.h"
#include "training/api/config_schema.h"
#include "training/models/resnet.h"
#include "training/models/vision_transformer.h"

#include <QTest>

#include <cmath>
#include <set>

using namespace mocoscope::training;
using torch::Tensor;

namespace {

torch::Generator seeded(std::uint64_t seed)
{
    return at::make_generator<at::CPUGeneratorImpl>(seed);
}

/// Small where the name allows it.
ModelConfig configWith(const QString& settings)
{
    TrainingConfig config;
    config.model.imageSize = 32;
    for (const QString& setting : settings.split(' ', Qt::SkipEmptyParts)) {
        const auto parts = setting.split('=');
        config
            = *withOption(config, "model." + parts.at(0).toStdString(), parts.at(1).toStdString());
    }
    return config.model;
}

std::int64_t countLearning(const torch::nn::Module& module)
{
    std::int64_t count = 0;
    for (const Tensor& parameter : module.parameters()) {
        count += parameter.requires_grad() ? parameter.numel() : 0;
    }
    return count;
}

void addVariants()
{
    QTest::addColumn<QString>("settings");
    const QString vit = "width=32 heads=4 depth=3 patch_size=8 mlp_ratio=2 ";
    QTest::newRow("ViT") << vit;
    QTest::newRow("patch 4") << vit + "patch_size=4";
    QTest::newRow("patch 7") << vit + "patch_size=7 image_size=28";
    QTest::newRow("ConvStem") << vit + "patch_size=16 stem=conv";
    QTest::newRow("ViT-BN") << vit + "mlp_norm=batch";
    QTest::newRow("weight norm") << vit + "patch_embed_weight_norm=true";
    QTest::newRow("norm, mean") << vit + "pooling=norm_mean";
    QTest::newRow("mean") << vit + "pooling=mean";
    QTest::newRow("learned positions") << vit + "position_embedding=learned";
    QTest::newRow("no positions") << vit + "position_embedding=none";
    QTest::newRow("learned, pooled") << vit + "position_embedding=learned pooling=mean";
    QTest::newRow("ResNet-18") << "name=resnet18";
    QTest::newRow("ResNet-18, small images") << "name=resnet18 stem=cifar";
    QTest::newRow("ResNet-34") << "name=resnet34";
    QTest::newRow("ResNet-50") << "name=resnet50 zero_init_residual=false";
}

} // namespace

class BackboneTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void countsWhatTheEstimateSays_data()
    {
        addVariants();
        for (const char* name : {"vit_tiny", "vit_small", "vit_base"}) {
            QTest::newRow(name) << QStringLiteral("image_size=224 name=") + name;
        }
    }
    void countsWhatTheEstimateSays()
    {
        QFETCH(QString, settings);
        ModelConfig config = configWith(settings);
        config.freezePatchEmbed = false;
        const auto backbone = makeBackbone(config, seeded(1));
        QCOMPARE(countLearning(*backbone), backboneCost(config, 4).parameters);
        QCOMPARE(backbone->featureWidth(), featureWidth(config));
        QCOMPARE(backbone->mixesImages(), hasBatchNorm(config));
        config.freezePatchEmbed = true;
        QCOMPARE(countLearning(*makeBackbone(config, seeded(1))),
                 backboneCost(config, 4).parameters - backboneCost(config, 4).stemParameters);
    }

    void givesEveryLayerAGradient_data() { addVariants(); }
    void givesEveryLayerAGradient()
    {
        QFETCH(QString, settings);
        ModelConfig config = configWith(settings);
        config.freezePatchEmbed = false;
        config.zeroInitResidual = false; // or nothing behind a zero γ has one
        const auto backbone = makeBackbone(config, seeded(1));
        torch::manual_seed(5);
        const Tensor images = torch::randn({4, 3, config.imageSize, config.imageSize});
        std::vector<std::string> seen;
        const Tensor features = backbone->forward(
            images, Precision::Fp32,
            [&](const std::string& layer, const Tensor&) { seen.push_back(layer); });
        QCOMPARE(features.sizes(), torch::IntArrayRef({4, backbone->featureWidth()}));
        QCOMPARE(seen, backbone->layerNames());
        (features * torch::randn_like(features)).sum().backward();
        std::set<std::string> layers;
        for (const auto& entry : backbone->named_parameters()) {
            if (!entry.value().requires_grad()) {
                continue;
            }
            QVERIFY2(entry.value().grad().defined(), entry.key().c_str());
            QVERIFY2(entry.value().grad().abs().max().item<float>() > 0, entry.key().c_str());
            layers.insert(backbone->layerOf(entry.key()));
        }
        layers.erase(""); // class token and positions
        const auto names = backbone->layerNames();
        QCOMPARE(layers, std::set<std::string>(names.begin(), names.end()));
    }

    void bf16IsNearFp32_data() { addVariants(); }
    void bf16IsNearFp32()
    {
        QFETCH(QString, settings);
        const ModelConfig config = configWith(settings);
        const auto backbone = makeBackbone(config, seeded(1));
        backbone->eval(); // BN of four images would make large what is small
        torch::manual_seed(5);
        const Tensor images = torch::randn({4, 3, config.imageSize, config.imageSize});
        const Tensor exact = backbone->forward(images, Precision::Fp32);
        const Tensor rounded = backbone->forward(images, Precision::Bf16);
        QCOMPARE(rounded.scalar_type(), torch::kFloat32);
        const double error = ((rounded - exact).norm() / exact.norm()).item<double>();
        QVERIFY2(error < 0.05 && error > 0, std::to_string(error).c_str());
        backbone->train();
        backbone->forward(images, Precision::Bf16).sum().backward();
    }

    void isDrawnFromTheGeneratorAlone_data() { addVariants(); }
    void isDrawnFromTheGeneratorAlone()
    {
        QFETCH(QString, settings);
        const ModelConfig config = configWith(settings);
        const auto draw = [&](std::uint64_t seed) {
            torch::manual_seed(static_cast<std::uint64_t>(QTest::currentDataTag()[0]) + seed);
            return makeBackbone(config, seeded(seed))->named_parameters();
        };
        const auto one = draw(3);
        torch::rand({7});
        const auto same = draw(3);
        const auto other = draw(4);
        std::int64_t different = 0;
        for (const auto& entry : one) {
            QVERIFY2(entry.value().equal(same[entry.key()]), entry.key().c_str());
            different += entry.value().equal(other[entry.key()]) ? 0 : 1;
        }
        QVERIFY(different >= (isResNet(config) ? 20 : 10));
    }

    void drawsResNetsAsHeDid()
    {
        const auto resNet = makeBackbone(configWith("name=resnet50"), seeded(1));
        const auto parameters = resNet->named_parameters();
        const auto deviation
            = [&](const char* name) { return parameters[name].std().item<double>(); };
        // √(2 / (outputs · kernel area))
        QVERIFY(std::abs(deviation("conv1.weight") / std::sqrt(2.0 / (64 * 49)) - 1) < 0.03);
        QVERIFY(std::abs(deviation("layer4.2.conv2.weight") / std::sqrt(2.0 / (512 * 9)) - 1)
                < 0.01);
        QCOMPARE(parameters["layer3.1.bn3.weight"].abs().max().item<float>(), 0.0F);
        QCOMPARE(parameters["layer3.1.bn2.weight"].min().item<float>(), 1.0F);
        QVERIFY(parameters.contains("layer2.0.downsample.0.weight"));
        QVERIFY(!parameters.contains("layer2.1.downsample.0.weight"));
    }

    void weightNormStartsFromTheSameWeights()
    {
        ModelConfig config = configWith("width=32 heads=4 depth=1 patch_size=8");
        const auto plain = makeBackbone(config, seeded(2));
        config.patchEmbedWeightNorm = true;
        const auto split = makeBackbone(config, seeded(2));
        const Tensor images = torch::randn({2, 3, 32, 32});
        QVERIFY(torch::allclose(plain->forward(images, Precision::Fp32),
                                split->forward(images, Precision::Fp32), 1e-5, 1e-6));
        for (const char* name : {"weight_g", "weight_v", "bias"}) {
            QVERIFY(!split->named_parameters()[std::string("patch_embed.proj.") + name]
                         .requires_grad());
        }
    }

    /// A zero γ makes each block of a ResNet its shortcut.
    void zeroInitialisedResidualsPassOn()
    {
        const ResNetShape shape {{1, 2, 1, 1}, {8, 8, 8, 8}, 8, false, true, true};
        ResNet resNet(shape, seeded(1));
        const Tensor images = torch::randn({2, 3, 16, 16});
        std::map<std::string, Tensor> outputs;
        (void)resNet.forward(images, Precision::Fp32,
                             [&](const std::string& layer, const Tensor& output) {
                                 outputs[layer] = output.clone();
                             });
        QVERIFY(outputs.at("layer1.0").equal(outputs.at("conv1")));
        QVERIFY(outputs.at("layer2.1").equal(outputs.at("layer2.0")));
        QCOMPARE(outputs.at("layer4.0").sizes(), torch::IntArrayRef({2, 8, 2, 2}));
    }
};

QTEST_GUILESS_MAIN(BackboneTest)
#include "backbone_test.moc"
