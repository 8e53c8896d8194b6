// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <functional>
#include <memory>

namespace mocoscope::training {

/// Where batches live. Both or neither are set; allocate returns nullptr when there is no memory.
/// Called on any thread; must outlive every batch.
struct BatchMemory
{
    std::function<void*(std::size_t bytes)> allocate;
    std::function<void(void* memory, std::size_t bytes)> free;
};

class BufferPool;

/// A block of floats on loan from a pool; destroying it gives the block back.
class BatchBuffer
{
public:
    BatchBuffer() = default;
    BatchBuffer(std::shared_ptr<BufferPool> pool, float* data);
    BatchBuffer(BatchBuffer&& other) noexcept;
    BatchBuffer& operator=(BatchBuffer&& other) noexcept;
    ~BatchBuffer();

    [[nodiscard]] float* data() const { return m_data; }
    void release();

private:
    std::shared_ptr<BufferPool> m_pool;
    float* m_data = nullptr;
};

} // namespace mocoscope::training
