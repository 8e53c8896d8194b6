// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/collectives/thread_collectives.h"

#include <condition_variable>
#include <deque>
#include <mutex>
#include <stop_token>
#include <thread>

namespace mocoscope::training {

using torch::Tensor;

namespace {

/// A barrier that can be given up. Any thread.
class Meeting
{
public:
    explicit Meeting(std::int64_t size)
        : m_size(size)
    {
    }

    /// Until all have come.
    void arrive()
    {
        std::unique_lock lock(m_mutex);
        const std::uint64_t round = m_round;
        if (++m_arrived == m_size && !m_isReleased) {
            m_arrived = 0;
            ++m_round;
            m_changed.notify_all();
        }
        m_changed.wait(lock, [&] { return m_round != round || m_isReleased; });
        // A round that was complete before the release still counts.
        if (m_round == round) {
            throw ReplicasReleased("another replica has failed");
        }
    }

    void release() noexcept
    {
        const std::scoped_lock lock(m_mutex);
        m_isReleased = true;
        m_changed.notify_all();
    }

private:
    std::mutex m_mutex;
    std::condition_variable m_changed;
    std::int64_t m_size;
    std::int64_t m_arrived = 0;
    std::uint64_t m_round = 0;
    bool m_isReleased = false;
};

/// Waits for what was begun on a GPU: others read the tensor from streams of their own.
void settle(const Tensor& tensor)
{
    if (tensor.is_cuda()) {
        torch::cuda::synchronize(tensor.get_device());
    }
}

/// One series of meetings. A slot is written before a meeting and read by others after it; nobody
/// passes the last meeting of a call before all have read.
class Channel
{
public:
    explicit Channel(std::int64_t size)
        : m_meeting(size)
        , m_tensors(static_cast<std::size_t>(size))
        , m_sums(static_cast<std::size_t>(size))
    {
    }

    /// Each replica sums its share of the elements, in the order of the ranks.
    void sum(std::size_t rank, const Tensor& tensor)
    {
        show(rank, tensor.view({-1}));
        m_sums[rank] = sumOfShare(rank);
        settle(m_sums[rank]);
        m_meeting.arrive();
        for (std::size_t other = 0; other < m_sums.size(); ++other) {
            share(tensor.view({-1}), other).copy_(m_sums[other]);
        }
    }

    Tensor gather(std::size_t rank, const Tensor& rows)
    {
        show(rank, rows);
        std::vector<Tensor> all;
        for (const Tensor& shown : m_tensors) {
            all.push_back(shown.to(rows.device()));
        }
        const Tensor gathered = torch::cat(all);
        settle(gathered);
        m_meeting.arrive();
        return gathered;
    }

    void copyFirst(std::size_t rank, const Tensor& tensor)
    {
        show(rank, tensor);
        if (rank > 0) {
            tensor.copy_(m_tensors.front());
            settle(tensor);
        }
        m_meeting.arrive();
    }

    void meet() { m_meeting.arrive(); }
    void release() noexcept { m_meeting.release(); }

private:
    void show(std::size_t rank, const Tensor& tensor)
    {
        settle(tensor);
        m_tensors[rank] = tensor;
        m_meeting.arrive();
    }
    [[nodiscard]] Tensor share(const Tensor& flat, std::size_t rank) const
    {
        const auto part = static_cast<std::int64_t>(rank);
        const auto parts = static_cast<std::int64_t>(m_sums.size());
        return flat.slice(0, flat.numel() * part / parts, flat.numel() * (part + 1) / parts);
    }
    [[nodiscard]] Tensor sumOfShare(std::size_t rank) const
    {
        const Tensor total = share(m_tensors.front(), rank)
                                 .to(m_tensors[rank].device(), /*non_blocking=*/false,
                                     /*copy=*/true);
        for (std::size_t other = 1; other < m_tensors.size(); ++other) {
            total.add_(share(m_tensors[other], rank).to(total.device()));
        }
        return total;
    }

