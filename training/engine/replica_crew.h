// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "training/engine/replica.h"

#include <condition_variable>
#include <exception>
#include <functional>
#include <memory>
#include <mutex>
#include <stop_token>
#include <thread>
#include <vector>

namespace mocoscope::training {

/// The replicas of this process, each on a thread of its own; one alone works on the calling
/// thread. Thread: trainer, which coordinates.
class ReplicaCrew
{
public:
    using Job = std::function<void(Replica& replica, std::size_t index)>;

    /// One replica a device. Threads of the tensor library are shared out among them. `processes`:
    /// the one replica of this process meets those of others; null: there are no others.
    ReplicaCrew(const TrainingConfig& config, const std::vector<torch::Device>& devices,
                std::unique_ptr<Collectives> processes = nullptr);
    ~ReplicaCrew();
    ReplicaCrew(const ReplicaCrew&) = delete;
    ReplicaCrew& operator=(const ReplicaCrew&) = delete;

    [[nodiscard]] std::size_t size() const { return m_replicas.size(); }
    /// The one that is evaluated and saved, while no job runs.
    [[nodiscard]] Replica& first() const { return *m_replicas.front(); }

    /// Where this process meets others; null: it is alone.
    [[nodiscard]] Collectives* processes() const
    {
        return m_threads.empty() ? first().replicas() : nullptr;
    }

    /// Runs `job` with each replica, at the same time, and waits for all. A job that throws
    /// releases the others; what the first of them threw is thrown here, and the crew is of no more
    /// use then.
    void run(const Job& job);

private:
    void work(const std::stop_token& stop, std::size_t index, int threads);
    void attempt(std::size_t index);

    std::vector<std::unique_ptr<Replica>> m_replicas;
    std::mutex m_mutex;
    std::condition_variable_any m_hasJob;
    std::condition_variable m_isDone;
    const Job* m_job = nullptr;
    std::uint64_t m_round = 0; ///< counts jobs
    std::size_t m_running = 0; ///< replicas that are at the job
    std::exception_ptr m_thrown; ///< by the first replica that failed
    std::vector<std::jthread> m_threads; ///< last: they end before what they use
};

} // namespace mocoscope::training
