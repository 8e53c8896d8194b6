// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <torch/torch.h>

namespace mocoscope::training {

/// Fixed 2-D sin-cos position embedding, [1, 1 + rows·columns, width] in fp32; row 0, the class
/// token's, is zero. A quarter of the width each for sin w, cos w, sin h, cos h, temperature 10000.
/// Positions are in the authors' w-major order: position p stands for w = p / rows, h = p mod rows
/// (of no consequence for square grids). `width` is a multiple of 4.
/// Source: MoCo v3, vits.py; checked against its output.
[[nodiscard]] torch::Tensor sinCosPositionEmbedding(std::int64_t rows, std::int64_t columns,
                                                    std::int64_t width);

} // namespace mocoscope::training
