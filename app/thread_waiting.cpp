// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/thread_waiting.h"

#include <array>
#include <climits>
#include <cstdlib>
#include <unistd.h>

namespace mocoscope {

void sleepSoonWhileWaiting(char** arguments)
{
    // A tenth of a millisecond: longer than most of the demo's parallel loops are apart, short
    // beside a time slice. docs/performance.md has other numbers of turns measured.
    constexpr auto turns = "3000";
    const bool isChosen
        = std::getenv("OMP_WAIT_POLICY") != nullptr || std::getenv("GOMP_SPINCOUNT") != nullptr;
    if (isChosen || setenv("GOMP_SPINCOUNT", turns, 0) != 0) {
        return;
    }
    constexpr auto self = "/proc/self/exe";
    std::array<char, PATH_MAX + 1> path {}; // by its own name, which ps and pkill show
    const bool isKnown = readlink(self, path.data(), PATH_MAX) > 0;
    // Both return only when they fail, as where the file was replaced; then all works, but slower.
    if (isKnown) {
        execv(path.data(), arguments);
    }
    execv(self, arguments);
}

} // namespace mocoscope
