// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string_view>

namespace mocoscope::storage {

/// The order in which people look for metrics: train/loss, other train/…, eval/…, the rest by
/// name, grad/… last; those of one kind in the depth order of the network: patch_embed, blocks.N by
/// number, norm, projector, predictor.
[[nodiscard]] bool metricComesBefore(std::string_view left, std::string_view right);

/// Whether it is one of the many that a list leaves out unless asked: a gradient of a layer, or
/// what a run did to its machine.
[[nodiscard]] bool isOfMany(std::string_view metric);

} // namespace mocoscope::storage
