// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/models/fused_layers.h"

#include <cmath>

namespace mocoscope::training {

namespace {

using torch::Tensor;
using torch::autograd::AutogradContext;
using torch::autograd::tensor_list;

torch::ScalarType typeOf(Precision precision)
{
    return precision == Precision::Bf16 ? torch::kBFloat16 : torch::kFloat32;
}

struct Normalised
{
    Tensor output, mean, deviation;
};

Normalised normalise(const Tensor& x, const Tensor& weight, const Tensor& bias, double epsilon)
{
    auto [output, mean, deviation] = at::native_layer_norm(x, {x.size(-1)}, weight, bias, epsilon);
    return {output, mean, deviation};
}

/// Gradients of y = x·Wᵀ + b for flattened x [M, I], dy [M, O]; those of W and b in fp32.
struct LinearGradients
{
    Tensor input, weight, bias;
};

/// `weight` is in the precision of the product. What is not wanted stays undefined.
LinearGradients linearBackward(const Tensor& gradient, const Tensor& input, const Tensor& weight,
                               bool wantsInput, bool wantsWeight)
{
    LinearGradients result;
    if (wantsInput) {
        result.input = at::mm(gradient, weight);
    }
    if (wantsWeight) {
        result.weight = at::mm(gradient.t(), input).to(torch::kFloat32);
        result.bias = gradient.sum({0}, /*keepdim=*/false, torch::kFloat32);
    }
    return result;
}

Tensor flat(const Tensor& x)
{
    return x.reshape({-1, x.size(-1)});
}

struct NormLinear : torch::autograd::Function<NormLinear>
{
    static Tensor forward(AutogradContext* context, const Tensor& x, const Tensor& normWeight,
                          const Tensor& normBias, const Tensor& weight, const Tensor& bias,
                          double epsilon, std::int64_t precision)
    {
        const auto type = static_cast<torch::ScalarType>(precision);
        const Normalised normed = normalise(x, normWeight, normBias, epsilon);
        const Tensor w = weight.to(type);
        const Tensor output = at::linear(normed.output.to(type), w, bias.to(type));
        context->save_for_backward({x, normWeight, normBias, normed.mean, normed.deviation, w});
        return output;
    }

    static tensor_list backward(AutogradContext* context, const tensor_list& gradients)
    {
        const auto saved = context->get_saved_variables();
        const Tensor &x = saved[0], &normWeight = saved[1], &normBias = saved[2], &w = saved[5];
        // (x − mean)·deviation·γ + β again: cheaper than keeping it
        const Tensor normed
            = at::addcmul(normBias, (x - saved[3]).mul_(saved[4]), normWeight).to(w.scalar_type());
        const LinearGradients linear
            = linearBackward(flat(gradients[0]), flat(normed), w, true, true);
        auto [dx, dWeight, dBias] = at::native_layer_norm_backward(
            linear.input.view(x.sizes()).to(x.scalar_type()), x, {x.size(-1)}, saved[3], saved[4],
            normWeight, normBias, {true, true, true});
        return {dx, dWeight, dBias, linear.weight, linear.bias, {}, {}};
    }
};

struct AddLinear : torch::autograd::Function<AddLinear>
{
    static Tensor forward(AutogradContext* context, const Tensor& x, const Tensor& y,
                          const Tensor& weight, const Tensor& bias, std::int64_t precision)
    {
        const auto type = static_cast<torch::ScalarType>(precision);
        const Tensor w = weight.to(type);
        context->save_for_backward({y, w});
        return x + at::linear(y, w, bias.to(type));
    }

    static tensor_list backward(AutogradContext* context, const tensor_list& gradients)
    {
        const auto saved = context->get_saved_variables();
        const Tensor &y = saved[0], &w = saved[1];
        const LinearGradients linear
            = linearBackward(flat(gradients[0].to(w.scalar_type())), flat(y), w, true, true);
        return {gradients[0], linear.input.view(y.sizes()), linear.weight, linear.bias, {}};
    }
};

struct AddNormMlp : torch::autograd::Function<AddNormMlp>
{
    static Tensor forward(AutogradContext* context, const Tensor& x, const Tensor& normWeight,
                          const Tensor& normBias, const Tensor& weight1, const Tensor& bias1,
                          const Tensor& weight2, const Tensor& bias2, double epsilon,
                          std::int64_t precision)
    {
        const auto type = static_cast<torch::ScalarType>(precision);
        const Normalised normed = normalise(x, normWeight, normBias, epsilon);
        const Tensor w1 = weight1.to(type);
        const Tensor w2 = weight2.to(type);
        const Tensor hidden = at::linear(normed.output.to(type), w1, bias1.to(type));
        context->save_for_backward(
            {x, normWeight, normBias, normed.mean, normed.deviation, w1, w2, hidden});
        return x + at::linear(at::gelu(hidden), w2, bias2.to(type));
    }

    static tensor_list backward(AutogradContext* context, const tensor_list& gradients)
    {
        const auto saved = context->get_saved_variables();
        const Tensor &x = saved[0], &normWeight = saved[1], &normBias = saved[2], &w1 = saved[5],
                     &w2 = saved[6], &hidden = saved[7];
        const auto type = w1.scalar_type();
        const LinearGradients second
            = linearBackward(flat(gradients[0].to(type)), flat(at::gelu(hidden)), w2, true, true);
        const Tensor dHidden = at::gelu_backward(second.input, flat(hidden));
        const Tensor normed
            = at::addcmul(normBias, (x - saved[3]).mul_(saved[4]), normWeight).to(type);
        const LinearGradients first = linearBackward(dHidden, flat(normed), w1, true, true);
        auto [dx, dWeight, dBias] = at::native_layer_norm_backward(
            first.input.view(x.sizes()).to(x.scalar_type()), x, {x.size(-1)}, saved[3], saved[4],
            normWeight, normBias, {true, true, true});
        dx.add_(gradients[0]);
        return {dx, dWeight, dBias, first.weight, first.bias, second.weight, second.bias, {}, {}};
    }
};

std::int64_t typeNumber(Precision precision)
{
    return static_cast<std::int64_t>(typeOf(precision));
}

} // namespace

Tensor normLinear(const Tensor& x, const Tensor& normWeight, const Tensor& normBias, double epsilon,
                  const Tensor& weight, const Tensor& bias, Precision precision)
{
    return NormLinear::apply(x, normWeight, normBias, weight, bias, epsilon, typeNumber(precision));
}

Tensor selfAttention(const Tensor& qkv, std::int64_t heads)
{
    const std::int64_t batch = qkv.size(0);
    const std::int64_t tokens = qkv.size(1);
    const std::int64_t width = qkv.size(2) / 3;
    // [B, T, 3, H, D] → three of [B, H, T, D], views without a copy
    const auto parts = qkv.view({batch, tokens, 3, heads, width / heads}).permute({2, 0, 3, 1, 4});
    const Tensor output = at::scaled_dot_product_attention(parts[0], parts[1], parts[2]);
    return output.transpose(1, 2).reshape({batch, tokens, width});
}

Tensor addLinear(const Tensor& x, const Tensor& y, const Tensor& weight, const Tensor& bias,
                 Precision precision)
{
    return AddLinear::apply(x, y, weight, bias, typeNumber(precision));
}

Tensor addNormMlp(const Tensor& x, const MlpWeights& weights, double epsilon, Precision precision)
{
    return AddNormMlp::apply(x, weights.normWeight, weights.normBias, weights.weight1,
                             weights.bias1, weights.weight2, weights.bias2, epsilon,
                             typeNumber(precision));
}

} // namespace mocoscope::training
