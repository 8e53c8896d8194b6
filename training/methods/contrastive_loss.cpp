// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/methods/contrastive_loss.h"

namespace mocoscope::training {

torch::Tensor contrastiveLoss(const torch::Tensor& q, const torch::Tensor& k, double temperature)
{
    namespace F = torch::nn::functional;
    const auto unit = F::NormalizeFuncOptions().dim(1);
    const torch::Tensor logits
        = at::mm(F::normalize(q, unit), F::normalize(k, unit).t()) / temperature; // [N, N]
    const torch::Tensor labels
        = torch::arange(q.size(0), torch::TensorOptions().dtype(torch::kInt64).device(q.device()));
    return F::cross_entropy(logits, labels) * (2 * temperature);
}

} // namespace mocoscope::training
