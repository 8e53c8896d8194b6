// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "training/api/result.h"
#include "training/api/training_config.h"

#include <span>
#include <string>
#include <string_view>

namespace mocoscope::training {

/// A named starting point; made from resources/presets/*.json at build time.
struct Preset
{
    std::string name; ///< `demo`
    std::string title; ///< for people
    std::string summary; ///< what it is good for, how long it takes, on which machine
    TrainingConfig config;
};

/// In the order in which they are offered; `demo` comes first.
[[nodiscard]] std::span<const Preset> presets();
/// The error names the presets that there are.
[[nodiscard]] Result<Preset> findPreset(std::string_view name);

} // namespace mocoscope::training
