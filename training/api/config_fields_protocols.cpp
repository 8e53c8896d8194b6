// SPDX-License-Identifier: GPL-3.0-or-later
// The table of all options, the part on what is done with the backbone: task and protocols.
#include "training/api/config_rows.h"

namespace mocoscope::training::config_rows {

void addTask(Rows& rows)
{
    rows.push_back(Row("task.name", &T::task, &TaskConfig::name, "Task", "Task",
                       "Pretraining learns the backbone without labels. The others say what the "
                       "backbone of model.initial_weights is worth on labelled images; without "
                       "initial weights, what an untrained one is worth.")
                       .choices({{"pretrain", "pretraining"},
                                 {"knn", "kNN on frozen features"},
                                 {"linear", "linear probing"},
                                 {"finetune", "end-to-end fine-tuning"}})
                       .take());
}

void addLinear(Rows& rows)
{
    using L = LinearConfig;
    const std::string group = "Linear probing";
    rows.push_back(Row("linear.epochs", &T::linear, &L::epochs, group, "Epochs",
                       "Passes over the labelled images.")
                       .range(1, 1e6)
                       .advanced()
                       .take());
    rows.push_back(Row("linear.batch_size", &T::linear, &L::batchSize, group, "Batch size",
                       "Images of one step; also scales the learning rates. The last batch of an "
                       "epoch may be smaller.")
                       .range(1, 1 << 20)
                       .unit("images")
                       .advanced()
                       .take());
    rows.push_back(
        Row("linear.rates", &T::linear, &L::rates, group, "Learning rates",
            "Per 256 images, separated by commas; one classifier is trained for each, on "
            "the same batches, and the best one counts. The study takes 3 for ViT, 0.1 "
            "for ResNet-50.")
            .unit("per 256 images")
            .symbol("lr")
            .advanced()
            .take());
    rows.push_back(
        Row("linear.momentum", &T::linear, &L::momentum, group, "Momentum", "Momentum of SGD.")
            .range(0, 0.999999)
            .advanced()
            .take());
    rows.push_back(Row("linear.weight_decay", &T::linear, &L::weightDecay, group, "Weight decay",
                       "Of the classifiers' weights and biases.")
                       .range(0, 10)
                       .symbol("wd")
                       .advanced()
                       .take());
    rows.push_back(Row("linear.augment", &T::linear, &L::augment, group, "Crop and flip",
                       "Draws a new crop of each image in each epoch, as the study does, and runs "
                       "the backbone over it. Off: features of the plain images are computed once, "
                       "which takes a small part of the time.")
                       .advanced()
                       .take());
}

namespace {

void addFinetuneSchedule(Rows& rows, const std::string& group)
{
    using F = FinetuneConfig;
    rows.push_back(Row("finetune.epochs", &T::finetune, &F::epochs, group, "Epochs",
                       "Passes over the labelled images; 150 for ViT-B, 100 for transfer.")
                       .range(1, 1e6)
                       .advanced()
                       .take());
    rows.push_back(Row("finetune.batch_size", &T::finetune, &F::batchSize, group, "Batch size",
                       "Images of one step; also scales the learning rate.")
                       .range(2, 1 << 20)
                       .unit("images")
                       .advanced()
                       .take());
    rows.push_back(Row("finetune.lr", &T::finetune, &F::lr, group, "Learning rate",
                       "The applied rate is this times batch / 512, after warm-up; half a cosine "
                       "brings it down to 0.00001.")
                       .range(0, 1000)
                       .unit("per 512 images")
                       .symbol("lr")
                       .advanced()
                       .take());
    rows.push_back(Row("finetune.weight_decay", &T::finetune, &F::weightDecay, group,
                       "Weight decay", "Biases, norms, class token and positions are spared.")
                       .range(0, 10)
                       .symbol("wd")
                       .advanced()
                       .take());
    rows.push_back(Row("finetune.warmup_epochs", &T::finetune, &F::warmupEpochs, group, "Warm-up",
                       "Epochs over which the learning rate rises linearly.")
                       .range(0, 1e6)
                       .unit("epochs")
                       .advanced()
                       .take());
    rows.push_back(Row("finetune.layer_decay", &T::finetune, &F::layerDecay, group, "Layer decay",
                       "Each layer learns at this share of the rate of the one above it; 1: all "
                       "alike, as DeiT does. 0.65 to 0.75 is usual after self-supervision.")
                       .range(0.01, 1)
                       .advanced()
                       .take());
}

void addFinetuneRegularisation(Rows& rows, const std::string& group)
{
    using F = FinetuneConfig;
    const auto add = [&](std::string key, double F::*member, std::string label, std::string help,
                         double maximum, std::string zeroMeans) {
        rows.push_back(
            Row(std::move(key), &T::finetune, member, group, std::move(label), std::move(help))
                .range(0, maximum)
                .zeroMeans(std::move(zeroMeans))
                .advanced()
                .take());
    };
    add("finetune.mixup", &F::mixup, "Mixup",
        "Blends pairs of images and of their labels; α of the Beta distribution of the shares.",
        100, "off");
    add("finetune.cutmix", &F::cutmix, "CutMix",
        "Pastes a part of one image into another and shares the label by area; α likewise. With "
        "mixup as well, each batch takes one of the two.",
        100, "off");
    add("finetune.label_smoothing", &F::labelSmoothing, "Label smoothing",
        "Share of the label that is spread over all classes.", 0.999, "off");
    add("finetune.drop_path", &F::dropPath, "Drop path",
        "Probability with which the last block of a ViT is left out for an image; falls linearly "
        "to 0 in the first block.",
        0.99, "off");
}

void addFinetuneAugmentation(Rows& rows, const std::string& group)
{
    using F = FinetuneConfig;
    rows.push_back(Row("finetune.crop_min", &T::finetune, &F::cropMin, group, "Smallest crop",
                       "Smallest area of a crop, as a share of the image.")
                       .range(1e-4, 1)
                       .advanced()
                       .take());
    rows.push_back(Row("finetune.random_erasing", &T::finetune, &F::randomErasing, group,
                       "Random erasing", "Probability of replacing a rectangle by noise.")
                       .range(0, 1)
                       .advanced()
                       .take());
    rows.push_back(Row("finetune.rand_augment_operations", &T::finetune, &F::randAugmentOperations,
                       group, "RandAugment operations",
                       "Operations drawn for each image, each of which is done every other time.")
                       .range(0, 16)
                       .zeroMeans("no RandAugment")
                       .advanced()
                       .take());
    rows.push_back(Row("finetune.rand_augment_magnitude", &T::finetune, &F::randAugmentMagnitude,
                       group, "RandAugment magnitude",
                       "Strength of the operations, of which each image draws its own around this.")
                       .range(0, 10)
                       .advanced()
                       .take());
}

} // namespace

void addFinetune(Rows& rows)
{
    const std::string group = "Fine-tuning";
    addFinetuneSchedule(rows, group);
    addFinetuneRegularisation(rows, group);
    addFinetuneAugmentation(rows, group);
}

} // namespace mocoscope::training::config_rows
