// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/models/position_embedding.h"

namespace mocoscope::training {

torch::Tensor sinCosPositionEmbedding(std::int64_t rows, std::int64_t columns, std::int64_t width)
{
    TORCH_CHECK(width % 4 == 0, "the position embedding needs a width that is a multiple of 4");
    const auto options = torch::TensorOptions().dtype(torch::kFloat32);
    const auto grid
        = torch::meshgrid({torch::arange(columns, options), torch::arange(rows, options)},
                          "ij"); // each [columns, rows]
    const std::int64_t quarter = width / 4;
    const auto omega = torch::pow(10000.0, -torch::arange(quarter, options) / double(quarter));
    const auto w = grid[0].flatten().unsqueeze(1) * omega.unsqueeze(0); // [rows·columns, quarter]
    const auto h = grid[1].flatten().unsqueeze(1) * omega.unsqueeze(0);
    const auto positions = torch::cat({w.sin(), w.cos(), h.sin(), h.cos()}, 1).unsqueeze(0);
    return torch::cat({torch::zeros({1, 1, width}, options), positions}, 1);
}

} // namespace mocoscope::training
