// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "training/data/file_store.h"
#include "training/data/image_layout.h"

namespace mocoscope::training {

/// Image files of a folder or an archive, decoded when asked for.
class FileDataset final : public Dataset
{
public:
    FileDataset(std::shared_ptr<const FileStore> store, ImageList images);

    [[nodiscard]] std::int64_t size() const override;
    [[nodiscard]] std::int64_t label(std::int64_t index) const override;
    [[nodiscard]] std::string name(std::int64_t index) const override;
    [[nodiscard]] std::span<const std::string> classNames() const override;
    /// Errors name the file in their message and give the reason in their detail.
    [[nodiscard]] Result<DecodedImage> decode(std::int64_t index, int minSide) const override;
    [[nodiscard]] Result<void> decodePart(std::int64_t index, const PartPlanner& plan,
                                          DecodedPart& part) const override;

private:
    std::shared_ptr<const FileStore> m_store;
    ImageList m_images;
};

} // namespace mocoscope::training
