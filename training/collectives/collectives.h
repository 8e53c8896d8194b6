// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <torch/torch.h>

#include <future>
#include <stdexcept>
#include <vector>

namespace mocoscope::training {

/// Another replica has failed, so this one cannot go on: a consequence, not the cause.
class ReplicasReleased final : public std::runtime_error
{
public:
    using std::runtime_error::runtime_error;
};

/// Where the replicas of a model meet. All replicas make the same calls in the same order, with
/// tensors of the same shape and type, each on a device of its own. Calls block until all replicas
/// have come. Threads: the replica's; abort() on any.
/// Errors: ReplicasReleased after abort() by any replica; what the library throws.
class Collectives
{
public:
    virtual ~Collectives() = default;
    Collectives(const Collectives&) = delete;
    Collectives& operator=(const Collectives&) = delete;

    /// 0 … worldSize() − 1; the rows of replica r of a batch come before those of r + 1.
    [[nodiscard]] virtual std::int64_t rank() const = 0;
    [[nodiscard]] virtual std::int64_t worldSize() const = 0;

    /// Replaces a contiguous tensor by its sum over all replicas; the same bits in each.
    virtual void allReduceSum(const torch::Tensor& tensor) = 0;
    /// The same in the background; the tensor is not to be touched before the future is ready,
    /// which may wait when it is asked. Other calls may come in between.
    [[nodiscard]] virtual std::future<void> beginAllReduceSum(torch::Tensor tensor) = 0;
    /// Rows [N, …] of all replicas in the order of their ranks, [N · worldSize(), …]. No gradient.
    [[nodiscard]] virtual torch::Tensor allGather(const torch::Tensor& rows) = 0;
    /// Replaces the tensors by those of rank 0.
    virtual void broadcast(const std::vector<torch::Tensor>& tensors) = 0;
    virtual void barrier() = 0;

    /// Releases all replicas, for good.
    virtual void abort() noexcept = 0;

protected:
    Collectives() = default;
};

// A null pointer stands for a replica that is alone.

[[nodiscard]] inline std::int64_t rankOf(const Collectives* replicas)
{
    return replicas == nullptr ? 0 : replicas->rank();
}

/// Collectives::allGather(); of a replica that is alone `rows` itself, without its graph.
[[nodiscard]] torch::Tensor gatherRows(const torch::Tensor& rows, Collectives* replicas);

/// The same, and differentiable: the gradient of `rows` is summed over what all replicas made of
/// them. With a loss that is the mean over a replica's rows, the mean over the replicas of the
/// parameters' gradients is then the gradient of the mean over all rows.
[[nodiscard]] torch::Tensor gatherRowsWithGradient(const torch::Tensor& rows,
                                                   Collectives* replicas);

/// Carries `replicas` to the backward pass of an autograd function.
[[nodiscard]] c10::IValue toCapsule(Collectives& replicas);
[[nodiscard]] Collectives& fromCapsule(const c10::IValue& capsule);

} // namespace mocoscope::training
