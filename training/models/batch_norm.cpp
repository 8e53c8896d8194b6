// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/models/batch_norm.h"

#include <optional>

namespace mocoscope::training {

namespace {

using torch::Tensor;
using torch::autograd::AutogradContext;
using torch::autograd::tensor_list;

/// All dimensions but that of the channels.
std::vector<std::int64_t> dimensionsOfRows(const Tensor& x)
{
    std::vector<std::int64_t> dimensions {0};
    for (std::int64_t i = 2; i < x.dim(); ++i) {
        dimensions.push_back(i);
    }
    return dimensions;
}

/// [C] → [1, C, 1, …], to be broadcast over x.
Tensor overRows(const Tensor& channels, const Tensor& x)
{
    std::vector<std::int64_t> shape(static_cast<std::size_t>(x.dim()), 1);
    shape[1] = channels.numel();
    return channels.view(shape);
}

double rowsOf(const Tensor& x, const Collectives& replicas)
{
    return static_cast<double>(x.numel() / x.size(1) * replicas.worldSize());
}

struct Moments
{
    Tensor mean, variance; // [C] fp32; the variance is that of the rows themselves (over n)
};

/// From the moments of the replicas, which are of equally many rows.
Moments momentsOfAll(const Tensor& x, Collectives& replicas)
{
    const auto [variance, mean]
        = at::var_mean(x.to(torch::kFloat32), dimensionsOfRows(x), /*unbiased=*/false);
    const Tensor all = replicas.allGather(torch::stack({mean, variance}).unsqueeze(0)); // [R, 2, C]
    const Tensor means = all.select(1, 0); // [R, C]
    const auto [between, meanOfMeans]
        = at::var_mean(means, dimensionsOfRows(means), /*unbiased=*/false);
    return {meanOfMeans, all.select(1, 1).mean(0) + between};
}

Tensor normalised(const Tensor& x, const Tensor& mean, const Tensor& inverseDeviation)
{
    return (x.to(torch::kFloat32) - overRows(mean, x)) * overRows(inverseDeviation, x);
}

struct SpanningBatchNorm : torch::autograd::Function<SpanningBatchNorm>
{
    static Tensor forward(AutogradContext* context, const Tensor& x,
                          const std::optional<Tensor>& weight, const std::optional<Tensor>& bias,
                          const Tensor& mean, const Tensor& inverseDeviation, Collectives* replicas)
    {
        context->save_for_backward({x, weight.value_or(Tensor {}), mean, inverseDeviation});
        context->saved_data["replicas"] = toCapsule(*replicas);
        Tensor y = normalised(x, mean, inverseDeviation);
        if (weight) {
            y = y * overRows(*weight, x) + overRows(*bias, x);
        }
        return y.to(x.scalar_type());
    }

    static tensor_list backward(AutogradContext* context, const tensor_list& gradients)
    {
        Collectives& replicas = fromCapsule(context->saved_data["replicas"]);
        const auto saved = context->get_saved_variables();
        const Tensor &x = saved[0], &weight = saved[1], &inverseDeviation = saved[3];
        const Tensor y = normalised(x, saved[2], inverseDeviation);
        const Tensor dy = gradients[0].to(torch::kFloat32);
        const auto rows = dimensionsOfRows(x);
        const Tensor own = torch::stack({dy.sum(rows), (dy * y).sum(rows)}); // [2, C]
        const Tensor all = own.clone();
        replicas.allReduceSum(all);
        all.div_(rowsOf(x, replicas));
        const Tensor scale = weight.defined() ? inverseDeviation * weight : inverseDeviation;
        const Tensor dx = (dy - overRows(all[0], x) - y * overRows(all[1], x)) * overRows(scale, x);
        const bool isAffine = weight.defined();
        return {dx.to(x.scalar_type()),
                isAffine ? own[1] : Tensor {},
                isAffine ? own[0] : Tensor {},
                {},
                {},
                {}};
    }
};

std::optional<Tensor> optional(const Tensor& tensor)
{
    return tensor.defined() ? std::optional(tensor) : std::nullopt;
}

} // namespace

Tensor spanningBatchNorm(const Tensor& x, const BatchNormState& state, Collectives& replicas)
{
    Moments moments;
    {
        const torch::NoGradGuard noGradient;
        moments = momentsOfAll(x, replicas);
        const double rows = rowsOf(x, replicas);
        state.runningMean.lerp_(moments.mean, state.momentum);
        // The running variance is that of the population, as LibTorch's.
        state.runningVariance.lerp_(moments.variance * (rows / (rows - 1)), state.momentum);
    }
    return SpanningBatchNorm::apply(x, optional(state.weight), optional(state.bias), moments.mean,
                                    (moments.variance + state.epsilon).rsqrt(), &replicas);
}

void spanReplicas(torch::nn::Module& module, Collectives* replicas)
{
    for (const auto& part : module.modules()) {
        if (auto* layer = dynamic_cast<SpansReplicas*>(part.get())) {
            layer->span(replicas);
        }
    }
}

} // namespace mocoscope::training
