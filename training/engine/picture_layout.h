// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "training/engine/picture_files.h"

namespace mocoscope::training {

/// Lays the images of stored features out by t-SNE and writes what comes of it, both in the folder
/// of the request. May throw what LibTorch throws.
[[nodiscard]] Result<StoredTsne> layOutPicture(const PictureRequest& request,
                                               const StoredFeatures& features,
                                               const PictureProgress& progress,
                                               const std::stop_token& stop,
                                               std::vector<Artifact>& written);

} // namespace mocoscope::training
