// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>

namespace mocoscope::training {

/// The self-supervised framework and its heads.
struct MethodConfig
{
    std::string name = "moco_v3";
    double temperature = 0.2;
    double momentum = 0.99;
    std::string momentumSchedule = "cosine";
    std::int64_t projectorLayers = 3;
    std::int64_t projectorHidden = 4096;
    std::int64_t predictorLayers = 2; ///< 0: no prediction head
    std::int64_t predictorHidden = 4096;
    std::int64_t outputDim = 256;
    bool headNorm = true; ///< BN after the layers of both heads
    bool predictorOutputNorm = true; ///< BN on the output of the prediction head as well
    std::int64_t queueSize = 65536; ///< MoCo v1, v2: keys of earlier steps
    std::int64_t prototypes = 3000; ///< SwAV
    double sinkhornEpsilon = 0.05; ///< SwAV
    std::int64_t sinkhornIterations = 3; ///< SwAV
    double freezePrototypesEpochs = 1; ///< SwAV
    bool operator==(const MethodConfig&) const = default;
};

/// The backbone. Zero for depth, width, heads or patchSize means: as the name says. A ResNet uses
/// only the name, the image size, the stem and zeroInitResidual.
struct ModelConfig
{
    std::string name = "vit_small";
    std::int64_t imageSize = 224;
    std::int64_t patchSize = 0;
    std::int64_t depth = 0;
    std::int64_t width = 0;
    std::int64_t heads = 0;
    double mlpRatio = 4.0;
    bool freezePatchEmbed = true;
    bool patchEmbedWeightNorm = false;
    std::string stem = "standard"; ///< standard, conv (ViT), cifar (ResNet)
    std::string mlpNorm = "layer"; ///< layer, batch
    std::string pooling = "class_token"; ///< class_token, norm_mean, mean
    std::string positionEmbedding = "sin_cos"; ///< sin_cos, learned, none
    bool zeroInitResidual = true; ///< ResNet
    std::string initialWeights;
    bool operator==(const ModelConfig&) const = default;
};

/// The two random views of each image. `…1` and `…2` are the first and the second view.
struct ViewsConfig
{
    double cropMin = 0.08;
    double cropMax = 1.0;
    double jitterProbability = 0.8;
    double brightness = 0.4;
    double contrast = 0.4;
    double saturation = 0.2;
    double hue = 0.1;
    double greyProbability = 0.2;
    double blurProbability1 = 1.0;
    double blurProbability2 = 0.1;
    double blurSigmaMin = 0.1;
    double blurSigmaMax = 2.0;
    double solarizeProbability1 = 0.0;
    double solarizeProbability2 = 0.2;
    double flipProbability = 0.5;
    bool operator==(const ViewsConfig&) const = default;
};

struct OptimizerConfig
{
    std::string name = "adamw";
    double lr = 1.5e-4; ///< per 256 images: the applied rate is lr · batch / 256
    double weightDecay = 0.1;
    double beta1 = 0.9;
    double beta2 = 0.999;
    double epsilon = 1e-8;
    double momentum = 0.9; ///< SGD and LARS
    double trustCoefficient = 1e-3; ///< LARS
    std::string schedule = "cosine"; ///< cosine, constant, step
    std::string stepEpochs = "60,80"; ///< of the step schedule, separated by commas
    double stepFactor = 0.1;
    std::string decayExclusions = "none"; ///< none, vectors (biases and norms), vectors_and_tokens
    double clipNorm = 0; ///< L2 norm of all gradients together; 0: not clipped
    double clipValue = 0; ///< of each element; 0: not clipped
    bool operator==(const OptimizerConfig&) const = default;
};

struct TrainConfig
{
    std::string device = "auto";
    std::string precision = "fp32";
    bool tf32 = false; ///< on GPUs, of what is fp32
    bool deterministic = false; ///< on GPUs; a CPU always is
    std::int64_t epochs = 100;
    std::int64_t maxSteps = 0; ///< 0: no limit
    std::int64_t batchSize = 256;
    std::int64_t microBatch = 0; ///< 0: the whole batch at once
    double warmupEpochs = 10;
    std::int64_t seed = 0;
    std::int64_t threads = 0; ///< CPU threads of the tensor library; 0: all cores
    bool operator==(const TrainConfig&) const = default;
};

struct DataConfig
{
    std::string path = "demo"; ///< "demo" is the embedded data set
    std::string testPath; ///< empty: the test part of `path`, if it has one
    std::int64_t perClassLimit = 0;
    std::int64_t testPerClassLimit = 0;
    std::int64_t workers = 0; ///< 0: chosen from the number of cores
    std::int64_t prefetch = 2; ///< batches kept ready
    bool operator==(const DataConfig&) const = default;
};

struct EvaluationConfig
{
    double knnEveryEpochs = 1; ///< 0: never
    std::int64_t knnNeighbours = 20;
    double knnTemperature = 0.07;
    std::int64_t knnBankLimit = 50000; ///< images in the bank at most; 0: all
    std::int64_t batchSize = 256;
    bool operator==(const EvaluationConfig&) const = default;
};

struct CheckpointConfig
{
    double everyMinutes = 10; ///< 0: only on stop and at the end
    double everyEpochs = 0; ///< 0: by time only
    std::int64_t keepLast = 2;
    bool operator==(const CheckpointConfig&) const = default;
};

/// What is watched while a run trains.
struct MonitorConfig
{
    double spikeThreshold = 6; ///< robust deviations of a layer's log gradient; 0: off
    double spikeRelease = 3; ///< likewise; a spike lasts until the deviation falls below
    double spikeFactor = 2; ///< smallest multiple of the layer's running median
    std::int64_t spikeWindow = 101; ///< steps of the running median
    std::int64_t spikeWarmup = 50; ///< steps of a layer before it is judged
    std::int64_t spikeGap = 20; ///< steps of quiet that end an incident
    double spikeDip = 1; ///< percentage points of kNN accuracy
    std::string onSpike = "mark"; ///< mark, checkpoint, pause, roll_back
    double rollBackLr = 0.5; ///< the learning rate after a roll-back, times that before
    std::int64_t rollBacks = 3; ///< how often this run and those that go on from it are rolled back
    double systemSeconds = 5; ///< between two samples of the machine's load; 0: none
    bool operator==(const MonitorConfig&) const = default;
};

/// What a run does with its backbone.
struct TaskConfig
{
    std::string name = "pretrain"; ///< pretrain, knn, linear, finetune
    bool operator==(const TaskConfig&) const = default;
};

/// Linear classifiers on frozen features, one for each learning rate, trained side by side.
struct LinearConfig
{
    std::int64_t epochs = 90;
    std::int64_t batchSize = 1024;
    std::string rates = "0.03,0.1,0.3,1,3,10"; ///< per 256 images, separated by commas
    double momentum = 0.9;
    double weightDecay = 0;
    bool augment = true; ///< crop and flip; false: features are computed once
    bool operator==(const LinearConfig&) const = default;
};

/// Backbone and classifier trained together on labels, as DeiT trains.
struct FinetuneConfig
{
    std::int64_t epochs = 150;
    std::int64_t batchSize = 1024;
    double lr = 5e-4; ///< per 512 images: the applied rate is lr · batch / 512
    double weightDecay = 0.05;
    double warmupEpochs = 5;
    double layerDecay = 1; ///< factor of the rate from one layer to the one before it
    double cropMin = 0.08;
    double mixup = 0.8; ///< α of the Beta distribution; 0: off
    double cutmix = 1; ///< likewise
    double labelSmoothing = 0.1;
    double dropPath = 0.1; ///< of the last block
    double randomErasing = 0.25; ///< probability
    std::int64_t randAugmentOperations = 2; ///< of one image; 0: none
    double randAugmentMagnitude = 9; ///< 0 … 10
    bool operator==(const FinetuneConfig&) const = default;
};

/// Everything that describes a run. A plain value: copied into the trainer, never shared.
/// Each field's key, unit, range, default and help are in config_schema.h, and nowhere else.
struct TrainingConfig
{
    MethodConfig method;
    ModelConfig model;
    ViewsConfig views;
    OptimizerConfig optimizer;
    TrainConfig train;
    DataConfig data;
    EvaluationConfig evaluation;
    CheckpointConfig checkpoint;
    MonitorConfig monitor;
    TaskConfig task;
    LinearConfig linear;
    FinetuneConfig finetune;
    bool operator==(const TrainingConfig&) const = default;
};

} // namespace mocoscope::training
