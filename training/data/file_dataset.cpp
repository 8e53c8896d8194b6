// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/data/file_dataset.h"

#include "training/data/image_decoder.h"

#include <new>

namespace mocoscope::training {

FileDataset::FileDataset(std::shared_ptr<const FileStore> store, ImageList images)
    : m_store(std::move(store))
    , m_images(std::move(images))
{
}

std::int64_t FileDataset::size() const
{
    return static_cast<std::int64_t>(m_images.files.size());
}

std::int64_t FileDataset::label(std::int64_t index) const
{
    return m_images.labels[static_cast<std::size_t>(index)];
}

std::string FileDataset::name(std::int64_t index) const
{
    return m_store->names()[m_images.files[static_cast<std::size_t>(index)]];
}

std::span<const std::string> FileDataset::classNames() const
{
    return m_images.classNames;
}

Result<DecodedImage> FileDataset::decode(std::int64_t index, int minSide) const
{
    DecodedPart part;
    return decodePart(index, wholeImage(minSide), part).map([&] { return toImage(part); });
}

Result<void> FileDataset::decodePart(std::int64_t index, const PartPlanner& plan,
                                     DecodedPart& part) const
{
    const auto describe = [&](const std::string& reason) {
        return Error {ErrorCode::Unreadable, "cannot read the image " + name(index), reason};
    };
    try {
        const std::size_t file = m_images.files[static_cast<std::size_t>(index)];
        return m_store->read(file, part.encoded)
            .and_then([&] { return decodeImage(plan, part); })
            .map_error([&](const Error& error) {
                const bool isGone = error.code == ErrorCode::NotFound; // with all the others
                return isGone ? error : describe(error.message);
            });
    } catch (const std::bad_alloc&) {
        return tl::unexpected(describe("there is not enough memory for it"));
    }
}

} // namespace mocoscope::training
