// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/models/resnet.h"

#include "training/models/module_group.h"

namespace mocoscope::training {

namespace {

using torch::Tensor;

ConvNorm makeStem(const ResNetShape& shape)
{
    return shape.isSmallImageStem ? ConvNorm(3, shape.stemWidth, 3, 1)
                                  : ConvNorm(3, shape.stemWidth, 7, 2);
}

std::vector<ConvNorm> makeLayers(const ResNetShape& shape, std::int64_t from, std::int64_t width,
                                 std::int64_t stride)
{
    if (shape.isBottleneck) {
        return {ConvNorm(from, width, 1, 1), ConvNorm(width, width, 3, stride),
                ConvNorm(width, width * shape.expansion(), 1, 1)};
    }
    return {ConvNorm(from, width, 3, stride), ConvNorm(width, width, 3, 1)};
}

} // namespace

ResidualBlockImpl::ResidualBlockImpl(const ResNetShape& shape, std::int64_t from,
                                     std::int64_t width, std::int64_t stride)
    : m_layers(makeLayers(shape, from, width, stride))
{
    for (std::size_t i = 0; i < m_layers.size(); ++i) {
        const std::string number = std::to_string(i + 1);
        register_module("conv" + number, m_layers[i].convolution);
        register_module("bn" + number, m_layers[i].norm);
    }
    if (shape.zeroInitResidual) {
        torch::nn::init::zeros_(m_layers.back().norm->weight);
    }
    const std::int64_t to = width * shape.expansion();
    if (stride != 1 || from != to) {
        m_downsample.emplace(from, to, 1, stride);
        registerGroup(*this, "downsample",
                      {{"0", m_downsample->convolution.ptr()}, {"1", m_downsample->norm.ptr()}});
    }
}

Tensor ResidualBlockImpl::forward(const Tensor& x, Precision precision)
{
    Tensor y = x;
    for (std::size_t i = 0; i < m_layers.size(); ++i) {
        y = m_layers[i](y, precision);
        if (i + 1 < m_layers.size()) {
            y = y.relu_();
        }
    }
    const Tensor shortcut = m_downsample ? (*m_downsample)(x, precision) : x;
    return (shortcut.to(torch::kFloat32) + y).relu_();
}

ResNet::ResNet(const ResNetShape& shape, torch::Generator generator)
    : m_shape(shape)
    , m_stem(makeStem(shape))
{
    register_module("conv1", m_stem.convolution);
    register_module("bn1", m_stem.norm);
    std::int64_t from = shape.stemWidth;
    for (std::size_t stage = 0; stage < shape.blocks.size(); ++stage) {
        const std::string name = "layer" + std::to_string(stage + 1);
        const auto group = registerGroup(*this, name);
        for (std::int64_t i = 0; i < shape.blocks[stage]; ++i) {
            const std::int64_t stride = stage > 0 && i == 0 ? 2 : 1;
            const std::string number = std::to_string(i);
            const ResidualBlock block(shape, from, shape.widths[stage], stride);
            group->register_module(number, block);
            m_blocks.push_back({name + "." + number, block});
            from = shape.widths[stage] * shape.expansion();
        }
    }
    initialise(generator);
}

void ResNet::initialise(const torch::Generator& generator)
{
    for (auto& entry : named_parameters()) {
        if (entry.value().dim() == 4) {
            drawHeFanOut(entry.value(), generator);
        }
    }
}

Tensor ResNet::forward(const Tensor& images, Precision precision, const LayerObserver& observe)
{
    // Channels last throughout: convolutions take it without reordering their input.
    Tensor x = m_stem(images.contiguous(at::MemoryFormat::ChannelsLast), precision).relu_();
    if (!m_shape.isSmallImageStem) {
        x = at::max_pool2d(x, /*kernel_size=*/3, /*stride=*/2, /*padding=*/1);
    }
    x = x.to(torch::kFloat32);
    if (observe) {
        observe("conv1", x);
    }
    for (auto& [name, block] : m_blocks) {
        x = block->forward(x, precision);
        if (observe) {
            observe(name, x);
        }
    }
    return x.mean({2, 3});
}

std::vector<std::string> ResNet::layerNames() const
{
    std::vector<std::string> names {"conv1"};
    for (const NamedBlock& block : m_blocks) {
        names.push_back(block.name);
    }
    return names;
}

std::string ResNet::layerOf(const std::string& parameter) const
{
    if (parameter.starts_with("conv1.") || parameter.starts_with("bn1.")) {
        return "conv1";
    }
    if (!parameter.starts_with("layer")) {
        return {};
    }
    return parameter.substr(0, parameter.find('.', parameter.find('.') + 1)); // layer1.0
}

} // namespace mocoscope::training
