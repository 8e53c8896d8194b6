// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "training/data/dataset.h"

#include <filesystem>
#include <stop_token>

namespace mocoscope::training {

/// True for .tar.gz, .tgz and the endings of the other compressions that are known.
[[nodiscard]] bool isCompressedTar(const std::filesystem::path& path);

/// The uncompressed tar archive of a compressed one, unpacked the first time it is asked for. It
/// lies in $XDG_CACHE_HOME/mocoscope (else ~/.cache/mocoscope) under a name made of path, size and
/// time of change, and replaces that of an earlier version. A name in the archive never becomes a
/// name on the disk. Progress is in bytes of the compressed archive.
[[nodiscard]] Result<std::filesystem::path> unpackedArchive(const std::filesystem::path& archive,
                                                            const std::stop_token& stop,
                                                            const ListingProgress& progress);

} // namespace mocoscope::training
