// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/api/ports.h"

namespace mocoscope::training {

std::filesystem::path labelsFile(const std::filesystem::path& features)
{
    return features.parent_path() / (features.stem().string() + ".labels.npy");
}

} // namespace mocoscope::training
