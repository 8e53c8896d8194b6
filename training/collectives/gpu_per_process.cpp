// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/collectives/gpu_per_process.h"

#include <set>

namespace mocoscope::training {

bool hasEachItsGpu(const std::string& machine, const std::string& gpu, std::int64_t rank,
                   std::int64_t worldSize, const NoticeBoard& board)
{
    board.post(rank, gpu.empty() ? std::string("-") : machine + ' ' + gpu);
    std::set<std::string> places;
    for (std::int64_t other = 0; other < worldSize; ++other) {
        places.insert(board.read(other));
    }
    return !places.contains("-") && static_cast<std::int64_t>(places.size()) == worldSize;
}

} // namespace mocoscope::training
