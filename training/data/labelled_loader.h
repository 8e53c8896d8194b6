// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "training/api/training_config.h"
#include "training/data/batch_buffer.h"
#include "training/data/dataset.h"
#include "training/data/view_loader.h"

#include <cstdint>
#include <memory>
#include <vector>

namespace mocoscope::training {

class BatchPipeline;
struct RenderScratch;

/// One view of the labelled images of one step. Gives its memory back when destroyed, and may
/// outlive the loader.
struct LabelledBatch
{
    std::vector<std::int64_t> samples; ///< what was read, an unreadable image being replaced
    std::vector<std::int64_t> labels;
    float* images = nullptr; ///< [N, 3, S, S], normalised, owned by `buffer`
    std::int64_t size = 0; ///< N
    double waitSeconds = 0; ///< that next() was blocked
    BatchBuffer buffer;
};

/// Random views of labelled images, each with its label: a crop and a flip, then what training with
/// labels adds. Images without a label are left out. In the same order and with the same randomness
/// for any number of workers: keyed by (seed, epoch, sample).
/// Threads: start(), next() and the destructor on one thread.
class LabelledLoader
{
public:
    struct Options
    {
        std::int64_t imageSize = 224; ///< S
        std::int64_t batchSize = 256;
        std::uint64_t seed = 0;
        std::int64_t workers = 0; ///< 0: one per core
        std::int64_t prefetch = 2;
        bool keepsLastBatch = false; ///< whether an epoch ends with a smaller batch
        double cropMin = 0.08; ///< smallest area of a crop
        std::int64_t randAugmentOperations = 0;
        double randAugmentMagnitude = 0;
        double erasing = 0; ///< probability of replacing a rectangle by noise
        bool exactDecode = false; ///< never decode a JPEG at a fraction of its size
        BatchMemory memory;
    };

    LabelledLoader(std::shared_ptr<const Dataset> dataset, const Options& options,
                   UnreadableImage unreadable);
    ~LabelledLoader();
    LabelledLoader(const LabelledLoader&) = delete;
    LabelledLoader& operator=(const LabelledLoader&) = delete;

    /// What linear probing or fine-tuning of `config` trains with.
    [[nodiscard]] static Options optionsFor(const TrainingConfig& config);
    /// Renders an image as a batch of that epoch has it: [3, S, S], normalised, to `out`. The
    /// randomness is that of `sample`, which is the image itself unless it is a replacement.
    [[nodiscard]] static Result<void> render(const Dataset& dataset, const Options& options,
                                             std::int64_t image, std::int64_t epoch,
                                             std::int64_t sample, float* out,
                                             RenderScratch& scratch);

    /// Begins to load. `firstBatch` counts within the epoch. May be called again to jump elsewhere.
    void start(std::int64_t epoch, std::int64_t firstBatch);
    /// The next batch in order; the epoch advances by itself. Blocks until it is ready.
    /// Errors: fewer images than a batch, no readable image, out of memory.
    [[nodiscard]] Result<LabelledBatch> next();

    [[nodiscard]] std::int64_t batchesPerEpoch() const;

private:
    class Source;
    std::shared_ptr<Source> m_source;
    std::unique_ptr<BatchPipeline> m_pipeline;
};

} // namespace mocoscope::training
