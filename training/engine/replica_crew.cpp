// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/engine/replica_crew.h"

#include "training/collectives/thread_collectives.h"

#include <algorithm>

namespace mocoscope::training {

ReplicaCrew::ReplicaCrew(const TrainingConfig& config, const std::vector<torch::Device>& devices,
                         std::unique_ptr<Collectives> processes)
{
    if (devices.size() == 1) {
        m_replicas.push_back(
            std::make_unique<Replica>(config, devices.front(), std::move(processes)));
        return;
    }
    auto collectives = makeThreadCollectives(static_cast<std::int64_t>(devices.size()));
    for (std::size_t i = 0; i < devices.size(); ++i) {
        m_replicas.push_back(
            std::make_unique<Replica>(config, devices[i], std::move(collectives[i])));
    }
    const int threads = std::max(torch::get_num_threads() / static_cast<int>(devices.size()), 1);
    for (std::size_t i = 0; i < devices.size(); ++i) {
        m_threads.emplace_back(
            [this, i, threads](const std::stop_token& stop) { work(stop, i, threads); });
    }
}

ReplicaCrew::~ReplicaCrew() = default;

void ReplicaCrew::run(const Job& job)
{
    m_job = &job;
    if (m_threads.empty()) {
        attempt(0);
    } else {
        std::unique_lock lock(m_mutex);
        m_running = m_replicas.size();
        ++m_round;
        m_hasJob.notify_all();
        m_isDone.wait(lock, [this] { return m_running == 0; });
    }
    if (m_thrown) {
        std::rethrow_exception(m_thrown);
    }
}

void ReplicaCrew::work(const std::stop_token& stop, std::size_t index, int threads)
{
    torch::set_num_threads(threads); // of this thread alone
    std::uint64_t round = 0;
    std::unique_lock lock(m_mutex);
    while (m_hasJob.wait(lock, stop, [&] { return m_round != round; })) {
        round = m_round;
        lock.unlock();
        attempt(index);
        lock.lock();
        if (--m_running == 0) {
            m_isDone.notify_all();
        }
    }
}

void ReplicaCrew::attempt(std::size_t index)
{
    try {
        const c10::DeviceGuard current(m_replicas[index]->device());
        (*m_job)(*m_replicas[index], index);
    } catch (...) {
        {
            // Before the others are released, whose exceptions say less.
            const std::scoped_lock lock(m_mutex);
            m_thrown = m_thrown ? m_thrown : std::current_exception();
        }
        if (Collectives* replicas = m_replicas[index]->replicas()) {
            replicas->abort();
        }
    }
}

} // namespace mocoscope::training
