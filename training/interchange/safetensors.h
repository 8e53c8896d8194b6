// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "training/api/result.h"
#include "training/interchange/whole_file_writer.h"

#include <torch/torch.h>

#include <filesystem>
#include <functional>
#include <map>
#include <string>
#include <utility>
#include <vector>

namespace mocoscope::training {

/// A safetensors file in memory: named CPU tensors and a map of texts.
struct TensorFile
{
    std::map<std::string, torch::Tensor> tensors;
    std::map<std::string, std::string> metadata;
};

/// Says by its name whether a tensor is to be read; empty: all are.
using WantedTensors = std::function<bool(const std::string& name)>;

/// Reads a file. The header is checked before anything is allocated: its size, each tensor's name,
/// type, shape and place in the file, overlaps and gaps. F64, F32, F16, BF16, I64, I32, I16, I8,
/// U8, BOOL.
[[nodiscard]] Result<TensorFile> readSafetensors(const std::filesystem::path& file,
                                                 const WantedTensors& isWanted = {});

/// At any moment there is the old file, the new one or none. Tensors are copied to the CPU.
[[nodiscard]] Result<WrittenFile>
writeSafetensors(const std::filesystem::path& file,
                 const std::vector<std::pair<std::string, torch::Tensor>>& tensors,
                 const std::map<std::string, std::string>& metadata);

} // namespace mocoscope::training
