// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "training/interchange/whole_file_writer.h"

#include <torch/torch.h>

namespace mocoscope::training {

/// Writes a tensor as NumPy's .npy, version 1.0, little-endian, in C order: fp32 and fp64, int64,
/// int32, uint8. At any moment there is the old file, the new one or none.
/// Source of the format: numpy/lib/format.py.
[[nodiscard]] Result<WrittenFile> writeNpy(const std::filesystem::path& file,
                                           const torch::Tensor& tensor);

/// Reads what writeNpy() writes; header, shape and the file's size are checked before memory is
/// taken. Object arrays, which are pickles, are refused like every other type.
[[nodiscard]] Result<torch::Tensor> readNpy(const std::filesystem::path& file);

} // namespace mocoscope::training
