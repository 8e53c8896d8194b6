// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/evaluation/knn.h"

#include "training/evaluation/feature_space.h"

#include <algorithm>

namespace mocoscope::training {

using torch::Tensor;

Tensor knnVotes(const Tensor& bank, const Tensor& bankLabels, const Tensor& queries,
                std::int64_t classes, std::int64_t k, double temperature)
{
    const torch::NoGradGuard noGradient;
    const Tensor bankUnit = unitRows(bank);
    const Tensor queryUnit = unitRows(queries);
    // A chunk's similarities stay under 64 MB.
    const std::int64_t chunk = std::clamp<std::int64_t>((16 << 20) / bank.size(0), 1, 4096);
    std::vector<Tensor> all;
    for (std::int64_t from = 0; from < queries.size(0); from += chunk) {
        const std::int64_t to = std::min(from + chunk, queries.size(0));
        const Tensor similarity = queryUnit.slice(0, from, to).mm(bankUnit.t());
        const auto [nearest, indices] = similarity.topk(std::min(k, bank.size(0)), 1);
        const Tensor labels = bankLabels.index_select(0, indices.flatten()).view(indices.sizes());
        const Tensor votes = torch::zeros({to - from, classes}, similarity.options())
                                 .scatter_add_(1, labels, (nearest / temperature).exp());
        all.push_back(votes);
    }
    return torch::cat(all);
}

KnnAccuracy knnAccuracy(const Tensor& votes, const Tensor& labels)
{
    const std::int64_t depth = std::min<std::int64_t>(5, votes.size(1));
    // Stable order, so that classes without any vote are ranked the same on every device.
    const Tensor ranked
        = std::get<1>(votes.sort(/*stable=*/true, 1, /*descending=*/true)).slice(1, 0, depth);
    const Tensor hits = ranked.eq(labels.unsqueeze(1)).to(torch::kFloat64);
    return {hits.select(1, 0).mean().item<double>(), hits.sum(1).mean().item<double>()};
}

} // namespace mocoscope::training
