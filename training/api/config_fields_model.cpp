// SPDX-License-Identifier: GPL-3.0-or-later
// The table of all options, the part on the backbone.
#include "training/api/config_rows.h"

namespace mocoscope::training::config_rows {

namespace {

void addModelVariants(Rows& rows, const std::string& group)
{
    using M = ModelConfig;
    rows.push_back(Row("model.stem", &T::model, &M::stem, group, "Stem",
                       "What comes before the blocks: the patch projection of a ViT or the 7×7 "
                       "convolution and pooling of a ResNet; four 3×3 convolutions (ConvStem, ViT "
                       "with patch 16, one block fewer); one 3×3 convolution without stride "
                       "(ResNet on small images).")
                       .choices({{"standard", "standard"},
                                 {"conv", "ConvStem (ViT)"},
                                 {"cifar", "small images (ResNet)"}})
                       .advanced()
                       .take());
    rows.push_back(Row("model.pooling", &T::model, &M::pooling, group, "Pooling",
                       "What of a ViT's tokens becomes the feature.")
                       .choices({{"class_token", "class token"},
                                 {"norm_mean", "no class token: final norm, then mean"},
                                 {"mean", "no class token: mean, no final norm"}})
                       .advanced()
                       .take());
    rows.push_back(Row("model.position_embedding", &T::model, &M::positionEmbedding, group,
                       "Position embedding", "How the tokens of a ViT know their place.")
                       .choices({{"sin_cos", "fixed 2-D sine and cosine"},
                                 {"learned", "learned"},
                                 {"none", "none"}})
                       .advanced()
                       .take());
    rows.push_back(Row("model.mlp_norm", &T::model, &M::mlpNorm, group, "Norm of MLP blocks",
                       "Batch normalisation there makes a ViT-BN.")
                       .choices({{"layer", "layer norm"}, {"batch", "batch norm (ViT-BN)"}})
                       .advanced()
                       .take());
    rows.push_back(Row("model.patch_embed_weight_norm", &T::model, &M::patchEmbedWeightNorm, group,
                       "Weight norm on patch projection",
                       "Splits the weights of the patch projection into direction and length; the "
                       "study tried it against instability.")
                       .advanced()
                       .take());
    rows.push_back(Row("model.zero_init_residual", &T::model, &M::zeroInitResidual, group,
                       "Zero-initialise residuals",
                       "The last γ of each residual block of a ResNet starts at 0.")
                       .advanced()
                       .take());
}

void addInitialWeights(Rows& rows, const std::string& group)
{
    using M = ModelConfig;
    rows.push_back(Row("model.initial_weights", &T::model, &M::initialWeights, group,
                       "Initial weights",
                       "A file to start from instead of a random initialisation: a checkpoint of "
                       "this program or of the authors, or a backbone with timm's or "
                       "torchvision's names; .safetensors, .pth.tar, .pth or .pt. Pickled code is "
                       "not executed.")
                       .path()
                       .advanced()
                       .take());
}

} // namespace

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
                                 {"vit_huge", "ViT-H (1280 wide, 32 deep)"},
                                 {"resnet18", "ResNet-18"},
                                 {"resnet34", "ResNet-34"},
                                 {"resnet50", "ResNet-50"}})
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
            "against instability. With ConvStem the whole stem; without effect on a ResNet.")
            .take());
    addModelVariants(rows, group);
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
    addInitialWeights(rows, group);
}

} // namespace mocoscope::training::config_rows
