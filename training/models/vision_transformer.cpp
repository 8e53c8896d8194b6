// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/models/vision_transformer.h"

#include "training/models/position_embedding.h"

#include <cmath>

namespace mocoscope::training {

namespace {

using torch::Tensor;

constexpr double normEpsilon = 1e-6;

torch::nn::LayerNorm layerNorm(std::int64_t width)
{
    return torch::nn::LayerNorm(torch::nn::LayerNormOptions({width}).eps(normEpsilon));
}

torch::nn::Conv2d patchProjection(const VitShape& shape)
{
    return torch::nn::Conv2d(
        torch::nn::Conv2dOptions(3, shape.width, shape.patchSize).stride(shape.patchSize));
}

/// Keeps timm's dotted names for a group of layers that needs no class of its own.
void registerIn(
    torch::nn::Module& parent, const std::string& group,
    const std::vector<std::pair<std::string, std::shared_ptr<torch::nn::Module>>>& layers)
{
    const auto child = parent.register_module(group, std::make_shared<torch::nn::Module>(group));
    for (const auto& [name, layer] : layers) {
        child->register_module(name, layer);
    }
}

void drawUniform(const Tensor& weight, double bound, const torch::Generator& generator)
{
    const torch::NoGradGuard noGradient;
    weight.uniform_(-bound, bound, generator);
}

} // namespace

VitBlockImpl::VitBlockImpl(const VitShape& shape)
    : m_heads(shape.heads)
    , m_norm1(layerNorm(shape.width))
    , m_qkv(shape.width, 3 * shape.width)
    , m_projection(shape.width, shape.width)
    , m_norm2(layerNorm(shape.width))
    , m_fc1(shape.width, shape.hidden)
    , m_fc2(shape.hidden, shape.width)
{
    register_module("norm1", m_norm1);
    registerIn(*this, "attn", {{"qkv", m_qkv.ptr()}, {"proj", m_projection.ptr()}});
    register_module("norm2", m_norm2);
    registerIn(*this, "mlp", {{"fc1", m_fc1.ptr()}, {"fc2", m_fc2.ptr()}});
}

Tensor VitBlockImpl::forward(const Tensor& x, Precision precision)
{
    const Tensor qkv = normLinear(x, m_norm1->weight, m_norm1->bias, normEpsilon, m_qkv->weight,
                                  m_qkv->bias, precision);
    const Tensor mixed = addLinear(x, selfAttention(qkv, m_heads), m_projection->weight,
                                   m_projection->bias, precision);
    return addNormMlp(
        mixed,
        {m_norm2->weight, m_norm2->bias, m_fc1->weight, m_fc1->bias, m_fc2->weight, m_fc2->bias},
        normEpsilon, precision);
}

VisionTransformer::VisionTransformer(const VitShape& shape, bool freezePatchEmbed,
                                     torch::Generator generator)
    : m_shape(shape)
    , m_patchProjection(patchProjection(shape))
    , m_norm(layerNorm(shape.width))
{
    m_classToken = register_parameter("cls_token", torch::zeros({1, 1, shape.width}));
    // A parameter without gradient, as in timm and in the authors' checkpoints.
    m_positions = register_parameter(
        "pos_embed", sinCosPositionEmbedding(shape.gridSize(), shape.gridSize(), shape.width),
        /*requires_grad=*/false);
    registerIn(*this, "patch_embed", {{"proj", m_patchProjection.ptr()}});
    const auto blocks = register_module("blocks", std::make_shared<torch::nn::Module>("blocks"));
    for (std::int64_t i = 0; i < shape.depth; ++i) {
        m_blocks.emplace_back(shape);
        blocks->register_module(std::to_string(i), m_blocks.back());
    }
    register_module("norm", m_norm);
    initialise(std::move(generator));
    if (freezePatchEmbed) {
        m_patchProjection->weight.set_requires_grad(false);
        m_patchProjection->bias.set_requires_grad(false);
    }
}

void VisionTransformer::initialise(torch::Generator generator)
{
    const torch::NoGradGuard noGradient;
    for (auto& entry : named_parameters()) {
        const std::string& name = entry.key();
        const Tensor& weight = entry.value();
        if (name.ends_with("bias")) {
            weight.zero_();
        } else if (name.ends_with("qkv.weight")) {
            // Q, K and V are three layers of width × width, each with its own Xavier bound
            drawUniform(weight, std::sqrt(6.0 / double(2 * m_shape.width)), generator);
        } else if (name == "patch_embed.proj.weight") {
            const std::int64_t inputs = 3 * m_shape.patchSize * m_shape.patchSize;
            drawUniform(weight, std::sqrt(6.0 / double(inputs + m_shape.width)), generator);
        } else if (weight.dim() == 2) {
            const double fans = double(weight.size(0) + weight.size(1));
            drawUniform(weight, std::sqrt(6.0 / fans), generator);
        } else if (name == "cls_token") {
            weight.normal_(0, 1e-6, generator);
        }
    }
}

Tensor VisionTransformer::embed(const Tensor& images, Precision precision)
{
    Tensor patches;
    if (precision == Precision::Bf16) {
        patches = at::conv2d(images.to(torch::kBFloat16),
                             m_patchProjection->weight.to(torch::kBFloat16),
                             m_patchProjection->bias.to(torch::kBFloat16), m_shape.patchSize)
                      .to(torch::kFloat32);
    } else {
        patches = m_patchProjection->forward(images);
    }
    // [B, W, G, G] → [B, G·G, W]
    const Tensor tokens = patches.flatten(2).transpose(1, 2);
    return torch::cat({m_classToken.expand({images.size(0), -1, -1}), tokens}, 1) + m_positions;
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
    // The norm acts on each token alone, and only the class token goes on.
    const Tensor features = m_norm->forward(x.select(1, 0));
    if (observe) {
        observe("norm", features);
    }
    return features;
}

std::vector<std::string> VisionTransformer::layerNames() const
{
    std::vector<std::string> names {"patch_embed"};
    for (std::size_t i = 0; i < m_blocks.size(); ++i) {
        names.push_back("blocks." + std::to_string(i));
    }
    names.emplace_back("norm");
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
