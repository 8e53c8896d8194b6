// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/engine/sample_pass.h"

#include "training/data/evaluation_loader.h"
#include "training/data/view_operators.h"
#include "training/models/vision_transformer.h"

#include <algorithm>

namespace mocoscope::training {

namespace {

constexpr std::int64_t pictureSide = 112; ///< of the small images, unless they are smaller

/// images [B, 3, S, S], normalised fp32 → [B, s, s, 3] bytes, s = min(S, pictureSide).
torch::Tensor asPictures(const torch::Tensor& images)
{
    const auto ofChannels = [](std::span<const float> values) {
        return torch::tensor(std::vector<float>(values.begin(), values.end())).view({1, 3, 1, 1});
    };
    torch::Tensor bytes
        = (images * ofChannels(imageNetDeviation) + ofChannels(imageNetMean)).mul_(255);
    const std::int64_t side = std::min(images.size(3), pictureSide);
    if (side < images.size(3)) {
        bytes = at::adaptive_avg_pool2d(bytes, {side, side});
    }
    return bytes.round_().clamp_(0, 255).to(torch::kUInt8).permute({0, 2, 3, 1}).contiguous();
}

void append(PictureSample& sample, const EvaluationBatch& batch, const torch::Tensor& pictures,
            const Dataset& dataset)
{
    const auto side = static_cast<int>(pictures.size(1));
    const auto bytes = static_cast<std::size_t>(pictures[0].numel());
    for (std::int64_t i = 0; i < batch.size; ++i) {
        const std::int64_t index = batch.samples[static_cast<std::size_t>(i)];
        sample.indices.push_back(index);
        sample.names.push_back(dataset.name(index));
        sample.labels.push_back(batch.labels[static_cast<std::size_t>(i)]);
        const auto* from = pictures[i].data_ptr<std::uint8_t>();
        sample.images.push_back({side, side, {from, from + bytes}});
    }
}

/// Runs batches through the network and keeps what is asked for.
class Pass
{
public:
    Pass(Backbone& backbone, const SamplePassOptions& options)
        : m_backbone(backbone)
        , m_options(options)
        , m_transformer(options.block ? dynamic_cast<VisionTransformer*>(&backbone) : nullptr)
    {
        TORCH_CHECK(!options.block || m_transformer, "attention of a network that has none");
    }

    void add(const torch::Tensor& images)
    {
        const std::string wanted
            = m_transformer ? VisionTransformer::layerBefore(*m_options.block) : std::string();
        const auto observe = [&](const std::string& layer, const torch::Tensor& output) {
            if (m_transformer && layer == wanted) {
                m_attention.push_back(
                    m_transformer->classTokenAttention(*m_options.block, output, Precision::Fp32)
                        .to(torch::kCPU));
            }
        };
        m_features.push_back(
            m_backbone.forward(images.to(m_options.device), Precision::Fp32, observe)
                .to(torch::kCPU));
    }

    void finish(SamplePass& result) const
    {
        result.features = torch::cat(m_features);
        if (m_transformer) {
            result.attention = torch::cat(m_attention);
        }
    }

private:
    Backbone& m_backbone;
    const SamplePassOptions& m_options;
    VisionTransformer* m_transformer;
    std::vector<torch::Tensor> m_features;
    std::vector<torch::Tensor> m_attention;
};

} // namespace

Result<SamplePass> passOverSample(Backbone& backbone, const std::shared_ptr<const Dataset>& dataset,
                                  const TrainingConfig& config, const SamplePassOptions& options,
                                  const PictureProgress& progress, const std::stop_token& stop)
{
    const torch::NoGradGuard noGradient;
    backbone.eval();
    EvaluationLoader::Options loading;
    loading.imageSize = config.model.imageSize;
    // Small, so that on a CPU as well a stop is soon heard.
    loading.batchSize
        = std::min<std::int64_t>(config.evaluation.batchSize, options.device.is_cpu() ? 16 : 64);
    loading.workers = config.data.workers;
    loading.limit = options.images;
    EvaluationLoader loader(dataset, loading, [](std::string_view, std::string_view) {});
    const std::int64_t side = config.model.imageSize;
    SamplePass result;
    const auto classes = dataset->classNames();
    result.sample.classNames.assign(classes.begin(), classes.end());
    Pass pass(backbone, options);
    while (true) {
        progress(PictureWork::Images, static_cast<std::int64_t>(result.sample.size()),
                 loader.size());
        const Result<EvaluationBatch> batch = loader.next();
        if (!batch) {
            return tl::unexpected(batch.error());
        }
        if (stop.stop_requested()) {
            return failure(ErrorCode::Cancelled, "the pictures were cancelled");
        }
        if (batch->size == 0) {
            break;
        }
        const torch::Tensor images = torch::from_blob(batch->images, {batch->size, 3, side, side});
        append(result.sample, *batch, asPictures(images), *dataset);
        pass.add(images);
    }
    if (result.sample.size() < 2) {
        return failure(ErrorCode::BadConfiguration,
                       "data.path = " + config.data.path + " has fewer than two images",
                       "pictures of features compare images with each other");
    }
    pass.finish(result);
    return result;
}

} // namespace mocoscope::training
