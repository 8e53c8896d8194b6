// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/api/unused_options.h"

#include "training/api/method_shape.h"
#include "training/api/task.h"

#include <algorithm>
#include <initializer_list>
#include <string_view>

namespace mocoscope::training {

namespace {

bool isAnyOf(const std::string& name, std::initializer_list<std::string_view> names)
{
    return std::ranges::find(names, name) != names.end();
}

/// As a person reads it: "SimCLR".
std::string titleOf(const char* key, const std::string& value)
{
    const auto& choices = findField(key)->choices;
    const auto found = std::ranges::find(choices, value, &FieldChoice::value);
    return found == choices.end() ? value : found->label;
}

bool isUsedByMethod(const std::string& key, const MethodConfig& method)
{
    if (key == "method.temperature") {
        return method.name != "byol";
    }
    if (key.starts_with("method.momentum")) {
        return methodShape(method, 1).hasMomentumEncoder;
    }
    if (key.starts_with("method.predictor_")) {
        return isAnyOf(method.name, {"moco_v3", "byol"});
    }
    if (key == "method.queue_size") {
        return isAnyOf(method.name, {"moco_v1", "moco_v2"});
    }
    const bool isOfSwav = key == "method.prototypes" || key == "method.freeze_prototypes_epochs"
        || key.starts_with("method.sinkhorn_");
    return !isOfSwav || method.name == "swav";
}

bool isUsedByOptimizer(const std::string& key, const OptimizerConfig& optimizer)
{
    if (isAnyOf(key, {"optimizer.beta1", "optimizer.beta2", "optimizer.epsilon"})) {
        return isAnyOf(optimizer.name, {"adamw", "lamb"});
    }
    if (key == "optimizer.momentum") {
        return isAnyOf(optimizer.name, {"sgd", "lars"});
    }
    return key != "optimizer.trust_coefficient" || optimizer.name == "lars";
}

/// Who passes over the option; empty: nobody.
std::string passedOverBy(const std::string& key, const TrainingConfig& config)
{
    if (!isUsedByMethod(key, config.method)) {
        return titleOf("method.name", config.method.name);
    }
    if (!isUsedByOptimizer(key, config.optimizer)) {
        return titleOf("optimizer.name", config.optimizer.name);
    }
    if (key.starts_with("optimizer.step_") && config.optimizer.schedule != "step") {
        return "optimizer.schedule = " + config.optimizer.schedule;
    }
    return {};
}

} // namespace

std::vector<Violation> unusedOptions(const TrainingConfig& config, const TrainingConfig& reference)
{
    std::vector<Violation> unused;
    if (isEvaluation(config)) {
        return unused;
    }
    for (const FieldDescription& field : configFields()) {
        const FieldValue value = field.get(config);
        const std::string by = value == field.defaultValue || value == field.get(reference)
            ? std::string()
            : passedOverBy(field.key, config);
        if (!by.empty()) {
            unused.push_back(
                {field.key, toText(value), "has no effect: " + by + " does not use it"});
        }
    }
    return unused;
}

} // namespace mocoscope::training
