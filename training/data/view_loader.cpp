// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/data/view_loader.h"

#include "training/data/batch_pipeline.h"
#include "training/data/epoch_order.h"
#include "training/data/unreadable_log.h"
#include "training/data/view_pair.h"

#include <algorithm>

namespace mocoscope::training {

class ViewLoader::Source final : public BatchSource
{
public:
    Source(std::shared_ptr<const Dataset> dataset, const ViewsConfig& views, const Options& options,
           UnreadableImage unreadable)
        : m_dataset(std::move(dataset))
        , m_views(views)
        , m_options(options)
        , m_unreadable(std::move(unreadable))
    {
        m_options.rowsFrom = std::clamp<std::int64_t>(options.rowsFrom, 0, options.batchSize);
        m_options.rowsTo = options.rowsTo < 0
            ? options.batchSize
            : std::clamp(options.rowsTo, m_options.rowsFrom, options.batchSize);
    }

    [[nodiscard]] std::vector<std::int64_t> samplesOf(std::int64_t batch) override;
    [[nodiscard]] Result<void> fill(std::int64_t batch, std::size_t index, BatchRow& row,
                                    float* memory, RenderScratch& scratch) override;

    [[nodiscard]] std::int64_t batchesPerEpoch() const
    {
        return m_dataset->size() / std::max<std::int64_t>(1, m_options.batchSize);
    }
    [[nodiscard]] std::int64_t rows() const { return m_options.rowsTo - m_options.rowsFrom; }
    /// Of one view of all rows.
    [[nodiscard]] std::size_t viewBytes() const
    {
        return static_cast<std::size_t>(rows()) * imageBytes();
    }
    [[nodiscard]] std::int64_t unreadableImages() const { return m_unreadable.count(); }

private:
    [[nodiscard]] std::size_t imageBytes() const
    {
        const auto side = static_cast<std::size_t>(m_options.imageSize);
        return 3 * side * side;
    }
    [[nodiscard]] Result<void> render(std::int64_t image, const ViewKey& key, std::size_t index,
                                      std::uint8_t* memory, RenderScratch& scratch) const;

    std::shared_ptr<const Dataset> m_dataset;
    ViewsConfig m_views;
    Options m_options;
    UnreadableLog m_unreadable;
    std::int64_t m_orderEpoch = -1; ///< of m_order
    std::vector<std::int64_t> m_order;
};

std::vector<std::int64_t> ViewLoader::Source::samplesOf(std::int64_t batch)
{
    const std::int64_t epoch = batch / batchesPerEpoch();
    if (epoch != m_orderEpoch) {
        m_order = epochOrder(m_dataset->size(), m_options.seed, epoch);
        m_orderEpoch = epoch;
    }
    const auto first = m_order.begin() + batch % batchesPerEpoch() * m_options.batchSize;
    return {first + m_options.rowsFrom, first + m_options.rowsTo};
}

Result<void> ViewLoader::Source::render(std::int64_t image, const ViewKey& key, std::size_t index,
                                        std::uint8_t* memory, RenderScratch& scratch) const
{
    const int size = static_cast<int>(m_options.imageSize);
    const auto views = decodeForViews(*m_dataset, image, m_views, key, size, m_options.exactDecode,
                                      scratch.part);
    if (!views) {
        return tl::unexpected(views.error());
    }
    std::uint8_t* first = memory + index * imageBytes();
    writePlanes(scratch.renderer.render(scratch.part, views->first, size), views->first.flip,
                first);
    writePlanes(scratch.renderer.render(scratch.part, views->second, size), views->second.flip,
                first + viewBytes());
    return {};
}

/// An unreadable image is replaced by another one, which depends on (seed, epoch, sample) alone:
/// some random ones are tried, then all in turn.
Result<void> ViewLoader::Source::fill(std::int64_t batch, std::size_t index, BatchRow& row,
                                      float* memory, RenderScratch& scratch)
{
    constexpr std::int64_t randomAttempts = 16;
    const std::int64_t count = m_dataset->size();
    const ViewKey key {m_options.seed, batch / batchesPerEpoch(), row.sample};
    RandomStream random(key.seed, key.epoch, key.sample, RandomUse::Replacement);
    std::int64_t image = row.sample;
    for (std::int64_t attempt = 0; attempt < randomAttempts + count; ++attempt) {
        Result<void> rendered
            = render(image, key, index, reinterpret_cast<std::uint8_t*>(memory), scratch);
        if (rendered) {
            row = {image, m_dataset->label(image), true};
            return {};
        }
        if (rendered.error().code != ErrorCode::Unreadable) {
            return rendered;
        }
        m_unreadable.note(*m_dataset, image, rendered.error());
        if (m_unreadable.count() == count) {
            break;
        }
        image = attempt < randomAttempts ? random.below(count) : (image + 1) % count;
    }
    return tl::unexpected(m_unreadable.noneReadable());
}

ViewLoader::ViewLoader(std::shared_ptr<const Dataset> dataset, const ViewsConfig& views,
                       const Options& options, UnreadableImage unreadable)
    : m_source(std::make_shared<Source>(std::move(dataset), views, options, std::move(unreadable)))
    , m_pipeline(std::make_unique<BatchPipeline>(
          m_source,
          // The pipeline counts in floats.
          BatchPipeline::Options {options.workers, options.prefetch,
                                  (2 * m_source->viewBytes() + 3) / sizeof(float), options.memory}))
{
}

ViewLoader::~ViewLoader() = default;

void ViewLoader::start(std::int64_t epoch, std::int64_t firstBatch)
{
    if (batchesPerEpoch() > 0) {
        m_pipeline->start(epoch * batchesPerEpoch() + firstBatch);
    }
}

Result<ViewBatch> ViewLoader::next()
{
    if (batchesPerEpoch() == 0) {
        return failure(ErrorCode::BadConfiguration, "there are fewer images than one batch holds",
                       "lower train.batch_size, or add images");
    }
    auto filled = m_pipeline->next();
    if (!filled) {
        return tl::unexpected(filled.error());
    }
    ViewBatch batch;
    batch.epoch = filled->number / batchesPerEpoch();
    batch.index = filled->number % batchesPerEpoch();
    for (const BatchRow& row : filled->rows) {
        batch.samples.push_back(row.sample);
        batch.labels.push_back(row.label);
    }
    batch.size = static_cast<std::int64_t>(filled->rows.size());
    batch.waitSeconds = filled->waitSeconds;
    batch.view1 = reinterpret_cast<std::uint8_t*>(filled->buffer.data());
    batch.view2 = batch.view1 + m_source->viewBytes();
    batch.buffer = std::move(filled->buffer);
    return batch;
}

std::int64_t ViewLoader::batchesPerEpoch() const
{
    return m_source->batchesPerEpoch();
}

std::int64_t ViewLoader::unreadableImages() const
{
    return m_source->unreadableImages();
}

} // namespace mocoscope::training
