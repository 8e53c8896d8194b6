// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/engine/evaluation_pass.h"

namespace mocoscope::training {

void appendValues(const EvaluationResult& result, const MetricBoard& board,
                  std::vector<MetricValue>& values)
{
    if (result.accuracy) {
        values.push_back(board.value("eval/knn_top1", 100 * result.accuracy->top1));
        values.push_back(board.value("eval/knn_top5", 100 * result.accuracy->top5));
    }
    if (result.signs) {
        values.push_back(board.value("eval/feature_std", result.signs->featureDeviation));
        values.push_back(board.value("eval/effective_rank", result.signs->effectiveRank));
        values.push_back(board.value("eval/uniformity", result.signs->uniformity));
        values.push_back(board.value("eval/dead_dimensions", 100 * result.signs->deadShare));
    }
    if (result.alignment) {
        values.push_back(board.value("eval/alignment", *result.alignment));
    }
}

EvaluationPass::EvaluationPass(FeatureSource source, const DatasetPair& data)
    : m_source(source)
    , m_data(data)
{
}

Result<EvaluationResult> EvaluationPass::run()
{
    const EvaluationConfig& config = m_source.config.evaluation;
    const std::int64_t trainImages = m_data.train->size();
    const std::int64_t bankImages
        = config.knnBankLimit > 0 ? std::min(config.knnBankLimit, trainImages) : trainImages;
    const std::int64_t total = bankImages + (m_data.test ? m_data.test->size() : 0);
    const auto bank = extractFeatures(m_source, m_data.train, {bankImages, 0, total});
    if (!bank) {
        return tl::unexpected(bank.error());
    }
    EvaluationResult result;
    if (const auto measured = measureCollapse(bank->vectors, result); !measured) {
        return tl::unexpected(measured.error());
    }
    const auto classes = static_cast<std::int64_t>(m_data.train->classNames().size());
    if (classes > 0 && m_data.test && bank->vectors.size(0) > 0) {
        const auto test = extractFeatures(m_source, m_data.test, {0, bankImages, total});
        if (!test) {
            return tl::unexpected(test.error());
        }
        if (test->vectors.size(0) > 0) {
            const torch::Tensor votes
                = knnVotes(bank->vectors, bank->labels, test->vectors, classes,
                           config.knnNeighbours, config.knnTemperature);
            result.accuracy = knnAccuracy(votes, test->labels);
        }
    }
    m_source.events.publish(Progress {});
    return result;
}

Result<void> EvaluationPass::measureCollapse(const torch::Tensor& bank, EvaluationResult& result)
{
    constexpr std::int64_t viewedImages = 256;
    if (bank.size(0) < 2) {
        return {};
    }
    result.signs = collapseSigns(bank);
    const auto views = extractViewFeatures(
        m_source.backbone, m_data.train, m_source.config,
        {precisionOf(m_source.config, m_source.device), m_source.device, viewedImages});
    if (!views) {
        return tl::unexpected(views.error());
    }
    result.alignment = alignment(views->first, views->second);
    return {};
}

} // namespace mocoscope::training
