// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/data/batch_pipeline.h"

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <new>
#include <system_error>
#include <utility>

namespace mocoscope::training {
namespace {

BatchMemory ordinaryMemory()
{
    constexpr std::size_t cacheLine = 64;
    return {[](std::size_t bytes) { return std::aligned_alloc(cacheLine, bytes); },
            [](void* memory, std::size_t) { std::free(memory); }};
}

std::size_t roundedToLines(std::size_t bytes)
{
    return (bytes + 63) / 64 * 64;
}

} // namespace

BufferPool::BufferPool(std::size_t floats, BatchMemory memory)
    : m_bytes(roundedToLines(floats * sizeof(float)))
    , m_memory(memory.allocate && memory.free ? std::move(memory) : ordinaryMemory())
{
}

BufferPool::~BufferPool()
{
    for (float* block : m_free) {
        m_memory.free(block, m_bytes);
    }
}

float* BufferPool::take()
{
    {
        const std::lock_guard lock(m_mutex);
        if (!m_free.empty()) {
            float* block = m_free.back();
            m_free.pop_back();
            return block;
        }
    }
    return static_cast<float*>(m_memory.allocate(m_bytes));
}

void BufferPool::giveBack(float* block)
{
    const std::lock_guard lock(m_mutex);
    m_free.push_back(block);
}

BatchBuffer::BatchBuffer(std::shared_ptr<BufferPool> pool, float* data)
    : m_pool(std::move(pool))
    , m_data(data)
{
}

BatchBuffer::BatchBuffer(BatchBuffer&& other) noexcept
    : m_pool(std::move(other.m_pool))
    , m_data(std::exchange(other.m_data, nullptr))
{
}

BatchBuffer& BatchBuffer::operator=(BatchBuffer&& other) noexcept
{
    if (this != &other) {
        release();
        m_pool = std::move(other.m_pool);
        m_data = std::exchange(other.m_data, nullptr);
    }
    return *this;
}

BatchBuffer::~BatchBuffer()
{
    release();
}

void BatchBuffer::release()
{
    if (m_data != nullptr) {
        m_pool->giveBack(std::exchange(m_data, nullptr));
        m_pool.reset();
    }
}

BatchPipeline::BatchPipeline(std::shared_ptr<BatchSource> source, Options options)
    : m_source(std::move(source))
    , m_options(std::move(options))
    , m_pool(std::make_shared<BufferPool>(m_options.floats, m_options.memory))
{
    if (m_options.workers <= 0) {
        m_options.workers = std::max(1U, std::thread::hardware_concurrency());
    }
    m_options.prefetch = std::max<std::int64_t>(1, m_options.prefetch);
}

BatchPipeline::~BatchPipeline()
{
    stop();
}

void BatchPipeline::stop()
{
    {
        const std::lock_guard lock(m_mutex);
        m_isStopping = true;
    }
    m_workChanged.notify_all();
    for (std::thread& worker : m_workers) {
        worker.join();
    }
    m_workers.clear();
}

void BatchPipeline::start(std::int64_t firstBatch)
{
    stop();
    {
        const std::lock_guard lock(m_mutex);
        m_pending.clear();
        m_error.reset();
        m_nextNumber = firstBatch;
        m_isStopping = false;
        m_hasEnded = false;
    }
    try {
        for (std::int64_t i = 0; i < m_options.workers; ++i) {
            m_workers.emplace_back([this] { work(); });
        }
    } catch (const std::system_error& error) {
        if (m_workers.empty()) { // fewer than asked for will do
            const std::lock_guard lock(m_mutex);
            m_error = Error {ErrorCode::OutOfMemory, "cannot start a loader thread", error.what()};
        }
    }
}

Result<FilledBatch> BatchPipeline::next()
{
    using Clock = std::chrono::steady_clock;
    const Clock::time_point asked = Clock::now();
    std::unique_lock lock(m_mutex);
    if (m_workers.empty() && !m_error) {
        return failure(ErrorCode::Internal, "the loader was not started");
    }
    m_batchReady.wait(lock, [this] {
        const bool isReady = !m_pending.empty() && m_pending.front()->rowsLeft == 0;
        return m_error || isReady || (m_pending.empty() && m_hasEnded);
    });
    if (m_error) {
        return tl::unexpected(*m_error);
    }
    FilledBatch result;
    result.waitSeconds = std::chrono::duration<double>(Clock::now() - asked).count();
    if (!m_pending.empty()) {
        Pending& batch = *m_pending.front();
        result.number = batch.number;
        result.rows = std::move(batch.rows);
        result.buffer = std::move(batch.buffer);
        m_pending.pop_front();
        lock.unlock();
        m_workChanged.notify_all();
    }
    return result;
}

/// False: there is nothing to do before something changes.
bool BatchPipeline::openBatch()
{
    if (m_hasEnded || std::cmp_greater_equal(m_pending.size(), m_options.prefetch)) {
        return false;
    }
    const auto samples = m_source->samplesOf(m_nextNumber);
    if (samples.empty()) {
        m_hasEnded = true;
        m_batchReady.notify_all();
        return false;
    }
    float* block = m_pool->take();
    if (block == nullptr) {
        m_error
            = Error {ErrorCode::OutOfMemory,
                     "no memory for a batch of " + std::to_string(m_pool->bytes() >> 20) + " MiB",
                     "lower train.batch_size or data.prefetch"};
        m_batchReady.notify_all();
        return false;
    }
    auto batch = std::make_shared<Pending>();
    batch->number = m_nextNumber++;
    batch->buffer = BatchBuffer(m_pool, block);
    for (const std::int64_t sample : samples) {
        batch->rows.push_back({sample, -1, false});
    }
    batch->rowsLeft = batch->rows.size();
    m_pending.push_back(std::move(batch));
    m_workChanged.notify_all();
    return true;
}

/// The oldest batch first. A worker takes several small images at once, but so few that all workers
/// finish a batch at about the same time.
std::optional<BatchPipeline::Task> BatchPipeline::takeTask()
{
    constexpr std::size_t most = 16;
    if (m_error) {
        return std::nullopt;
    }
    do {
        for (const auto& batch : m_pending) {
            const std::size_t rows = batch->rows.size();
            if (batch->nextRow < rows) {
                const auto share = rows / (static_cast<std::size_t>(m_options.workers) * 8);
                const std::size_t from = batch->nextRow;
                batch->nextRow = std::min(rows, from + std::clamp<std::size_t>(share, 1, most));
                return Task {batch, from, batch->nextRow};
            }
        }
    } while (openBatch());
    return std::nullopt;
}

Result<void> BatchPipeline::fillRows(const Task& task, RenderScratch& scratch)
{
    try {
        for (std::size_t i = task.from; i < task.to; ++i) {
            auto filled = m_source->fill(task.batch->number, i, task.batch->rows[i],
                                         task.batch->buffer.data(), scratch);
            if (!filled) {
                return filled;
            }
        }
    } catch (const std::bad_alloc&) {
        return failure(ErrorCode::OutOfMemory, "no memory to decode images",
                       "lower data.workers or data.prefetch");
    }
    return {};
}

void BatchPipeline::finish(const Task& task, const Result<void>& outcome)
{
    task.batch->rowsLeft -= task.to - task.from;
    if (!outcome && !m_error) {
        m_error = outcome.error();
    }
    if (m_error || task.batch->rowsLeft == 0) {
        m_batchReady.notify_all();
    }
}

void BatchPipeline::work()
{
    RenderScratch scratch;
    std::unique_lock lock(m_mutex);
    while (!m_isStopping) {
        const std::optional<Task> task = takeTask();
        if (!task) {
            m_workChanged.wait(lock);
            continue;
        }
        lock.unlock();
        const Result<void> outcome = fillRows(*task, scratch);
        lock.lock();
        finish(*task, outcome);
    }
}

} // namespace mocoscope::training
