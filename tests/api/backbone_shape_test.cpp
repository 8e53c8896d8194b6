// SPDX-License-Identifier: GPL-3.0-or-later
// What backbones cost, against the published figures, and which of them are refused.
#include "training/api/backbone_cost.h"
#include "training/api/config_schema.h"
#include "training/api/model_shape.h"

#include <QTest>

#include <algorithm>
#include <cmath>

using namespace mocoscope::training;

namespace {

bool isNear(double value, double expected, double share)
{
    return std::abs(value - expected) <= share * expected;
}

std::string textOf(const std::vector<Violation>& violations)
{
    std::string text;
    for (const Violation& violation : violations) {
        text += violation.key + " = " + violation.value + ": " + violation.reason + "\n";
    }
    return text;
}

TrainingConfig configWith(const QStringList& settings)
{
    TrainingConfig config;
    for (const QString& setting : settings) {
        const auto parts = setting.split('=');
        const auto changed
            = withOption(config, parts.at(0).toStdString(), parts.at(1).toStdString());
        if (!changed) {
            qFatal("%s", toText(changed.error()).c_str());
        }
        config = *changed;
    }
    return config;
}

} // namespace

class BackboneShapeTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void costsArePublishedOnes_data()
    {
        QTest::addColumn<double>("millions");
        QTest::addColumn<double>("gigaflops");
        // MoCo v3, table 2, counted with a class token and a classifier in some; He et al. 2016
        QTest::newRow("vit_small") << 22.0 << 4.6;
        QTest::newRow("vit_base") << 86.0 << 17.5;
        QTest::newRow("vit_large") << 304.0 << 61.6;
        QTest::newRow("vit_huge") << 632.0 << 167.3;
        QTest::newRow("vit_tiny") << 5.5 << 1.26;
        // torchvision's counts less the classifier's (512 or 2048 + 1) · 1000
        QTest::newRow("resnet18") << 11.176512 << 1.81;
        QTest::newRow("resnet34") << 21.284672 << 3.66;
        QTest::newRow("resnet50") << 23.508032 << 4.09;
    }
    void costsArePublishedOnes()
    {
        QFETCH(double, millions);
        QFETCH(double, gigaflops);
        ModelConfig config;
        config.name = QTest::currentDataTag();
        const BackboneCost cost = backboneCost(config, 4);
        QVERIFY2(isNear(static_cast<double>(cost.parameters), millions * 1e6,
                        isResNet(config) ? 0 : 0.02),
                 std::to_string(cost.parameters).c_str());
        QVERIFY2(isNear(cost.flops, gigaflops * 1e9, 0.006), std::to_string(cost.flops).c_str());
    }

    void estimateKnowsTheFrozenStem()
    {
        TrainingConfig config;
        const auto frozen = estimateCost(config);
        config.model.freezePatchEmbed = false;
        const auto learned = estimateCost(config);
        QCOMPARE(learned.trainableParameters - frozen.trainableParameters, 384 * (3 * 256 + 1));
        config.model.stem = "conv";
        const auto conv = estimateCost(config);
        // 48, 96, 192, 384 wide, then 1×1; one block of 12 fewer
        const std::int64_t stem = 27 * 48 + 9 * (48 * 96 + 96 * 192 + 192 * 384)
            + 2 * (48 + 96 + 192 + 384) + 384 * 385;
        const std::int64_t block = 12 * 384 * 384 + 13 * 384;
        QCOMPARE(conv.backboneParameters,
                 learned.backboneParameters - 384 * (3 * 256 + 1) - block + stem);
        config.model = {};
        config.model.name = "resnet50";
        QCOMPARE(estimateCost(config).trainableParameters,
                 estimateCost(config).backboneParameters + estimateCost(config).headParameters);
    }

    void memoryGrowsWithTheTokens()
    {
        ModelConfig small;
        small.patchSize = 16;
        ModelConfig large = small;
        large.patchSize = 7; // 1,025 tokens
        QVERIFY(backboneCost(large, 4).activationBytes
                > 5 * backboneCost(small, 4).activationBytes);
        QCOMPARE(vitShape(large).tokens(), 1025);
        large.pooling = "mean";
        QCOMPARE(vitShape(large).tokens(), 1024);
        ModelConfig resNet;
        resNet.name = "resnet50";
        QVERIFY(backboneCost(resNet, 2).activationBytes < backboneCost(resNet, 4).activationBytes);
    }

    void accepts_data()
    {
        QTest::addColumn<QStringList>("settings");
        for (const char* patch : {"4", "7", "8", "14", "16"}) {
            QTest::newRow(patch) << QStringList {QString("model.patch_size=") + patch};
        }
        QTest::newRow("ConvStem") << QStringList {"model.stem=conv", "model.name=vit_base"};
        QTest::newRow("ViT-BN") << QStringList {"model.mlp_norm=batch"};
        QTest::newRow("pooled") << QStringList {"model.pooling=mean",
                                                "model.position_embedding=learned",
                                                "optimizer.decay_exclusions=vectors_and_tokens"};
        QTest::newRow("no positions, odd width")
            << QStringList {"model.position_embedding=none", "model.width=50", "model.heads=5"};
        QTest::newRow("weight norm")
            << QStringList {"model.patch_embed_weight_norm=true", "model.freeze_patch_embed=false"};
        QTest::newRow("weight norm, fine-tuned")
            << QStringList {"model.patch_embed_weight_norm=true", "task.name=finetune"};
        QTest::newRow("ResNet") << QStringList {"model.name=resnet50"};
        QTest::newRow("ResNet, small")
            << QStringList {"model.name=resnet18", "model.stem=cifar", "model.image_size=28"};
    }
    void accepts()
    {
        QFETCH(QStringList, settings);
        const auto violations = validate(configWith(settings));
        QVERIFY2(violations.empty(), textOf(violations).c_str());
    }

    void refuses_data()
    {
        QTest::addColumn<QStringList>("settings");
        QTest::addColumn<QString>("key");
        QTest::addColumn<QString>("word");
        const auto row = [](const char* name, const QStringList& settings, const char* key,
                            const char* word) { QTest::newRow(name) << settings << key << word; };
        row("heads", {"model.heads=5"}, "model.heads", "do not divide the width 384");
        row("heads and width", {"model.heads=5", "model.width=96"}, "model.heads",
            "do not divide the width 96");
        row("width", {"model.width=100"}, "model.width", "12 heads do not divide the width 100");
        row("patch", {"model.patch_size=15"}, "model.image_size", "multiple of the patch size");
        row("ConvStem, patch 7", {"model.stem=conv", "model.patch_size=7"}, "model.patch_size",
            "16 pixels");
        row("ConvStem, ViT-H", {"model.stem=conv", "model.name=vit_huge"}, "model.stem",
            "patch size is 14");
        row("ConvStem, one block", {"model.stem=conv", "model.depth=1"}, "model.depth",
            "at least 2");
        row("ConvStem, width",
            {"model.stem=conv", "model.width=36", "model.heads=6", "model.image_size=32"},
            "model.width", "multiple of 8");
        row("ConvStem, weight norm", {"model.stem=conv", "model.patch_embed_weight_norm=true"},
            "model.patch_embed_weight_norm", "ConvStem has none");
        row("weight norm, frozen", {"model.patch_embed_weight_norm=true"},
            "model.patch_embed_weight_norm", "no effect");
        row("residuals of a ViT", {"model.zero_init_residual=false"}, "model.zero_init_residual",
            "is for ResNet");
        row("cifar stem on ViT", {"model.stem=cifar"}, "model.stem", "is for ResNet");
        row("positions", {"model.width=50", "model.heads=5"}, "model.width", "multiple of 4");
        row("pooled token", {"model.pooling=mean", "optimizer.decay_exclusions=vectors_and_tokens"},
            "optimizer.decay_exclusions", "leaves no class token");
        row("ResNet's tokens",
            {"model.name=resnet18", "optimizer.decay_exclusions=vectors_and_tokens"},
            "optimizer.decay_exclusions", "has no tokens");
        row("ResNet, patch", {"model.name=resnet18", "model.patch_size=16"}, "model.patch_size",
            "has no such part");
        row("ResNet, pooling", {"model.name=resnet18", "model.pooling=mean"}, "model.pooling",
            "has no such part");
        row("ResNet, ConvStem", {"model.name=resnet18", "model.stem=conv"}, "model.stem",
            "ConvStem is for ViT");
        row("ResNet, MLP", {"model.name=resnet18", "model.mlp_ratio=2"}, "model.mlp_ratio",
            "has no such part");
        row("ResNet, small images", {"model.name=resnet18", "model.image_size=28"},
            "model.image_size", "model.stem = cifar");
        row("micro-batches of ResNet", {"model.name=resnet18", "train.micro_batch=32"},
            "train.micro_batch", "batch normalisation");
        row("micro-batches of ViT-BN", {"model.mlp_norm=batch", "train.micro_batch=32"},
            "train.micro_batch", "batch normalisation");
        row("micro-batches of ConvStem", {"model.stem=conv", "train.micro_batch=32"},
            "train.micro_batch", "batch normalisation");
    }
    void refuses()
    {
        QFETCH(QStringList, settings);
        QFETCH(QString, key);
        QFETCH(QString, word);
        const auto violations = validate(configWith(settings));
        const auto found
            = std::find_if(violations.begin(), violations.end(), [&](const Violation& violation) {
                  return violation.key == key.toStdString();
              });
        QVERIFY2(found != violations.end(), textOf(violations).c_str());
        QVERIFY2(found->reason.find(word.toStdString()) != std::string::npos,
                 textOf(violations).c_str());
    }
};

QTEST_GUILESS_MAIN(BackboneShapeTest)
#include "backbone_shape_test.moc"
