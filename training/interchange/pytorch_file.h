// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "training/interchange/safetensors.h"

namespace mocoscope::training {

/// Reads the weights of a file that torch.save() wrote: .pth.tar, .pth, .pt, as zip archive or in
/// the older format of one pickle and raw storages. Takes the dictionary under `state_dict` or
/// `model`, else the whole one; texts and whole numbers beside it become metadata. The optimizer's
/// state is not read. No pickle is executed, see readPickle(); sizes, offsets and strides are
/// checked against the file before memory is taken. Tensors may share memory.
[[nodiscard]] Result<TensorFile> readPytorchFile(const std::filesystem::path& file);

/// Reads weights of any format, which the file's first bytes tell: safetensors or PyTorch's.
[[nodiscard]] Result<TensorFile> readWeights(const std::filesystem::path& file);

} // namespace mocoscope::training
