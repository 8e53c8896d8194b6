// SPDX-License-Identifier: GPL-3.0-or-later
// The one table of all options.
#include "training/api/config_schema.h"

namespace mocoscope::training {

namespace {

template <typename Value> constexpr FieldType typeOf()
{
    if constexpr (std::is_same_v<Value, bool>) {
        return FieldType::Boolean;
    } else if constexpr (std::is_same_v<Value, std::int64_t>) {
        return FieldType::Integer;
    } else if constexpr (std::is_same_v<Value, double>) {
        return FieldType::Real;
    } else {
        return FieldType::Text;
    }
}

/// Fills in one row; each setter returns the row so that a row reads as one sentence.
class Row
{
public:
    template <typename Section, typename Value>
    Row(std::string key, Section TrainingConfig::*section, Value Section::*member,
        std::string group, std::string label, std::string help)
    {
        m_field.key = std::move(key);
        m_field.group = std::move(group);
        m_field.label = std::move(label);
        m_field.help = std::move(help);
        m_field.type = typeOf<Value>();
        m_field.get = [section, member](const TrainingConfig& config) {
            return FieldValue(config.*section.*member);
        };
        m_field.set = [section, member](TrainingConfig& config, const FieldValue& value) {
            config.*section.*member = std::get<Value>(value);
        };
        m_field.defaultValue = m_field.get(TrainingConfig {});
    }

