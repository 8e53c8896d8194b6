// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "training/data/file_store.h"
#include "training/data/image_layout.h"

namespace mocoscope::training {

/// Reads CIFAR-10's or CIFAR-100's binary version (fine labels) into memory. Limits keep the first
/// images of each class, in the files' order; 0: all.
[[nodiscard]] Result<DatasetPair> readCifar(const FileStore& store, const CifarPlace& place,
                                            std::int64_t trainLimit, std::int64_t testLimit);

} // namespace mocoscope::training
