// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "storage/clock.h"
#include "storage/database.h"
#include "storage/run_record.h"
#include "training/api/event_queue.h"

#include <chrono>
#include <functional>
#include <future>
#include <memory>
#include <type_traits>

namespace mocoscope::storage {

/// The recorder thread: owns the only writing connection of this process. Records the events of
/// running runs and carries out everything else that writes, in order.
class MetricRecorder
{
public:
    struct Options
    {
        std::chrono::milliseconds flushInterval {500};
        std::size_t flushSamples = 1000;
        std::chrono::milliseconds retryInterval {1000}; ///< after a failed write
        std::chrono::milliseconds closingPatience {5000}; ///< of the destructor with a failing disk
        std::chrono::milliseconds busyTimeout {5000}; ///< for the lock of another process
        Clock clock = systemTime;
        /// Called on the recorder thread when what runs tell can no longer be written (with why),
        /// and when it can again. What is told meanwhile would be lost with the process: a run
        /// should wait.
        std::function<void(const Error&)> onBlocked {};
        std::function<void()> onUnblocked {};
    };
    /// Called on the recorder thread when writing fails (disk full, locked): what failed and how
    /// many samples wait in memory. Nothing is dropped; writing is tried again every second.
    using WriteFailure = std::function<void(const Error&, std::size_t waitingSamples)>;
    /// Called on the recorder thread after a transaction that changed what others see of `run`:
    /// one that recorded, or one of a posted work.
    using Committed = std::function<void(RunId run)>;

    /// Opens (makes, migrates) the database on the calling thread and starts the recorder thread.
    [[nodiscard]] static Result<std::unique_ptr<MetricRecorder>>
    start(const std::filesystem::path& file, Options options, WriteFailure onWriteFailure,
          Committed onCommitted);
    /// Writes what is left, closed queues or not, then ends the thread. What cannot be written
    /// within `closingPatience` is lost, and told to `onWriteFailure`.
    ~MetricRecorder();
    MetricRecorder(const MetricRecorder&) = delete;
    MetricRecorder& operator=(const MetricRecorder&) = delete;

    /// An event queue whose events are recorded under `run` until it is closed and drained. The
    /// recorder keeps it alive.
    [[nodiscard]] std::shared_ptr<training::EventQueue> record(RunId run);

    /// Runs `work` on the recorder thread, after all samples that came before it; while those
    /// cannot be written it runs nevertheless, and meets the same error itself. From any thread,
    /// also from the callbacks and from `work`.
    void post(std::function<void(Database&)> work);
    /// The same with a result.
    template <typename Work> [[nodiscard]] auto submit(Work work)
    {
        using Value = std::invoke_result_t<Work, Database&>;
        auto task = std::make_shared<std::packaged_task<Value(Database&)>>(std::move(work));
        auto future = task->get_future();
        post([task](Database& database) { (*task)(database); });
        return future;
    }
    /// Blocks until everything recorded and posted so far is committed. An error means that writing
    /// failed just now; nothing is lost, the recorder tries again. Not from the recorder thread.
    Result<void> flush();

private:
    class Impl;
    explicit MetricRecorder(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> m_impl;
};

} // namespace mocoscope::storage
