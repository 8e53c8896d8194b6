// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/data/view_preview.h"

#include "training/api/task.h"
#include "training/data/batch_pipeline.h"
#include "training/data/evaluation_loader.h"
#include "training/data/labelled_loader.h"
#include "training/data/view_operators.h"
#include "training/data/view_pair.h"
#include "training/data/view_renderer.h"

#include <algorithm>
#include <cmath>
#include <mutex>

namespace mocoscope::training {
namespace {

RgbImage toRgb(const PlanarImage& image, bool mirrored)
{
    RgbImage result {image.width(), image.height(), {}};
    result.bytes.resize(3 * image.pixels());
    writeRgb(image, mirrored, result.bytes.data());
    return result;
}

class Preview final : public ViewPreview
{
public:
    [[nodiscard]] Result<std::vector<ViewPair>> render(const TrainingConfig& config, int count,
                                                       std::int64_t epoch,
                                                       std::stop_token stop) override;

private:
    Result<std::shared_ptr<const Dataset>> dataset(const DataConfig& config,
                                                   const std::stop_token& stop);

    std::mutex m_mutex; ///< guards what follows
    DataConfig m_config;
    std::shared_ptr<const Dataset> m_dataset; ///< of m_config; null: none yet
};

Result<std::shared_ptr<const Dataset>> Preview::dataset(const DataConfig& config,
                                                        const std::stop_token& stop)
{
    {
        const std::lock_guard lock(m_mutex);
        if (m_dataset && m_config == config) {
            return m_dataset;
        }
    }
    return openDatasets(config, stop, {}).map([&](const DatasetPair& pair) {
        const std::lock_guard lock(m_mutex);
        m_config = config;
        m_dataset = pair.train;
        return pair.train;
    });
}

/// Normalised planes back to bytes. Erased rectangles are noise beyond them, which is cut off.
RgbImage toRgb(const std::vector<float>& planes, int size)
{
    RgbImage result {size, size, std::vector<std::uint8_t>(planes.size())};
    const std::size_t pixels = planes.size() / 3;
    for (std::size_t i = 0; i < planes.size(); ++i) {
        const std::size_t channel = i / pixels;
        const float share = planes[i] * imageNetDeviation[channel] + imageNetMean[channel];
        result.bytes[3 * (i % pixels) + channel]
            = static_cast<std::uint8_t>(std::lround(255 * std::clamp(share, 0.0F, 1.0F)));
    }
    return result;
}

/// What a task that trains with labels sees in two epochs; without augmentation the same in all.
Result<void> renderLabelled(const Dataset& images, const TrainingConfig& config, std::int64_t index,
                            std::int64_t epoch, ViewPair& pair)
{
    const int size = static_cast<int>(config.model.imageSize);
    std::vector<float> planes(3 * static_cast<std::size_t>(size) * static_cast<std::size_t>(size));
    RenderScratch scratch;
    if (config.task.name == "knn" || (config.task.name == "linear" && !config.linear.augment)) {
        EvaluationLoader::Options options;
        options.imageSize = size;
        return EvaluationLoader::render(images, index, options, planes.data(), scratch).map([&] {
            pair.view1 = toRgb(planes, size);
        });
    }
    const auto options = LabelledLoader::optionsFor(config);
    for (RgbImage* view : {&pair.view1, &pair.view2}) {
        const auto rendered
            = LabelledLoader::render(images, options, index, epoch, index, planes.data(), scratch);
        if (!rendered) {
            return rendered;
        }
        *view = toRgb(planes, size);
        ++epoch;
    }
    return {};
}

Result<void> renderViews(const Dataset& images, const TrainingConfig& config, std::int64_t index,
                         std::int64_t epoch, ViewPair& pair)
{
    const int size = static_cast<int>(config.model.imageSize);
    const ViewKey key {static_cast<std::uint64_t>(config.train.seed), epoch, index};
    DecodedPart part;
    const auto views = decodeForViews(images, index, config.views, key, size, false, part);
    if (!views) {
        return tl::unexpected(views.error());
    }
    ViewRenderer renderer;
    pair.view1 = toRgb(renderer.render(part, views->first, size), views->first.flip);
    pair.view2 = toRgb(renderer.render(part, views->second, size), views->second.flip);
    return {};
}

Result<ViewPair> renderPair(const Dataset& images, const TrainingConfig& config, std::int64_t index,
                            std::int64_t epoch)
{
    ViewPair pair;
    const auto rendered = isEvaluation(config) ? renderLabelled(images, config, index, epoch, pair)
                                               : renderViews(images, config, index, epoch, pair);
    auto original = images.decode(index, static_cast<int>(config.model.imageSize));
    if (!rendered || !original) {
        return tl::unexpected(rendered ? original.error() : rendered.error());
    }
    pair.name = images.name(index);
    const std::int64_t label = images.label(index);
    if (label >= 0) {
        pair.label = images.classNames()[static_cast<std::size_t>(label)];
    }
    pair.original = {original->width, original->height, std::move(original->rgb)};
    return pair;
}

Result<std::vector<ViewPair>> Preview::render(const TrainingConfig& config, int count,
                                              std::int64_t epoch, std::stop_token stop)
{
    const auto images = dataset(config.data, stop);
    if (!images) {
        return tl::unexpected(images.error());
    }
    const std::int64_t size = (*images)->size();
    const std::int64_t wanted = std::min<std::int64_t>(std::max(count, 0), size);
    std::vector<ViewPair> pairs;
    Error lastError;
    for (std::int64_t i = 0; i < wanted; ++i) {
        if (stop.stop_requested()) {
            return failure(ErrorCode::Cancelled, "the preview was cancelled");
        }
        // The middle of each share of the data set; unreadable images are left out.
        auto pair = renderPair(**images, config, (2 * i + 1) * size / (2 * wanted), epoch);
        if (pair) {
            pairs.push_back(std::move(*pair));
        } else {
            lastError = pair.error();
        }
    }
    if (pairs.empty() && wanted > 0) {
        return tl::unexpected(lastError);
    }
    return pairs;
}

} // namespace

std::unique_ptr<ViewPreview> makeViewPreview()
{
    return std::make_unique<Preview>();
}

} // namespace mocoscope::training
