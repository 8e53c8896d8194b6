// SPDX-License-Identifier: GPL-3.0-or-later
// From a run of the engine to files for other programs, and back.
#include "engine_fixtures.h"
#include "training/api/task.h"
#include "training/engine/exporter.h"
#include "training/interchange/npy.h"
#include "training/interchange/safetensors.h"

#include <QTemporaryDir>
#include <QTest>

#include <nlohmann/json.hpp>

using namespace mocoscope::training;

class ExporterTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        m_exporter = makeExporter();
        m_checkpoint = train("vit", tinyConfig());
        QVERIFY(!m_checkpoint.empty());
    }

    void writesOneBackboneWithItsDescription()
    {
        const auto written = m_exporter->exportWeights(
            {m_checkpoint, path("vit.safetensors"), Encoder::Base, "run 1"});
        QVERIFY2(written.has_value(), written ? "" : toText(written.error()).c_str());
        QCOMPARE(written->step, 4);
        QCOMPARE(written->architecture, "vit_tiny_patch16_224");
        const auto file = readSafetensors(path("vit.safetensors"));
        const auto whole = readSafetensors(m_checkpoint);
        QVERIFY(file && whole);
        QCOMPARE(file->tensors.size(), 30U);
        for (const auto& [name, tensor] : file->tensors) {
            QVERIFY2(tensor.equal(whole->tensors.at("base_encoder." + name)), name.c_str());
        }
        const auto arguments = nlohmann::json::parse(file->metadata.at("timm_arguments"));
        QCOMPARE(arguments.at("embed_dim").get<int>(), 24);
        QCOMPARE(arguments.at("num_heads").get<int>(), 2);
        QCOMPARE(file->metadata.at("source"), "run 1");
        QCOMPARE(file->metadata.at("encoder"), "base");
    }

    void writesTheMomentumEncoderToo()
    {
        const auto written = m_exporter->exportWeights(
            {m_checkpoint, path("momentum.safetensors"), Encoder::Momentum, "run 1"});
        QVERIFY(written.has_value());
        const auto file = readSafetensors(path("momentum.safetensors"));
        const auto whole = readSafetensors(m_checkpoint);
        QVERIFY(file->tensors.at("norm.weight")
                    .equal(whole->tensors.at("momentum_encoder.norm.weight")));
        QVERIFY(!file->tensors.at("blocks.0.mlp.fc1.weight")
                     .equal(whole->tensors.at("base_encoder.blocks.0.mlp.fc1.weight")));
    }

    void aFineTunedBackboneIsAlone()
    {
        TrainingConfig config = evaluationConfig(tinyConfig(), "finetune", m_checkpoint);
        config.finetune.epochs = 1;
        config.finetune.batchSize = 40;
        config.finetune.warmupEpochs = 0;
        const std::string checkpoint = train("fine-tuned", config);
        QVERIFY(m_exporter
                    ->exportWeights({checkpoint, path("tuned.safetensors"), Encoder::Base, "run 2"})
                    .has_value());
        const auto refused = m_exporter->exportWeights(
            {checkpoint, path("none.safetensors"), Encoder::Momentum, "run 2"});
        QVERIFY(!refused.has_value());
        QCOMPARE(refused.error().message, "end-to-end fine-tuning has no momentum encoder");
    }

    void startsARunFromAnExport()
    {
        const auto written = m_exporter->exportWeights(
            {m_checkpoint, path("start.safetensors"), Encoder::Base, "run 1"});
        QVERIFY(written.has_value());
        RunRequest request;
        request.config = tinyConfig();
        request.config.model.initialWeights = path("start.safetensors").string();
        request.config.train.maxSteps = 1; // whose rate is 0
        request.checkpointFolder = path("again");
        const auto events = runToEnd(request);
        QVERIFY(eventsOf<Failed>(events).empty());
        QVERIFY(eventsOf<Incident>(events).empty());
        const auto before = readSafetensors(path("start.safetensors"));
        const auto after = readSafetensors(eventsOf<CheckpointSaved>(events).back().path);
        for (const auto& [name, tensor] : before->tensors) {
            QVERIFY2(tensor.equal(after->tensors.at("base_encoder." + name)), name.c_str());
            QVERIFY2(torch::allclose(tensor, after->tensors.at("momentum_encoder." + name)),
                     name.c_str());
        }
    }

    void tellsThatHeadsStayRandom()
    {
        RunRequest request;
        request.config = tinyConfig();
        request.config.model.initialWeights = m_checkpoint;
        request.config.method.outputDim = 12;
        request.config.train.maxSteps = 1;
        request.checkpointFolder = path("other heads");
        const auto incidents = eventsOf<Incident>(runToEnd(request));
        QCOMPARE(incidents.size(), 1U);
        QCOMPARE(incidents.front().kind, "initial_weights");
        QVERIFY(incidents.front().message.find("keep their random start") != std::string::npos);
        QVERIFY(incidents.front().message.find("[8, 16] in the file, [12, 16] here")
                != std::string::npos);
    }

    void writesFeaturesAndLabels_data()
    {
        QTest::addColumn<bool>("isResNet");
        QTest::newRow("ViT") << false;
        QTest::newRow("ResNet") << true;
    }
    void writesFeaturesAndLabels()
    {
        QFETCH(bool, isResNet);
        std::string checkpoint = m_checkpoint;
        if (isResNet) {
            TrainingConfig config = tinyConfig();
            config.model = {};
            config.model.name = "resnet18";
            config.model.stem = "cifar";
            config.model.imageSize = 16;
            checkpoint = train("resnet", config);
        }
        for (const DataSplit split : {DataSplit::Test, DataSplit::Train}) {
            std::int64_t shown = -1;
            const auto written = m_exporter->exportFeatures(
                {checkpoint, path("f.npy"), Encoder::Base, split, "cpu"},
                [&](std::int64_t, std::int64_t total) { shown = total; }, {});
            QVERIFY2(written.has_value(), written ? "" : toText(written.error()).c_str());
            const std::int64_t images = split == DataSplit::Train ? 80 : 20;
            const std::int64_t width = isResNet ? 512 : 24;
            QCOMPARE(written->shape, (std::vector<std::int64_t> {images, width}));
            QCOMPARE(shown, images);
            const auto vectors = readNpy(path("f.npy"));
            const auto labels = readNpy(path("f.labels.npy"));
            QCOMPARE(vectors->sizes(), torch::IntArrayRef({images, width}));
            QVERIFY(vectors->isfinite().all().item<bool>());
            QCOMPARE(labels->bincount().size(0), 10);
        }
    }

    void saysWhatIsMissing()
    {
        const auto none = m_exporter->exportWeights(
            {path("no.safetensors"), path("x.safetensors"), Encoder::Base, ""});
        QVERIFY(none.error().code == ErrorCode::NotFound);
        QVERIFY(writeSafetensors(path("plain.safetensors"), {{"x", torch::ones({2})}}, {}));
        const auto plain = m_exporter->exportWeights(
            {path("plain.safetensors"), path("x.safetensors"), Encoder::Base, ""});
        QVERIFY(plain.error().message.find("no checkpoint") != std::string::npos);
        QVERIFY(!std::filesystem::exists(path("x.safetensors")));
        std::stop_source stop;
        stop.request_stop();
        const auto stopped = m_exporter->exportFeatures(
            {m_checkpoint, path("y.npy"), Encoder::Base, DataSplit::Test, "cpu"},
            [](std::int64_t, std::int64_t) {}, stop.get_token());
        QVERIFY(stopped.error().code == ErrorCode::Cancelled);
        QVERIFY(!std::filesystem::exists(path("y.npy")));
    }

private:
    std::filesystem::path path(const std::string& name) const
    {
        return std::filesystem::path(m_folder.path().toStdString()) / name;
    }
    /// Four steps; returns the checkpoint, empty on failure.
    std::string train(const std::string& name, const TrainingConfig& config) const
    {
        RunRequest request;
        request.config = config;
        request.config.train.maxSteps = 4;
        request.config.evaluation.knnEveryEpochs = 0;
        request.checkpointFolder = path(name);
        const auto saved = eventsOf<CheckpointSaved>(runToEnd(request));
        return saved.empty() ? std::string() : saved.back().path;
    }

    QTemporaryDir m_folder;
    std::unique_ptr<Exporter> m_exporter;
    std::string m_checkpoint;
};

QTEST_GUILESS_MAIN(ExporterTest)
#include "exporter_test.moc"
