// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/api/feature_pictures.h"

#include "training/api/model_shape.h"

namespace mocoscope::training {

std::string PictureSample::classOf(std::size_t image) const
{
    const std::int64_t label = labels[image];
    return label >= 0 && label < std::ssize(classNames)
        ? classNames[static_cast<std::size_t>(label)]
        : std::string();
}

const float* AttentionMaps::row(std::size_t image, std::int64_t head) const
{
    const auto length = static_cast<std::size_t>(1 + grid * grid);
    const std::size_t row
        = image * static_cast<std::size_t>(heads) + static_cast<std::size_t>(head);
    return weights.data() + row * length;
}

std::string reasonWithoutAttention(const ModelConfig& config)
{
    if (isResNet(config)) {
        return "A ResNet has no attention: its features are the mean of what its last convolutions "
               "give.";
    }
    if (!vitShape(config).hasClassToken()) {
        return "This ViT has no class token (model.pooling = " + config.pooling
            + "): its features are the mean of all patches, so that no single token's attention "
              "stands for them.";
    }
    return {};
}

} // namespace mocoscope::training
