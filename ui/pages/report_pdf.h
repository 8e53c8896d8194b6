// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "storage/database.h"

#include <filesystem>

namespace mocoscope::storage {
struct Report;
}

namespace mocoscope::ui {

/// Writes a report as PDF, on the paper that is usual where the user lives (A4 or Letter), with
/// plots as paths and numbered pages. The file is replaced once all of it is written. On any
/// thread of a program with a QGuiApplication.
[[nodiscard]] storage::Result<void> writeReportPdf(const storage::Report& report,
                                                   const std::filesystem::path& file);

} // namespace mocoscope::ui
