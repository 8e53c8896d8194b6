// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "training/api/result.h"
#include "training/data/batch_buffer.h"
#include "training/data/dataset.h"
#include "training/data/view_renderer.h"

#include <condition_variable>
#include <cstdint>
#include <deque>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

namespace mocoscope::training {

/// Blocks of floats of one size, made when none is free. Any thread.
class BufferPool
{
public:
    BufferPool(std::size_t floats, BatchMemory memory);
    ~BufferPool();
    BufferPool(const BufferPool&) = delete;
    BufferPool& operator=(const BufferPool&) = delete;

    /// Nullptr: out of memory.
    [[nodiscard]] float* take();
    void giveBack(float* block);
    [[nodiscard]] std::size_t bytes() const { return m_bytes; }

private:
    std::size_t m_bytes;
    BatchMemory m_memory;
    std::mutex m_mutex;
    std::vector<float*> m_free;
};

/// What one worker thread uses again for every image.
struct RenderScratch
{
    DecodedPart part;
    ViewRenderer renderer;
};

/// One image's place in a batch.
struct BatchRow
{
    std::int64_t sample = 0;
    std::int64_t label = -1;
    bool isFilled = false; ///< false: it could not be read and is left out
};

/// Says what is in each batch and renders it.
class BatchSource
{
public:
    virtual ~BatchSource() = default;
    /// The images of a batch; none: there is no such batch. One call at a time, on any thread.
    [[nodiscard]] virtual std::vector<std::int64_t> samplesOf(std::int64_t batch) = 0;
    /// Renders `row.sample` into row number `index` of `memory`. Worker threads, in parallel.
    [[nodiscard]] virtual Result<void> fill(std::int64_t batch, std::size_t index, BatchRow& row,
                                            float* memory, RenderScratch& scratch)
        = 0;

protected:
    BatchSource() = default;
    BatchSource(const BatchSource&) = default;
    BatchSource& operator=(const BatchSource&) = default;
};

struct FilledBatch
{
    std::int64_t number = 0;
    std::vector<BatchRow> rows; ///< none: there are no more batches
    BatchBuffer buffer;
    double waitSeconds = 0;
};

/// Worker threads that fill batches ahead of time and hand them out in order. Which thread fills
/// what has no influence on the result.
/// Threads: start(), next() and the destructor on one thread.
class BatchPipeline
{
public:
    struct Options
    {
        std::int64_t workers = 0; ///< 0: one per core
        std::int64_t prefetch = 2;
        std::size_t floats = 0; ///< of one batch
        BatchMemory memory;
    };

    BatchPipeline(std::shared_ptr<BatchSource> source, Options options);
    ~BatchPipeline();
    BatchPipeline(const BatchPipeline&) = delete;
    BatchPipeline& operator=(const BatchPipeline&) = delete;

    void start(std::int64_t firstBatch);
    [[nodiscard]] Result<FilledBatch> next();

private:
    /// A batch that is being filled or waits to be handed out.
    struct Pending
    {
        std::int64_t number = 0;
        std::vector<BatchRow> rows;
        BatchBuffer buffer;
        std::size_t nextRow = 0; ///< the first that no worker has taken
        std::size_t rowsLeft = 0; ///< not filled yet
    };
    /// Rows that a worker has taken; it alone touches them until it is done.
    struct Task
    {
        std::shared_ptr<Pending> batch;
        std::size_t from = 0;
        std::size_t to = 0;
    };

    void stop();
    void work();
    // With the lock held:
    [[nodiscard]] std::optional<Task> takeTask();
    [[nodiscard]] bool openBatch();
    void finish(const Task& task, const Result<void>& outcome);
    // Without:
    [[nodiscard]] Result<void> fillRows(const Task& task, RenderScratch& scratch);

    std::shared_ptr<BatchSource> m_source;
    Options m_options;
    std::shared_ptr<BufferPool> m_pool;
    std::vector<std::thread> m_workers;

    std::mutex m_mutex; ///< guards what follows
    std::condition_variable m_workChanged; ///< wakes workers
    std::condition_variable m_batchReady; ///< wakes next()
    std::deque<std::shared_ptr<Pending>> m_pending;
    std::int64_t m_nextNumber = 0;
    bool m_isStopping = false;
    bool m_hasEnded = false; ///< the source has no more batches
    std::optional<Error> m_error;
};

} // namespace mocoscope::training
