// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/session/run_library.h"

#include <filesystem>
#include <stop_token>
#include <string>
#include <vector>

namespace mocoscope::ui {

/// Deletes what is in the trash, with the folders of its runs. On the connection's thread.
void emptyTrash(storage::Database& database);

/// Whether a run is told to be on although its process has died. On the connection's thread.
[[nodiscard]] bool isARunLeftOn(storage::Database& database);

/// On the connection's thread.
[[nodiscard]] storage::Result<std::vector<RunCurves>>
readRunCurves(storage::Database& database, const std::vector<storage::RunId>& runs,
              const std::vector<std::string>& metrics, const std::stop_token& stop);

/// Those that exist, the newest first. On the connection's thread.
[[nodiscard]] storage::Result<std::vector<ListedCheckpoint>>
listCheckpoints(storage::Database& database, storage::RunId run);

/// On the connection's thread.
[[nodiscard]] storage::Result<RunPictures> listPictures(storage::Database& database,
                                                        storage::RunId run);

} // namespace mocoscope::ui
