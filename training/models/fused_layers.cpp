// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/models/fused_layers.h"

#include <cmath>

namespace mocoscope::training {

torch::ScalarType typeOf(Precision precision)
{
    switch (precision) {
    case Precision::Bf16:
        return torch::kBFloat16;
    case Precision::Fp16:
        return torch::kFloat16;
    case Precision::Fp32:
        break;
    }
    return torch::kFloat32;
}

namespace {

using torch::Tensor;
using torch::autograd::AutogradContext;
using torch::autograd::tensor_list;

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
        context->saved_data["epsilon"] = epsilon;
        return output;
    }

    static tensor_list backward(AutogradContext* context, const tensor_list& gradients)
    {
        const auto saved = context->get_saved_variables();
        const Tensor &x = saved[0], &normWeight = saved[1], &normBias = saved[2], &w = saved[5];
        const Tensor normed
            = normalise(x, normWeight, normBias, context->saved_data["epsilon"].toDouble())
                  .output.to(w.scalar_type());
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
        context->saved_data["epsilon"] = epsilon;
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
            = normalise(x, normWeight, normBias, context->saved_data["epsilon"].toDouble())
                  .output.to(type);
        const LinearGradients first = linearBackward(dHidden, flat(normed), w1, true, true);
        auto [dx, dWeight, dBias] = at::native_layer_norm_backward(
            first.input.view(x.sizes()).to(x.scalar_type()), x, {x.size(-1)}, saved[3], saved[4],
            normWeight, normBias, {true, true, true});
        dx.add_(gradients[0]);
        return {dx, dWeight, dBias, first.weight, first.bias, second.weight, second.bias, {}, {}};
    }
};

/// q, k, v of packed [B, T, 3·W] as three of [B, H, T, D]: views, no copies.
Tensor headsOf(const Tensor& qkv, std::int64_t heads)
{
    const std::int64_t width = qkv.size(2) / 3;
    return qkv.view({qkv.size(0), qkv.size(1), 3, heads, width / heads}).permute({2, 0, 3, 1, 4});
}

/// softmax(q·kᵀ/√D), [B, H, T, T].
Tensor attentionWeights(const Tensor& parts)
{
    const double scale = 1.0 / std::sqrt(static_cast<double>(parts.size(4)));
    return at::softmax(at::matmul(parts[0] * scale, parts[1].transpose(-2, -1)), -1);
}

/// Attention with the weights written out. LibTorch's fused attention of the CPU is slower than
/// this in bfloat16. The weights are kept where they are small beside qkv, otherwise made again.
struct PlainAttention : torch::autograd::Function<PlainAttention>
{
    static Tensor forward(AutogradContext* context, const Tensor& qkv, std::int64_t heads)
    {
        const Tensor parts = headsOf(qkv, heads);
        const Tensor weights = attentionWeights(parts);
        const bool areSmall = weights.numel() <= qkv.numel() / 2;
        context->save_for_backward({qkv, areSmall ? weights : Tensor {}});
        context->saved_data["heads"] = heads;
        return at::matmul(weights, parts[2])
            .transpose(1, 2)
            .reshape({qkv.size(0), qkv.size(1), qkv.size(2) / 3});
    }

    static tensor_list backward(AutogradContext* context, const tensor_list& gradients)
    {
        const auto saved = context->get_saved_variables();
        const Tensor& qkv = saved[0];
        const std::int64_t heads = context->saved_data["heads"].toInt();
        const Tensor parts = headsOf(qkv, heads);
        const Tensor weights = saved[1].defined() ? saved[1] : attentionWeights(parts);
        const std::int64_t depth = parts.size(4);
        const double scale = 1.0 / std::sqrt(static_cast<double>(depth));
        const Tensor dOut
            = gradients[0].view({qkv.size(0), qkv.size(1), heads, depth}).transpose(1, 2);
        const Tensor result = torch::empty_like(qkv);
        const Tensor dParts = headsOf(result, heads);
        dParts[2].copy_(at::matmul(weights.transpose(-2, -1), dOut));
        const Tensor dScores = at::_softmax_backward_data(
            at::matmul(dOut, parts[2].transpose(-2, -1)), weights, -1, weights.scalar_type());
        dParts[0].copy_(at::matmul(dScores, parts[1]).mul_(scale));
        dParts[1].copy_(at::matmul(dScores.transpose(-2, -1), parts[0]).mul_(scale));
        return {result, {}};
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
    if (qkv.is_cpu() && qkv.scalar_type() == torch::kBFloat16) {
        return PlainAttention::apply(qkv, heads);
    }
    const Tensor parts = headsOf(qkv, heads);
    const Tensor output = at::scaled_dot_product_attention(parts[0], parts[1], parts[2]);
    return output.transpose(1, 2).reshape({qkv.size(0), qkv.size(1), qkv.size(2) / 3});
}

Tensor firstTokenAttention(const Tensor& qkv, std::int64_t heads)
{
    const Tensor parts = headsOf(qkv.to(torch::kFloat32), heads);
    const double scale = 1.0 / std::sqrt(static_cast<double>(parts.size(4)));
    const Tensor query = parts[0].slice(2, 0, 1) * scale; // [B, H, 1, D]
    return at::softmax(at::matmul(query, parts[1].transpose(-2, -1)), -1).squeeze(2);
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
