// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/api/backbone_cost.h"

#include "training/api/model_shape.h"

namespace mocoscope::training {

namespace {

double real(std::int64_t count)
{
    return static_cast<double>(count);
}

/// Sums up convolutions with BN and ReLU behind them, none with a bias.
class ConvolutionCost
{
public:
    ConvolutionCost(std::int64_t side, double elementBytes)
        : m_side(side)
        , m_elementBytes(elementBytes)
    {
    }

    /// The images shrink by `stride`; what has odd size is rounded up, as padding does.
    void shrink(std::int64_t stride) { m_side = (m_side + stride - 1) / stride; }

    void add(std::int64_t from, std::int64_t to, std::int64_t kernel)
    {
        const std::int64_t weights = from * to * kernel * kernel;
        m_cost.parameters += weights + 2 * to;
        m_cost.flops += real(weights) * real(m_side * m_side);
        // BN keeps its input and the next convolution its own, which is what ReLU made of it.
        m_cost.activationBytes += 2 * m_elementBytes * real(to * m_side * m_side);
    }

    /// The sum that leaves a residual block, in fp32.
    void addSum(std::int64_t width) { m_cost.activationBytes += 4 * real(width * m_side * m_side); }

    [[nodiscard]] BackboneCost& cost() { return m_cost; }

private:
    std::int64_t m_side;
    double m_elementBytes;
    BackboneCost m_cost;
};

/// Returns the width behind the block.
std::int64_t addBlock(ConvolutionCost& sum, const ResNetShape& shape, std::int64_t from,
                      std::int64_t width, std::int64_t stride)
{
    const std::int64_t to = width * shape.expansion();
    if (shape.isBottleneck) {
        sum.add(from, width, 1);
        sum.shrink(stride); // torchvision's: the 3×3 has the stride
        sum.add(width, width, 3);
        sum.add(width, to, 1);
    } else {
        sum.shrink(stride);
        sum.add(from, width, 3);
        sum.add(width, width, 3);
    }
    if (stride != 1 || from != to) {
        sum.add(from, to, 1);
    }
    sum.addSum(to);
    return to;
}

BackboneCost resNetCost(const ResNetShape& shape, std::int64_t imageSize, double elementBytes)
{
    ConvolutionCost sum(imageSize, elementBytes);
    if (shape.isSmallImageStem) {
        sum.add(3, shape.stemWidth, 3);
    } else {
        sum.shrink(2);
        sum.add(3, shape.stemWidth, 7);
        sum.shrink(2); // max pooling
    }
    std::int64_t width = shape.stemWidth;
    for (std::size_t stage = 0; stage < shape.blocks.size(); ++stage) {
        for (std::int64_t i = 0; i < shape.blocks[stage]; ++i) {
            const std::int64_t stride = stage > 0 && i == 0 ? 2 : 1;
            width = addBlock(sum, shape, width, shape.widths[stage], stride);
        }
    }
    return sum.cost();
}

/// ConvStem; source: Xiao et al. 2021.
BackboneCost convStemCost(const VitShape& shape, double elementBytes)
{
    ConvolutionCost sum(shape.imageSize, elementBytes);
    std::int64_t from = 3;
    for (std::int64_t to = shape.width / 8; to <= shape.width; to *= 2) {
        sum.shrink(2);
        sum.add(from, to, 3);
        from = to;
    }
    BackboneCost cost = sum.cost();
    cost.parameters += shape.width * shape.width + shape.width;
    cost.flops += real(shape.gridSize() * shape.gridSize()) * real(shape.width * shape.width);
    cost.stemParameters = cost.parameters;
    return cost;
}

BackboneCost stemCost(const VitShape& shape, double elementBytes)
{
    if (shape.stem == VitStem::Conv) {
        return convStemCost(shape, elementBytes);
    }
    const std::int64_t inputs = 3 * shape.patchSize * shape.patchSize;
    const std::int64_t lengths = shape.stem == VitStem::WeightNormPatch ? shape.width : 0;
    BackboneCost cost;
    cost.parameters = shape.width * (inputs + 1) + lengths;
    cost.stemParameters = cost.parameters;
    cost.flops = real(shape.gridSize() * shape.gridSize()) * real(inputs * shape.width);
    return cost;
}

std::int64_t blockParameters(const VitShape& shape)
{
    const std::int64_t w = shape.width;
    return 4 * w * w + 4 * w + 2 * w * shape.hidden + shape.hidden + w + 4 * w;
}

/// qkv, attention, projection, MLP.
double blockFlops(const VitShape& shape)
{
    const double tokens = real(shape.tokens());
    const double width = real(shape.width);
    return tokens * (4 * width * width + 2 * width * real(shape.hidden))
        + 2 * tokens * tokens * width;
}

/// norm1 in and out, qkv, attention out, projection out, norm2 out; fc1 out, GELU out. Checked
/// against measured peaks.
double blockBytes(const VitShape& shape, double elementBytes)
{
    return real(shape.tokens()) * (8 * real(shape.width) + 2 * real(shape.hidden)) * elementBytes;
}

BackboneCost vitCost(const VitShape& shape, double elementBytes)
{
    BackboneCost cost = stemCost(shape, elementBytes);
    cost.parameters += shape.depth * blockParameters(shape);
    cost.parameters += shape.hasClassToken() ? shape.width : 0;
    cost.parameters += shape.pooling == VitPooling::Mean ? 0 : 2 * shape.width; // final norm
    if (shape.positions == PositionEmbedding::Learned) {
        cost.parameters += shape.tokens() * shape.width;
    }
    cost.flops += real(shape.depth) * blockFlops(shape);
    cost.activationBytes += real(shape.depth) * blockBytes(shape, elementBytes);
    return cost;
}

} // namespace

BackboneCost backboneCost(const ModelConfig& config, double elementBytes)
{
    return isResNet(config) ? resNetCost(resNetShape(config), config.imageSize, elementBytes)
                            : vitCost(vitShape(config), elementBytes);
}

} // namespace mocoscope::training
