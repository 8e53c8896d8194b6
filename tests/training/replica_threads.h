// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "training/collectives/thread_collectives.h"

#include <exception>
#include <functional>
#include <thread>
#include <vector>

namespace mocoscope::training {

/// Runs `work` on as many threads as there are replicas and waits. A thread that throws releases
/// the others. Returns what each threw, by rank; null: nothing.
inline std::vector<std::exception_ptr>
onThreads(const std::vector<std::unique_ptr<Collectives>>& replicas,
          const std::function<void(Collectives&)>& work)
{
    std::vector<std::exception_ptr> thrown(replicas.size());
    std::vector<std::jthread> threads;
    for (std::size_t rank = 0; rank < replicas.size(); ++rank) {
        threads.emplace_back([&, rank] {
            try {
                work(*replicas[rank]);
            } catch (...) {
                thrown[rank] = std::current_exception();
                replicas[rank]->abort();
            }
        });
    }
    threads.clear(); // waits
    return thrown;
}

} // namespace mocoscope::training
