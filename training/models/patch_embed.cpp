// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/models/patch_embed.h"

#include "training/models/convolution.h"
#include "training/models/draw_uniform.h"
#include "training/models/module_group.h"

#include <cmath>

namespace mocoscope::training {

namespace {

using torch::Tensor;

void setZero(const Tensor& weight)
{
    const torch::NoGradGuard noGradient;
    weight.zero_();
}

double xavierBound(const VitShape& shape)
{
    const std::int64_t inputs = 3 * shape.patchSize * shape.patchSize;
    return std::sqrt(6.0 / static_cast<double>(inputs + shape.width));
}

class PatchProjection final : public PatchEmbed
{
public:
    explicit PatchProjection(const VitShape& shape)
        : m_bound(xavierBound(shape))
        , m_projection(
              torch::nn::Conv2dOptions(3, shape.width, shape.patchSize).stride(shape.patchSize))
    {
        register_module("proj", m_projection);
    }
    Tensor forward(const Tensor& images, Precision precision) override
    {
        return convolve(images, m_projection, precision).to(torch::kFloat32);
    }
    void initialise(torch::Generator generator) override
    {
        drawUniform(m_projection->weight, m_bound, generator);
        setZero(m_projection->bias);
    }

private:
    double m_bound;
    torch::nn::Conv2d m_projection;
};

class WeightNormProjection final : public PatchEmbed
{
public:
    explicit WeightNormProjection(const VitShape& shape)
        : m_patchSize(shape.patchSize)
        , m_bound(xavierBound(shape))
    {
        const auto group = registerGroup(*this, "proj");
        m_length = group->register_parameter("weight_g", torch::ones({shape.width, 1, 1, 1}));
        m_direction = group->register_parameter(
            "weight_v", torch::ones({shape.width, 3, shape.patchSize, shape.patchSize}));
        m_bias = group->register_parameter("bias", torch::zeros({shape.width}));
    }
    Tensor forward(const Tensor& images, Precision precision) override
    {
        const auto type = typeOf(precision);
        const Tensor weight = at::_weight_norm(m_direction, m_length, /*dim=*/0);
        return at::conv2d(images.to(type), weight.to(type), m_bias.to(type), m_patchSize)
            .to(torch::kFloat32);
    }
    void initialise(torch::Generator generator) override
    {
        drawUniform(m_direction, m_bound, generator);
        const torch::NoGradGuard noGradient;
        m_length.copy_(at::norm_except_dim(m_direction, 2, 0));
        m_bias.zero_();
    }

private:
    std::int64_t m_patchSize;
    double m_bound;
    Tensor m_length, m_direction, m_bias;
};

class ConvStem final : public PatchEmbed
{
public:
    explicit ConvStem(const VitShape& shape)
        : m_last(torch::nn::Conv2dOptions(shape.width, shape.width, 1))
    {
        const auto group = registerGroup(*this, "proj");
        std::int64_t from = 3;
        for (int i = 0; i < 4; ++i) {
            const std::int64_t to = shape.width / 8 << i;
            m_layers.emplace_back(from, to, 3, 2);
            // each third place is a ReLU's
            group->register_module(std::to_string(3 * i), m_layers.back().convolution);
            group->register_module(std::to_string(3 * i + 1), m_layers.back().norm);
            from = to;
        }
        group->register_module("12", m_last);
    }
    Tensor forward(const Tensor& images, Precision precision) override
    {
        Tensor x = images.contiguous(at::MemoryFormat::ChannelsLast);
        for (ConvNorm& layer : m_layers) {
            x = layer(x, precision).relu_();
        }
        return convolve(x, m_last, precision).to(torch::kFloat32);
    }
    void initialise(torch::Generator generator) override
    {
        for (const ConvNorm& layer : m_layers) {
            drawDefault(layer.convolution->weight, layer.convolution->weight, generator);
        }
        drawDefault(m_last->weight, m_last->weight, generator);
        drawDefault(m_last->bias, m_last->weight, generator);
    }

private:
    /// Uniform up to 1 / √(inputs of one output of `weight`).
    static void drawDefault(const Tensor& target, const Tensor& weight,
                            const torch::Generator& generator)
    {
        drawUniform(target, 1 / std::sqrt(static_cast<double>(weight[0].numel())), generator);
    }

    std::vector<ConvNorm> m_layers;
    torch::nn::Conv2d m_last;
};

} // namespace

std::shared_ptr<PatchEmbed> makePatchEmbed(const VitShape& shape)
{
    switch (shape.stem) {
    case VitStem::Conv:
        return std::make_shared<ConvStem>(shape);
    case VitStem::WeightNormPatch:
        return std::make_shared<WeightNormProjection>(shape);
    case VitStem::Patch:
        break;
    }
    return std::make_shared<PatchProjection>(shape);
}

} // namespace mocoscope::training
