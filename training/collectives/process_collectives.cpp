// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/collectives/process_collectives.h"

#include "training/collectives/gpu_per_process.h"
#include "training/collectives/listener_wait.h"
#include "training/collectives/own_address.h"

#ifdef USE_C10D_GLOO
#include <torch/csrc/distributed/c10d/PrefixStore.hpp>
#include <torch/csrc/distributed/c10d/ProcessGroupGloo.hpp>
#include <torch/csrc/distributed/c10d/TCPStore.hpp>
#endif
#ifdef USE_C10D_NCCL
#include <torch/csrc/distributed/c10d/ProcessGroupNCCL.hpp>
#endif

#include <thread>

namespace mocoscope::training {

#ifdef USE_C10D_GLOO

using torch::Tensor;

namespace {

using Milliseconds = std::chrono::milliseconds;
using Backend = c10::intrusive_ptr<c10d::Backend>;

/// What goes wrong in a call comes from the other side: a process that has ended, or is silent.
template <typename Call> auto guarded(const Call& call) -> decltype(call())
{
    try {
        return call();
    } catch (const ReplicasReleased&) {
        throw;
    } catch (const c10::Error& error) {
        throw ReplicasReleased(error.what_without_backtrace());
    } catch (const std::exception& error) {
        throw ReplicasReleased(error.what());
    }
}

class ProcessCollectives final : public Collectives
{
public:
    /// `home` is where the backend takes its tensors.
    ProcessCollectives(Backend backend, const torch::Device& home, Milliseconds patience)
        : m_backend(std::move(backend))
        , m_rank(m_backend->getRank())
        , m_size(m_backend->getSize())
        , m_home(home)
        , m_patience(patience)
    {
    }

    /// How long later calls wait.
    void setPatience(Milliseconds patience) { m_patience = patience; }

    std::int64_t rank() const override { return m_rank; }
    std::int64_t worldSize() const override { return m_size; }

    void allReduceSum(const Tensor& tensor) override { beginAllReduceSum(tensor).get(); }

    std::future<void> beginAllReduceSum(Tensor tensor) override
    {
        const torch::NoGradGuard noGradient;
        std::vector<Tensor> staged {stage(tensor)};
        c10d::AllreduceOptions options;
        options.timeout = m_patience;
        const auto work = guarded([&] { return backend().allreduce(staged, options); });
        return std::async(std::launch::deferred, [this, tensor, staged, work] {
            const torch::NoGradGuard noGradientLater;
            guarded([&] { return work->wait(); });
            unstage(staged.front(), tensor);
        });
    }

    Tensor allGather(const Tensor& rows) override
    {
        const torch::NoGradGuard noGradient;
        std::vector<Tensor> own {stage(rows.detach().contiguous())};
        std::vector<std::vector<Tensor>> all(1);
        for (std::int64_t i = 0; i < m_size; ++i) {
            all.front().push_back(torch::empty_like(own.front()));
        }
        c10d::AllgatherOptions options;
        options.timeout = m_patience;
        guarded([&] { return backend().allgather(all, own, options)->wait(); });
        return torch::cat(all.front()).to(rows.device());
    }

    void broadcast(const std::vector<Tensor>& tensors) override
    {
        const torch::NoGradGuard noGradient;
        for (const Tensor& tensor : tensors) {
            std::vector<Tensor> staged {stage(tensor.detach().contiguous())};
            c10d::BroadcastOptions options;
            options.timeout = m_patience;
            guarded([&] { return backend().broadcast(staged, options)->wait(); });
            if (m_rank > 0) {
                unstage(staged.front(), tensor.detach());
            }
        }
    }

    void barrier() override { allReduceSum(torch::ones({1}, torch::TensorOptions(m_home))); }

    /// The others notice when this process ends. The backend is left behind: destroying it waits
    /// for calls that are on, to which the others may never come.
    void abort() noexcept override { (void)m_backend.release(); }

private:
    [[nodiscard]] c10d::Backend& backend() const
    {
        if (!m_backend) {
            throw ReplicasReleased("this process has left the others");
        }
        return *m_backend;
    }
    [[nodiscard]] Tensor stage(const Tensor& tensor) const
    {
        return tensor.to(m_home); // itself where it is there already
    }
    static void unstage(const Tensor& staged, const Tensor& tensor)
    {
        if (!staged.is_same(tensor)) {
            tensor.copy_(staged);
        }
    }

