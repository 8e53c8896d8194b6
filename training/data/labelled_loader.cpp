// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/data/labelled_loader.h"

#include "training/data/batch_pipeline.h"
#include "training/data/epoch_order.h"
#include "training/data/rand_augment.h"
#include "training/data/unreadable_log.h"

#include <algorithm>
#include <array>

namespace mocoscope::training {

class LabelledLoader::Source final : public BatchSource
{
public:
    Source(std::shared_ptr<const Dataset> dataset, const Options& options,
           UnreadableImage unreadable)
        : m_dataset(std::move(dataset))
        , m_options(options)
        , m_unreadable(std::move(unreadable))
    {
        m_options.batchSize = std::max<std::int64_t>(1, options.batchSize);
        for (std::int64_t i = 0; i < m_dataset->size(); ++i) {
            if (m_dataset->label(i) >= 0) {
                m_images.push_back(i);
            }
        }
    }

    [[nodiscard]] std::vector<std::int64_t> samplesOf(std::int64_t batch) override;
    [[nodiscard]] Result<void> fill(std::int64_t batch, std::size_t index, BatchRow& row,
                                    float* memory, RenderScratch& scratch) override;

    [[nodiscard]] std::int64_t size() const { return static_cast<std::int64_t>(m_images.size()); }
    [[nodiscard]] std::int64_t batchesPerEpoch() const
    {
        const std::int64_t rest = m_options.keepsLastBatch ? m_options.batchSize - 1 : 0;
        return (size() + rest) / m_options.batchSize;
    }
    [[nodiscard]] std::size_t batchFloats() const
    {
        const std::int64_t rows = std::clamp<std::int64_t>(size(), 1, m_options.batchSize);
        return static_cast<std::size_t>(rows) * imageFloats();
    }

private:
    [[nodiscard]] std::size_t imageFloats() const
    {
        const auto side = static_cast<std::size_t>(m_options.imageSize);
        return 3 * side * side;
    }

