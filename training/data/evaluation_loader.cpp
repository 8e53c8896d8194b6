// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/data/evaluation_loader.h"

#include "training/data/batch_pipeline.h"
#include "training/data/image_decoder.h"
#include "training/data/unreadable_log.h"

#include <algorithm>

namespace mocoscope::training {

class EvaluationLoader::Source final : public BatchSource
{
public:
    Source(std::shared_ptr<const Dataset> dataset, const Options& options,
           UnreadableImage unreadable)
        : m_dataset(std::move(dataset))
        , m_options(options)
        , m_unreadable(std::move(unreadable))
    {
        m_options.batchSize = std::max<std::int64_t>(1, options.batchSize);
        chooseImages();
    }

    [[nodiscard]] std::vector<std::int64_t> samplesOf(std::int64_t batch) override;
    [[nodiscard]] Result<void> fill(std::int64_t batch, std::size_t index, BatchRow& row,
                                    float* memory, RenderScratch& scratch) override;

    [[nodiscard]] std::int64_t size() const { return static_cast<std::int64_t>(m_images.size()); }
    [[nodiscard]] std::size_t imageFloats() const
    {
        const auto side = static_cast<std::size_t>(m_options.imageSize);
        return 3 * side * side;
    }
    [[nodiscard]] std::size_t batchFloats() const
    {
        const std::int64_t rows = std::clamp<std::int64_t>(size(), 1, m_options.batchSize);
        return static_cast<std::size_t>(rows) * imageFloats();
    }
    [[nodiscard]] bool isNothingReadable() const
    {
        return size() > 0 && m_unreadable.count() == size();
    }
    [[nodiscard]] Error noneReadable() const { return m_unreadable.noneReadable(); }

private:
    void chooseImages();

    std::shared_ptr<const Dataset> m_dataset;
    Options m_options;
    UnreadableLog m_unreadable;
    std::vector<std::int64_t> m_images;
};

void EvaluationLoader::Source::chooseImages()
{
    const bool skipUnlabelled = m_options.labelledOnly && !m_dataset->classNames().empty();
    std::vector<std::int64_t> all;
    for (std::int64_t i = 0; i < m_dataset->size(); ++i) {
        if (!skipUnlabelled || m_dataset->label(i) >= 0) {
            all.push_back(i);
        }
    }
    const auto count = static_cast<std::int64_t>(all.size());
    if (m_options.limit <= 0 || m_options.limit >= count) {
        m_images = std::move(all);
        return;
    }
    for (std::int64_t i = 0; i < m_options.limit; ++i) {
        m_images.push_back(all[static_cast<std::size_t>(i * count / m_options.limit)]);
    }
}

std::vector<std::int64_t> EvaluationLoader::Source::samplesOf(std::int64_t batch)
{
    const std::int64_t first = std::min(batch * m_options.batchSize, size());
    const std::int64_t end = std::min(first + m_options.batchSize, size());
    return {m_images.begin() + first, m_images.begin() + end};
}

Result<void> EvaluationLoader::Source::fill(std::int64_t, std::size_t index, BatchRow& row,
                                            float* memory, RenderScratch& scratch)
{
    const auto read = EvaluationLoader::render(*m_dataset, row.sample, m_options,
                                               memory + index * imageFloats(), scratch);
    if (!read) {
        m_unreadable.note(*m_dataset, row.sample, read.error());
        return {};
    }
    row.label = m_dataset->label(row.sample);
    row.isFilled = true;
    return {};
}

Result<void> EvaluationLoader::render(const Dataset& dataset, std::int64_t image,
                                      const Options& options, float* out, RenderScratch& scratch)
{
    const int size = static_cast<int>(options.imageSize);
    const int resized = size * 256 / 224;
    const auto read
        = dataset.decodePart(image, wholeImage(options.exactDecode ? 0 : resized), scratch.part);
    if (!read) {
        return read;
    }
    const bool fits = scratch.part.fullWidth == size && scratch.part.fullHeight == size;
    writeNormalised(scratch.renderer.renderCentre(scratch.part, fits ? size : resized, size), false,
                    out);
    return {};
}

EvaluationLoader::EvaluationLoader(std::shared_ptr<const Dataset> dataset, const Options& options,
                                   UnreadableImage unreadable)
    : m_source(std::make_shared<Source>(std::move(dataset), options, std::move(unreadable)))
    , m_pipeline(std::make_unique<BatchPipeline>(
          m_source,
          BatchPipeline::Options {options.workers, options.prefetch, m_source->batchFloats(),
                                  options.memory}))
{
    m_pipeline->start(0);
}

EvaluationLoader::~EvaluationLoader() = default;

std::int64_t EvaluationLoader::size() const
{
    return m_source->size();
}

Result<EvaluationBatch> EvaluationLoader::next()
{
    for (;;) {
        auto filled = m_pipeline->next();
        if (!filled) {
            return tl::unexpected(filled.error());
        }
        EvaluationBatch batch;
        batch.images = filled->buffer.data();
        const std::size_t floats = m_source->imageFloats();
        for (std::size_t i = 0; i < filled->rows.size(); ++i) {
            if (!filled->rows[i].isFilled) {
                continue;
            }
            const auto target = static_cast<std::size_t>(batch.size++);
            if (target != i) { // closes the gap that an unreadable image left
                std::copy_n(batch.images + i * floats, floats, batch.images + target * floats);
            }
            batch.samples.push_back(filled->rows[i].sample);
            batch.labels.push_back(filled->rows[i].label);
        }
        if (batch.size == 0 && m_source->isNothingReadable()) {
            return tl::unexpected(m_source->noneReadable());
        }
        if (batch.size > 0 || filled->rows.empty()) {
            batch.buffer = std::move(filled->buffer);
            return batch;
        }
    }
}

} // namespace mocoscope::training
