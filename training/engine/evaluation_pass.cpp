// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/engine/evaluation_pass.h"

namespace mocoscope::training {

EvaluationPass::EvaluationPass(TrainingSetup& setup, const TrainingConfig& config,
                               Precision precision, EventSink& events, const RunControl& control)
    : m_setup(setup)
    , m_config(config)
    , m_precision(precision)
    , m_events(events)
    , m_control(control)
{
}

Result<EvaluationResult> EvaluationPass::run()
{
    const EvaluationConfig& config = m_config.evaluation;
    const std::int64_t bankImages = config.knnBankLimit > 0
        ? std::min(config.knnBankLimit, m_setup.facts.trainImages)
        : m_setup.facts.trainImages;
    const std::int64_t total = bankImages + m_setup.facts.testImages;
    const Result<LabelledFeatures> bank = extract(m_setup.data.train, bankImages, 0, total);
    if (!bank) {
        return tl::unexpected(bank.error());
    }
    EvaluationResult result;
    if (bank->vectors.size(0) > 1) {
        result.signs = collapseSigns(bank->vectors);
    }
    const std::int64_t classes = m_setup.facts.classes;
    if (classes > 0 && m_setup.data.test && bank->vectors.size(0) > 0) {
        const Result<LabelledFeatures> test = extract(m_setup.data.test, 0, bankImages, total);
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
    m_events.publish(Progress {});
    return result;
}

Result<LabelledFeatures> EvaluationPass::extract(const std::shared_ptr<const Dataset>& dataset,
                                                 std::int64_t limit, std::int64_t before,
                                                 std::int64_t total)
{
    return extractFeatures(m_setup.method->backbone(), dataset, m_config,
                           {m_precision, m_setup.device, limit}, [&](std::int64_t done) {
                               m_events.publish(Progress {"evaluating", before + done, total});
                               return !m_control.isStopRequested();
                           });
}

} // namespace mocoscope::training
