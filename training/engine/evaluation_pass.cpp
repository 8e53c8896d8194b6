// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/engine/evaluation_pass.h"

namespace mocoscope::training {

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
    if (bank->vectors.size(0) > 1) {
        result.signs = collapseSigns(bank->vectors);
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

} // namespace mocoscope::training
