// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "training/api/training_config.h"

#include <cstdint>

namespace mocoscope::training {

/// The dimensions of a projection or prediction head.
struct HeadShape
{
    std::int64_t input = 0;
    std::int64_t hidden = 0;
    std::int64_t output = 0;
    std::int64_t layers = 0; ///< 0: there is no such head
    bool normaliseHidden = true; ///< BN after the hidden layers; without it all layers have biases
    bool normaliseOutput = true; ///< BN without γ, β on the output
    [[nodiscard]] std::int64_t parameters() const;
    bool operator==(const HeadShape&) const = default;
};

/// What a framework has beside its backbone: the modules are built from it, the estimate counts
/// with it.
struct MethodShape
{
    HeadShape projector;
    HeadShape predictor;
    bool hasMomentumEncoder = false; ///< a second backbone and projector, without gradient
    bool isOneDirection = false; ///< queries of the first view, keys of the second view only
    std::int64_t prototypes = 0; ///< vectors [prototypes, output] that learn
    std::int64_t queue = 0; ///< vectors [queue, output] that are kept from step to step
    /// Those that learn.
    [[nodiscard]] std::int64_t parameters() const;
};

/// The parts of the framework `config.name` on a backbone with features of this width.
[[nodiscard]] MethodShape methodShape(const MethodConfig& config, std::int64_t featureWidth);

/// How many similarities the loss of a batch of so many images makes, at once.
[[nodiscard]] double comparedPairs(const MethodConfig& config, std::int64_t images);

} // namespace mocoscope::training
