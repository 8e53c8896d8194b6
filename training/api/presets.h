// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "training/api/result.h"
#include "training/api/training_config.h"

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace mocoscope::training {

/// A row of the study's results and one of its settings, see study_reference.h.
struct StudySetting
{
    std::string row; ///< `frameworks-vit-small`
    std::string setting; ///< `SimCLR`
    bool operator==(const StudySetting&) const = default;
};

/// A named starting point; made from resources/presets/*.json at build time. A file there holds
/// one preset, or a group of families that share a base: resources/presets/README.md.
struct Preset
{
    std::string name; ///< `demo`
    std::string title; ///< for people
    std::string group; ///< heading under which it is offered
    std::string summary; ///< what it is good for, how long it takes, on which machine
    std::optional<StudySetting> study; ///< what of the study it redoes, at its own scale
    TrainingConfig config;
};

/// In the order in which they are offered, those of a group together; `demo` comes first.
[[nodiscard]] std::span<const Preset> presets();
/// The error names those that stand for no figure of the study, and counts the others.
[[nodiscard]] Result<Preset> findPreset(std::string_view name);

} // namespace mocoscope::training
