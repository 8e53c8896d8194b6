// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/data/view_preview.h"

#include "training/data/view_operators.h"
#include "training/data/view_pair.h"
#include "training/data/view_renderer.h"

#include <algorithm>
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

Result<ViewPair> renderPair(const Dataset& images, const TrainingConfig& config, std::int64_t index,
                            std::int64_t epoch)
{
    const int size = static_cast<int>(config.model.imageSize);
    const ViewKey key {static_cast<std::uint64_t>(config.train.seed), epoch, index};
    DecodedPart part;
    const auto views = decodeForViews(images, index, config.views, key, size, false, part);
    auto original = images.decode(index, size);
    if (!views || !original) {
        return tl::unexpected(views ? original.error() : views.error());
    }
    ViewPair pair;
    pair.name = images.name(index);
    const std::int64_t label = images.label(index);
    if (label >= 0) {
        pair.label = images.classNames()[static_cast<std::size_t>(label)];
    }
    pair.original = {original->width, original->height, std::move(original->rgb)};
    ViewRenderer renderer;
    pair.view1 = toRgb(renderer.render(part, views->first, size), views->first.flip);
    pair.view2 = toRgb(renderer.render(part, views->second, size), views->second.flip);
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
