// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "training/collectives/collectives.h"

#include <torch/torch.h>

namespace mocoscope::training {

/// A layer whose output depends on the images of all replicas.
class SpansReplicas
{
public:
    virtual ~SpansReplicas() = default;
    SpansReplicas(const SpansReplicas&) = delete;
    SpansReplicas& operator=(const SpansReplicas&) = delete;

    /// Null: alone. `replicas` outlives the layer's use.
    void span(Collectives* replicas) { m_replicas = replicas; }

protected:
    SpansReplicas() = default;
    [[nodiscard]] Collectives* replicas() const { return m_replicas; }

private:
    Collectives* m_replicas = nullptr;
};

/// Calls span() of all such layers in `module`.
void spanReplicas(torch::nn::Module& module, Collectives* replicas);

/// A BN's tensors and numbers. Undefined weight and bias: none.
struct BatchNormState
{
    torch::Tensor weight, bias, runningMean, runningVariance; // [C]
    double momentum = 0.1; ///< share of this batch in the running statistics
    double epsilon = 1e-5;
};

/// BN of x [N, C, …], any float type, with the statistics of all replicas' rows, forward and
/// backward; moves the running statistics. Every replica has as many rows. The gradients of weight
/// and bias are those of the replica's own rows, to be averaged like all others.
/// Source: Ioffe, Szegedy 2015; the same values as one BN over all rows, up to rounding.
[[nodiscard]] torch::Tensor spanningBatchNorm(const torch::Tensor& x, const BatchNormState& state,
                                              Collectives& replicas);

/// LibTorch's BN, in training mode over all replicas once it spans them. Alone it is LibTorch's.
template <typename Norm> class SpanningNormImpl final : public Norm, public SpansReplicas
{
public:
    explicit SpanningNormImpl(const torch::nn::BatchNormOptions& normOptions)
        : Norm(normOptions)
    {
    }

    torch::Tensor forward(const torch::Tensor& x)
    {
        if (replicas() == nullptr || !this->is_training()) {
            return Norm::forward(x);
        }
        this->num_batches_tracked.add_(1);
        return spanningBatchNorm(x,
                                 {this->weight, this->bias, this->running_mean, this->running_var,
                                  this->options.momentum().value(), this->options.eps()},
                                 *replicas());
    }
};

using SpanningNorm1dImpl = SpanningNormImpl<torch::nn::BatchNorm1dImpl>;
using SpanningNorm2dImpl = SpanningNormImpl<torch::nn::BatchNorm2dImpl>;
TORCH_MODULE(SpanningNorm1d);
TORCH_MODULE(SpanningNorm2d);

} // namespace mocoscope::training
