// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/data/raw_dataset.h"

#include <algorithm>

namespace mocoscope::training {

RawDataset::RawDataset(Images images)
    : m_images(std::move(images))
{
}

std::int64_t RawDataset::size() const
{
    return static_cast<std::int64_t>(m_images.labels.size());
}

std::int64_t RawDataset::label(std::int64_t index) const
{
    return m_images.labels[static_cast<std::size_t>(index)];
}

std::string RawDataset::name(std::int64_t index) const
{
    return m_images.names[static_cast<std::size_t>(index)];
}

std::span<const std::string> RawDataset::classNames() const
{
    return m_images.classNames;
}

std::span<const std::uint8_t> RawDataset::pixels(std::int64_t index) const
{
    const auto side = static_cast<std::size_t>(m_images.side);
    const std::size_t bytes = side * side * 3;
    return std::span(m_images.rgb).subspan(static_cast<std::size_t>(index) * bytes, bytes);
}

Result<DecodedImage> RawDataset::decode(std::int64_t index, int) const
{
    const auto rgb = pixels(index);
    return DecodedImage {m_images.side, m_images.side, {rgb.begin(), rgb.end()}};
}

Result<void> RawDataset::decodePart(std::int64_t index, const PartPlanner& plan,
                                    DecodedPart& part) const
{
    constexpr std::size_t tailBytes = 64;
    const auto rgb = pixels(index);
    part.rgb.resize(std::max(part.rgb.size(), rgb.size() + tailBytes));
    std::copy(rgb.begin(), rgb.end(), part.rgb.begin());
    part.fullWidth = m_images.side;
    part.fullHeight = m_images.side;
    part.reduction = 1;
    part.rect = {0, 0, m_images.side, m_images.side};
    static_cast<void>(plan(m_images.side, m_images.side)); // the planner learns the size
    return {};
}

} // namespace mocoscope::training
