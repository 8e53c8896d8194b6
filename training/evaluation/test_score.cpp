// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/evaluation/test_score.h"

#include "training/evaluation/knn.h"

namespace mocoscope::training {

TestScore scoreOf(const torch::Tensor& logits, const torch::Tensor& labels)
{
    const torch::NoGradGuard noGradient;
    const KnnAccuracy shares = knnAccuracy(logits, labels); // the ranks of votes or of logits
    const auto loss = torch::nn::functional::cross_entropy(logits, labels);
    return {100 * shares.top1, 100 * shares.top5, loss.item<double>()};
}

} // namespace mocoscope::training
