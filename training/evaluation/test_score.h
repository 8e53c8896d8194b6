// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <torch/torch.h>

namespace mocoscope::training {

/// What a classifier reaches on labelled images.
struct TestScore
{
    double top1 = 0; ///< %
    double top5 = 0; ///< %
    double loss = 0; ///< mean cross-entropy
};

/// logits [M, C] fp32, labels [M] int64 on the same device; M > 0. Reads back.
[[nodiscard]] TestScore scoreOf(const torch::Tensor& logits, const torch::Tensor& labels);

} // namespace mocoscope::training
