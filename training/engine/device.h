// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "training/api/result.h"

#include <torch/torch.h>

#include <string>
#include <vector>

namespace mocoscope::training {

/// The devices of train.device, one a replica; each is there.
[[nodiscard]] Result<std::vector<torch::Device>> resolveDevices(const std::string& text);
/// The first of them.
[[nodiscard]] Result<torch::Device> resolveDevice(const std::string& text);
/// "CPU AMD EPYC 9554, 2 threads"; "cuda:0 NVIDIA H200".
[[nodiscard]] std::string describeDevice(const torch::Device& device);
/// "CPU AMD EPYC 9554, 4 threads, 2 replicas"; "cuda:0 NVIDIA H200, cuda:1 NVIDIA H200".
[[nodiscard]] std::string describeDevices(const std::vector<torch::Device>& devices);
/// Where the GPUs among them are, "0000:3b:00.0" each: names that the driver has for them, too.
[[nodiscard]] std::vector<std::string> busIds(const std::vector<torch::Device>& devices);
/// Whether bf16 is known to be faster than fp32 there.
[[nodiscard]] bool isFastInBf16(const torch::Device& device);
/// The processor's name as the system reports it; "CPU" when it does not.
[[nodiscard]] std::string processorName();
/// "mocoscope 0.1.0, LibTorch 2.11.0"
[[nodiscard]] std::string describeSoftware();

/// Keeps freed tensor memory in the process for the next step. Without this, each large tensor is
/// mapped and zeroed by the kernel again at every step. Once, before the first thread is started.
void keepTensorMemory();

} // namespace mocoscope::training