    Row&& range(double minimum, double maximum) &&
    {
        m_field.minimum = minimum;
        m_field.maximum = maximum;
        return std::move(*this);
    }
    Row&& unit(std::string text) &&
    {
        m_field.unit = std::move(text);
        return std::move(*this);
    }
    Row&& symbol(std::string text) &&
    {
        m_field.symbol = std::move(text);
        return std::move(*this);
    }
    Row&& zeroMeans(std::string text) &&
    {
        m_field.zeroMeans = std::move(text);
        return std::move(*this);
    }
    Row&& choices(std::vector<FieldChoice> all) &&
    {
        m_field.type = FieldType::Choice;
        m_field.choices = std::move(all);
        return std::move(*this);
    }
    Row&& path() &&
    {
        m_field.type = FieldType::Path;
        return std::move(*this);
    }
    Row&& advanced() &&
    {
        m_field.advanced = true;
        return std::move(*this);
    }
    [[nodiscard]] FieldDescription take() && { return std::move(m_field); }

private:
    FieldDescription m_field;
};

using T = TrainingConfig;
using Rows = std::vector<FieldDescription>;

void addData(Rows& rows)
{
    using D = DataConfig;
    rows.push_back(Row("data.path", &T::data, &D::path, "Data", "Images",
                       "A folder of images (its subfolders are the classes), a .tar or .tar.gz of "
                       "one, a folder of CIFAR-10/100 binary files, or 'demo' for the built-in "
                       "images. Folders named train and test (or val) are taken as such.")
                       .path()
                       .take());
    rows.push_back(Row("data.test_path", &T::data, &D::testPath, "Data", "Test images",
                       "Labelled images on which accuracy is measured. Empty: the test part of "
                       "the images, if they have one.")
                       .path()
                       .take());
    rows.push_back(Row("data.per_class_limit", &T::data, &D::perClassLimit, "Data",
                       "Images per class", "Uses only the first images, by name, of each class.")
                       .range(0, 1e9)
                       .zeroMeans("all")
                       .advanced()
                       .take());
    rows.push_back(Row("data.test_per_class_limit", &T::data, &D::testPerClassLimit, "Data",
                       "Test images per class",
                       "Uses only the first test images, by name, of each class.")
                       .range(0, 1e9)
                       .zeroMeans("all")
                       .advanced()
                       .take());
    rows.push_back(Row("data.workers", &T::data, &D::workers, "Data", "Loader threads",
                       "Threads that decode images and draw views. The views are the same for any "
                       "number.")
                       .range(0, 256)
                       .zeroMeans("one per core")
                       .advanced()
                       .take());
    rows.push_back(Row("data.prefetch", &T::data, &D::prefetch, "Data", "Batches kept ready",
                       "Batches prepared ahead of the training step.")
                       .range(1, 64)
                       .advanced()
                       .take());
}

void addMethod(Rows& rows)
{
    using M = MethodConfig;
    const std::string group = "Method";
    rows.push_back(Row("method.name", &T::method, &M::name, group, "Framework",
                       "The self-supervised framework.")
                       .choices({{"moco_v3", "MoCo v3"}})
                       .take());
    rows.push_back(
        Row("method.temperature", &T::method, &M::temperature, group, "Temperature",
            "Divides the logits of the contrastive loss; 0.2 for ViT, 1.0 for ResNet-50.")
            .range(1e-3, 100)
            .symbol("τ")
            .take());
    rows.push_back(Row("method.momentum", &T::method, &M::momentum, group, "Encoder momentum",
                       "Share of its own weights that the momentum encoder keeps at each step.")
                       .range(0, 1)
                       .symbol("m")
                       .take());
    rows.push_back(Row("method.momentum_schedule", &T::method, &M::momentumSchedule, group,
                       "Momentum schedule", "Cosine raises the momentum to 1 over the run.")
                       .choices({{"cosine", "cosine to 1"}, {"constant", "constant"}})
                       .take());
    rows.push_back(Row("method.projector_layers", &T::method, &M::projectorLayers, group,
                       "Projector layers",
                       "Layers of the projection head; 3 for ViT, 2 for ResNet-50.")
                       .range(1, 8)
                       .advanced()
                       .take());
    rows.push_back(Row("method.projector_hidden", &T::method, &M::projectorHidden, group,
                       "Projector width", "Hidden width of the projection head.")
                       .range(1, 65536)
                       .advanced()
                       .take());
    rows.push_back(Row("method.predictor_layers", &T::method, &M::predictorLayers, group,
                       "Predictor layers", "Layers of the prediction head.")
                       .range(1, 8)
                       .advanced()
                       .take());
    rows.push_back(Row("method.predictor_hidden", &T::method, &M::predictorHidden, group,
                       "Predictor width", "Hidden width of the prediction head.")
                       .range(1, 65536)
                       .advanced()
                       .take());
    rows.push_back(Row("method.output_dim", &T::method, &M::outputDim, group, "Output width",
                       "Dimension of the vectors that the loss compares.")
                       .range(1, 65536)
                       .advanced()
                       .take());
}

void addModel(Rows& rows)
{
    using M = ModelConfig;
    const std::string group = "Model";
    rows.push_back(Row("model.name", &T::model, &M::name, group, "Backbone",
                       "Sets depth, width, heads and patch size, unless given below.")
                       .choices({{"vit_tiny", "ViT-Tiny (192 wide, 12 deep)"},
                                 {"vit_small", "ViT-S (384 wide, 12 deep)"},
                                 {"vit_base", "ViT-B (768 wide, 12 deep)"},
                                 {"vit_large", "ViT-L (1024 wide, 24 deep)"},
                                 {"vit_huge", "ViT-H (1280 wide, 32 deep)"}})
                       .take());
    rows.push_back(Row("model.image_size", &T::model, &M::imageSize, group, "Image size",
                       "Side of the views; a multiple of the patch size.")
                       .range(4, 2048)
                       .unit("pixels")
                       .take());
    rows.push_back(Row("model.patch_size", &T::model, &M::patchSize, group, "Patch size",
                       "Side of the patches that become tokens.")
                       .range(0, 512)
                       .unit("pixels")
                       .zeroMeans("as named")
                       .take());
    rows.push_back(
        Row("model.freeze_patch_embed", &T::model, &M::freezePatchEmbed, group,
            "Freeze patch projection",
            "Keeps the patch projection at its random initialisation: the study's remedy "
            "against instability.")
            .take());
    rows.push_back(Row("model.depth", &T::model, &M::depth, group, "Depth", "Number of blocks.")
                       .range(0, 256)
                       .zeroMeans("as named")
                       .advanced()
                       .take());
    rows.push_back(Row("model.width", &T::model, &M::width, group, "Width",
                       "Dimension of the tokens; a multiple of 4 and of the heads.")
                       .range(0, 16384)
                       .zeroMeans("as named")
                       .advanced()
                       .take());
    rows.push_back(Row("model.heads", &T::model, &M::heads, group, "Heads",
                       "Attention heads; must divide the width.")
                       .range(0, 256)
                       .zeroMeans("as named")
                       .advanced()
                       .take());
    rows.push_back(Row("model.mlp_ratio", &T::model, &M::mlpRatio, group, "MLP ratio",
                       "Hidden width of the MLP of a block, relative to the width.")
                       .range(0.25, 16)
                       .advanced()
                       .take());
    rows.push_back(Row("model.initial_weights", &T::model, &M::initialWeights, group,
                       "Initial weights",
                       "A .safetensors file to start from instead of a random initialisation: a "
                       "checkpoint of this program or a backbone with timm's names.")
                       .path()
                       .advanced()
                       .take());
}

void addOptimizer(Rows& rows)
{
    using O = OptimizerConfig;
    const std::string group = "Optimizer";
    rows.push_back(
        Row("optimizer.name", &T::optimizer, &O::name, group, "Optimizer",
            "AdamW is the study's choice for ViT.")
            .choices({{"adamw", "AdamW"}, {"lars", "LARS"}, {"lamb", "LAMB"}, {"sgd", "SGD"}})
            .take());
    rows.push_back(Row("optimizer.lr", &T::optimizer, &O::lr, group, "Learning rate",
                       "The applied rate is this times batch / 256, after warm-up.")
                       .range(0, 1000)
                       .unit("per 256 images")
                       .symbol("lr")
                       .take());
    rows.push_back(Row("optimizer.weight_decay", &T::optimizer, &O::weightDecay, group,
                       "Weight decay", "AdamW decays every parameter, as the authors' code does.")
                       .range(0, 10)
                       .symbol("wd")
                       .take());
    rows.push_back(Row("optimizer.beta1", &T::optimizer, &O::beta1, group, "Beta 1",
                       "Decay of the mean gradient in AdamW and LAMB.")
                       .range(0, 0.999999)
                       .symbol("β₁")
                       .advanced()
                       .take());
    rows.push_back(Row("optimizer.beta2", &T::optimizer, &O::beta2, group, "Beta 2",
                       "Decay of the mean squared gradient in AdamW and LAMB.")
                       .range(0, 0.9999999)
                       .symbol("β₂")
                       .advanced()
                       .take());
    rows.push_back(Row("optimizer.epsilon", &T::optimizer, &O::epsilon, group, "Epsilon",
                       "Added to the root of the mean squared gradient in AdamW and LAMB.")
                       .range(1e-16, 1)
                       .symbol("ε")
                       .advanced()
                       .take());
    rows.push_back(Row("optimizer.momentum", &T::optimizer, &O::momentum, group, "Momentum",
                       "Momentum of SGD and LARS.")
                       .range(0, 0.999999)
                       .advanced()
                       .take());
    rows.push_back(Row("optimizer.trust_coefficient", &T::optimizer, &O::trustCoefficient, group,
                       "Trust coefficient", "Scale of LARS's rate for each layer.")
                       .range(1e-9, 10)
                       .advanced()
                       .take());
}

void addTrain(Rows& rows)
{
    using R = TrainConfig;
    const std::string group = "Training";
    rows.push_back(Row("train.batch_size", &T::train, &R::batchSize, group, "Batch size",
                       "Images of one step; also scales the learning rate.")
                       .range(2, 1 << 20)
                       .unit("images")
                       .symbol("N")
                       .take());
    rows.push_back(Row("train.epochs", &T::train, &R::epochs, group, "Epochs",
                       "Passes over the images; the schedules end with the last.")
                       .range(1, 1e6)
                       .take());
    rows.push_back(Row("train.warmup_epochs", &T::train, &R::warmupEpochs, group, "Warm-up",
                       "Epochs over which the learning rate rises linearly from 0.")
                       .range(0, 1e6)
                       .unit("epochs")
                       .take());
    rows.push_back(Row("train.max_steps", &T::train, &R::maxSteps, group, "Step limit",
                       "Ends the run early without changing the schedules.")
                       .range(0, 1e12)
                       .unit("steps")
                       .zeroMeans("none")
                       .advanced()
                       .take());
    rows.push_back(Row("train.micro_batch", &T::train, &R::microBatch, group, "Micro-batch",
                       "Runs the backbone over this many images at a time. Loss and gradients stay "
                       "those of the whole batch; memory follows the micro-batch, for one more "
                       "forward pass.")
                       .range(0, 1 << 20)
                       .unit("images")
                       .zeroMeans("whole batch")
                       .advanced()
                       .take());
    rows.push_back(Row("train.precision", &T::train, &R::precision, group, "Precision",
                       "bf16 computes matrix products in bfloat16 (autocast); weights stay fp32.")
                       .choices({{"fp32", "fp32"}, {"bf16", "bf16 autocast"}})
                       .take());
    rows.push_back(Row("train.device", &T::train, &R::device, group, "Device",
                       "auto, cpu or cuda:0. auto takes the first GPU, the CPU without one.")
                       .take());
    rows.push_back(Row("train.seed", &T::train, &R::seed, group, "Seed",
                       "Of the initial weights, the order of the images and their views.")
                       .range(0, 9e15)
                       .take());
    rows.push_back(Row("train.threads", &T::train, &R::threads, group, "CPU threads",
                       "Threads of the tensor library.")
                       .range(0, 1024)
                       .zeroMeans("one per core")
                       .advanced()
                       .take());
}

void addViews(Rows& rows)
{
    using V = ViewsConfig;
    const std::string group = "Views";
    const auto add = [&](std::string key, double V::*member, std::string label, std::string help,
                         double minimum, double maximum, bool advanced, std::string symbol = {}) {
        Row row(std::move(key), &T::views, member, group, std::move(label), std::move(help));
        FieldDescription field = std::move(row).range(minimum, maximum).take();
        field.advanced = advanced;
        field.symbol = std::move(symbol);
        rows.push_back(std::move(field));
    };
    add("views.crop_min", &V::cropMin, "Smallest crop",
        "Smallest area of a crop, as a share of the image; 0.08 for ViT, 0.2 for ResNet-50.", 1e-4,
        1, false);
    add("views.crop_max", &V::cropMax, "Largest crop",
        "Largest area of a crop, as a share of the image.", 1e-4, 1, true);
    add("views.jitter_probability", &V::jitterProbability, "Colour jitter",
        "Probability of changing brightness, contrast, saturation and hue, in random order.", 0, 1,
        false);
    add("views.brightness", &V::brightness, "Brightness", "Largest relative change.", 0, 10, true);
    add("views.contrast", &V::contrast, "Contrast", "Largest relative change.", 0, 10, true);
    add("views.saturation", &V::saturation, "Saturation", "Largest relative change.", 0, 10, true);
    add("views.hue", &V::hue, "Hue", "Largest shift, as a share of the colour circle.", 0, 0.5,
        true);
    add("views.grey_probability", &V::greyProbability, "Grey", "Probability of a grey view.", 0, 1,
        false);
    add("views.blur_probability_1", &V::blurProbability1, "Blur, view 1",
        "Probability of a Gaussian blur of the first view.", 0, 1, false);
    add("views.blur_probability_2", &V::blurProbability2, "Blur, view 2",
        "Probability of a Gaussian blur of the second view.", 0, 1, false);
    add("views.blur_sigma_min", &V::blurSigmaMin, "Blur from", "Smallest radius in pixels.", 0, 64,
        true, "σ");
    add("views.blur_sigma_max", &V::blurSigmaMax, "Blur to", "Largest radius in pixels.", 0, 64,
        true, "σ");
    add("views.solarize_probability_1", &V::solarizeProbability1, "Solarize, view 1",
        "Probability of inverting the bright pixels of the first view.", 0, 1, true);
    add("views.solarize_probability_2", &V::solarizeProbability2, "Solarize, view 2",
        "Probability of inverting the bright pixels of the second view.", 0, 1, false);
    add("views.flip_probability", &V::flipProbability, "Flip",
        "Probability of a horizontal mirror image.", 0, 1, true);
}

void addEvaluation(Rows& rows)
{
    using E = EvaluationConfig;
    const std::string group = "Evaluation";
    rows.push_back(Row("evaluation.knn_every_epochs", &T::evaluation, &E::knnEveryEpochs, group,
                       "kNN every",
                       "How often accuracy is measured; fractions are possible. "
                       "The untrained weights are measured first.")
                       .range(0, 1e6)
                       .unit("epochs")
                       .zeroMeans("never")
                       .take());
    rows.push_back(Row("evaluation.knn_neighbours", &T::evaluation, &E::knnNeighbours, group,
                       "Neighbours", "Neighbours that vote.")
                       .range(1, 10000)
                       .symbol("k")
                       .take());
    rows.push_back(Row("evaluation.knn_temperature", &T::evaluation, &E::knnTemperature, group,
                       "kNN temperature", "A neighbour's vote weighs exp(cosine / τ).")
                       .range(1e-3, 100)
                       .symbol("τ")
                       .advanced()
                       .take());
    rows.push_back(Row("evaluation.knn_bank_limit", &T::evaluation, &E::knnBankLimit, group,
                       "kNN bank",
                       "Training images among which neighbours are sought, spread over "
                       "the data.")
                       .range(0, 1e9)
                       .unit("images")
                       .zeroMeans("all")
                       .advanced()
                       .take());
    rows.push_back(Row("evaluation.batch_size", &T::evaluation, &E::batchSize, group,
                       "Evaluation batch", "Images of one forward pass; does not change results.")
                       .range(1, 65536)
                       .unit("images")
                       .advanced()
                       .take());
}

void addCheckpoint(Rows& rows)
{
    using C = CheckpointConfig;
    const std::string group = "Checkpoints";
    rows.push_back(Row("checkpoint.every_minutes", &T::checkpoint, &C::everyMinutes, group, "Every",
                       "One is also written on pause, stop and at the end.")
                       .range(0, 1e6)
                       .unit("minutes")
                       .zeroMeans("only then")
                       .take());
    rows.push_back(Row("checkpoint.every_epochs", &T::checkpoint, &C::everyEpochs, group,
                       "And every", "In epochs; fractions are possible.")
                       .range(0, 1e6)
                       .unit("epochs")
                       .zeroMeans("by time only")
                       .take());
    rows.push_back(Row("checkpoint.keep_last", &T::checkpoint, &C::keepLast, group, "Keep",
                       "Older checkpoints of the run are deleted.")
                       .range(1, 1000)
                       .unit("newest")
                       .take());
}

Rows makeRows()
{
    Rows rows;
    addData(rows);
    addModel(rows);
    addMethod(rows);
    addOptimizer(rows);
    addTrain(rows);
    addViews(rows);
    addEvaluation(rows);
    addCheckpoint(rows);
    return rows;
}

} // namespace

std::span<const FieldDescription> configFields()
{
    static const Rows rows = makeRows();
    return rows;
}

} // namespace mocoscope::training