    Backend m_backend; ///< null after abort()
    std::int64_t m_rank;
    std::int64_t m_size;
    torch::Device m_home;
    Milliseconds m_patience;
};

bool isServer(const LaunchedProcess& process)
{
    return process.rank == 0 && !process.isStoreServed;
}

c10::intrusive_ptr<c10d::Store> openStore(const LaunchedProcess& process, Milliseconds patience)
{
    c10d::TCPStoreOptions options;
    options.port = process.port;
    options.isServer = isServer(process);
    options.numWorkers = static_cast<std::size_t>(process.worldSize);
    options.waitWorkers = false; // the first sum waits
    options.timeout = patience;
    const auto store = c10::make_intrusive<c10d::TCPStore>(process.host, options);
    return c10::make_intrusive<c10d::PrefixStore>(process.storePrefix, store);
}

/// Waits for the others, and for a stop meanwhile.
class Waiting
{
public:
    using Clock = std::chrono::steady_clock;

    Waiting(const LaunchedProcess& process, const JoinPatience& patience, const JoinWatch& watch)
        : m_process(process)
        , m_watch(watch)
        , m_deadline(Clock::now() + patience.join)
    {
    }

    /// The client of c10d does not look for a stop, and tries for longer than it was told.
    void untilServed() const
    {
        const std::string problem
            = awaitListener(m_process.host, m_process.port, m_deadline, m_watch.isStopped);
        if (m_watch.isStopped()) {
            throw std::runtime_error("it was stopped while it waited for rank 0");
        }
        if (!problem.empty()) {
            throw std::runtime_error(problem);
        }
    }

    /// The notice under `key`, which `other` posts.
    std::string notice(c10d::Store& store, const std::string& key, std::int64_t other)
    {
        constexpr auto pause = std::chrono::milliseconds(50);
        while (!store.check({key})) {
            if (m_watch.isStopped()) {
                store.set(leftKey, textOf(std::to_string(m_process.rank)));
                throw std::runtime_error("it was stopped while it waited for rank "
                                         + std::to_string(other));
            }
            if (store.check({leftKey})) {
                throw std::runtime_error("rank " + read(store, leftKey)
                                         + " was stopped before all had come");
            }
            if (Clock::now() >= m_deadline) {
                throw std::runtime_error("rank " + std::to_string(other) + " has not come");
            }
            std::this_thread::sleep_for(pause);
        }
        if (other >= m_come) { // later matters find all there
            m_come = other + 1;
            m_watch.onCome(m_come);
        }
        return read(store, key);
    }

    static std::vector<std::uint8_t> textOf(const std::string& text)
    {
        return {text.begin(), text.end()};
    }

private:
    static constexpr auto leftKey = "left";

    static std::string read(c10d::Store& store, const std::string& key)
    {
        const auto text = store.get(key);
        return {text.begin(), text.end()};
    }

