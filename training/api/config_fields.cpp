// SPDX-License-Identifier: GPL-3.0-or-later
// The one table of all options.
#include "training/api/config_rows.h"

namespace mocoscope::training {

namespace {

using namespace config_rows;

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

void addPrecision(Rows& rows, const std::string& group)
{
    using R = TrainConfig;
    rows.push_back(Row("train.precision", &T::train, &R::precision, group, "Precision",
                       "bf16 computes matrix products in bfloat16 (autocast); weights stay fp32. "
                       "fp16 does so in half precision, for GPUs before Ampere: the loss is "
                       "scaled, and steps whose gradients overflow are left out and recorded; "
                       "fine-tuning takes bf16 in its place. "
                       "auto takes bf16 where the device has instructions for it: a processor "
                       "without them is many times slower in bf16 than in fp32.")
                       .choices({{"fp32", "fp32"},
                                 {"bf16", "bf16 autocast"},
                                 {"fp16", "fp16 with loss scaling"},
                                 {"auto", "auto: bf16 where it is fast"}})
                       .take());
    rows.push_back(Row("train.tf32", &T::train, &R::tf32, group, "TF32",
                       "Lets GPUs from Ampere on round the inputs of fp32 products to 10 bits: "
                       "several times as fast, no longer the same to 1e-4.")
                       .advanced()
                       .take());
    rows.push_back(Row("train.deterministic", &T::train, &R::deterministic, group, "Deterministic",
                       "Only algorithms that give the same bits each time, which may be slower. "
                       "For GPUs; a CPU gives the same bits anyway.")
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
                       "Runs the backbone over this many images of a replica's share at a time. "
                       "Loss and gradients stay those of the whole batch; memory follows the "
                       "micro-batch, for one more forward pass.")
                       .range(0, 1 << 20)
                       .unit("images")
                       .zeroMeans("whole batch")
                       .advanced()
                       .take());
    addPrecision(rows, group);
    rows.push_back(
        Row("train.device", &T::train, &R::device, group, "Device",
            "auto, cpu or cuda:0; several replicas with cpu:4 or cuda:0,1, which share the "
            "batch and give the same result. auto takes the first GPU, the CPU without "
            "one. Evaluations use the first device.")
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
                       "Older checkpoints of the run are deleted, except for the one with the "
                       "highest accuracy (kNN), without one the lowest loss.")
                       .range(1, 1000)
                       .unit("newest")
                       .take());
}

Rows makeRows()
{
    Rows rows;
    addTask(rows);
    addData(rows);
    addModel(rows);
    addMethod(rows);
    addOptimizer(rows);
    addTrain(rows);
    addViews(rows);
    addEvaluation(rows);
    addLinear(rows);
    addFinetune(rows);
    addCheckpoint(rows);
    addMonitor(rows);
    return rows;
}

} // namespace

std::span<const FieldDescription> configFields()
{
    static const Rows rows = makeRows();
    return rows;
}

} // namespace mocoscope::training
