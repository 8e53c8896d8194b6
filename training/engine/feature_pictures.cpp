// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/engine/feature_pictures.h"

#include "training/api/config_json.h"
#include "training/api/model_shape.h"
#include "training/engine/checkpoint_source.h"
#include "training/engine/device.h"
#include "training/engine/picture_files.h"
#include "training/engine/picture_layout.h"
#include "training/engine/sample_pass.h"
#include "training/evaluation/feature_space.h"
#include "training/interchange/safetensors.h"
#include "training/interchange/sha256.h"

#include <cmath>
#include <mutex>

namespace mocoscope::training {

namespace {

constexpr std::int64_t neighbourCount = 12;

/// A sample and the sum of its file, by which features say whose they are.
struct KnownSample
{
    std::shared_ptr<const PictureSample> sample;
    std::string sha256;
};

/// Parts of a picture that are there, each as it is wanted or empty.
struct Parts
{
    std::optional<KnownSample> sample;
    std::optional<StoredFeatures> features;
    std::optional<StoredAttention> attention;
    std::optional<StoredTsne> tsne; ///< never without features
    [[nodiscard]] bool areWhole(bool wantsAttention) const
    {
        return sample && features && (attention || !wantsAttention);
    }
};

/// Of what is written under the same name again: a run that was rolled back or resumed has other
/// weights at the same step.
bool isOf(const CheckpointFile& checkpoint, const std::string& sha256)
{
    return checkpoint.sha256.empty() || sha256.empty() || checkpoint.sha256 == sha256;
}

/// The configuration in a checkpoint, without its tensors.
Result<std::string> configIn(const std::filesystem::path& checkpoint)
{
    return readSafetensors(checkpoint, [](const std::string&) { return false; })
        .map([](const TensorFile& file) {
            const auto config = file.metadata.find("config");
            return config == file.metadata.end() ? std::string() : config->second;
        });
}

/// Whether both are of the same images, not only of the same places in a data set.
bool areSameImages(const PictureSample& one, const PictureSample& other)
{
    return one.indices == other.indices && one.labels == other.labels
        && storedTexts(one.names) == storedTexts(other.names);
}

double shareOfSameLabel(const FeaturePicture& picture)
{
    const PictureSample& sample = *picture.sample;
    std::int64_t same = 0;
    std::int64_t all = 0;
    for (std::size_t i = 0; i < sample.size(); ++i) {
        for (const Neighbour& each : picture.neighbours[i]) {
            same += sample.labels[i] == sample.labels[static_cast<std::size_t>(each.image)] ? 1 : 0;
            all += sample.labels[i] >= 0 ? 1 : 0;
        }
    }
    return all > 0 && !sample.classNames.empty()
        ? static_cast<double>(same) / static_cast<double>(all)
        : std::nan("");
}

void addNeighbours(FeaturePicture& picture, const StoredFeatures& features)
{
    const std::int64_t count = features.neighbours.size(1);
    const auto* images = features.neighbours.const_data_ptr<std::int64_t>();
    const auto* cosines = features.cosines.const_data_ptr<float>();
    for (std::int64_t row = 0; row < features.neighbours.size(0); ++row) {
        auto& nearest = picture.neighbours.emplace_back();
        for (std::int64_t i = 0; i < count; ++i) {
            nearest.push_back({static_cast<std::int32_t>(*images++), *cosines++});
        }
    }
}

std::vector<std::array<float, 2>> pointsOf(const torch::Tensor& points)
{
    std::vector<std::array<float, 2>> all;
    const auto* at = points.const_data_ptr<float>();
    for (std::int64_t row = 0; row < points.size(0); ++row, at += 2) {
        all.push_back({at[0], at[1]});
    }
    return all;
}

void addAttention(FeaturePicture& picture, const StoredAttention& attention)
{
    AttentionMaps& maps = picture.attention;
    maps.block = attention.block;
    maps.blocks = attention.blocks;
    maps.heads = attention.weights.size(1);
    maps.grid = std::llround(std::sqrt(static_cast<double>(attention.weights.size(2) - 1)));
    const auto* from = attention.weights.const_data_ptr<float>();
    maps.weights.assign(from, from + attention.weights.numel());
}

FeaturePicture pictureOf(const Parts& parts, const ModelConfig& model)
{
    FeaturePicture picture;
    picture.step = parts.features->step;
    picture.sample = parts.sample->sample;
    picture.planeShare = parts.features->planeShare;
    picture.points = pointsOf(parts.features->points);
    if (parts.tsne) {
        picture.tsne
            = {pointsOf(parts.tsne->points), parts.tsne->perplexity, parts.tsne->divergence};
    }
    addNeighbours(picture, *parts.features);
    picture.sameLabelShare = shareOfSameLabel(picture);
    picture.reasonWithoutAttention = reasonWithoutAttention(model);
    if (parts.attention && picture.reasonWithoutAttention.empty()) {
        addAttention(picture, *parts.attention);
    }
    return picture;
}

class TorchFeaturePictures final : public FeaturePictures
{
public:
    Result<PictureAnswer> make(const PictureRequest& request, const PictureProgress& progress,
                               std::stop_token stop) override
    {
        try {
            return makeOrThrow(request, progress, stop);
        } catch (...) {
            return thrownError("making the picture");
        }
    }

private:
    Result<PictureAnswer> makeOrThrow(PictureRequest request, const PictureProgress& progress,
                                      const std::stop_token& stop);
    Parts readParts(const PictureRequest& request);
    Result<std::vector<Artifact>> compute(const PictureRequest& request, const ModelConfig& model,
                                          Parts& parts, const PictureProgress& progress,
                                          const std::stop_token& stop);
    static Result<void> storeFeatures(const PictureRequest& request, const TrainingConfig& config,
                                      const torch::Tensor& vectors, Parts& parts,
                                      std::vector<Artifact>& written);
    Result<void> storeSample(const PictureRequest& request, PictureSample sample, Parts& parts,
                             std::vector<Artifact>& written);
    std::optional<KnownSample> readKnownSample(const std::filesystem::path& file);
    Result<std::shared_ptr<const Dataset>> dataset(const DataConfig& config,
                                                   const std::stop_token& stop);

