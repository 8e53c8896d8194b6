// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "training/api/model_shape.h"
#include "training/models/backbone.h"
#include "training/models/batch_norm.h"
#include "training/models/patch_embed.h"

#include <torch/torch.h>

#include <string>
#include <vector>

namespace mocoscope::training {

/// One pre-norm block. Parameter names are timm's: norm1, attn.qkv, attn.proj, norm2, mlp.fc1,
/// mlp.fc2. In a ViT-BN norm2 is a BN over the tokens of all images.
class VitBlockImpl final : public torch::nn::Module
{
public:
    explicit VitBlockImpl(const VitShape& shape);
    /// x [B, T, W] fp32 → the same.
    [[nodiscard]] torch::Tensor forward(const torch::Tensor& x, Precision precision);
    /// x [B, T, W] fp32, as forward() gets it → [B, heads, T] fp32: weights of the first token.
    [[nodiscard]] torch::Tensor firstTokenAttention(const torch::Tensor& x, Precision precision);
    /// See Backbone::setDropPath(); `rate` is this block's own.
    void setDropPath(double rate, const torch::Generator& generator);

private:
    [[nodiscard]] torch::Tensor addMlp(const torch::Tensor& x, Precision precision);
    [[nodiscard]] torch::Tensor addBatchNormMlp(const torch::Tensor& x, Precision precision);
    /// `sum` is x and a residual branch.
    [[nodiscard]] torch::Tensor dropBranches(const torch::Tensor& x, const torch::Tensor& sum);

    double m_dropPath = 0;
    torch::Generator m_dropGenerator;

    std::int64_t m_heads;
    torch::nn::LayerNorm m_norm1;
    torch::nn::Linear m_qkv;
    torch::nn::Linear m_projection;
    torch::nn::LayerNorm m_norm2; ///< null in a ViT-BN
    SpanningNorm1d m_batchNorm2; ///< null otherwise
    torch::nn::Linear m_fc1;
    torch::nn::Linear m_fc2;
};
TORCH_MODULE(VitBlock);

/// Vision Transformer as MoCo v3 trains it: fixed 2-D sin-cos position embedding, class token,
/// LayerNorm ε 1e-6, exact GELU, biases on qkv; and the study's variants of stem, MLP norm, pooling
/// and position embedding. Parameter names are timm's.
/// Source: MoCo v3, vits.py.
class VisionTransformer final : public Backbone
{
public:
    /// Weights on the CPU, drawn from `generator` as the authors do.
    VisionTransformer(const VitShape& shape, bool freezePatchEmbed, torch::Generator generator);

    /// The pooled tokens. images [B, 3, S, S] fp32 → [B, W] fp32.
    [[nodiscard]] torch::Tensor forward(const torch::Tensor& images, Precision precision,
                                        const LayerObserver& observe = {}) override;
    /// What the class token attends to in a block, from 0. `x` is the input of the block: the
    /// output of the layer before it, as forward() shows it to its observer, [B, T, W] fp32.
    /// Returns [B, heads, T] fp32, rows that sum to 1. The network has a class token.
    [[nodiscard]] torch::Tensor classTokenAttention(std::int64_t block, const torch::Tensor& x,
                                                    Precision precision);
    /// The layer whose output is the input of a block.
    [[nodiscard]] static std::string layerBefore(std::int64_t block);
    [[nodiscard]] const VitShape& shape() const { return m_shape; }
    [[nodiscard]] std::int64_t featureWidth() const override { return m_shape.width; }
    [[nodiscard]] bool mixesImages() const override
    {
        return m_shape.batchNormMlp || m_shape.stem == VitStem::Conv;
    }
    void setDropPath(double rate, const torch::Generator& generator) override;
    /// patch_embed, blocks.0 …, norm where there is one.
    [[nodiscard]] std::vector<std::string> layerNames() const override;
    [[nodiscard]] std::string layerOf(const std::string& parameter) const override;

private:
    void registerTokens();
    void initialise(const torch::Generator& generator);
    /// Patches as tokens, class token in front, positions added: [B, T, W] fp32.
    [[nodiscard]] torch::Tensor embed(const torch::Tensor& images, Precision precision);
    /// tokens [B, T, W] → [B, W].
    [[nodiscard]] torch::Tensor pool(const torch::Tensor& tokens);

    VitShape m_shape;
    std::shared_ptr<PatchEmbed> m_patchEmbed;
    torch::nn::LayerNorm m_norm; ///< null where the pooling has none
    torch::Tensor m_classToken; ///< undefined where the pooling has none
    torch::Tensor m_positions; ///< undefined: none
    std::vector<VitBlock> m_blocks;
};

} // namespace mocoscope::training
