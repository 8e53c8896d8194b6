// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "training/api/presets.h"
#include "training/api/training_config.h"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace mocoscope::training {

/// A published result: never measured here, never part of a mean. From
/// resources/reference/study.json.
struct StudyValue
{
    StudySetting study;
    std::string metric; ///< `linear_top1`, `finetune_top1`, `transfer_top1`, `hours_per_100_epochs`
    std::string unit; ///< "%" or "h"
    std::string label; ///< whose, and of what: `paper (ImageNet, linear probing)`
    std::string note; ///< what the study says of it; may be empty
    double value = 0;
};

/// A table or figure of the study.
struct StudyRow
{
    std::string name; ///< `frameworks-vit-small`
    std::string title;
    std::vector<std::string> options; ///< keys in which its settings differ
    std::vector<StudyValue> values;
};

/// In the study's order.
[[nodiscard]] std::span<const StudyRow> studyRows();
/// Nullptr when there is no such row.
[[nodiscard]] const StudyRow* findStudyRow(std::string_view name);

/// What the study reports for a run that started from `preset` and has the options `config`. Empty
/// unless the preset stands for a row of the study, and the options that make its settings are
/// still those of one of them.
[[nodiscard]] std::vector<StudyValue> studyValues(std::string_view preset,
                                                  const TrainingConfig& config);

} // namespace mocoscope::training
