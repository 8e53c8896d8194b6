// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "training/api/ports.h"

#include <memory>

namespace mocoscope::training {

/// Reads checkpoints of this program; the configuration is taken from the checkpoint itself.
[[nodiscard]] std::unique_ptr<Exporter> makeExporter();

} // namespace mocoscope::training
