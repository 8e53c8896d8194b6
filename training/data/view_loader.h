// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "training/data/batch_buffer.h"
#include "training/data/dataset.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <string_view>
#include <vector>

namespace mocoscope::training {

class BatchPipeline;

/// Both views of the images of one step, a byte a value: as floats a batch of 4,096 at 224 pixels
/// would take 5 GB. Gives its memory back to the loader when destroyed, and
/// may outlive the loader.
struct ViewBatch
{
    std::int64_t epoch = 0;
    std::int64_t index = 0; ///< of the batch in its epoch
    std::vector<std::int64_t> samples; ///< what was read, an unreadable image being replaced
    std::vector<std::int64_t> labels; ///< -1: unlabelled
    std::uint8_t* view1 = nullptr; ///< [N, 3, S, S], RGB, owned by `buffer`
    std::uint8_t* view2 = nullptr;
    std::int64_t size = 0; ///< N
    double waitSeconds = 0; ///< that next() was blocked
    BatchBuffer buffer;
};

/// Told once for each file that cannot be read, on a worker thread, one call at a time.
using UnreadableImage = std::function<void(std::string_view name, std::string_view reason)>;

/// Reads images and draws their views in worker threads, a few batches ahead. Batches come in
/// order, and are the same for any number of workers: randomness is keyed by (seed, epoch, sample,
/// view). The last incomplete batch of an epoch is dropped.
/// Threads: start(), next() and the destructor on one thread.
class ViewLoader
{
public:
    struct Options
    {
        std::int64_t imageSize = 224; ///< S
        std::int64_t batchSize = 256; ///< of all replicas together
        std::uint64_t seed = 0;
        std::int64_t workers = 0; ///< 0: one per core
        std::int64_t prefetch = 2; ///< batches kept ready
        std::int64_t rowsFrom = 0; ///< this replica's rows of each batch
        std::int64_t rowsTo = -1; ///< exclusive; -1: up to the batch's end
        bool exactDecode = false; ///< never decode a JPEG at a fraction of its size
        BatchMemory memory; ///< page-locked memory for a GPU; default: ordinary memory
    };

    ViewLoader(std::shared_ptr<const Dataset> dataset, const ViewsConfig& views,
               const Options& options, UnreadableImage unreadable);
    ~ViewLoader();
    ViewLoader(const ViewLoader&) = delete;
    ViewLoader& operator=(const ViewLoader&) = delete;

    /// Begins to load. `firstBatch` counts within the epoch. May be called again to jump elsewhere.
    void start(std::int64_t epoch, std::int64_t firstBatch);
    /// The next batch in order; the epoch advances by itself. Blocks until it is ready.
    /// Errors: fewer images than the batch, no readable image, out of memory.
    [[nodiscard]] Result<ViewBatch> next();

    [[nodiscard]] std::int64_t batchesPerEpoch() const;
    /// Files found unreadable so far. Any thread.
    [[nodiscard]] std::int64_t unreadableImages() const;

private:
    class Source;
    std::shared_ptr<Source> m_source;
    std::unique_ptr<BatchPipeline> m_pipeline;
};

} // namespace mocoscope::training
