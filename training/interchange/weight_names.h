// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "training/interchange/safetensors.h"

#include <map>
#include <string>
#include <utility>
#include <vector>

namespace mocoscope::training {

/// The tensors of a file of weights, told apart by whose they are.
struct SortedWeights
{
    using Named = std::map<std::string, torch::Tensor>;
    Named base; ///< the backbone that learnt, with the backbone's own names
    Named momentum; ///< of the momentum encoder; empty: the file has none
    Named others; ///< heads and the like, with this program's names
    std::vector<std::string> leftOut; ///< a classifier's, which has no place here
};

/// Understands checkpoints of this program, of the authors of MoCo v1, v2 and v3 (base_encoder. or
/// encoder_q., momentum_encoder. or encoder_k., predictor.; a ResNet's heads under fc.) and lone
/// backbones with timm's or torchvision's names, each with or without `module.` in front.
[[nodiscard]] SortedWeights sortWeights(std::map<std::string, torch::Tensor> tensors);

/// Brings the tensors of one backbone to the names and shapes of `wanted`: weight norm is folded or
/// unfolded, position embeddings are resampled to another number of patches (bicubic with
/// antialiasing, as timm does), counters of BN that older files lack begin at 0. Returns what was
/// resampled as a sentence, else an empty text. Fails with all names that are missing, that the
/// model does not have, or whose shapes differ.
[[nodiscard]] Result<std::string>
fitBackbone(SortedWeights::Named& tensors,
            const std::vector<std::pair<std::string, torch::Tensor>>& wanted);

} // namespace mocoscope::training
