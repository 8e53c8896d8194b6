// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "training/collectives/collectives.h"

#include <torch/torch.h>

#include <future>
#include <vector>

namespace mocoscope::training {

/// Averages gradients over the replicas while the backward pass is still on: in buckets, the last
/// layers first, each as soon as its gradients are complete. Thread: the replica's; hooks run on
/// that of the backward pass.
/// Source: Li et al. 2020 (PyTorch Distributed).
class GradientAverage
{
public:
    static constexpr std::int64_t usualBucketBytes = 25 << 20;

    /// Of those `parameters` that require a gradient, in the order of the forward pass. They and
    /// `replicas` outlive this.
    GradientAverage(const std::vector<torch::Tensor>& parameters, Collectives& replicas,
                    std::int64_t bucketBytes = usualBucketBytes);
    ~GradientAverage();
    GradientAverage(const GradientAverage&) = delete;
    GradientAverage& operator=(const GradientAverage&) = delete;

    /// Whether the gradients that the next backward pass adds to are complete after it.
    void setFinal(bool isFinal) { m_isFinal = isFinal; }
    /// Waits until every gradient is the average. Those that nobody has stay undefined.
    void finish();

    [[nodiscard]] std::size_t buckets() const { return m_buckets.size(); }

private:
    class Hook;
    struct Bucket
    {
        std::vector<torch::Tensor> parameters;
        std::size_t complete = 0;
        std::vector<torch::Tensor> gradients; ///< those that `sum` is about, once it has begun
        torch::Tensor sum;
        std::future<void> isSummed;
    };

    void addToBuckets(const torch::Tensor& parameter, std::int64_t bucketBytes);
    void noteComplete(std::size_t bucket);
    void begin(Bucket& bucket);
    void end(Bucket& bucket);

    Collectives& m_replicas;
    std::vector<Bucket> m_buckets;
    std::int64_t m_lastBytes = 0; ///< of the last bucket
    std::size_t m_begun = 0; ///< buckets, in the same order in all replicas
    bool m_isFinal = false;
};

} // namespace mocoscope::training
