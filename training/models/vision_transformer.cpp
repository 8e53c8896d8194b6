// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/models/vision_transformer.h"

#include "training/models/draw_uniform.h"
#include "training/models/module_group.h"
#include "training/models/position_embedding.h"

#include <algorithm>
#include <cmath>

namespace mocoscope::training {

namespace {

using torch::Tensor;

constexpr double normEpsilon = 1e-6;

torch::nn::LayerNorm layerNorm(std::int64_t width)
{
    return torch::nn::LayerNorm(torch::nn::LayerNormOptions({width}).eps(normEpsilon));
}

} // namespace

VitBlockImpl::VitBlockImpl(const VitShape& shape)
    : m_heads(shape.heads)
    , m_norm1(layerNorm(shape.width))
    , m_qkv(shape.width, 3 * shape.width)
    , m_projection(shape.width, shape.width)
    , m_norm2(nullptr)
    , m_batchNorm2(nullptr)
    , m_fc1(shape.width, shape.hidden)
    , m_fc2(shape.hidden, shape.width)
{
    register_module("norm1", m_norm1);
    registerGroup(*this, "attn", {{"qkv", m_qkv.ptr()}, {"proj", m_projection.ptr()}});
    if (shape.batchNormMlp) {
        m_batchNorm2 = register_module("norm2", SpanningNorm1d(shape.width));
    } else {
        m_norm2 = register_module("norm2", layerNorm(shape.width));
    }
    registerGroup(*this, "mlp", {{"fc1", m_fc1.ptr()}, {"fc2", m_fc2.ptr()}});
}

Tensor VitBlockImpl::forward(const Tensor& x, Precision precision)
{
    const Tensor qkv = normLinear(x, m_norm1->weight, m_norm1->bias, normEpsilon, m_qkv->weight,
                                  m_qkv->bias, precision);
    const Tensor mixed
        = dropBranches(x,
                       addLinear(x, selfAttention(qkv, m_heads), m_projection->weight,
                                 m_projection->bias, precision));
    return dropBranches(mixed, addMlp(mixed, precision));
}

Tensor VitBlockImpl::firstTokenAttention(const Tensor& x, Precision precision)
{
    return training::firstTokenAttention(normLinear(x, m_norm1->weight, m_norm1->bias, normEpsilon,
                                                    m_qkv->weight, m_qkv->bias, precision),
                                         m_heads);
}

void VitBlockImpl::setDropPath(double rate, const torch::Generator& generator)
{
    m_dropPath = rate;
    m_dropGenerator = generator;
}

Tensor VitBlockImpl::dropBranches(const Tensor& x, const Tensor& sum)
{
    if (m_dropPath == 0 || !is_training()) {
        return sum;
    }
    const double kept = 1 - m_dropPath;
    const Tensor share = torch::empty({x.size(0), 1, 1}).bernoulli_(kept, m_dropGenerator) / kept;
    return torch::lerp(x, sum, share.to(x.device()));
}

Tensor VitBlockImpl::addMlp(const Tensor& x, Precision precision)
{
    if (m_batchNorm2) {
        return addBatchNormMlp(x, precision);
    }
    return addNormMlp(
        x, {m_norm2->weight, m_norm2->bias, m_fc1->weight, m_fc1->bias, m_fc2->weight, m_fc2->bias},
        normEpsilon, precision);
}

/// BN over all tokens of all images, in fp32.
Tensor VitBlockImpl::addBatchNormMlp(const Tensor& x, Precision precision)
{
    const auto type = typeOf(precision);
    const Tensor normed = m_batchNorm2->forward(x.flatten(0, 1)).view(x.sizes());
    const Tensor hidden = at::linear(normed.to(type), m_fc1->weight.to(type), m_fc1->bias.to(type));
    return addLinear(x, at::gelu(hidden), m_fc2->weight, m_fc2->bias, precision);
}

VisionTransformer::VisionTransformer(const VitShape& shape, bool freezePatchEmbed,
                                     torch::Generator generator)
    : m_shape(shape)
    , m_norm(nullptr)
{
    registerTokens();
    m_patchEmbed = register_module("patch_embed", makePatchEmbed(shape));
    const auto blocks = registerGroup(*this, "blocks");
    for (std::int64_t i = 0; i < shape.depth; ++i) {
        m_blocks.emplace_back(shape);
        blocks->register_module(std::to_string(i), m_blocks.back());
    }
    if (shape.pooling != VitPooling::Mean) {
        m_norm = register_module("norm", layerNorm(shape.width));
    }
    initialise(generator);
    if (freezePatchEmbed) {
        for (const Tensor& parameter : m_patchEmbed->parameters()) {
            parameter.set_requires_grad(false);
        }
    }
}

/// Class token and positions, where the shape has them.
void VisionTransformer::registerTokens()
{
    const std::int64_t width = m_shape.width;
    if (m_shape.hasClassToken()) {
        m_classToken = register_parameter("cls_token", torch::zeros({1, 1, width}));
    }
    if (m_shape.positions == PositionEmbedding::Learned) {
        m_positions = register_parameter("pos_embed", torch::zeros({1, m_shape.tokens(), width}));
    } else if (m_shape.positions == PositionEmbedding::SinCos) {
        const std::int64_t grid = m_shape.gridSize();
        const Tensor all = sinCosPositionEmbedding(grid, grid, width);
        // A parameter without gradient, as in timm and in the authors' checkpoints.
        m_positions = register_parameter("pos_embed",
                                         m_shape.hasClassToken() ? all : all.slice(1, 1).clone(),
                                         /*requires_grad=*/false);
    }
}

void VisionTransformer::initialise(const torch::Generator& generator)
{
    const torch::NoGradGuard noGradient;
    if (m_classToken.defined()) {
        m_classToken.normal_(0, 1e-6, generator);
    }
    if (m_shape.positions == PositionEmbedding::Learned) {
        // timm cuts this off at ±2, a hundred deviations away: at nothing
        m_positions.normal_(0, 0.02, generator);
    }
    m_patchEmbed->initialise(generator);
    for (const VitBlock& block : m_blocks) {
        for (auto& entry : block->named_parameters()) {
            const Tensor& weight = entry.value();
            if (entry.key().ends_with("bias")) {
                weight.zero_();
            } else if (entry.key() == "attn.qkv.weight") {
                // Q, K and V are three layers of width × width, each with its own Xavier bound
                drawUniform(weight, std::sqrt(6.0 / double(2 * m_shape.width)), generator);
            } else if (weight.dim() == 2) {
                const double fans = double(weight.size(0) + weight.size(1));
                drawUniform(weight, std::sqrt(6.0 / fans), generator);
            }
        }
    }
}

Tensor VisionTransformer::embed(const Tensor& images, Precision precision)
{
    // [B, W, G, G] → [B, G·G, W]
    Tensor tokens = m_patchEmbed->forward(images, precision).flatten(2).transpose(1, 2);
    tokens = m_classToken.defined()
        ? torch::cat({m_classToken.expand({images.size(0), -1, -1}), tokens}, 1)
        : tokens.contiguous();
    return m_positions.defined() ? tokens + m_positions : tokens;
}

Tensor VisionTransformer::pool(const Tensor& tokens)
{
    switch (m_shape.pooling) {
    case VitPooling::NormMean:
        return m_norm->forward(tokens).mean(1);
    case VitPooling::Mean:
        return tokens.mean(1);
    case VitPooling::ClassToken:
        break;
    }
    // The norm acts on each token alone, and only the class token goes on.
    return m_norm->forward(tokens.select(1, 0));
}

Tensor VisionTransformer::forward(const Tensor& images, Precision precision,
                                  const LayerObserver& observe)
{
    Tensor x = embed(images, precision);
    if (observe) {
        observe("patch_embed", x);
    }
    for (std::size_t i = 0; i < m_blocks.size(); ++i) {
        x = m_blocks[i]->forward(x, precision);
        if (observe) {
            observe("blocks." + std::to_string(i), x);
        }
    }
    const Tensor features = pool(x);
    if (observe && m_norm) {
        observe("norm", features);
    }
    return features;
}

Tensor VisionTransformer::classTokenAttention(std::int64_t block, const Tensor& x,
                                              Precision precision)
{
    return m_blocks.at(static_cast<std::size_t>(block))->firstTokenAttention(x, precision);
}

std::string VisionTransformer::layerBefore(std::int64_t block)
{
    return block == 0 ? "patch_embed" : "blocks." + std::to_string(block - 1);
}

void VisionTransformer::setDropPath(double rate, const torch::Generator& generator)
{
    const auto last = static_cast<double>(std::max<std::size_t>(m_blocks.size(), 2) - 1);
    for (std::size_t i = 0; i < m_blocks.size(); ++i) {
        m_blocks[i]->setDropPath(rate * static_cast<double>(i) / last, generator);
    }
}

std::vector<std::string> VisionTransformer::layerNames() const
{
    std::vector<std::string> names {"patch_embed"};
    for (std::size_t i = 0; i < m_blocks.size(); ++i) {
        names.push_back("blocks." + std::to_string(i));
    }
    if (m_norm) {
        names.emplace_back("norm");
    }
    return names;
}

std::string VisionTransformer::layerOf(const std::string& parameter) const
{
    if (parameter.starts_with("blocks.")) {
        return parameter.substr(0, parameter.find('.', 7));
    }
    if (parameter.starts_with("patch_embed.")) {
        return "patch_embed";
    }
    return parameter.starts_with("norm.") ? "norm" : std::string {};
}

} // namespace mocoscope::training
