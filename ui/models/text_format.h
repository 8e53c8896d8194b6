// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "storage/run_record.h"
#include "training/api/config_schema.h"

#include <QString>

#include <optional>
#include <string>

namespace mocoscope::ui {

/// `-` where there is nothing to be shown.
inline const QString nothingText = QStringLiteral("\u2013");

/// `running` as a person reads it: "Running".
[[nodiscard]] QString stateName(training::RunState state);
/// Name of its icon in resources/icons.
[[nodiscard]] QString stateIconName(training::RunState state);

/// "48 s", "2 min 05 s", "1 h 02 min", "3 d 4 h".
[[nodiscard]] QString durationText(std::int64_t milliseconds);
/// Grouped as the locale does.
[[nodiscard]] QString countText(std::int64_t count);
/// "21.7 M", "4.61 G": three digits.
[[nodiscard]] QString compactText(double value);
/// "480 of 1,200", all where the run is finished.
[[nodiscard]] QString stepsText(const storage::RunRecord& run);
/// "1.2 GiB".
[[nodiscard]] QString bytesText(double bytes);
/// "62.1 %".
[[nodiscard]] QString percentText(std::optional<double> percent);
/// Four digits.
[[nodiscard]] QString lossText(std::optional<double> loss);
/// Local time, "2 Mar 14:05"; with the year unless it is this one.
[[nodiscard]] QString timeText(std::optional<storage::UtcMilliseconds> time);

/// What the engine says of an option (label, help, unit, name of a choice), in the window's
/// language.
[[nodiscard]] QString optionWord(const std::string& english);
/// What is said of a preset or a sweep that comes with the program, in the window's language.
[[nodiscard]] QString presetWord(const std::string& english);
/// A value as a field shows it: small and large real numbers as `1.5e-4`. parseField() reads it.
[[nodiscard]] QString fieldText(const training::FieldValue& value);

} // namespace mocoscope::ui
