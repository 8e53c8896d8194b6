// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "training/api/seed_groups.h"

#include <cstdint>
#include <optional>
#include <string>

// Numbers and times as people read them outside the window.
namespace mocoscope::storage {

/// `21 s`, `3:21`, `1:02:03`, `2 d 03:04`; negative durations give `-`.
[[nodiscard]] std::string formatDuration(std::int64_t milliseconds);
/// `512 B`, `3.4 MB` (powers of 1000).
[[nodiscard]] std::string formatBytes(std::int64_t bytes);
/// Five significant digits; `-` when there is none.
[[nodiscard]] std::string formatNumber(std::optional<double> value);
/// The same with a sign: `+0.125`.
[[nodiscard]] std::string formatDifference(std::optional<double> value);
/// The same with a deviation of two digits, where there is one: `+0.125 ± 0.031`.
[[nodiscard]] std::string formatDifference(std::optional<double> value,
                                           std::optional<double> deviation);
/// The shortest text that reads back as the same number; `nan` for what is not finite.
[[nodiscard]] std::string exactNumber(double value);
/// `62.1 ± 0.84 (3)`: mean, deviation with two digits, number of values; without a deviation where
/// there is one value only.
[[nodiscard]] std::string formatSpread(const std::optional<training::Spread>& spread);
/// As it was published: `76.5 %`; `-` when there is none.
[[nodiscard]] std::string formatPublished(std::optional<double> value, const std::string& unit);
/// Local time to the minute: `2026-11-24 09:30`; `-` when there is none.
[[nodiscard]] std::string formatTime(std::optional<std::int64_t> utcMilliseconds);
/// `2026-11-24T08:30:00.000Z`.
[[nodiscard]] std::string isoTime(std::int64_t utcMilliseconds);

} // namespace mocoscope::storage
