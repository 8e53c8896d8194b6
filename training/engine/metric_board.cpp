// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/engine/metric_board.h"

#include <algorithm>
#include <cassert>

namespace mocoscope::training {

namespace {

std::vector<MetricDescription> pretrainingMetrics()
{
    std::vector<MetricDescription> metrics {{"train/loss", ""},       {"train/lr", ""},
                                            {"train/momentum", ""},   {"train/grad_norm", ""},
                                            {"train/loss_scale", ""}, {"train/images_per_s", "1/s"},
                                            {"train/step_s", "s"},    {"train/data_wait_s", "s"}};
    for (MetricDescription& metric : evaluationMetrics()) {
        metrics.push_back(std::move(metric));
    }
    return metrics;
}

} // namespace

std::vector<MetricDescription> evaluationMetrics()
{
    return {{"eval/knn_top1", "%"},       {"eval/knn_top5", "%"}, {"eval/feature_std", ""},
            {"eval/effective_rank", ""},  {"eval/alignment", ""}, {"eval/uniformity", ""},
            {"eval/dead_dimensions", "%"}};
}

MetricBoard::MetricBoard(const std::vector<std::string>& layers)
    : MetricBoard(pretrainingMetrics(), layers)
{
}

MetricBoard::MetricBoard(std::vector<MetricDescription> metrics,
                         const std::vector<std::string>& layers)
    : m_metrics(std::move(metrics))
    , m_firstGradient(static_cast<std::uint32_t>(m_metrics.size()))
    , m_layers(static_cast<std::uint32_t>(layers.size()))
{
    for (const std::string& layer : layers) {
        m_metrics.push_back({"grad/l2/" + layer, ""});
    }
    for (const std::string& layer : layers) {
        m_metrics.push_back({"grad/max/" + layer, ""});
    }
}

std::uint32_t MetricBoard::add(const std::vector<MetricDescription>& metrics)
{
    const auto first = static_cast<std::uint32_t>(m_metrics.size());
    m_metrics.insert(m_metrics.end(), metrics.begin(), metrics.end());
    return first;
}

MetricValue MetricBoard::value(std::string_view name, double value) const
{
    const auto found = std::find_if(m_metrics.begin(), m_metrics.end(),
                                    [name](const MetricDescription& m) { return m.name == name; });
    assert(found != m_metrics.end());
    return {static_cast<std::uint32_t>(found - m_metrics.begin()), value};
}

void MetricBoard::appendGradients(const float* l2, const float* largest,
                                  std::vector<MetricValue>& values) const
{
    for (std::uint32_t i = 0; i < m_layers; ++i) {
        values.push_back({m_firstGradient + i, static_cast<double>(l2[i])});
    }
    for (std::uint32_t i = 0; i < m_layers; ++i) {
        values.push_back({m_firstGradient + m_layers + i, static_cast<double>(largest[i])});
    }
}

} // namespace mocoscope::training
