// SPDX-License-Identifier: GPL-3.0-or-later
// Decoding, normalisation and the forward pass in one: features that the authors' code gave for its
// trained weights on CIFAR-10 files. Needs MOCOSCOPE_REFERENCE (the folder with
// cifar_vit6_bf16_final.safetensors and …_final_features.safetensors) and MOCOSCOPE_CIFAR (the
// archive of images); skipped without.
#include "training/api/presets.h"
#include "training/data/evaluation_loader.h"
#include "training/engine/initial_weights.h"
#include "training/evaluation/knn.h"
#include "training/interchange/safetensors.h"

#include <QTest>

using namespace mocoscope::training;
using torch::Tensor;

class ReferenceFeaturesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void agreeWithTheAuthorsCode()
    {
        const QString folder = qEnvironmentVariable("MOCOSCOPE_REFERENCE");
        const QString archive = qEnvironmentVariable("MOCOSCOPE_CIFAR");
        if (folder.isEmpty() || archive.isEmpty()) {
            QSKIP("MOCOSCOPE_REFERENCE and MOCOSCOPE_CIFAR are not set");
        }
        TrainingConfig config = findPreset("cifar10-vit-tiny")->config;
        config.data.path = archive.toStdString();
        const auto method = makeMethod(config);
        const std::string stem = folder.toStdString() + "/cifar_vit6_bf16_final";
        const auto loaded = loadInitialWeights(stem + ".safetensors", *method);
        QVERIFY2(loaded.has_value(), loaded ? "" : toText(loaded.error()).c_str());
        const auto expected = readSafetensors(stem + "_features.safetensors");
        QVERIFY(expected.has_value());
        const auto data = openDatasets(config.data, {}, [](std::int64_t, std::int64_t) {});
        QVERIFY2(data.has_value(), data ? "" : toText(data.error()).c_str());

        const auto [bank, bankLabels] = features(*method, data->train);
        const auto [test, testLabels] = features(*method, data->test);
        QVERIFY(bankLabels.equal(expected->tensors.at("bank_labels")));
        QVERIFY(testLabels.equal(expected->tensors.at("test_labels")));
        const double bankDifference = difference(bank, expected->tensors.at("bank_features"));
        const double testDifference = difference(test, expected->tensors.at("test_features"));
        qInfo("largest difference of unit features: bank %g, test %g", bankDifference,
              testDifference);
        QVERIFY(bankDifference < 1e-4);
        QVERIFY(testDifference < 1e-4);
        const auto accuracy
            = knnAccuracy(knnVotes(bank, bankLabels, test, 10, 20, 0.07), testLabels);
        qInfo("kNN top-1 of the authors' final weights: %.1f %%", 100 * accuracy.top1);
    }

private:
    static std::pair<Tensor, Tensor> features(Method& method,
                                              const std::shared_ptr<const Dataset>& dataset)
    {
        const torch::NoGradGuard noGradient;
        EvaluationLoader::Options options;
        options.imageSize = 32;
        EvaluationLoader loader(dataset, options, [](std::string_view, std::string_view) {});
        std::vector<Tensor> vectors, labels;
        while (true) {
            const auto batch = loader.next();
            if (!batch || batch->size == 0) {
                return {torch::cat(vectors), torch::cat(labels)};
            }
            const Tensor images = torch::from_blob(batch->images, {batch->size, 3, 32, 32});
            vectors.push_back(method.backbone().forward(images, Precision::Fp32));
            labels.push_back(torch::tensor(batch->labels, torch::kInt64));
        }
    }

    /// Of rows of length 1: the reference file may hold them normalised or not.
    static double difference(const Tensor& a, const Tensor& b)
    {
        namespace F = torch::nn::functional;
        const auto unit = F::NormalizeFuncOptions().dim(1);
        return (F::normalize(a, unit) - F::normalize(b, unit)).abs().max().item<double>();
    }
};

QTEST_GUILESS_MAIN(ReferenceFeaturesTest)
#include "reference_features_test.moc"
