// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <torch/torch.h>

#include <cstdlib>

namespace mocoscope::training {

/// Where tests that run on any device compute: `MOCOSCOPE_TEST_DEVICE`, such as cuda:0; the CPU
/// otherwise.
inline torch::Device testDevice()
{
    const char* device = std::getenv("MOCOSCOPE_TEST_DEVICE");
    return {device == nullptr || *device == '\0' ? "cpu" : device};
}

} // namespace mocoscope::training
