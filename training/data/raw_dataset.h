// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "training/data/dataset.h"

namespace mocoscope::training {

/// Small images of one size, kept in memory as pixels.
class RawDataset final : public Dataset
{
public:
    struct Images
    {
        int side = 32;
        std::vector<std::uint8_t> rgb; ///< side · side · 3 bytes an image
        std::vector<std::int64_t> labels;
        std::vector<std::string> names;
        std::vector<std::string> classNames;
    };

    explicit RawDataset(Images images);

    [[nodiscard]] std::int64_t size() const override;
    [[nodiscard]] std::int64_t label(std::int64_t index) const override;
    [[nodiscard]] std::string name(std::int64_t index) const override;
    [[nodiscard]] std::span<const std::string> classNames() const override;
    [[nodiscard]] Result<DecodedImage> decode(std::int64_t index, int minSide) const override;
    [[nodiscard]] Result<void> decodePart(std::int64_t index, const PartPlanner& plan,
                                          DecodedPart& part) const override;

private:
    [[nodiscard]] std::span<const std::uint8_t> pixels(std::int64_t index) const;

    Images m_images;
};

} // namespace mocoscope::training
