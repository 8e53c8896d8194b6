// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/engine/finetune_task.h"

#include "training/evaluation/mixing.h"
#include "training/evaluation/test_score.h"

#include <cmath>
#include <limits>

namespace mocoscope::training {

using torch::Tensor;

namespace {

constexpr std::uint64_t headStream = 0x66696e6574756e65ULL;

RandomStream streamOf(const TrainingConfig& config, std::int64_t step, RandomUse use)
{
    return {static_cast<std::uint64_t>(config.train.seed), step, 0, use};
}

} // namespace

FinetuneTask::FinetuneTask(const TrainingConfig& config, EvaluationSetup& setup, EventSink& events,
                           const RunControl& control)
    : m_config(config)
    , m_setup(setup)
    , m_events(events)
    , m_control(control)
    , m_model(std::make_shared<Classifier>(setup.backbone, setup.facts.classes,
                                           headGenerator(config, headStream)))
    , m_dropGenerator(at::make_generator<at::CPUGeneratorImpl>())
    , m_loader(setup.environment.data.train, LabelledLoader::optionsFor(m_config),
               [this](std::string_view name, std::string_view reason) {
                   m_events.publish(
                       Incident {m_step,
                                 "unreadable_image",
                                 {},
                                 std::string(name) + " is skipped: " + std::string(reason)});
               })
{
    m_model->to(setup.environment.device);
    setup.backbone->setDropPath(config.finetune.dropPath, m_dropGenerator);
    Optimizer::NamedTensors parameters;
    std::vector<double> rateShares;
    for (const auto& entry : m_model->named_parameters()) {
        parameters.emplace_back(entry.key(), entry.value());
        rateShares.push_back(rateShareOf(entry.key(), *m_model, config.finetune.layerDecay));
    }
    m_optimizer = makeLayerwiseAdamW(parameters, rateShares, config.finetune.weightDecay);
    m_gradients = std::make_unique<GradientMagnitude>(
        parameters, [this](const std::string& name) { return m_model->layerOf(name); },
        m_model->layerNames());
}

std::vector<MetricDescription> FinetuneTask::evaluationMetrics() const
{
    return {{"finetune/top1", "%"}, {"finetune/top5", "%"}, {"finetune/loss", ""}};
}

std::vector<std::string> FinetuneTask::layers() const
{
    return m_gradients->layers();
}

Result<void> FinetuneTask::start(std::int64_t step)
{
    m_step = step;
    m_model->train();
    const std::int64_t perEpoch = m_setup.facts.stepsPerEpoch;
    m_loader.start(step / perEpoch, step % perEpoch);
    return {};
}

Result<SupervisedStep> FinetuneTask::computeStep(std::int64_t step)
{
    m_step = step;
    const auto batch = m_loader.next();
    if (!batch) {
        return tl::unexpected(batch.error());
    }
    const FinetuneConfig& finetune = m_config.finetune;
    const torch::Device& device = m_setup.environment.device;
    const std::int64_t side = m_config.model.imageSize;
    const Tensor images = torch::from_blob(batch->images, {batch->size, 3, side, side}).to(device);
    const Tensor labels = torch::tensor(batch->labels, torch::kInt64).to(device);
    const Mix mix = drawMix(finetune.mixup, finetune.cutmix, side,
                            streamOf(m_config, step, RandomUse::Mixing));
    const Tensor targets = smoothLabels(labels, m_setup.facts.classes, finetune.labelSmoothing);
    RandomStream seeds = streamOf(m_config, step, RandomUse::DropPath);
    m_dropGenerator.set_current_seed(
        static_cast<std::uint64_t>(seeds.below(std::numeric_limits<std::int64_t>::max())));

    SupervisedStep result;
    result.loss = backward(mixedImages(images, mix), mixedTargets(targets, mix));
    result.magnitudes = m_gradients->measure().to(torch::kCPU).contiguous();
    result.isFinite = std::isfinite(result.loss) && result.magnitudes.isfinite().all().item<bool>();
    result.rate = finetuneRate(finetune, step, m_setup.facts.stepsPerEpoch);
    result.optimizerRate = result.rate;
    result.waitSeconds = batch->waitSeconds;
    result.images = batch->size;
    return result;
}

double FinetuneTask::backward(const Tensor& images, const Tensor& targets)
{
    const std::int64_t all = images.size(0);
    const std::int64_t part
        = m_config.train.microBatch > 0 ? std::min(m_config.train.microBatch, all) : all;
    Precision precision = precisionOf(m_config, m_setup.environment.device);
    if (precision == Precision::Fp16) {
        precision = Precision::Bf16; // needs no loss scale
    }
    Tensor sum = torch::zeros({}, images.options());
    for (std::int64_t from = 0; from < all; from += part) {
        const std::int64_t to = std::min(from + part, all);
        const Tensor logits = m_model->forward(images.slice(0, from, to), precision);
        const double share = static_cast<double>(to - from) / static_cast<double>(all);
        const Tensor loss = softCrossEntropy(logits, targets.slice(0, from, to)) * share;
        loss.backward();
        sum += loss.detach();
    }
    return sum.item<double>();
}

Result<std::vector<NamedValue>> FinetuneTask::evaluate()
{
    const torch::NoGradGuard noGradient;
    const FeatureSource source {m_model->backbone(), m_config, m_setup.environment.device, m_events,
                                m_control};
    const auto test
        = extractFeatures(source, m_setup.environment.data.test, {0, 0, m_setup.facts.testImages});
    m_events.publish(Progress {});
    if (!test) {
        return tl::unexpected(test.error());
    }
    if (test->vectors.size(0) == 0) {
        return failure(ErrorCode::Unreadable, "none of the labelled test images can be read");
    }
    const Tensor logits
        = m_model->classify(test->vectors.to(m_setup.environment.device)).to(torch::kCPU);
    const TestScore score = scoreOf(logits, test->labels);
    return std::vector<NamedValue> {{"finetune/top1", score.top1},
                                    {"finetune/top5", score.top5},
                                    {"finetune/loss", score.loss}};
}

} // namespace mocoscope::training
