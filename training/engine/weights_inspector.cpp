// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/engine/weights_inspector.h"

#include "training/api/config_schema.h"
#include "training/api/method_shape.h"
#include "training/api/task.h"
#include "training/engine/initial_weights.h"

#include <exception>

namespace mocoscope::training {

namespace {

class Inspector final : public WeightsInspector
{
public:
    [[nodiscard]] Result<void> check(const TrainingConfig& config) override
    {
        if (config.model.initialWeights.empty() || !validate(config).empty()) {
            return {};
        }
        try {
            const auto backbone
                = makeBackbone(config.model, at::make_generator<at::CPUGeneratorImpl>(0));
            const bool needsMomentum = !isEvaluation(config)
                && methodShape(config.method, backbone->featureWidth()).hasMomentumEncoder;
            return checkWeights(config.model.initialWeights, *backbone, needsMomentum);
        } catch (const std::exception& error) { // of the tensor library, as out of memory
            return failure(ErrorCode::Internal, config.model.initialWeights + " cannot be checked",
                           error.what());
        }
    }
};

} // namespace

std::unique_ptr<WeightsInspector> makeWeightsInspector()
{
    return std::make_unique<Inspector>();
}

} // namespace mocoscope::training
