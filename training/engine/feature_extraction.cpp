// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/engine/feature_extraction.h"

#include "training/data/evaluation_loader.h"
#include "training/data/view_loader.h"
#include "training/engine/normalise.h"

#include <algorithm>

namespace mocoscope::training {

namespace {

/// Puts a module into evaluation mode, and back into the one it was in.
class EvaluationMode
{
public:
    explicit EvaluationMode(torch::nn::Module& module)
        : m_module(module)
        , m_wasTraining(module.is_training())
    {
        m_module.eval();
    }
    ~EvaluationMode() { m_module.train(m_wasTraining); }
    EvaluationMode(const EvaluationMode&) = delete;
    EvaluationMode& operator=(const EvaluationMode&) = delete;

private:
    torch::nn::Module& m_module;
    bool m_wasTraining;
};

EvaluationLoader::Options loaderOptions(const TrainingConfig& config, std::int64_t limit)
{
    EvaluationLoader::Options options;
    options.imageSize = config.model.imageSize;
    options.batchSize = config.evaluation.batchSize;
    options.workers = config.data.workers;
    options.limit = limit;
    return options;
}

} // namespace

Result<LabelledFeatures> extractFeatures(Backbone& backbone,
                                         const std::shared_ptr<const Dataset>& dataset,
                                         const TrainingConfig& config,
                                         const FeatureOptions& options,
                                         const FeatureProgress& progress)
{
    const torch::NoGradGuard noGradient;
    const EvaluationMode evaluating(backbone);
    // Unreadable files are told by the view loader, which meets every image.
    EvaluationLoader loader(dataset, loaderOptions(config, options.limit),
                            [](std::string_view, std::string_view) {});
    const std::int64_t side = config.model.imageSize;
    std::vector<torch::Tensor> vectors {torch::zeros({0, backbone.featureWidth()})};
    std::vector<torch::Tensor> labels {torch::zeros({0}, torch::kInt64)};
    std::int64_t done = 0;
    while (true) {
        const bool goesOn = progress(done);
        const Result<EvaluationBatch> batch = loader.next();
        if (!batch) {
            return tl::unexpected(batch.error());
        }
        if (!goesOn) {
            return failure(ErrorCode::Cancelled, "the evaluation was stopped");
        }
        if (batch->size == 0) {
            return LabelledFeatures {torch::cat(vectors), torch::cat(labels)};
        }
        const torch::Tensor images
            = torch::from_blob(batch->images, {batch->size, 3, side, side}).to(options.device);
        vectors.push_back(backbone.forward(images, options.precision).to(torch::kCPU));
        labels.push_back(torch::tensor(batch->labels, torch::kInt64));
        done += batch->size;
    }
}

Result<std::pair<torch::Tensor, torch::Tensor>>
extractViewFeatures(Backbone& backbone, const std::shared_ptr<const Dataset>& dataset,
                    const TrainingConfig& config, const FeatureOptions& options)
{
    const torch::NoGradGuard noGradient;
    const EvaluationMode evaluating(backbone);
    ViewLoader::Options loading;
    loading.imageSize = config.model.imageSize;
    loading.batchSize = std::min({options.limit, config.evaluation.batchSize, dataset->size()});
    loading.seed = static_cast<std::uint64_t>(config.train.seed);
    loading.workers = config.data.workers;
    loading.prefetch = 1;
    if (loading.batchSize == 0) {
        return std::pair(torch::zeros({0, backbone.featureWidth()}),
                         torch::zeros({0, backbone.featureWidth()}));
    }
    ViewLoader loader(dataset, config.views, loading, [](std::string_view, std::string_view) {});
    loader.start(0, 0);
    const Result<ViewBatch> batch = loader.next();
    if (!batch) {
        return tl::unexpected(batch.error());
    }
    const std::int64_t side = config.model.imageSize;
    const auto featuresOf = [&](std::uint8_t* images) {
        const torch::Tensor views
            = torch::from_blob(images, {batch->size, 3, side, side}, torch::kUInt8)
                  .to(options.device);
        return backbone.forward(normalised(views), options.precision).to(torch::kCPU);
    };
    return std::pair(featuresOf(batch->view1), featuresOf(batch->view2));
}

} // namespace mocoscope::training
