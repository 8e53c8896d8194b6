// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/methods/contrastive_loss.h"

#include "training/methods/unit_rows.h"

namespace mocoscope::training {

torch::Tensor contrastiveLoss(const torch::Tensor& q, const torch::Tensor& k, double temperature,
                              std::int64_t firstKey)
{
    const torch::Tensor logits = at::mm(unitRows(q), unitRows(k).t()) / temperature; // [N, M]
    const torch::Tensor labels
        = torch::arange(firstKey, firstKey + q.size(0),
                        torch::TensorOptions().dtype(torch::kInt64).device(q.device()));
    return torch::nn::functional::cross_entropy(logits, labels) * (2 * temperature);
}

} // namespace mocoscope::training