    std::shared_ptr<const Dataset> m_dataset;
    Options m_options;
    UnreadableLog m_unreadable;
    std::vector<std::int64_t> m_images; ///< the labelled ones
    std::int64_t m_orderEpoch = -1; ///< of m_order
    std::vector<std::int64_t> m_order; ///< indices into m_images
};

std::vector<std::int64_t> LabelledLoader::Source::samplesOf(std::int64_t batch)
{
    const std::int64_t epoch = batch / batchesPerEpoch();
    if (epoch != m_orderEpoch) {
        m_order = epochOrder(size(), m_options.seed, epoch);
        m_orderEpoch = epoch;
    }
    const std::int64_t first = batch % batchesPerEpoch() * m_options.batchSize;
    const std::int64_t end = std::min(first + m_options.batchSize, size());
    std::vector<std::int64_t> samples;
    for (std::int64_t i = first; i < end; ++i) {
        samples.push_back(m_images[static_cast<std::size_t>(m_order[static_cast<std::size_t>(i)])]);
    }
    return samples;
}

LabelledLoader::Options LabelledLoader::optionsFor(const TrainingConfig& config)
{
    Options options;
    options.imageSize = config.model.imageSize;
    options.seed = static_cast<std::uint64_t>(config.train.seed);
    options.workers = config.data.workers;
    options.prefetch = config.data.prefetch;
    if (config.task.name != "finetune") {
        options.batchSize = config.linear.batchSize;
        options.keepsLastBatch = true;
        return options;
    }
    const FinetuneConfig& finetune = config.finetune;
    options.batchSize = finetune.batchSize;
    options.cropMin = finetune.cropMin;
    options.randAugmentOperations = finetune.randAugmentOperations;
    options.randAugmentMagnitude = finetune.randAugmentMagnitude;
    options.erasing = finetune.randomErasing;
    return options;
}

Result<void> LabelledLoader::render(const Dataset& dataset, const Options& options,
                                    std::int64_t image, std::int64_t epoch, std::int64_t sample,
                                    float* out, RenderScratch& scratch)
{
    const int size = static_cast<int>(options.imageSize);
    const auto stream = [&](RandomUse use) {
        return RandomStream {options.seed, epoch, sample, use};
    };
    ViewParameters view;
    const auto plan = [&](int width, int height) {
        RandomStream random = stream(RandomUse::LabelledView);
        view.crop = drawCrop(options.cropMin, 1, width, height, random);
        view.flip = random.uniform() < 0.5;
        return partForCrops(std::array {view.crop}, size, options.exactDecode);
    };
    const auto read = dataset.decodePart(image, std::ref(plan), scratch.part);
    if (!read) {
        return read;
    }
    // Mirrored when it is written: of RandAugment's operations none prefers a side.
    PlanarImage& pixels = scratch.renderer.render(scratch.part, view, size);
    randAugment(pixels, options.randAugmentOperations, options.randAugmentMagnitude,
                stream(RandomUse::RandAugment));
    writeNormalised(pixels, view.flip, out);
    RandomStream erasing = stream(RandomUse::Erasing);
    if (erasing.uniform() < options.erasing) {
        eraseRectangle(out, options.imageSize, erasing);
    }
    return {};
}

/// An unreadable image is replaced by another one, which depends on (seed, epoch, sample) alone:
/// some random ones are tried, then all in turn.
Result<void> LabelledLoader::Source::fill(std::int64_t batch, std::size_t index, BatchRow& row,
                                          float* memory, RenderScratch& scratch)
{
    constexpr std::int64_t randomAttempts = 16;
    const std::int64_t epoch = batch / batchesPerEpoch();
    RandomStream random {m_options.seed, epoch, row.sample, RandomUse::Replacement};
    std::int64_t image = row.sample;
    for (std::int64_t attempt = 0; attempt < randomAttempts + size(); ++attempt) {
        const Result<void> rendered
            = LabelledLoader::render(*m_dataset, m_options, image, epoch, row.sample,
                                     memory + index * imageFloats(), scratch);
        if (rendered) {
            row = {image, m_dataset->label(image), true};
            return {};
        }
        if (rendered.error().code != ErrorCode::Unreadable) {
            return rendered;
        }
        m_unreadable.note(*m_dataset, image, rendered.error());
        const std::int64_t next
            = attempt < randomAttempts ? random.below(size()) : attempt - randomAttempts;
        image = m_images[static_cast<std::size_t>(next)];
    }
    return tl::unexpected(m_unreadable.noneReadable());
}

LabelledLoader::LabelledLoader(std::shared_ptr<const Dataset> dataset, const Options& options,
                               UnreadableImage unreadable)
    : m_source(std::make_shared<Source>(std::move(dataset), options, std::move(unreadable)))
    , m_pipeline(std::make_unique<BatchPipeline>(
          m_source,
          BatchPipeline::Options {options.workers, options.prefetch, m_source->batchFloats(),
                                  options.memory}))
{
}

LabelledLoader::~LabelledLoader() = default;

void LabelledLoader::start(std::int64_t epoch, std::int64_t firstBatch)
{
    if (batchesPerEpoch() > 0) {
        m_pipeline->start(epoch * batchesPerEpoch() + firstBatch);
    }
}

Result<LabelledBatch> LabelledLoader::next()
{
    if (batchesPerEpoch() == 0) {
        return failure(ErrorCode::BadConfiguration,
                       "there are fewer labelled images than one batch holds",
                       "lower the batch size, or add images");
    }
    auto filled = m_pipeline->next();
    if (!filled) {
        return tl::unexpected(filled.error());
    }
    LabelledBatch batch;
    for (const BatchRow& row : filled->rows) {
        batch.samples.push_back(row.sample);
        batch.labels.push_back(row.label);
    }
    batch.size = static_cast<std::int64_t>(filled->rows.size());
    batch.waitSeconds = filled->waitSeconds;
    batch.images = filled->buffer.data();
    batch.buffer = std::move(filled->buffer);
    return batch;
}

std::int64_t LabelledLoader::batchesPerEpoch() const
{
    return m_source->batchesPerEpoch();
}

} // namespace mocoscope::training
