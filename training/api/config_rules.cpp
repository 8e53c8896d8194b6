// SPDX-License-Identifier: GPL-3.0-or-later
// What must be true of a configuration beyond each option on its own.
#include "training/api/config_schema.h"
#include "training/api/devices.h"
#include "training/api/model_shape.h"
#include "training/api/parse_number.h"
#include "training/api/task.h"

#include <algorithm>

namespace mocoscope::training {

namespace {

/// Collects what is wrong, with the value as a person wrote it.
class Findings
{
public:
    explicit Findings(const TrainingConfig& config)
        : m_config(config)
    {
    }
    void add(const std::string& key, std::string reason)
    {
        const FieldDescription* field = findField(key);
        m_all.push_back({key, toText(field->get(m_config)), std::move(reason)});
    }
    [[nodiscard]] bool has(std::string_view key) const
    {
        return std::any_of(m_all.begin(), m_all.end(),
                           [key](const Violation& violation) { return violation.key == key; });
    }
    [[nodiscard]] std::vector<Violation> take() { return std::move(m_all); }

private:
    const TrainingConfig& m_config;
    std::vector<Violation> m_all;
};

void checkRanges(const TrainingConfig& config, Findings& findings)
{
    for (const FieldDescription& field : configFields()) {
        const std::string problem = rangeProblem(field, field.get(config));
        if (!problem.empty()) {
            findings.add(field.key, problem);
        }
    }
}

/// The options that a ResNet would pass over in silence, so that nobody believes in their effect.
void checkResNet(const ModelConfig& model, Findings& findings)
{
    const ModelConfig plain;
    const std::string reason = "is for ViT; " + model.name + " has no such part";
    const auto refuse = [&](bool isSet, const char* key) {
        if (isSet) {
            findings.add(key, reason);
        }
    };
    refuse(model.patchSize != 0, "model.patch_size");
    refuse(model.depth != 0, "model.depth");
    refuse(model.width != 0, "model.width");
    refuse(model.heads != 0, "model.heads");
    refuse(model.mlpRatio != plain.mlpRatio, "model.mlp_ratio");
    refuse(model.patchEmbedWeightNorm, "model.patch_embed_weight_norm");
    refuse(model.mlpNorm != plain.mlpNorm, "model.mlp_norm");
    refuse(model.pooling != plain.pooling, "model.pooling");
    refuse(model.positionEmbedding != plain.positionEmbedding, "model.position_embedding");
    if (model.stem == "conv") {
        findings.add("model.stem", "ConvStem is for ViT; expected standard or cifar");
    }
    if (model.stem == "standard" && model.imageSize < 32) {
        findings.add("model.image_size",
                     "expected at least 32 for this stem; model.stem = cifar is for small images");
    }
}

void checkVitVariants(const ModelConfig& model, const VitShape& shape, Findings& findings)
{
    if (model.stem == "cifar") {
        findings.add("model.stem",
                     "the stem for small images is for ResNet; expected standard or "
                     "conv");
    }
    if (!model.zeroInitResidual) {
        findings.add("model.zero_init_residual",
                     "is for ResNet; " + model.name + " has no such part");
    }
    if (model.stem != "conv") {
        return;
    }
    if (shape.patchSize != 16) {
        findings.add(model.patchSize > 0 ? "model.patch_size" : "model.stem",
                     "ConvStem makes patches of 16 pixels; the patch size is "
                         + std::to_string(shape.patchSize));
    }
    if (shape.width % 8 != 0) {
        findings.add("model.width", "expected a multiple of 8, for ConvStem");
    }
    if (shape.depth < 1) {
        findings.add("model.depth", "ConvStem takes the place of one block; expected at least 2");
    }
    if (model.patchEmbedWeightNorm) {
        findings.add("model.patch_embed_weight_norm",
                     "weight norm is for the plain patch projection; ConvStem has none");
    }
}

/// What is frozen gets no gradient, so that splitting it into direction and length does nothing.
void checkWeightNorm(const TrainingConfig& config, Findings& findings)
{
    const ModelConfig& model = config.model;
    if (!isEvaluation(config) && !isResNet(model) && model.stem == "standard"
        && model.patchEmbedWeightNorm && model.freezePatchEmbed) {
        findings.add("model.patch_embed_weight_norm",
                     "has no effect on a patch projection that is frozen; expected false, or "
                     "model.freeze_patch_embed = false");
    }
}

void checkShape(const ModelConfig& model, Findings& findings)
{
    if (isResNet(model)) {
        checkResNet(model, findings);
        return;
    }
    const VitShape shape = vitShape(model);
    if (shape.patchSize > 0 && shape.imageSize % shape.patchSize != 0) {
        findings.add("model.image_size",
                     "expected a multiple of the patch size " + std::to_string(shape.patchSize));
    }
    const std::string key = model.heads > 0 ? "model.heads" : "model.width";
    if (shape.heads > 0 && shape.width % shape.heads != 0) {
        findings.add(key,
                     std::to_string(shape.heads) + " heads do not divide the width "
                         + std::to_string(shape.width));
    }
    if (shape.width % 4 != 0 && model.positionEmbedding == "sin_cos") {
        findings.add("model.width", "expected a multiple of 4, for the 2-D position embedding");
    }
    if (shape.hidden < 1) {
        findings.add("model.mlp_ratio", "leaves the MLP without a hidden unit");
    }
    checkVitVariants(model, shape, findings);
}

void checkMethod(const TrainingConfig& config, Findings& findings)
{
    const std::string& name = config.method.name;
    const bool hasQueue = name == "moco_v1" || name == "moco_v2";
    if (hasQueue && config.method.queueSize < config.train.batchSize) {
        findings.add("method.queue_size",
                     "expected at least the batch size " + std::to_string(config.train.batchSize));
    }
    if (name == "byol" && config.method.predictorLayers == 0) {
        findings.add("method.predictor_layers", "BYOL collapses without a prediction head");
    }
}

/// Micro-batches are exact only where the images of a batch do not meet in the backbone.
void checkMicroBatch(const TrainingConfig& config, Findings& findings)
{
    if (config.train.microBatch > 0 && hasBatchNorm(config.model)) {
        findings.add("train.micro_batch",
                     "the backbone has batch normalisation, whose statistics need the whole batch "
                     "at once; expected 0");
    }
}

/// The exclusion of tokens asks for a class token or for positions that learn.
void checkTokens(const TrainingConfig& config, Findings& findings)
{
    if (config.optimizer.decayExclusions != "vectors_and_tokens") {
        return;
    }
    const ModelConfig& model = config.model;
    if (isResNet(model)) {
        findings.add("optimizer.decay_exclusions",
                     model.name + " has no tokens; expected none or vectors");
    } else if (model.pooling != "class_token" && model.positionEmbedding != "learned") {
        findings.add("optimizer.decay_exclusions",
                     "model.pooling = " + model.pooling
                         + " leaves no class token, and no position embedding learns; expected "
                           "none or vectors");
    }
}

void checkSchedule(const TrainingConfig& config, Findings& findings)
{
    if (config.optimizer.schedule != "step") {
        return;
    }
    const auto epochs = parseEpochs(config.optimizer.stepEpochs);
    if (epochs.empty() || !std::is_sorted(epochs.begin(), epochs.end())) {
        findings.add("optimizer.step_epochs", "expected rising epochs, such as 60,80");
    } else if (epochs.front() >= static_cast<double>(config.train.epochs)) {
        findings.add("optimizer.step_epochs",
                     "the rate would not fall once in the " + std::to_string(config.train.epochs)
                         + " epochs of the run");
    }
}

void checkProtocols(const TrainingConfig& config, Findings& findings)
{
    auto rates = parseEpochs(config.linear.rates);
    std::sort(rates.begin(), rates.end());
    const bool areRates = !rates.empty() && rates.size() <= 64 && rates.front() > 0
        && std::adjacent_find(rates.begin(), rates.end()) == rates.end();
    if (!areRates) {
        findings.add("linear.rates", "expected different numbers above 0, such as 0.3,1,3");
    }
    if (config.finetune.warmupEpochs > static_cast<double>(config.finetune.epochs)) {
        findings.add("finetune.warmup_epochs",
                     "expected at most the " + std::to_string(config.finetune.epochs)
                         + " epochs of fine-tuning");
    }
}

/// Each replica has the same share of a batch, and a GPU of its own.
void checkDevices(const TrainingConfig& config, Findings& findings)
{
    auto names = deviceNames(config.train.device);
    if (names.empty()) {
        findings.add("train.device",
                     "expected auto, cpu, cpu:4 (replicas on the CPU), cuda:0 or cuda:0,1,…");
        return;
    }
    std::sort(names.begin(), names.end());
    if (names.front() != "cpu" && std::adjacent_find(names.begin(), names.end()) != names.end()) {
        findings.add("train.device", "names a GPU twice; each replica needs one of its own");
    }
    const std::int64_t replicas = replicaCount(config);
    if (!isEvaluation(config) && config.train.batchSize % replicas != 0) {
        findings.add("train.batch_size",
                     "expected a multiple of the " + std::to_string(replicas)
                         + " replicas of train.device = " + config.train.device);
    }
}

/// A micro-batch is a part of one replica's share.
void checkMicroBatchSize(const TrainingConfig& config, Findings& findings)
{
    const std::int64_t microBatch = config.train.microBatch;
    const std::int64_t replicas = isEvaluation(config) ? 1 : replicaCount(config);
    const std::int64_t share = config.train.batchSize / replicas;
    const std::string whole
        = (replicas == 1 ? "the batch size " : "a replica's share of the batch, ")
        + std::to_string(share);
    if (microBatch > share) {
        findings.add("train.micro_batch", "expected at most " + whole);
    } else if (microBatch > 0 && share % microBatch != 0) {
        findings.add("train.micro_batch", "expected a divisor of " + whole);
    }
}

void checkTraining(const TrainConfig& train, Findings& findings)
{
    if (train.warmupEpochs > static_cast<double>(train.epochs)) {
        findings.add("train.warmup_epochs",
                     "expected at most the " + std::to_string(train.epochs) + " epochs of the run");
    }
}

void checkMonitor(const MonitorConfig& monitor, Findings& findings)
{
    if (monitor.spikeThreshold > 0 && monitor.spikeRelease > monitor.spikeThreshold) {
        findings.add("monitor.spike_release",
                     "expected at most the threshold "
                         + toText(FieldValue(monitor.spikeThreshold)));
    }
    if (monitor.spikeWarmup > monitor.spikeWindow) {
        findings.add("monitor.spike_warmup",
                     "expected at most the window of " + std::to_string(monitor.spikeWindow)
                         + " steps");
    }
}

void checkOrder(const TrainingConfig& config, Findings& findings)
{
    if (config.views.cropMin > config.views.cropMax) {
        findings.add("views.crop_min",
                     "expected at most the largest crop "
                         + toText(FieldValue(config.views.cropMax)));
    }
    if (config.views.blurSigmaMin > config.views.blurSigmaMax) {
        findings.add("views.blur_sigma_min",
                     "expected at most the largest radius "
                         + toText(FieldValue(config.views.blurSigmaMax)));
    }
    if (config.data.path.empty()) {
        findings.add("data.path", "expected a folder or an archive, or 'demo'");
    }
}

} // namespace

std::vector<double> parseEpochs(std::string_view text)
{
    std::vector<double> epochs;
    while (!text.empty()) {
        const std::size_t comma = std::min(text.find(','), text.size());
        std::string_view part = text.substr(0, comma);
        part.remove_prefix(std::min(part.find_first_not_of(' '), part.size()));
        double epoch = 0;
        if (!parseNumber(part, epoch) || !(epoch >= 0)) {
            return {};
        }
        epochs.push_back(epoch);
        text.remove_prefix(std::min(comma + 1, text.size()));
    }
    return epochs;
}

std::vector<Violation> validate(const TrainingConfig& config)
{
    Findings findings(config);
    checkRanges(config, findings);
    if (!findings.has("model.image_size") && !findings.has("model.patch_size")) {
        checkShape(config.model, findings);
    }
    checkDevices(config, findings);
    checkMicroBatchSize(config, findings);
    checkTraining(config.train, findings);
    checkMethod(config, findings);
    checkMicroBatch(config, findings);
    checkTokens(config, findings);
    checkWeightNorm(config, findings);
    checkSchedule(config, findings);
    checkProtocols(config, findings);
    checkMonitor(config.monitor, findings);
    checkOrder(config, findings);
    return findings.take();
}

} // namespace mocoscope::training
