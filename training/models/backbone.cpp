// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/models/backbone.h"

#include "training/models/resnet.h"
#include "training/models/vision_transformer.h"

namespace mocoscope::training {

std::shared_ptr<Backbone> makeBackbone(const ModelConfig& config, const torch::Generator& generator)
{
    if (isResNet(config)) {
        return std::make_shared<ResNet>(resNetShape(config), generator);
    }
    return std::make_shared<VisionTransformer>(vitShape(config), config.freezePatchEmbed,
                                               generator);
}

} // namespace mocoscope::training