    const LaunchedProcess& m_process;
    const JoinWatch& m_watch;
    Clock::time_point m_deadline;
    std::int64_t m_come = 0;
};

NoticeBoard boardIn(const c10::intrusive_ptr<c10d::Store>& store, const std::string& matter,
                    Waiting& waiting)
{
    const auto key = [matter](std::int64_t rank) { return matter + '/' + std::to_string(rank); };
    const auto post = [store, key](std::int64_t rank, const std::string& text) {
        store->set(key(rank), Waiting::textOf(text));
    };
    const auto read = [store, key, &waiting](std::int64_t rank) {
        return waiting.notice(*store, key(rank), rank);
    };
    return {post, read};
}

/// The interface that the processes reach each other by.
std::shared_ptr<gloo::transport::Device> glooDevice(const LaunchedProcess& process,
                                                    const c10::intrusive_ptr<c10d::Store>& store,
                                                    Waiting& waiting)
{
    // Asked in any case: others may wait for what this process sees.
    const std::string address = ownAddress(routeTo(process.host, process.port), process.rank,
                                           process.worldSize, boardIn(store, "address", waiting));
    const std::string interface = processEnvironment("GLOO_SOCKET_IFNAME");
    return interface.empty() ? c10d::ProcessGroupGloo::createDeviceForHostname(address)
                             : c10d::ProcessGroupGloo::createDeviceForInterface(interface);
}

std::unique_ptr<ProcessCollectives> connect(const LaunchedProcess& process,
                                            const ProcessDevice& own, const JoinPatience& patience,
                                            const JoinWatch& watch)
{
    Waiting waiting(process, patience, watch);
    if (!isServer(process)) {
        waiting.untilServed();
    }
    const auto store = openStore(process, patience.join);
    const auto rank = static_cast<int>(process.rank);
    const auto size = static_cast<int>(process.worldSize);
    // Asked in any case: the others wait for it.
    [[maybe_unused]] const bool isNcclFit = hasEachItsGpu(
        bootId(), own.busId, process.rank, process.worldSize, boardIn(store, "gpu", waiting));
#ifdef USE_C10D_NCCL
    if (isNcclFit) {
        const auto options = c10d::ProcessGroupNCCL::Options::create();
        options->timeout = patience.call;
        return std::make_unique<ProcessCollectives>(
            c10::make_intrusive<c10d::ProcessGroupNCCL>(store, rank, size, options), own.device,
            patience.join);
    }
#endif
    const auto options = c10d::ProcessGroupGloo::Options::create(patience.join);
    options->devices.push_back(glooDevice(process, store, waiting));
    return std::make_unique<ProcessCollectives>(
        c10::make_intrusive<c10d::ProcessGroupGloo>(store, rank, size, options), torch::kCPU,
        patience.join);
}

/// Headers and library of different versions would hang or add wrongly.
bool understandEachOther(Collectives& collectives, const torch::Device& device)
{
    const std::int64_t size = collectives.worldSize();
    const Tensor own = torch::tensor({collectives.rank() + 1}, torch::kInt64).to(device);
    const Tensor gathered = collectives.allGather(own);
    collectives.allReduceSum(own);
    return own.item<std::int64_t>() == size * (size + 1) / 2
        && gathered.cpu().equal(torch::arange(1, size + 1));
}

tl::unexpected<Error> cannotJoin(const LaunchedProcess& process, const std::string& reason)
{
    return failure(ErrorCode::Device,
                   "rank " + std::to_string(process.rank) + " cannot join the "
                       + std::to_string(process.worldSize) + " processes of " + process.launcher
                       + " at " + process.host + ":" + std::to_string(process.port),
                   reason
                       + "\ncheck that all processes were started and reach MASTER_ADDR; "
                         "GLOO_SOCKET_IFNAME names the network interface to use");
}

} // namespace

Result<std::unique_ptr<Collectives>> joinProcesses(const LaunchedProcess& process,
                                                   const ProcessDevice& own,
                                                   const JoinPatience& patience,
                                                   const JoinWatch& watch)
{
    std::unique_ptr<ProcessCollectives> collectives;
    const auto giveUp = [&](const std::string& reason) {
        if (collectives) {
            collectives->abort();
        }
        return cannotJoin(process, reason);
    };
    try {
        collectives = connect(process, own, patience, watch);
        if (!understandEachOther(*collectives, own.device)) {
            return giveUp("a first sum over the processes was wrong");
        }
        collectives->setPatience(patience.call);
        return std::unique_ptr<Collectives>(std::move(collectives));
    } catch (const c10::Error& error) {
        return giveUp(error.what_without_backtrace());
    } catch (const std::exception& error) {
        return giveUp(error.what());
    }
}

#else

Result<std::unique_ptr<Collectives>> joinProcesses(const LaunchedProcess& process,
                                                   const ProcessDevice& /*own*/,
                                                   const JoinPatience& /*patience*/,
                                                   const JoinWatch& /*watch*/)
{
    return failure(ErrorCode::Device,
                   process.launcher
                       + " has started several processes, which this build cannot join",
                   "it was made without Gloo's headers; install libgloo-dev and build again");
}

#endif

} // namespace mocoscope::training