    std::mutex m_mutex; ///< guards what follows
    std::filesystem::path m_sampleFile;
    std::filesystem::file_time_type m_sampleTime;
    std::optional<KnownSample> m_sample; ///< of that file
    DataConfig m_data;
    std::shared_ptr<const Dataset> m_dataset; ///< of m_data; null: none yet
};

std::optional<KnownSample> TorchFeaturePictures::readKnownSample(const std::filesystem::path& file)
{
    std::error_code isMissing;
    const auto time = std::filesystem::last_write_time(file, isMissing);
    if (isMissing) {
        return std::nullopt;
    }
    const std::lock_guard lock(m_mutex);
    if (m_sample && m_sampleFile == file && m_sampleTime == time) {
        return m_sample;
    }
    auto sample = readSample(file);
    const auto sum = sha256Of(file);
    if (!sample || !sum) {
        return std::nullopt;
    }
    m_sample = {std::make_shared<const PictureSample>(std::move(*sample)), *sum};
    m_sampleFile = file;
    m_sampleTime = time;
    return m_sample;
}

Result<std::shared_ptr<const Dataset>> TorchFeaturePictures::dataset(const DataConfig& config,
                                                                     const std::stop_token& stop)
{
    {
        const std::lock_guard lock(m_mutex);
        if (m_dataset && m_data == config) {
            return m_dataset;
        }
    }
    return openDatasets(config, stop, [](std::int64_t, std::int64_t) {})
        .map([&](const DatasetPair& pair) {
            const std::lock_guard lock(m_mutex);
            m_data = config;
            m_dataset = pair.train;
            return pair.train;
        });
}

/// What is damaged, or of another checkpoint or sample, counts as not there.
Parts TorchFeaturePictures::readParts(const PictureRequest& request)
{
    const PicturePaths paths(request);
    Parts parts;
    parts.sample = readKnownSample(paths.sample);
    if (!parts.sample) {
        return parts;
    }
    const auto images = static_cast<std::int64_t>(parts.sample->sample->size());
    if (auto stored = readFeatures(paths.features, images); stored
        && stored->sampleSha256 == parts.sample->sha256
        && isOf(request.checkpoint, stored->checkpointSha256)) {
        parts.features = std::move(*stored);
    }
    if (auto stored = readTsne(paths.tsne, images); stored && parts.features
        && stored->sampleSha256 == parts.sample->sha256
        && stored->checkpointSha256 == parts.features->checkpointSha256) {
        parts.tsne = std::move(*stored);
    }
    if (auto stored = readAttention(paths.attention, images); stored
        && stored->sampleSha256 == parts.sample->sha256
        && isOf(request.checkpoint, stored->checkpointSha256)) {
        parts.attention = std::move(*stored);
    }
    return parts;
}

Result<PictureAnswer> TorchFeaturePictures::makeOrThrow(PictureRequest request,
                                                        const PictureProgress& progress,
                                                        const std::stop_token& stop)
{
    Parts parts = readParts(request);
    const auto text = parts.features ? Result<std::string>(parts.features->config)
                                     : configIn(request.checkpoint.path);
    const auto config = text.and_then([](const std::string& json) { return fromJson(json); });
    if (!config) {
        return tl::unexpected(config.error());
    }
    const ModelConfig& model = config->model;
    const bool wantsAttention = reasonWithoutAttention(model).empty();
    const std::int64_t blocks = wantsAttention ? vitShape(model).depth : 0;
    if (wantsAttention && request.block >= blocks) {
        return failure(ErrorCode::BadArgument, "there is no block " + std::to_string(request.block),
                       "the network has blocks 0 to " + std::to_string(blocks - 1));
    }
    if (wantsAttention && request.block == blocks - 1) {
        request.block = PictureRequest::lastBlock; // the same file
        parts = readParts(request);
    }
    std::vector<Artifact> written;
    if (!parts.areWhole(wantsAttention)) {
        if (!request.mayCompute) {
            return failure(ErrorCode::NotFound, "this picture has not been computed yet");
        }
        auto computed = compute(request, model, parts, progress, stop);
        if (!computed) {
            return tl::unexpected(computed.error());
        }
        written = std::move(*computed);
    }
    if (request.wantsTsne && request.mayCompute && !parts.tsne) {
        auto layout = layOutPicture(request, *parts.features, progress, stop, written);
        if (!layout) {
            return tl::unexpected(layout.error());
        }
        parts.tsne = std::move(*layout);
    }
    return PictureAnswer {pictureOf(parts, model), std::move(written)};
}

Result<void> TorchFeaturePictures::storeSample(const PictureRequest& request, PictureSample sample,
                                               Parts& parts, std::vector<Artifact>& written)
{
    if (parts.sample) {
        if (areSameImages(*parts.sample->sample, sample)) {
            return {};
        }
        return failure(ErrorCode::Unreadable, "the images of the run are not those of before",
                       "some have gone or cannot be read; delete " + request.folder.string()
                           + " to begin anew");
    }
    const PicturePaths paths(request);
    return writeSample(paths.sample, sample).map([&](Artifact artifact) {
        parts.sample = {std::make_shared<const PictureSample>(std::move(sample)), artifact.sha256};
        written.push_back(std::move(artifact));
    });
}

Result<void> TorchFeaturePictures::storeFeatures(const PictureRequest& request,
                                                 const TrainingConfig& config,
                                                 const torch::Tensor& vectors, Parts& parts,
                                                 std::vector<Artifact>& written)
{
    const torch::Tensor unit = unitRows(vectors);
    const Neighbours nearest = nearestNeighbours(unit, neighbourCount);
    const PlaneProjection plane = projectOntoPlane(unit);
    StoredFeatures stored;
    stored.config = toJson(config);
    stored.checkpointSha256 = request.checkpoint.sha256;
    stored.sampleSha256 = parts.sample->sha256;
    stored.step = stored.alignedTo = request.checkpoint.step;
    stored.planeShare = plane.share;
    stored.vectors = vectors.contiguous();
    stored.neighbours = nearest.images;
    stored.cosines = nearest.cosines;
    stored.points = plane.points;
    if (const auto anchor = anchorIn(request.folder, stored.sampleSha256, vectors.size(0));
        anchor && anchor->step != stored.step) {
        stored.points = alignedPoints(plane.points, anchor->points);
        stored.alignedTo = anchor->alignedTo;
    }
    stored.points = stored.points.to(torch::kFloat32).contiguous();
    return writeFeatures(PicturePaths(request).features, stored).map([&](Artifact artifact) {
        parts.features = std::move(stored);
        written.push_back(std::move(artifact));
    });
}

Result<std::vector<Artifact>> TorchFeaturePictures::compute(const PictureRequest& request,
                                                            const ModelConfig& model, Parts& parts,
                                                            const PictureProgress& progress,
                                                            const std::stop_token& stop)
{
    progress(PictureWork::Images, 0, 0);
    const Result<torch::Device> device = resolveDevice(request.device);
    Result<CheckpointSource> source = readCheckpointSource(request.checkpoint.path);
    if (!device || !source) {
        return tl::unexpected(device ? source.error() : device.error());
    }
    const auto backbone = backboneOf(*source, Encoder::Base, *device);
    const auto images
        = backbone ? dataset(source->config.data, stop) : tl::unexpected(backbone.error());
    if (!images) {
        return tl::unexpected(images.error());
    }
    SamplePassOptions options {*device, request.images, std::nullopt};
    std::int64_t blocks = 0;
    if (!parts.attention && reasonWithoutAttention(model).empty()) {
        blocks = vitShape(model).depth;
        options.block = request.block < 0 ? blocks - 1 : request.block;
    }
    auto pass = passOverSample(**backbone, *images, source->config, options, progress, stop);
    if (!pass) {
        return tl::unexpected(pass.error());
    }
    if (!pass->features.isfinite().all().item<bool>()) {
        return failure(ErrorCode::NonFinite, "the features of this checkpoint are not finite",
                       "its weights have diverged; choose an earlier checkpoint");
    }
    std::vector<Artifact> written;
    auto stored = storeSample(request, std::move(pass->sample), parts, written);
    if (stored && !parts.features) {
        stored = storeFeatures(request, source->config, pass->features, parts, written);
    }
    if (stored && options.block) {
        StoredAttention attention {request.checkpoint.sha256, parts.sample->sha256, *options.block,
                                   blocks, pass->attention};
        stored = writeAttention(PicturePaths(request).attention, request.checkpoint.step, attention)
                     .map([&](Artifact artifact) {
                         parts.attention = std::move(attention);
                         written.push_back(std::move(artifact));
                     });
    }
    if (!stored) {
        return tl::unexpected(stored.error());
    }
    return written;
}

} // namespace

std::unique_ptr<FeaturePictures> makeFeaturePictures()
{
    return std::make_unique<TorchFeaturePictures>();
}

} // namespace mocoscope::training
