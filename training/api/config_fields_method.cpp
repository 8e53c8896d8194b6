// SPDX-License-Identifier: GPL-3.0-or-later
// The table of all options, the part on method, model and optimizer.
#include "training/api/config_rows.h"

namespace mocoscope::training::config_rows {

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

} // namespace mocoscope::training::config_rows
