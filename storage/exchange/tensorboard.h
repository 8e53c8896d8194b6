// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "storage/exchange/whole_run.h"
#include "storage/run_import.h"

#include <filesystem>
#include <vector>

namespace mocoscope::storage {

/// Writes a run as an event file into `folder`, which is made when missing, and returns its name.
/// Curves become scalars of the same names (fp32, as TensorBoard keeps them), epochs the scalar
/// `epoch`, options and notes texts. The file of an earlier export of the run is replaced; a folder
/// that holds event files of anything else is refused, because TensorBoard would mix them.
[[nodiscard]] Result<std::filesystem::path> writeTensorBoard(const WholeRun& run,
                                                             const std::filesystem::path& folder);

/// Reads an event file, or a folder of them: all in one folder are one run (a resumed run begins
/// another file), folders below it are further runs. Scalars become curves; `loss` and `lr`, as the
/// authors of MoCo v3 write them, become `train/loss` and `train/lr`.
[[nodiscard]] Result<std::vector<ImportedRun>> readTensorBoard(const std::filesystem::path& path);

/// Whether the file begins with a record as event files have them.
[[nodiscard]] bool isEventFile(const std::filesystem::path& file);

/// Reads whatever can be imported: event files and folders of them, CSV. `name` (may be empty) is
/// given to the run, or stands before the names of several.
[[nodiscard]] Result<std::vector<ImportedRun>> readForImport(const std::filesystem::path& path,
                                                             const std::string& name);

/// `name` as part of a file's name: letters, digits, `.`, `-` and `_`.
[[nodiscard]] std::string fileNamePart(const std::string& name);

} // namespace mocoscope::storage
