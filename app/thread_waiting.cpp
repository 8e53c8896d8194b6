// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/thread_waiting.h"

#include <cstdlib>
#include <unistd.h>

namespace mocoscope {

void sleepWhileWaiting(char** arguments)
{
    const bool isChosen
        = std::getenv("OMP_WAIT_POLICY") != nullptr || std::getenv("GOMP_SPINCOUNT") != nullptr;
    if (isChosen || setenv("OMP_WAIT_POLICY", "passive", 0) != 0) {
        return;
    }
    execv("/proc/self/exe", arguments); // returns only when it fails; then all works, but slower
}

} // namespace mocoscope
