// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/methods/byol.h"

#include "training/methods/unit_rows.h"

namespace mocoscope::training {

using torch::Tensor;

Byol::Byol(const TrainingConfig& config)
    : EncoderMethod(config)
{
}

Tensor Byol::loss(const TwoViews& query, const TwoViews& key, Precision precision,
                  const LayerObserver& observe)
{
    const TwoViews p = queries(query, precision, observe);
    const TwoViews k = keys(key, precision);
    return regressionLoss(p.first, k.second) + regressionLoss(p.second, k.first);
}

Tensor regressionLoss(const Tensor& p, const Tensor& k)
{
    const Tensor cosines = (unitRows(p) * unitRows(k)).sum(1); // [N]
    return (2 - 2 * cosines).mean();
}

} // namespace mocoscope::training
