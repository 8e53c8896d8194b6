// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/engine/evaluation_pass.h"

#include "training/data/evaluation_loader.h"

namespace mocoscope::training {

EvaluationPass::EvaluationPass(TrainingSetup& setup, const TrainingConfig& config,
                               Precision precision, EventSink& events, const RunControl& control)
    : m_setup(setup)
    , m_config(config)
    , m_precision(precision)
    , m_events(events)
    , m_control(control)
{
}

Result<EvaluationResult> EvaluationPass::run()
{
    const EvaluationConfig& config = m_config.evaluation;
    const std::int64_t bankImages = config.knnBankLimit > 0
        ? std::min(config.knnBankLimit, m_setup.facts.trainImages)
        : m_setup.facts.trainImages;
    const std::int64_t total = bankImages + m_setup.facts.testImages;
    const Result<Features> bank = extract(m_setup.data.train, bankImages, 0, total);
    if (!bank) {
        return tl::unexpected(bank.error());
    }
    EvaluationResult result;
    if (bank->vectors.size(0) > 1) {
        result.signs = collapseSigns(bank->vectors);
    }
    const std::int64_t classes = m_setup.facts.classes;
    if (classes > 0 && m_setup.data.test && bank->vectors.size(0) > 0) {
        const Result<Features> test = extract(m_setup.data.test, 0, bankImages, total);
        if (!test) {
            return tl::unexpected(test.error());
        }
        if (test->vectors.size(0) > 0) {
            const torch::Tensor votes
                = knnVotes(bank->vectors, bank->labels, test->vectors, classes,
                           config.knnNeighbours, config.knnTemperature);
            result.accuracy = knnAccuracy(votes, test->labels);
        }
    }
    m_events.publish(Progress {});
    return result;
}

Result<EvaluationPass::Features>
EvaluationPass::extract(const std::shared_ptr<const Dataset>& dataset, std::int64_t limit,
                        std::int64_t done, std::int64_t total)
{
    const torch::NoGradGuard noGradient;
    EvaluationLoader::Options options;
    options.imageSize = m_config.model.imageSize;
    options.batchSize = m_config.evaluation.batchSize;
    options.workers = m_config.data.workers;
    options.limit = limit;
    // Unreadable files are told by the view loader, which meets every image.
    EvaluationLoader loader(dataset, options, [](std::string_view, std::string_view) {});
    const std::int64_t side = options.imageSize;
    std::vector<torch::Tensor> vectors;
    std::vector<torch::Tensor> labels;
    while (true) {
        m_events.publish(Progress {"evaluating", done, total});
        const Result<EvaluationBatch> batch = loader.next();
        if (!batch) {
            return tl::unexpected(batch.error());
        }
        if (m_control.isStopRequested()) {
            return failure(ErrorCode::Cancelled, "the evaluation was stopped");
        }
        if (batch->size == 0) {
            break;
        }
        const torch::Tensor images
            = torch::from_blob(batch->images, {batch->size, 3, side, side}).to(m_setup.device);
        vectors.push_back(m_setup.method->backbone().forward(images, m_precision).to(torch::kCPU));
        labels.push_back(torch::tensor(batch->labels, torch::kInt64));
        done += batch->size;
    }
    if (vectors.empty()) {
        return Features {torch::zeros({0, 1}), torch::zeros({0}, torch::kInt64)};
    }
    return Features {torch::cat(vectors), torch::cat(labels)};
}

} // namespace mocoscope::training
