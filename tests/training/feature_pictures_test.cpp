// SPDX-License-Identifier: GPL-3.0-or-later
// From checkpoints of a run to pictures of their features, and to the files that keep them.
#include "engine_fixtures.h"
#include "training/engine/exporter.h"
#include "training/engine/feature_pictures.h"
#include "training/engine/picture_files.h"
#include "training/interchange/npy.h"
#include "training/interchange/safetensors.h"
#include "training/interchange/sha256.h"

#include <QTemporaryDir>
#include <QTest>

#include <cmath>
#include <fstream>
#include <map>
#include <numeric>
#include <set>

using namespace mocoscope::training;
namespace fs = std::filesystem;

namespace {

const PictureProgress silent = [](PictureWork, std::int64_t, std::int64_t) {};

std::vector<std::string> kindsOf(const std::vector<Artifact>& artifacts)
{
    std::vector<std::string> kinds;
    for (const Artifact& each : artifacts) {
        kinds.push_back(each.kind);
    }
    return kinds;
}

} // namespace

class FeaturePicturesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        m_checkpoints = train("vit", tinyConfig());
        QVERIFY(m_checkpoints.size() >= 2);
    }
    void init() { m_folder = path("artifacts of " + std::string(QTest::currentTestFunction())); }

    void makesAllOfOneCheckpoint()
    {
        std::int64_t last = -1;
        const auto answer = makeFeaturePictures()->make(
            request(), [&](PictureWork, std::int64_t done, std::int64_t) { last = done; }, {});
        QVERIFY2(answer.has_value(), answer ? "" : toText(answer.error()).c_str());
        QCOMPARE(last, 80);
        QCOMPARE(kindsOf(answer->written),
                 (std::vector<std::string> {"sample", "features", "attention"}));
        const FeaturePicture& picture = answer->picture;
        QCOMPARE(picture.step, m_checkpoints.back().step);
        QCOMPARE(picture.sample->size(), 80U);
        QCOMPARE(picture.sample->images.front().width, 32);
        QCOMPARE(picture.sample->classNames.size(), 10U);
        QVERIFY(!picture.sample->classOf(0).empty());
        QCOMPARE(picture.points.size(), 80U);
        QCOMPARE(picture.neighbours.at(7).size(), 12U);
        QVERIFY(picture.planeShare > 0 && picture.planeShare < 1);
        QVERIFY(picture.sameLabelShare > 0 && picture.sameLabelShare <= 1);
        QCOMPARE(picture.attention.heads, 2);
        QCOMPARE(picture.attention.grid, 4);
        QCOMPARE(picture.attention.block, 1);
        QCOMPARE(picture.attention.blocks, 2);
        const float* row = picture.attention.row(79, 1);
        QVERIFY(std::abs(std::accumulate(row, row + 17, 0.0) - 1) < 2e-3); // halves in the file
        for (const Artifact& each : answer->written) {
            QCOMPARE(sha256Of(each.path).value(), each.sha256);
            QCOMPARE(static_cast<std::int64_t>(fs::file_size(each.path)), each.bytes);
        }
    }

    void featuresAreThoseOfAnExport()
    {
        const auto answer = makeFeaturePictures()->make(request(), silent, {});
        QVERIFY(answer);
        const auto exported = makeExporter()->exportFeatures(
            {m_checkpoints.back().path, path("f.npy"), Encoder::Base, DataSplit::Train, "cpu"},
            [](std::int64_t, std::int64_t) {}, {});
        QVERIFY(exported);
        const auto file = readSafetensors(answer->written.at(1).path);
        QVERIFY(torch::allclose(file->tensors.at("vectors"), *readNpy(path("f.npy")), 1e-5, 1e-5));
    }

    void secondLookComputesNothing()
    {
        const auto first = makeFeaturePictures()->make(request(), silent, {});
        QVERIFY(first);
        int calls = 0;
        PictureRequest again = request();
        again.mayCompute = false;
        again.checkpoint.path = path("was deleted");
        const auto second = makeFeaturePictures()->make(
            again, [&](PictureWork, std::int64_t, std::int64_t) { ++calls; }, {});
        QVERIFY2(second.has_value(), second ? "" : toText(second.error()).c_str());
        QCOMPARE(calls, 0);
        QVERIFY(second->written.empty());
        QCOMPARE(second->picture.points, first->picture.points);
        QCOMPARE(second->picture.sample->names, first->picture.sample->names);
        QCOMPARE(second->picture.sample->images.at(5).bytes,
                 first->picture.sample->images.at(5).bytes);
        QCOMPARE(second->picture.attention.grid, first->picture.attention.grid);
        again.block = 0; // of which there is nothing
        const auto other = makeFeaturePictures()->make(again, silent, {});
        QVERIFY(other.error().code == ErrorCode::NotFound);
    }

    void anotherBlockAddsItsAttentionAlone()
    {
        const auto pictures = makeFeaturePictures();
        const auto last = pictures->make(request(), silent, {});
        PictureRequest first = request();
        first.block = 0;
        const auto answer = pictures->make(first, silent, {});
        QVERIFY(last && answer);
        QCOMPARE(kindsOf(answer->written), (std::vector<std::string> {"attention"}));
        QVERIFY(answer->picture.attention.weights != last->picture.attention.weights);
        first.block = 1; // the last one by its number
        QVERIFY(pictures->make(first, silent, {})->written.empty());
        first.block = 2;
        const auto none = pictures->make(first, silent, {});
        QVERIFY(none.error().code == ErrorCode::BadArgument);
    }

    void planesOfCheckpointsLieOnEachOther()
    {
        const auto pictures = makeFeaturePictures();
        std::vector<FeaturePicture> all;
        for (const CheckpointFile& checkpoint : {m_checkpoints.back(), m_checkpoints.front()}) {
            PictureRequest each = request();
            each.checkpoint = checkpoint;
            auto answer = pictures->make(each, silent, {});
            QVERIFY2(answer.has_value(), answer ? "" : toText(answer.error()).c_str());
            all.push_back(std::move(answer->picture));
        }
        // No turn makes the sum of products larger: what Procrustes' rotation is defined by.
        const auto agreement = [&](double angle, double mirror) {
            double sum = 0;
            for (std::size_t i = 0; i < all[0].points.size(); ++i) {
                const auto [x, y] = all[1].points[i];
                const double a = std::cos(angle) * x - std::sin(angle) * mirror * y;
                const double b = std::sin(angle) * x + std::cos(angle) * mirror * y;
                sum += a * all[0].points[i][0] + b * all[0].points[i][1];
            }
            return sum;
        };
        const double now = agreement(0, 1);
        QVERIFY(now > 0);
        for (int i = 0; i < 36; ++i) {
            QVERIFY(agreement(i * M_PI / 18, 1) <= now * 1.0001);
            QVERIFY(agreement(i * M_PI / 18, -1) <= now * 1.0001);
        }
    }

    void tsneIsMadeOfTheFeaturesAlone()
    {
        const auto pictures = makeFeaturePictures();
        const auto before = pictures->make(request(), silent, {}); // of a version without t-SNE
        QVERIFY(before);
        QVERIFY(!before->picture.tsne);
        PictureRequest tsne = request();
        tsne.wantsTsne = true;
        tsne.mayCompute = false;
        QVERIFY(!pictures->make(tsne, silent, {})->picture.tsne); // the rest is not refused
        tsne.mayCompute = true;
        tsne.checkpoint.path = path("was deleted");
        std::set<PictureWork> works;
        const auto answer = pictures->make(
            tsne, [&](PictureWork work, std::int64_t, std::int64_t) { works.insert(work); }, {});
        QVERIFY2(answer.has_value(), answer ? "" : toText(answer.error()).c_str());
        QCOMPARE(works, std::set<PictureWork> {PictureWork::Tsne});
        QCOMPARE(kindsOf(answer->written), (std::vector<std::string> {"tsne"}));
        QCOMPARE(sha256Of(answer->written.front().path).value(), answer->written.front().sha256);
        const TsnePlane& plane = answer->picture.tsne.value();
        QCOMPARE(plane.points.size(), 80U);
        QVERIFY(std::abs(plane.perplexity - 79.0 / 3) < 1e-12); // for 80 images
        QVERIFY(plane.divergence > 0 && plane.divergence < 3);
        QVERIFY(plane.points != answer->picture.points);

        PictureRequest again = request(); // what is there is read without being asked for
        again.mayCompute = false;
        const auto read = makeFeaturePictures()->make(again, silent, {});
        QCOMPARE(read->picture.tsne.value().points, plane.points);
        QCOMPARE(read->picture.tsne.value().divergence, plane.divergence);
        QVERIFY(pictures->make(tsne, silent, {})->written.empty());
    }

    void tsneIsTurnedTowardsTheNearestLayout()
    {
        const auto pictures = makeFeaturePictures();
        std::map<std::int64_t, StoredTsne> all;
        for (const std::int64_t step : {10, 50, 40, 24, 17}) {
            PictureRequest each = request();
            const auto& checkpoint = step == 10 ? m_checkpoints.front() : m_checkpoints.back();
            each.checkpoint = {checkpoint.path, step, {}};
            each.wantsTsne = true;
            QVERIFY(pictures->make(each, silent, {}));
            all[step] = readTsne(PicturePaths(each).tsne, 80).value();
        }
        QCOMPARE(all[10].alignedTo, 10);
        QCOMPARE(all[50].alignedTo, 10);
        QCOMPARE(all[40].alignedTo, 50);
        QCOMPARE(all[24].alignedTo, 10);
        QCOMPARE(all[17].alignedTo, 10); // of two that are equally near the earlier
        // A turn makes the product with what it is turned towards symmetric and positive.
        const torch::Tensor product = all[50].points.t().mm(all[10].points).to(torch::kFloat64);
        QVERIFY(product.trace().item<double>() > 0);
        QVERIFY(
            torch::allclose(product, product.t(), 1e-3, 1e-3 * product.abs().max().item<double>()));
        // The same features have the same layout, whatever was there before.
        QVERIFY(torch::allclose(torch::pdist(all[40].points), torch::pdist(all[50].points), 1e-3,
                                1e-3));
    }

    void tsneOfOtherFeaturesIsMadeAnew()
    {
        const auto pictures = makeFeaturePictures();
        PictureRequest each = request();
        each.wantsTsne = true;
        each.checkpoint.sha256 = std::string(64, 'a');
        QVERIFY(pictures->make(each, silent, {}));
        each.checkpoint.sha256 = std::string(64, 'b'); // a roll-back came to this step again
        const auto answer = pictures->make(each, silent, {});
        QCOMPARE(kindsOf(answer->written),
                 (std::vector<std::string> {"features", "attention", "tsne"}));
        std::ofstream(answer->written.back().path, std::ios::trunc) << "no safetensors";
        QCOMPARE(kindsOf(pictures->make(each, silent, {})->written),
                 (std::vector<std::string> {"tsne"}));
    }

    void tsneStops()
    {
        const auto pictures = makeFeaturePictures();
        PictureRequest each = request();
        each.wantsTsne = true;
        std::stop_source stop;
        const auto stopped = pictures->make(
            each,
            [&](PictureWork work, std::int64_t done, std::int64_t) {
                if (work == PictureWork::Tsne && done >= 300) {
                    stop.request_stop();
                }
            },
            stop.get_token());
        QVERIFY(stopped.error().code == ErrorCode::Cancelled);
        each.mayCompute = false; // the rest had been written
        QVERIFY(!pictures->make(each, silent, {})->picture.tsne);
    }

    void otherWeightsAtTheSameStepAreComputedAnew()
    {
        const auto pictures = makeFeaturePictures();
        PictureRequest each = request();
        each.checkpoint.sha256 = std::string(64, 'a');
        QVERIFY(pictures->make(each, silent, {}));
        each.checkpoint.sha256 = std::string(64, 'b'); // a roll-back came to this step again
        const auto answer = pictures->make(each, silent, {});
        QCOMPARE(kindsOf(answer->written), (std::vector<std::string> {"features", "attention"}));
    }

    void damagedFilesAreComputedAnew()
    {
        const auto answer = makeFeaturePictures()->make(request(), silent, {});
        QVERIFY(answer);
        for (const Artifact& each : answer->written) {
            std::ofstream(each.path, std::ios::trunc) << "no safetensors";
        }
        const auto again = makeFeaturePictures()->make(request(), silent, {});
        QVERIFY2(again.has_value(), again ? "" : toText(again.error()).c_str());
        QCOMPARE(again->written.size(), 3U);
        QCOMPARE(again->picture.points, answer->picture.points);
    }

    void otherImagesInTheSamePlacesAreRefused()
    {
        const auto answer = makeFeaturePictures()->make(request(), silent, {});
        QVERIFY(answer);
        PictureSample relabelled = *answer->picture.sample;
        relabelled.labels.front() = (relabelled.labels.front() + 1) % 10;
        PictureSample renamed = *answer->picture.sample;
        renamed.names.front() += " as it was";
        for (const PictureSample& before : {relabelled, renamed}) {
            QVERIFY(writeSample(answer->written.front().path, before));
            const auto again = makeFeaturePictures()->make(request(), silent, {});
            QVERIFY(!again);
            QVERIFY(again.error().code == ErrorCode::Unreadable);
        }
    }

    void networksWithoutAClassTokenHaveNoAttention_data()
    {
        QTest::addColumn<bool>("isResNet");
        QTest::newRow("ResNet") << true;
        QTest::newRow("ViT, mean") << false;
    }
    void networksWithoutAClassTokenHaveNoAttention()
    {
        QFETCH(bool, isResNet);
        TrainingConfig config = tinyConfig();
        if (isResNet) {
            config.model = {};
            config.model.name = "resnet18";
            config.model.stem = "cifar";
            config.model.imageSize = 16;
        } else {
            config.model.pooling = "mean";
        }
        QVERIFY(!reasonWithoutAttention(config.model).empty());
        const auto checkpoints = train(isResNet ? "resnet" : "mean", config);
        QVERIFY(!checkpoints.empty());
        PictureRequest each = request();
        each.checkpoint = checkpoints.back();
        each.folder = m_folder / (isResNet ? "resnet" : "mean");
        const auto answer = makeFeaturePictures()->make(each, silent, {});
        QVERIFY2(answer.has_value(), answer ? "" : toText(answer.error()).c_str());
        QCOMPARE(kindsOf(answer->written), (std::vector<std::string> {"sample", "features"}));
        QVERIFY(answer->picture.attention.isEmpty());
        QCOMPARE(answer->picture.reasonWithoutAttention, reasonWithoutAttention(config.model));
        each.mayCompute = false;
        QVERIFY(makeFeaturePictures()->make(each, silent, {}));
    }

    void fewerImagesAreSpreadOverTheDataSet()
    {
        PictureRequest few = request();
        few.images = 20;
        const auto answer = makeFeaturePictures()->make(few, silent, {});
        QVERIFY(answer);
        std::vector<std::int64_t> perClass(10);
        for (const std::int64_t label : answer->picture.sample->labels) {
            ++perClass.at(static_cast<std::size_t>(label));
        }
        QCOMPARE(perClass, std::vector<std::int64_t>(10, 2));
    }

    void stopsAndSaysWhatIsMissing()
    {
        std::stop_source stop;
        const auto stopped = makeFeaturePictures()->make(
            request(), [&](PictureWork, std::int64_t, std::int64_t) { stop.request_stop(); },
            stop.get_token());
        QVERIFY(stopped.error().code == ErrorCode::Cancelled);
        QVERIFY(!fs::exists(m_folder));
        PictureRequest none = request();
        none.checkpoint.path = path("none.safetensors");
        QVERIFY(makeFeaturePictures()->make(none, silent, {}).error().code == ErrorCode::NotFound);
    }

private:
    fs::path path(const std::string& name) const
    {
        return fs::path(m_temporary.path().toStdString()) / name;
    }
    PictureRequest request() const
    {
        PictureRequest request;
        request.checkpoint = m_checkpoints.back();
        request.folder = m_folder;
        request.device = "cpu";
        return request;
    }
    std::vector<CheckpointFile> train(const std::string& name, TrainingConfig config) const
    {
        RunRequest request;
        config.train.maxSteps = 10;
        config.evaluation.knnEveryEpochs = 0;
        config.checkpoint.everyEpochs = 1;
        config.checkpoint.keepLast = 5;
        config.optimizer.lr = 0.01;
        request.config = config;
        request.checkpointFolder = path(name);
        std::vector<CheckpointFile> files;
        for (const CheckpointSaved& saved : eventsOf<CheckpointSaved>(runToEnd(request))) {
            files.push_back({saved.path, saved.step, saved.sha256});
        }
        return files;
    }

    QTemporaryDir m_temporary;
    fs::path m_folder;
    std::vector<CheckpointFile> m_checkpoints;
};

QTEST_GUILESS_MAIN(FeaturePicturesTest)
#include "feature_pictures_test.moc"
