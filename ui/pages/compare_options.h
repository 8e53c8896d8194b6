// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "training/api/config_schema.h"

#include <QString>

#include <optional>
#include <string>

namespace mocoscope::ui {

/// How people call an option: `Learning rate`; its key where it has no such name or is not known.
[[nodiscard]] QString optionTitle(const std::string& key);
/// A value as short as it can be told, without its unit: `0.0003`, `vit_small`.
[[nodiscard]] QString optionValueText(const training::FieldValue& value);
/// The same of a value as it is written in a file.
[[nodiscard]] QString optionValueText(const std::string& key, const std::string& value);
/// Of a number, whole or not; empty for others.
[[nodiscard]] std::optional<double> optionNumber(const training::FieldValue& value);
/// With its unit: `0.0003 per 256 images`; `?` when the key is not known.
[[nodiscard]] QString optionText(const std::string& key, const training::TrainingConfig& config);

} // namespace mocoscope::ui
