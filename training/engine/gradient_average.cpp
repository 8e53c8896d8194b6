// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/engine/gradient_average.h"

#include <torch/csrc/autograd/function_hook.h>
#include <torch/csrc/autograd/variable.h>

namespace mocoscope::training {

using torch::Tensor;

/// Called when a backward pass has added to a parameter's gradient.
class GradientAverage::Hook final : public torch::autograd::PostAccumulateGradHook
{
public:
    Hook(GradientAverage& owner, std::size_t bucket)
        : m_owner(owner)
        , m_bucket(bucket)
    {
    }
    void operator()(const Tensor& /*parameter*/) override { m_owner.noteComplete(m_bucket); }

private:
    GradientAverage& m_owner;
    std::size_t m_bucket;
};

GradientAverage::GradientAverage(const std::vector<Tensor>& parameters, Collectives& replicas,
                                 std::int64_t bucketBytes)
    : m_replicas(replicas)
{
    // The backward pass ends with the first layers.
    for (auto parameter = parameters.rbegin(); parameter != parameters.rend(); ++parameter) {
        if (parameter->requires_grad()) {
            addToBuckets(*parameter, bucketBytes);
        }
    }
}

GradientAverage::~GradientAverage()
{
    for (const Bucket& bucket : m_buckets) {
        for (const Tensor& parameter : bucket.parameters) {
            torch::autograd::impl::set_post_acc_grad_hooks(parameter, nullptr);
        }
    }
}

void GradientAverage::addToBuckets(const Tensor& parameter, std::int64_t bucketBytes)
{
    const auto bytes = static_cast<std::int64_t>(parameter.nbytes());
    if (m_buckets.empty() || m_lastBytes + bytes > bucketBytes) {
        m_buckets.emplace_back();
        m_lastBytes = 0;
    }
    m_lastBytes += bytes;
    m_buckets.back().parameters.push_back(parameter);
    torch::autograd::impl::set_post_acc_grad_hooks(
        parameter, std::make_unique<Hook>(*this, m_buckets.size() - 1));
}

void GradientAverage::noteComplete(std::size_t bucket)
{
    if (!m_isFinal) {
        return;
    }
    ++m_buckets[bucket].complete;
    while (m_begun < m_buckets.size()
           && m_buckets[m_begun].complete == m_buckets[m_begun].parameters.size()) {
        begin(m_buckets[m_begun]);
    }
}

void GradientAverage::begin(Bucket& bucket)
{
    ++m_begun;
    std::vector<Tensor> flat;
    for (const Tensor& parameter : bucket.parameters) {
        if (parameter.grad().defined()) {
            bucket.gradients.push_back(parameter.grad());
            flat.push_back(parameter.grad().reshape({-1}));
        }
    }
    if (!flat.empty()) {
        bucket.sum = torch::cat(flat);
        bucket.isSummed = m_replicas.beginAllReduceSum(bucket.sum);
    }
}

void GradientAverage::end(Bucket& bucket)
{
    if (bucket.isSummed.valid()) {
        bucket.isSummed.get();
        bucket.sum.div_(m_replicas.worldSize());
        std::int64_t at = 0;
        for (Tensor& gradient : bucket.gradients) {
            gradient.copy_(bucket.sum.narrow(0, at, gradient.numel()).view(gradient.sizes()));
            at += gradient.numel();
        }
    }
    bucket.complete = 0;
    bucket.gradients.clear();
    bucket.sum.reset();
}

void GradientAverage::finish()
{
    const torch::NoGradGuard noGradient;
    while (m_begun < m_buckets.size()) {
        begin(m_buckets[m_begun]);
    }
    for (Bucket& bucket : m_buckets) {
        end(bucket);
    }
    m_begun = 0;
    m_isFinal = false;
}

} // namespace mocoscope::training
