// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "training/methods/encoder_method.h"

namespace mocoscope::training {

/// How SwAV turns scores into codes, and compares the two.
struct SwavOptions
{
    double temperature = 0.1;
    double sinkhornEpsilon = 0.05;
    std::int64_t sinkhornIterations = 3;
};

/// SwAV: the balanced assignment of one view to prototypes (`prototypes.weight`) is predicted from
/// the other view. No momentum encoder, no prediction head. Source: Caron et al. 2020.
/// Deviation: two views of one size, no small crops and no queue of scores, as in the study of
/// MoCo v3.
class Swav final : public EncoderMethod
{
public:
    explicit Swav(const TrainingConfig& config);

    [[nodiscard]] torch::Tensor loss(const TwoViews& query, const TwoViews& key,
                                     Precision precision, const LayerObserver& observe) override;
    /// The prototypes do not learn in the first epochs.
    void beforeUpdate(double epoch) override;
    /// Brings the prototypes back to length 1.
    void afterUpdate() override;
    [[nodiscard]] std::string layerOf(const std::string& parameter) const override;
    [[nodiscard]] std::vector<std::string> layerNames() override;

private:
    void normalisePrototypes();

    SwavOptions m_options;
    double m_frozenEpochs;
    torch::nn::Linear m_prototypes;
};

/// Codes of scores [N, K] (cosines): each row sums to 1, and each of the K columns has about the
/// same sum. Without gradient, fp32; in the logarithm, so that no ε makes it overflow or divide by
/// 0. Source: Caron et al. 2020, algorithm 1 (Sinkhorn, Knopp 1967).
[[nodiscard]] torch::Tensor sinkhornCodes(const torch::Tensor& scores, double epsilon,
                                          std::int64_t iterations);

/// Mean over both directions and all rows of the cross-entropy between one view's codes and the
/// softmax of the other's scores over τ. scores: [N, K] each. Returns a scalar. The codes are
/// balanced over the rows of all replicas.
[[nodiscard]] torch::Tensor swappedPredictionLoss(const TwoViews& scores,
                                                  const SwavOptions& options,
                                                  Collectives* replicas = nullptr);

} // namespace mocoscope::training
