// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "training/data/batch_buffer.h"
#include "training/data/dataset.h"
#include "training/data/view_loader.h"

#include <cstdint>
#include <memory>
#include <vector>

namespace mocoscope::training {

class BatchPipeline;
struct RenderScratch;

/// Un-augmented images. Gives its memory back when destroyed, and may outlive the loader.
struct EvaluationBatch
{
    std::vector<std::int64_t> samples;
    std::vector<std::int64_t> labels;
    float* images = nullptr; ///< [N, 3, S, S], normalised, owned by `buffer`
    std::int64_t size = 0; ///< N; 0: there are no more
    BatchBuffer buffer;
};

/// The images of a data set in order, once: shorter side resized to S · 256 / 224, then the centre.
/// Images that are S × S as stored are taken as they are. Unreadable ones are told and left out,
/// so a batch can be smaller than asked for.
/// Threads: next() and the destructor on one thread.
class EvaluationLoader
{
public:
    struct Options
    {
        std::int64_t imageSize = 224; ///< S
        std::int64_t batchSize = 256;
        std::int64_t workers = 0; ///< 0: one per core
        std::int64_t prefetch = 2;
        std::int64_t limit = 0; ///< images at most, spread evenly over the data set; 0: all
        bool labelledOnly = true; ///< leaves out unlabelled images of a data set that has classes
        bool exactDecode = false; ///< never decode a JPEG at a fraction of its size
        BatchMemory memory;
    };

    EvaluationLoader(std::shared_ptr<const Dataset> dataset, const Options& options,
                     UnreadableImage unreadable);
    ~EvaluationLoader();
    EvaluationLoader(const EvaluationLoader&) = delete;
    EvaluationLoader& operator=(const EvaluationLoader&) = delete;

    /// Renders an image as a batch has it: [3, S, S], normalised, to `out`.
    [[nodiscard]] static Result<void> render(const Dataset& dataset, std::int64_t image,
                                             const Options& options, float* out,
                                             RenderScratch& scratch);

    /// Images that will come if all can be read.
    [[nodiscard]] std::int64_t size() const;
    /// The next images in order; size 0 after the last ones.
    [[nodiscard]] Result<EvaluationBatch> next();

private:
    class Source;
    std::shared_ptr<Source> m_source;
    std::unique_ptr<BatchPipeline> m_pipeline;
};

} // namespace mocoscope::training
