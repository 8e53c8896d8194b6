// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "training/methods/encoder_method.h"

namespace mocoscope::training {

/// MoCo v1 and v2: the query of the first view against the momentum encoder's key of the second and
/// a queue of keys of earlier steps, the negatives. The two differ in their head and views, which
/// are options. Buffers: `queue` [K, D], `queue_ptr` [1].
/// Source: He et al. 2020; Chen, Fan, Girshick, He 2020.
/// Deviation: no shuffling of images between devices before the keys: it hides from BN which key
/// belongs to which query, and BN here has the statistics of the whole batch.
class MocoV1V2 final : public EncoderMethod
{
public:
    explicit MocoV1V2(const TrainingConfig& config);

    [[nodiscard]] torch::Tensor loss(const TwoViews& query, const TwoViews& key,
                                     Precision precision, const LayerObserver& observe) override;
    /// Puts the keys of the last loss, those of all replicas, into the queue.
    void afterUpdate() override;

private:
    double m_temperature;
    torch::Tensor m_queue;
    torch::Tensor m_next; ///< row of the queue that is the next to be replaced
    torch::Tensor m_newKeys;
};

/// InfoNCE of queries with their keys, [N, D] each, not normalised, and with the queue's rows [K,
/// D] of length 1 as negatives. Returns the mean cross-entropy, a scalar.
[[nodiscard]] torch::Tensor queueLoss(const torch::Tensor& q, const torch::Tensor& k,
                                      const torch::Tensor& queue, double temperature);

/// Replaces the rows of `queue` [K, D] from `next` [1] on by `keys` [N, D], N ≤ K, and moves
/// `next`. What does not fit at the end is dropped and the next keys begin at row 0. Source:
/// lightly 1.6; the authors' code wants K to be a multiple of N, where both are the same.
void enqueue(torch::Tensor& queue, torch::Tensor& next, const torch::Tensor& keys);

} // namespace mocoscope::training
