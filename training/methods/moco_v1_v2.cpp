// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/methods/moco_v1_v2.h"

#include "training/methods/unit_rows.h"

#include <algorithm>

namespace mocoscope::training {

using torch::Tensor;

MocoV1V2::MocoV1V2(const TrainingConfig& config)
    : EncoderMethod(config)
    , m_temperature(config.method.temperature)
{
    const Tensor drawn
        = torch::empty({shape().queue, shape().projector.output}).normal_(0, 1, generator());
    m_queue = register_buffer("queue", unitRows(drawn));
    m_next = register_buffer("queue_ptr", torch::zeros({1}, torch::kInt64));
}

Tensor MocoV1V2::loss(const TwoViews& query, const TwoViews& key, Precision precision,
                      const LayerObserver& observe)
{
    const Tensor q = queries(query, precision, observe).first;
    const Tensor k = keys(key, precision).second;
    m_newKeys = gatherRows(unitRows(k), replicas());
    return queueLoss(q, k, m_queue, m_temperature);
}

void MocoV1V2::afterUpdate()
{
    enqueue(m_queue, m_next, m_newKeys);
}

Tensor queueLoss(const Tensor& q, const Tensor& k, const Tensor& queue, double temperature)
{
    const Tensor query = unitRows(q);
    const Tensor positive = at::einsum("nd,nd->n", {query, unitRows(k)}).unsqueeze(1); // [N, 1]
    const Tensor negative = at::mm(query, queue.t()); // [N, K]
    const Tensor logits = torch::cat({positive, negative}, 1) / temperature;
    const Tensor labels
        = torch::zeros({q.size(0)}, torch::TensorOptions().dtype(torch::kInt64).device(q.device()));
    return torch::nn::functional::cross_entropy(logits, labels);
}

void enqueue(Tensor& queue, Tensor& next, const Tensor& keys)
{
    const torch::NoGradGuard noGradient;
    const std::int64_t from = next.item<std::int64_t>();
    const std::int64_t to = std::min(from + keys.size(0), queue.size(0));
    queue.slice(0, from, to).copy_(keys.slice(0, 0, to - from));
    next.fill_(to == queue.size(0) ? 0 : to);
}

} // namespace mocoscope::training
