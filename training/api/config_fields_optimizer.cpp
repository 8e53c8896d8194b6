// SPDX-License-Identifier: GPL-3.0-or-later
// The table of all options, the part on the optimizer.
#include "training/api/config_rows.h"

namespace mocoscope::training::config_rows {

namespace {

void addSchedule(Rows& rows, const std::string& group)
{
    using O = OptimizerConfig;
    rows.push_back(Row("optimizer.schedule", &T::optimizer, &O::schedule, group, "Schedule",
                       "How the learning rate goes on after warm-up.")
                       .choices({{"cosine", "half a cosine to 0"},
                                 {"constant", "constant"},
                                 {"step", "step: falls at given epochs"}})
                       .advanced()
                       .take());
    rows.push_back(Row("optimizer.step_epochs", &T::optimizer, &O::stepEpochs, group,
                       "Falls at epochs",
                       "Of the step schedule: rising epochs, counted from the start of the run, "
                       "separated by commas.")
                       .advanced()
                       .take());
    rows.push_back(Row("optimizer.step_factor", &T::optimizer, &O::stepFactor, group,
                       "Falls by factor", "What the step schedule multiplies the rate by.")
                       .range(1e-6, 1)
                       .advanced()
                       .take());
}

void addGradientTreatment(Rows& rows, const std::string& group)
{
    using O = OptimizerConfig;
    rows.push_back(
        Row("optimizer.decay_exclusions", &T::optimizer, &O::decayExclusions, group,
            "Spared from decay",
            "Which parameters weight decay leaves alone, besides those that LARS always spares.")
            .choices({{"none", "none"},
                      {"vectors", "biases and norms"},
                      {"vectors_and_tokens", "biases, norms, class token, positions"}})
            .advanced()
            .take());
    rows.push_back(
        Row("optimizer.clip_norm", &T::optimizer, &O::clipNorm, group, "Clip norm",
            "Largest L2 norm of all gradients together; takes the place of the limit of 1 "
            "that LAMB has otherwise. The recorded gradients are those before clipping.")
            .range(0, 1e9)
            .zeroMeans("not clipped")
            .advanced()
            .take());
    rows.push_back(Row("optimizer.clip_value", &T::optimizer, &O::clipValue, group, "Clip value",
                       "Largest size of each element of a gradient, cut before the norm is.")
                       .range(0, 1e9)
                       .zeroMeans("not clipped")
                       .advanced()
                       .take());
}

} // namespace

void addOptimizer(Rows& rows)
{
    using O = OptimizerConfig;
    const std::string group = "Optimizer";
    rows.push_back(
        Row("optimizer.name", &T::optimizer, &O::name, group, "Optimizer",
            "AdamW is the study's choice for ViT.")
            .choices({{"adamw", "AdamW"}, {"lars", "LARS"}, {"lamb", "LAMB"}, {"sgd", "SGD"}})
            .take());
    rows.push_back(Row("optimizer.lr", &T::optimizer, &O::lr, group, "Learning rate",
                       "The applied rate is this times batch / 256, after warm-up.")
                       .range(0, 1000)
                       .unit("per 256 images")
                       .symbol("lr")
                       .take());
    rows.push_back(
        Row("optimizer.weight_decay", &T::optimizer, &O::weightDecay, group, "Weight decay",
            "Of every parameter, as the authors' AdamW does, but for what is spared below; "
            "LARS always spares biases and norms.")
            .range(0, 10)
            .symbol("wd")
            .take());
    rows.push_back(Row("optimizer.beta1", &T::optimizer, &O::beta1, group, "Beta 1",
                       "Decay of the mean gradient in AdamW and LAMB.")
                       .range(0, 0.999999)
                       .symbol("β₁")
                       .advanced()
                       .take());
    rows.push_back(Row("optimizer.beta2", &T::optimizer, &O::beta2, group, "Beta 2",
                       "Decay of the mean squared gradient in AdamW and LAMB.")
                       .range(0, 0.9999999)
                       .symbol("β₂")
                       .advanced()
                       .take());
    rows.push_back(Row("optimizer.epsilon", &T::optimizer, &O::epsilon, group, "Epsilon",
                       "Added to the root of the mean squared gradient in AdamW and LAMB.")
                       .range(1e-16, 1)
                       .symbol("ε")
                       .advanced()
                       .take());
    rows.push_back(Row("optimizer.momentum", &T::optimizer, &O::momentum, group, "Momentum",
                       "Momentum of SGD and LARS.")
                       .range(0, 0.999999)
                       .advanced()
                       .take());
    rows.push_back(Row("optimizer.trust_coefficient", &T::optimizer, &O::trustCoefficient, group,
                       "Trust coefficient", "Scale of LARS's rate for each layer.")
                       .range(1e-9, 10)
                       .advanced()
                       .take());
    addSchedule(rows, group);
    addGradientTreatment(rows, group);
}

} // namespace mocoscope::training::config_rows
