// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/methods/moco_v3.h"

#include "training/methods/contrastive_loss.h"

namespace mocoscope::training {

MocoV3::MocoV3(const TrainingConfig& config)
    : EncoderMethod(config)
    , m_temperature(config.method.temperature)
{
}

torch::Tensor MocoV3::loss(const TwoViews& query, const TwoViews& key, Precision precision,
                           const LayerObserver& observe)
{
    const TwoViews q = queries(query, precision, observe);
    const TwoViews k = keys(key, precision);
    const auto contrast = [this](const torch::Tensor& queries, const torch::Tensor& keys) {
        return contrastiveLoss(queries, gatherRows(keys, replicas()), m_temperature,
                               rankOf(replicas()) * queries.size(0));
    };
    return contrast(q.first, k.second) + contrast(q.second, k.first);
}

} // namespace mocoscope::training