    Meeting m_meeting;
    std::vector<Tensor> m_tensors; ///< by rank
    std::vector<Tensor> m_sums; ///< by rank, of its share
};

/// Runs tasks one after another on a thread of its own, which is started by the first.
class Background
{
public:
    ~Background()
    {
        m_thread.request_stop(); // the thread is joined by its own destructor
    }

    std::future<void> run(std::packaged_task<void()> task)
    {
        std::future<void> done = task.get_future();
        if (!m_thread.joinable()) {
            m_thread = std::jthread([this](const std::stop_token& stop) { work(stop); });
        }
        const std::scoped_lock lock(m_mutex);
        m_tasks.push_back(std::move(task));
        m_changed.notify_one();
        return done;
    }

private:
    void work(const std::stop_token& stop)
    {
        std::unique_lock lock(m_mutex);
        while (m_changed.wait(lock, stop, [this] { return !m_tasks.empty(); })) {
            std::packaged_task<void()> task = std::move(m_tasks.front());
            m_tasks.pop_front();
            lock.unlock();
            task();
            lock.lock();
        }
    }

    std::mutex m_mutex;
    std::condition_variable_any m_changed;
    std::deque<std::packaged_task<void()>> m_tasks;
    std::jthread m_thread; ///< last: ends before what it uses
};

/// What the replicas of one process share. The background has its meetings apart, so that they
/// cannot be mixed up with those of the foreground.
struct Channels
{
    explicit Channels(std::int64_t size)
        : foreground(size)
        , background(size)
    {
    }
    Channel foreground;
    Channel background;
};

class ThreadCollectives final : public Collectives
{
public:
    ThreadCollectives(std::shared_ptr<Channels> channels, std::int64_t rank, std::int64_t size)
        : m_channels(std::move(channels))
        , m_rank(rank)
        , m_size(size)
    {
    }
    ~ThreadCollectives() override
    {
        // A sum that was begun and never asked for would keep its thread for ever.
        abort();
    }

    std::int64_t rank() const override { return m_rank; }
    std::int64_t worldSize() const override { return m_size; }

    void allReduceSum(const Tensor& tensor) override
    {
        const torch::NoGradGuard noGradient;
        m_channels->foreground.sum(index(), tensor);
    }
    std::future<void> beginAllReduceSum(Tensor tensor) override
    {
        settle(tensor); // the background has streams of its own
        return m_background.run(std::packaged_task<void()>([this, tensor = std::move(tensor)] {
            const torch::NoGradGuard noGradient;
            m_channels->background.sum(index(), tensor);
            settle(tensor);
        }));
    }
    Tensor allGather(const Tensor& rows) override
    {
        const torch::NoGradGuard noGradient;
        return m_channels->foreground.gather(index(), rows.detach());
    }
    void broadcast(const std::vector<Tensor>& tensors) override
    {
        const torch::NoGradGuard noGradient;
        for (const Tensor& tensor : tensors) {
            m_channels->foreground.copyFirst(index(), tensor);
        }
    }
    void barrier() override { m_channels->foreground.meet(); }
    void abort() noexcept override
    {
        m_channels->foreground.release();
        m_channels->background.release();
    }

private:
    [[nodiscard]] std::size_t index() const { return static_cast<std::size_t>(m_rank); }

    std::shared_ptr<Channels> m_channels;
    std::int64_t m_rank;
    std::int64_t m_size;
    Background m_background;
};

} // namespace

std::vector<std::unique_ptr<Collectives>> makeThreadCollectives(std::int64_t count)
{
    const auto channels = std::make_shared<Channels>(count);
    std::vector<std::unique_ptr<Collectives>> all;
    for (std::int64_t rank = 0; rank < count; ++rank) {
        all.push_back(std::make_unique<ThreadCollectives>(channels, rank, count));
    }
    return all;
}

} // namespace mocoscope::training
