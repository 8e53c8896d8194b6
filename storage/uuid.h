// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

namespace mocoscope::storage {

/// A random UUID (version 4), lower case: `1b9d6bcd-bbfd-4b2d-9b5d-ab8dfbbd4bed`.
[[nodiscard]] std::string makeUuid();

} // namespace mocoscope::storage
