// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/evaluation/tsne.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

namespace mocoscope::training {

using torch::Tensor;

namespace {

constexpr std::int64_t mostRows = 4000; // 128 MB a table, and a minute or more
constexpr std::int64_t exaggeratedIterations = 250;
constexpr double exaggeration = 12;
constexpr double leastGradient = 1e-7; // below which nothing moves any more
constexpr std::int64_t reportEvery = 10;

/// Conditional probabilities for given precisions, one row each.
struct Conditional
{
    Tensor probabilities;
    Tensor entropy; ///< [N, 1], nats
};
Conditional conditionalFor(const Tensor& distances, const Tensor& precision)
{
    Tensor p = (distances * precision).neg_().exp_();
    p.fill_diagonal_(0);
    const Tensor sum = p.sum(1, /*keepdim=*/true);
    const Tensor mean = (distances * p).sum(1, /*keepdim=*/true) / sum;
    return {p.div_(sum), sum.log() + precision * mean};
}

/// Gradient descent with momentum and a gain for each coordinate, which grows while it keeps its
/// direction. Both start anew with each phase, as scikit-learn's do.
class Descent
{
public:
    Descent(Tensor points, double rate)
        : m_points(std::move(points))
        , m_rate(rate)
    {
        begin(0.5);
    }
    void begin(double momentum)
    {
        m_momentum = momentum;
        m_update = torch::zeros_like(m_points);
        m_gains = torch::ones_like(m_points);
    }
    void step(const Tensor& gradient)
    {
        constexpr double leastGain = 0.01;
        const Tensor goesOn = m_update * gradient < 0;
        m_gains = torch::where(goesOn, m_gains + 0.2, m_gains * 0.8).clamp_min_(leastGain);
        m_update = m_momentum * m_update - m_rate * (m_gains * gradient);
        m_points = m_points + m_update;
    }
    [[nodiscard]] const Tensor& points() const { return m_points; }

private:
    Tensor m_points;
    Tensor m_update;
    Tensor m_gains;
    double m_rate;
    double m_momentum = 0;
};

} // namespace

double perplexityFor(std::int64_t rows, double wanted)
{
    return std::max(1.0, std::min(wanted, static_cast<double>(rows - 1) / 3));
}

Tensor squaredDistances(const Tensor& x)
{
    const torch::NoGradGuard noGradient;
    constexpr std::int64_t byDifferences = 2; // not by a product of matrices, which cancels
    const Tensor wide = x.to(torch::kCPU, torch::kFloat64).contiguous();
    return torch::cdist(wide, wide, 2, byDifferences).square_();
}

Tensor jointProbabilities(const Tensor& squaredDistances, double perplexity)
{
    const torch::NoGradGuard noGradient;
    constexpr double endless = std::numeric_limits<double>::infinity();
    constexpr int bisections = 100;
    const std::int64_t rows = squaredDistances.size(0);
    // From the nearest one: the probabilities are the same, and no row sums up to zero.
    Tensor others = squaredDistances.clone();
    others.fill_diagonal_(endless);
    Tensor distances = others - std::get<0>(others.min(1, /*keepdim=*/true));
    distances.fill_diagonal_(0);
    Tensor low = torch::zeros({rows, 1}, torch::kFloat64);
    Tensor high = torch::full({rows, 1}, endless, torch::kFloat64);
    Tensor precision = torch::ones({rows, 1}, torch::kFloat64);
    Conditional conditional = conditionalFor(distances, precision);
    for (int i = 0; i < bisections; ++i) {
        const Tensor excess = conditional.entropy - std::log(perplexity);
        if (excess.abs().max().item<double>() < 1e-10) {
            break;
        }
        const Tensor isTooFlat = excess > 0;
        low = torch::where(isTooFlat, precision, low);
        high = torch::where(isTooFlat, high, precision);
        precision = torch::where(high.isinf(), precision * 2, (low + high) / 2);
        conditional = conditionalFor(distances, precision);
    }
    const Tensor& p = conditional.probabilities;
    Tensor joint = (p + p.t()).div_(2 * static_cast<double>(rows));
    joint.clamp_min_(std::numeric_limits<double>::epsilon()); // whose logarithm is taken
    return joint.fill_diagonal_(0);
}

double tsneDivergence(const Tensor& joint, const Tensor& points)
{
    const torch::NoGradGuard noGradient;
    const Tensor weights = squaredDistances(points).add_(1).reciprocal_().fill_diagonal_(0);
    const Tensor q = weights / weights.sum(1).sum(); // by rows: the same on any number of threads
    return torch::xlogy(joint, joint).sub_(torch::xlogy(joint, q)).sum(1).sum().item<double>();
}

Tensor tsneGradient(const Tensor& joint, const Tensor& points)
{
    // 4 Σⱼ (p_ij - q_ij) (y_i - y_j) w_ij with w_ij = 1 / (1 + |y_i - y_j|²) and q_ij = w_ij / Σ w,
    // in two sums, so that one pass is enough. Written out: as operations on whole tables it took
    // seven times as long, most of it for their memory, and more where other programs compute.
    const Tensor rows = joint.contiguous();
    const Tensor places = points.contiguous();
    const std::int64_t count = places.size(0);
    Tensor attraction = torch::empty_like(places);
    Tensor repulsion = torch::empty_like(places);
    const auto* p = rows.const_data_ptr<double>();
    const auto* y = places.const_data_ptr<double>();
    auto* towards = attraction.mutable_data_ptr<double>();
    auto* apart = repulsion.mutable_data_ptr<double>();
    double all = 0;
    for (std::int64_t i = 0; i < count; ++i) {
        std::array<double, 4> sums {};
        double weights = 0;
        for (std::int64_t j = 0; j < count; ++j) {
            const double across = y[2 * i] - y[2 * j];
            const double up = y[2 * i + 1] - y[2 * j + 1];
            const double weight = 1 / (1 + across * across + up * up);
            const double pull = *p++ * weight;
            const double push = weight * weight;
            sums[0] += pull * across;
            sums[1] += pull * up;
            sums[2] += push * across;
            sums[3] += push * up;
            weights += weight;
        }
        all += weights - 1; // the diagonal's
        towards[2 * i] = sums[0];
        towards[2 * i + 1] = sums[1];
        apart[2 * i] = sums[2];
        apart[2 * i + 1] = sums[3];
    }
    return attraction.sub_(repulsion, 1 / all).mul_(4);
}

Tensor tsneStart(const Tensor& points)
{
    const torch::NoGradGuard noGradient;
    constexpr double deviation = 1e-4;
    const Tensor wide = points.to(torch::kCPU, torch::kFloat64);
    const Tensor centred = wide - wide.mean(0, /*keepdim=*/true);
    const Tensor variances
        = torch::linalg_eigvalsh(centred.t().mm(centred) / static_cast<double>(wide.size(0)));
    const double widest = std::sqrt(std::max(0.0, variances.max().item<double>()));
    return widest > 0 ? centred * (deviation / widest) : centred;
}

Result<TsneLayout> layOutByTsne(const Tensor& x, const Tensor& start, const TsneOptions& options,
                                const TsneProgress& progress, const std::stop_token& stop)
{
    const torch::NoGradGuard noGradient;
    const std::int64_t rows = x.size(0);
    if (rows > mostRows) {
        return failure(ErrorCode::BadArgument,
                       "t-SNE of " + std::to_string(rows) + " images takes too long here",
                       "it compares each with each; at most " + std::to_string(mostRows));
    }
    const double perplexity = perplexityFor(rows, options.perplexity);
    if (rows < 2) {
        return TsneLayout {tsneStart(start), 0, perplexity};
    }
    const Tensor joint = jointProbabilities(squaredDistances(x), perplexity);
    Tensor target = joint * exaggeration;
    Descent descent(tsneStart(start), std::max(static_cast<double>(rows) / exaggeration / 4, 50.0));
    for (std::int64_t i = 0; i < options.iterations; ++i) {
        if (stop.stop_requested()) {
            return failure(ErrorCode::Cancelled, "t-SNE was cancelled");
        }
        if (i % reportEvery == 0) {
            progress(i, options.iterations);
        }
        if (i == exaggeratedIterations) {
            target = joint;
            descent.begin(0.8);
        }
        const Tensor gradient = tsneGradient(target, descent.points());
        if (gradient.norm().item<double>() <= leastGradient && i >= exaggeratedIterations) {
            break;
        }
        descent.step(gradient);
    }
    progress(options.iterations, options.iterations);
    const Tensor points = descent.points() - descent.points().mean(0); // the gains let it drift
    return TsneLayout {points, tsneDivergence(joint, points), perplexity};
}

} // namespace mocoscope::training
