// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/methods/method.h"

#include "training/methods/moco_v3.h"

namespace mocoscope::training {

std::shared_ptr<Method> makeMethod(const TrainingConfig& config)
{
    TORCH_CHECK(config.method.name == "moco_v3", "unknown method ", config.method.name);
    return std::make_shared<MocoV3>(config);
}

} // namespace mocoscope::training
