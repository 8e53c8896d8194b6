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
    return contrastiveLoss(q.first, k.second, m_temperature)
        + contrastiveLoss(q.second, k.first, m_temperature);
}

} // namespace mocoscope::training
