// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "training/api/training_config.h"

#include <map>
#include <string>

namespace mocoscope::training {

/// How timm makes the same network, for the metadata of a file of weights:
/// `architecture`: a model's name in timm, `timm_arguments`: the keyword arguments as JSON, so that
/// timm.create_model(architecture, **timm_arguments).load_state_dict(…) is strict. Both are missing
/// for what timm does not have (ConvStem, ViT-BN, a ResNet for small images); then `note` says so.
[[nodiscard]] std::map<std::string, std::string> timmDescription(const ModelConfig& config);

} // namespace mocoscope::training
