// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "training/collectives/collectives.h"

#include <memory>
#include <vector>

namespace mocoscope::training {

/// One for each of `count` replicas that are threads of this process and meet in its memory. Their
/// tensors may be on different devices. Sums are taken in the order of the ranks.
[[nodiscard]] std::vector<std::unique_ptr<Collectives>> makeThreadCollectives(std::int64_t count);

} // namespace mocoscope::training
