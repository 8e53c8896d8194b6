// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string_view>

namespace mocoscope::storage {

/// The order in which people look for metrics: train/loss, other train/…, eval/…, the rest by
/// name, grad/… last; those of one kind in the depth order of the network: patch_embed, blocks.N by
/// number, norm, projector, predictor.
[[nodiscard]] bool metricComesBefore(std::string_view left, std::string_view right);

} // namespace mocoscope::storage
