// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "storage/exchange/report.h"

#include <string>

// Inside only: the sections of a report, each as HTML; empty where there is nothing to tell.
namespace mocoscope::storage {

/// Class of a run's colour and dashes; the style sheet gives it both.
[[nodiscard]] std::string runClass(std::size_t run);
/// `<style>` of the page.
[[nodiscard]] std::string styleSheet(const Report& report);

[[nodiscard]] std::string runsSection(const Report& report);
[[nodiscard]] std::string optionsSection(const Report& report);
[[nodiscard]] std::string figuresSection(const Report& report);
[[nodiscard]] std::string meansSection(const Report& report);
[[nodiscard]] std::string publishedSection(const Report& report);
[[nodiscard]] std::string plotsSection(const Report& report);
[[nodiscard]] std::string notesSection(const Report& report);
[[nodiscard]] std::string eventsSection(const Report& report);
[[nodiscard]] std::string configurationsSection(const Report& report);

} // namespace mocoscope::storage
