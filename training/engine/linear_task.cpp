// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/engine/linear_task.h"

#include "training/api/config_schema.h"
#include "training/data/epoch_order.h"
#include "training/evaluation/test_score.h"

#include <algorithm>
#include <cmath>

namespace mocoscope::training {

using torch::Tensor;

namespace {

constexpr std::uint64_t probeStream = 0x6c696e656172ULL;

std::string rateMetric(double rate)
{
    return "linear/top1/lr_" + toText(FieldValue(rate));
}

} // namespace

LinearTask::LinearTask(const TrainingConfig& config, EvaluationSetup& setup, EventSink& events,
                       const RunControl& control)
    : m_config(config)
    , m_setup(setup)
    , m_events(events)
    , m_control(control)
    , m_rates(parseEpochs(config.linear.rates))
    , m_probe(static_cast<std::int64_t>(m_rates.size()), setup.backbone->featureWidth(),
              setup.facts.classes, headGenerator(config, probeStream))
{
    m_probe->to(setup.environment.device);
    const auto named = m_probe->named_parameters();
    Optimizer::NamedTensors parameters;
    for (const auto& entry : named) {
        parameters.emplace_back(entry.key(), entry.value());
    }
    m_optimizer
        = makeSweepSgd(parameters, m_rates, config.linear.momentum, config.linear.weightDecay);
    setup.backbone->eval();
}

std::vector<MetricDescription> LinearTask::evaluationMetrics() const
{
    std::vector<MetricDescription> metrics {
        {"linear/top1", "%"}, {"linear/top5", "%"}, {"linear/loss", ""}, {"linear/best_rate", ""}};
    for (const double rate : m_rates) {
        metrics.push_back({rateMetric(rate), "%"});
    }
    return metrics;
}

FeatureSource LinearTask::source()
{
    return {*m_setup.backbone, m_config, m_setup.environment.device, m_events, m_control};
}

Result<void> LinearTask::start(std::int64_t step)
{
    m_step = step;
    if (const auto computed = computeFeatures(); !computed) {
        return computed;
    }
    if (m_config.linear.augment) {
        startLoader(step);
    }
    return {};
}

Result<void> LinearTask::computeFeatures()
{
    const DatasetPair& data = m_setup.environment.data;
    const bool wantsTrain = !m_config.linear.augment;
    const std::int64_t trainImages = wantsTrain ? m_setup.facts.trainImages : 0;
    const std::int64_t total = trainImages + m_setup.facts.testImages;
    const auto onDevice = [this](const LabelledFeatures& features) {
        const torch::Device& device = m_setup.environment.device;
        return LabelledFeatures {features.vectors.to(device), features.labels.to(device)};
    };
    if (wantsTrain) {
        const auto train = extractFeatures(source(), data.train, {0, 0, total});
        if (!train) {
            return tl::unexpected(train.error());
        }
        m_train = onDevice(*train);
    }
    const auto test = extractFeatures(source(), data.test, {0, trainImages, total});
    m_events.publish(Progress {});
    if (!test) {
        return tl::unexpected(test.error());
    }
    m_test = onDevice(*test);
    if (m_test.vectors.size(0) == 0 || (wantsTrain && m_train.vectors.size(0) == 0)) {
        return failure(ErrorCode::Unreadable, "none of the labelled images can be read");
    }
    return {};
}

void LinearTask::startLoader(std::int64_t step)
{
    m_loader.emplace(m_setup.environment.data.train, LabelledLoader::optionsFor(m_config),
                     [this](std::string_view name, std::string_view reason) {
                         m_events.publish(
                             Incident {m_step,
                                       "unreadable_image",
                                       {},
                                       std::string(name) + " is skipped: " + std::string(reason)});
                     });
    const std::int64_t perEpoch = m_setup.facts.stepsPerEpoch;
    m_loader->start(step / perEpoch, step % perEpoch);
}

LinearTask::Batch LinearTask::knownBatch(std::int64_t step)
{
    const std::int64_t perEpoch = m_setup.facts.stepsPerEpoch;
    const std::int64_t rows = m_train.vectors.size(0);
    if (step / perEpoch != m_orderEpoch) {
        m_orderEpoch = step / perEpoch;
        const auto order
            = epochOrder(rows, static_cast<std::uint64_t>(m_config.train.seed), m_orderEpoch);
        m_order = torch::tensor(order, torch::kInt64).to(m_setup.environment.device);
    }
    // An even share of the images each: a few that cannot be read leave no step empty.
    const std::int64_t index = step % perEpoch;
    const Tensor chosen = rows == m_setup.facts.trainImages
        ? m_order.slice(0, index * m_config.linear.batchSize,
                        std::min(rows, (index + 1) * m_config.linear.batchSize))
        : m_order.slice(0, index * rows / perEpoch, (index + 1) * rows / perEpoch);
    return {m_train.vectors.index_select(0, chosen), m_train.labels.index_select(0, chosen), 0};
}

Result<LinearTask::Batch> LinearTask::augmentedBatch()
{
    const auto loaded = m_loader->next();
    if (!loaded) {
        return tl::unexpected(loaded.error());
    }
    const torch::NoGradGuard noGradient;
    const torch::Device& device = m_setup.environment.device;
    const std::int64_t side = m_config.model.imageSize;
    const Tensor images = torch::from_blob(loaded->images, {loaded->size, 3, side, side});
    std::vector<Tensor> features;
    for (const Tensor& part : images.split(m_config.evaluation.batchSize)) {
        features.push_back(
            m_setup.backbone->forward(part.to(device), precisionOf(m_config, device)));
    }
    return Batch {torch::cat(features), torch::tensor(loaded->labels, torch::kInt64).to(device),
                  loaded->waitSeconds};
}

Result<SupervisedStep> LinearTask::computeStep(std::int64_t step)
{
    m_step = step;
    const Result<Batch> batch = m_loader ? augmentedBatch() : Result<Batch>(knownBatch(step));
    if (!batch) {
        return tl::unexpected(batch.error());
    }
    const Tensor losses = lossOfEach(m_probe->forward(batch->features), batch->labels);
    losses.sum().backward();
    const auto [lowest, index] = losses.detach().to(torch::kCPU).min(0);
    const double share = linearRateShare(step / m_setup.facts.stepsPerEpoch, m_config.linear.epochs)
        * static_cast<double>(m_config.linear.batchSize) / 256;
    SupervisedStep result;
    result.loss = lowest.item<double>();
    result.rate = share * m_rates[static_cast<std::size_t>(index.item<std::int64_t>())];
    result.optimizerRate = share;
    result.waitSeconds = batch->waitSeconds;
    result.images = batch->labels.size(0);
    // A rate that is far too high may overflow on its own; the others go on.
    result.isFinite = losses.isfinite().any().item<bool>();
    return result;
}

Result<std::vector<NamedValue>> LinearTask::evaluate()
{
    const torch::NoGradGuard noGradient;
    std::vector<NamedValue> values;
    TestScore best;
    double bestRate = m_rates.front();
    for (std::size_t i = 0; i < m_rates.size(); ++i) {
        const Tensor logits
            = m_probe->logitsOf(static_cast<std::int64_t>(i), m_test.vectors).nan_to_num();
        const TestScore score = scoreOf(logits, m_test.labels);
        values.push_back({rateMetric(m_rates[i]), score.top1});
        if (i == 0 || score.top1 > best.top1) {
            best = score;
            bestRate = m_rates[i];
        }
    }
    values.insert(values.begin(),
                  {{"linear/top1", best.top1},
                   {"linear/top5", best.top5},
                   {"linear/loss", best.loss},
                   {"linear/best_rate", bestRate}});
    return values;
}

} // namespace mocoscope::training
