// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/data/cifar_dataset.h"

#include "training/data/raw_dataset.h"

#include <algorithm>
#include <sstream>

namespace mocoscope::training {
namespace {

constexpr std::size_t planeBytes = std::size_t {32} * 32;

/// Where things are in a record: CIFAR-100 has a coarse label before the fine one.
struct RecordLayout
{
    std::size_t labelAt;
    std::size_t pixelsAt;
    std::size_t bytes;
    std::size_t classes;
};

RecordLayout layoutOf(int classes)
{
    const std::size_t labels = classes == 100 ? 2 : 1;
    return {labels - 1, labels, labels + 3 * planeBytes, static_cast<std::size_t>(classes)};
}

Result<std::vector<std::uint8_t>> readNamed(const FileStore& store, const std::string& name)
{
    const auto names = store.names();
    const auto found = std::lower_bound(names.begin(), names.end(), name);
    if (found == names.end() || *found != name) {
        return failure(ErrorCode::NotFound, "the CIFAR file " + name + " is missing",
                       "all files of the binary version have to lie in one folder");
    }
    std::vector<std::uint8_t> bytes;
    return store.read(static_cast<std::size_t>(found - names.begin()), bytes)
        .map([&] { return std::move(bytes); })
        .map_error([&](const Error& error) {
            return Error {error.code, "cannot read the CIFAR file " + name, error.message};
        });
}

std::vector<std::string> classNames(const FileStore& store, const CifarPlace& place)
{
    const std::string file = place.classes == 100 ? "fine_label_names.txt" : "batches.meta.txt";
    std::vector<std::string> names;
    if (const auto bytes = readNamed(store, place.folder + file)) {
        std::istringstream lines(std::string(bytes->begin(), bytes->end()));
        for (std::string line; std::getline(lines, line);) {
            line.erase(line.find_last_not_of(" \r\t") + 1);
            if (!line.empty()) {
                names.push_back(line);
            }
        }
    }
    for (auto i = names.size(); i < static_cast<std::size_t>(place.classes); ++i) {
        names.push_back("class " + std::to_string(i));
    }
    names.resize(static_cast<std::size_t>(place.classes));
    return names;
}

void appendPixels(std::span<const std::uint8_t> planes, std::vector<std::uint8_t>& rgb)
{
    const std::size_t start = rgb.size();
    rgb.resize(start + 3 * planeBytes);
    for (std::size_t i = 0; i < planeBytes; ++i) {
        for (std::size_t channel = 0; channel < 3; ++channel) {
            rgb[start + 3 * i + channel] = planes[channel * planeBytes + i];
        }
    }
}

Result<void> appendFile(const FileStore& store, const std::string& name, const RecordLayout& layout,
                        std::int64_t limit, std::vector<std::int64_t>& taken,
                        RawDataset::Images& images)
{
    const auto bytes = readNamed(store, name);
    if (!bytes) {
        return tl::unexpected(bytes.error());
    }
    if (bytes->empty() || bytes->size() % layout.bytes != 0) {
        return failure(ErrorCode::Unreadable, "the CIFAR file " + name + " is cut off",
                       "its size has to be a multiple of " + std::to_string(layout.bytes)
                           + " bytes; download it again");
    }
    const std::span all(*bytes);
    for (std::size_t at = 0; at < all.size(); at += layout.bytes) {
        const std::size_t label = all[at + layout.labelAt];
        if (label >= layout.classes) {
            return failure(ErrorCode::Unreadable, "the CIFAR file " + name + " is damaged",
                           "it has a label of " + std::to_string(label));
        }
        if (limit == 0 || ++taken[label] <= limit) {
            appendPixels(all.subspan(at + layout.pixelsAt, 3 * planeBytes), images.rgb);
            images.labels.push_back(static_cast<std::int64_t>(label));
            images.names.push_back(name + "/" + std::to_string(at / layout.bytes));
        }
    }
    return {};
}

Result<std::shared_ptr<const Dataset>> readSplit(const FileStore& store, const CifarPlace& place,
                                                 const std::vector<std::string>& files,
                                                 std::int64_t limit)
{
    RawDataset::Images images;
    images.classNames = classNames(store, place);
    std::vector<std::int64_t> taken(static_cast<std::size_t>(place.classes));
    for (const std::string& file : files) {
        const auto appended
            = appendFile(store, place.folder + file, layoutOf(place.classes), limit, taken, images);
        if (!appended) {
            return tl::unexpected(appended.error());
        }
    }
    return std::make_shared<RawDataset>(std::move(images));
}

} // namespace

Result<DatasetPair> readCifar(const FileStore& store, const CifarPlace& place,
                              std::int64_t trainLimit, std::int64_t testLimit)
{
    const bool hundred = place.classes == 100;
    const std::vector<std::string> trainFiles = hundred
        ? std::vector<std::string> {"train.bin"}
        : std::vector<std::string> {"data_batch_1.bin", "data_batch_2.bin", "data_batch_3.bin",
                                    "data_batch_4.bin", "data_batch_5.bin"};
    const std::string testFile = hundred ? "test.bin" : "test_batch.bin";
    auto train = readSplit(store, place, trainFiles, trainLimit);
    if (!train) {
        return tl::unexpected(train.error());
    }
    return readSplit(store, place, {testFile}, testLimit).map([&](const auto& test) {
        return DatasetPair {*train, test, hundred ? "CIFAR-100 binary" : "CIFAR-10 binary"};
    });
}

} // namespace mocoscope::training
