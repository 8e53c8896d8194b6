// SPDX-License-Identifier: GPL-3.0-or-later
// Weights that torch.save() wrote of timm's and torchvision's networks, and the features that those
// gave; made by interop/make_golden.py.
#include "golden_case.h"
#include "training/api/config_schema.h"
#include "training/engine/initial_weights.h"
#include "training/interchange/pytorch_file.h"
#include "training/models/resnet.h"

#include <QTest>

#include <sstream>

using namespace mocoscope::training;
namespace training = mocoscope::training;
using torch::Tensor;

namespace {

std::filesystem::path dataFolder()
{
    const char* source = std::getenv("MOCOSCOPE_SOURCE_DIR");
    return std::filesystem::path(source == nullptr ? "." : source) / "tests" / "training"
        / "interop" / "golden";
}

nlohmann::json readCases()
{
    std::ifstream text(dataFolder() / "cases.json");
    return nlohmann::json::parse(text).at("cases");
}

TrainingConfig configOf(const std::string& settings)
{
    TrainingConfig config;
    std::istringstream words(settings);
    for (std::string word; words >> word;) {
        const auto equals = word.find('=');
        config = *withOption(config, word.substr(0, equals), word.substr(equals + 1));
    }
    return config;
}

ResNetShape shapeOf(const nlohmann::json& described)
{
    ResNetShape shape;
    const std::int64_t divisor = described.at("divisor");
    shape.blocks = described.at("blocks");
    shape.isBottleneck = described.at("block") == "bottleneck";
    shape.stemWidth /= divisor;
    for (std::int64_t& width : shape.widths) {
        width /= divisor;
    }
    return shape;
}

std::shared_ptr<Backbone> makeBackbone(const nlohmann::json& described)
{
    const auto generator = at::make_generator<at::CPUGeneratorImpl>();
    if (described.is_string()) {
        return training::makeBackbone(configOf(described).model, generator);
    }
    return std::make_shared<ResNet>(shapeOf(described), generator);
}

std::map<std::string, Tensor> readReference()
{
    auto file = readSafetensors(dataFolder() / "features.safetensors");
    if (!file) {
        throw std::runtime_error(toText(file.error()));
    }
    return std::move(file->tensors);
}

} // namespace

class InteropFeaturesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void featuresAreTheirs_data()
    {
        QTest::addColumn<QString>("name");
        const auto cases = readCases();
        for (const auto& [name, described] : cases.items()) {
            QTest::addRow("%s", name.c_str()) << QString::fromStdString(name);
        }
    }
    void featuresAreTheirs()
    {
        QFETCH(QString, name);
        const auto reference = readReference();
        const auto backbone = makeBackbone(readCases().at(name.toStdString()));
        const auto content = readWeights(dataFolder() / (name.toStdString() + ".pth"));
        QVERIFY2(content.has_value(), content ? "" : toText(content.error()).c_str());
        const auto fitted = copyIntoBackbone(sortWeights(content->tensors).base, *backbone);
        QVERIFY2(fitted.has_value(), fitted ? "" : toText(fitted.error()).c_str());
        QCOMPARE(*fitted, "");
        backbone->eval();
        const torch::NoGradGuard noGradient;
        const Tensor ours = backbone->forward(reference.at("images"), Precision::Fp32);
        const Tensor& theirs = reference.at("features/" + name.toStdString());
        const double difference = largestDifference(ours, theirs);
        QVERIFY2(difference <= 1e-5, std::to_string(difference).c_str());
        QVERIFY(theirs.abs().max().item<double>() > 0.1);
    }

    void tellsEncodersHeadsAndMetadataApart()
    {
        const auto content = readWeights(dataFolder() / "vit.pth");
        QVERIFY(content.has_value());
        QCOMPARE(content->metadata.at("arch"), "vit_tiny");
        QCOMPARE(content->metadata.at("epoch"), "3");
        const SortedWeights sorted = sortWeights(content->tensors);
        QVERIFY(sorted.base.contains("blocks.1.mlp.fc2.bias"));
        QCOMPARE(sorted.base.size(), sorted.momentum.size());
        QCOMPARE(sorted.momentum.at("norm.weight").abs().max().item<float>(), 0.0F);
        QCOMPARE(sorted.others.size(), 1U);
        QVERIFY(sorted.others.contains("predictor.0.weight"));
    }

    void saysAllThatDoesNotFit()
    {
        const auto backbone = makeBackbone(
            "model.image_size=32 model.patch_size=16 model.width=16 model.heads=2 model.depth=3 "
            "model.mlp_ratio=2 model.pooling=mean");
        const auto before = backbone->named_parameters()["blocks.0.norm1.weight"].clone();
        const auto content = readWeights(dataFolder() / "vit.pth");
        const auto fitted = copyIntoBackbone(sortWeights(content->tensors).base, *backbone);
        QVERIFY(!fitted.has_value());
        for (const char* part : {"missing in the file: blocks.2.", "and 7 more",
                                 "of another shape: patch_embed.proj.weight [16, 3, 8, 8]",
                                 "not in the model: cls_token, norm.bias, norm.weight"}) {
            QVERIFY2(fitted.error().detail.find(part) != std::string::npos,
                     fitted.error().detail.c_str());
        }
        QVERIFY(before.equal(backbone->named_parameters()["blocks.0.norm1.weight"]));
    }

    void leavesAClassifierOut()
    {
        auto content = readWeights(dataFolder() / "resnet_basic.pth");
        const SortedWeights sorted = sortWeights(content->tensors);
        QCOMPARE(sorted.leftOut, (std::vector<std::string> {"fc.bias", "fc.weight"}));
        QVERIFY(!sorted.base.contains("fc.bias"));
    }

    /// 16 patches and a class token to 4 patches without, and to 64 with one.
    void resamplesPositions()
    {
        const auto content = readWeights(dataFolder() / "vit.pth");
        const Tensor theirs = sortWeights(content->tensors).base.at("pos_embed");
        for (const auto& [size, tokens] : {std::pair {16, 5}, {64, 65}}) {
            const auto backbone = makeBackbone(
                "model.patch_size=8 model.width=16 model.heads=2 model.depth=2 model.mlp_ratio=2 "
                "model.image_size="
                + std::to_string(size));
            const auto fitted = copyIntoBackbone(sortWeights(content->tensors).base, *backbone);
            QVERIFY2(fitted.has_value(), fitted ? "" : toText(fitted.error()).c_str());
            QVERIFY(fitted->find("from 17 to " + std::to_string(tokens)) != std::string::npos);
            const Tensor ours = backbone->named_parameters()["pos_embed"];
            QVERIFY(ours.select(1, 0).equal(theirs.select(1, 0)));
            // the mean over all places stays about what it was
            QVERIFY(largestDifference(ours.slice(1, 1).mean(1), theirs.slice(1, 1).mean(1)) < 0.1);
        }
    }

    void oldCheckpointsHaveNoCounters()
    {
        auto tensors = readWeights(dataFolder() / "resnet_basic.pth")->tensors;
        std::erase_if(tensors, [](const auto& entry) { return entry.first.ends_with("_tracked"); });
        const auto backbone = makeBackbone(readCases().at("resnet_basic"));
        QVERIFY(copyIntoBackbone(sortWeights(tensors).base, *backbone).has_value());
    }

    void readsTheNamesOfMocoV1()
    {
        auto tensors = readWeights(dataFolder() / "resnet_basic.pth")->tensors;
        std::map<std::string, Tensor> renamed {{"module.queue", torch::ones({2, 2})}};
        for (const auto& [name, tensor] : tensors) {
            renamed["module.encoder_q." + name] = tensor;
            renamed["module.encoder_k." + name] = tensor;
        }
        const SortedWeights sorted = sortWeights(renamed);
        QCOMPARE(sorted.base.size(), tensors.size() - 2);
        QCOMPARE(sorted.momentum.size(), tensors.size() - 2);
        QVERIFY(sorted.others.contains("base_encoder.head.weight"));
        QVERIFY(sorted.others.contains("queue"));
    }
};

QTEST_GUILESS_MAIN(InteropFeaturesTest)
#include "interop_features_test.moc"
