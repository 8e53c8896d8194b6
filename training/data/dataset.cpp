// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/data/dataset.h"

#include "training/data/archive_cache.h"
#include "training/data/cifar_dataset.h"
#include "training/data/demo_dataset.h"
#include "training/data/file_dataset.h"
#include "training/data/image_decoder.h"
#include "training/data/relabelled_dataset.h"

#include <algorithm>
#include <filesystem>

namespace mocoscope::training {
namespace {

namespace fs = std::filesystem;

using Store = std::shared_ptr<const FileStore>;

/// One path and what is to be done while it is listed.
struct Place
{
    const std::string& path;
    std::int64_t trainLimit;
    std::int64_t testLimit;
    const std::stop_token& stop;
    const ListingProgress& progress;
};

tl::unexpected<Error> noSuchPath(const std::string& path)
{
    return failure(ErrorCode::NotFound, "there is no " + path,
                   "give a folder of images, a .tar or .tar.gz of one, a folder of CIFAR binary "
                   "files, or 'demo' for the built-in images");
}

bool isPlainTar(const fs::path& path)
{
    return path.extension() == ".tar";
}

Result<Store> openStore(const Place& place)
{
    std::error_code error;
    const fs::file_status status = fs::status(place.path, error);
    if (!fs::exists(status)) {
        return noSuchPath(place.path);
    }
    if (fs::is_directory(status)) {
        return openFolder(place.path, place.stop, place.progress);
    }
    if (isCompressedTar(place.path)) {
        return unpackedArchive(place.path, place.stop, place.progress)
            .and_then([&](const fs::path& tar) { return openTar(tar, place.stop, {}); });
    }
    if (isPlainTar(place.path)) {
        return openTar(place.path, place.stop, place.progress);
    }
    return failure(ErrorCode::BadConfiguration, place.path + " is neither a folder nor an archive",
                   "archives that can be read end in .tar, .tar.gz, .tgz, .tar.bz2, .tar.xz or "
                   ".tar.zst; unpack others into a folder");
}

tl::unexpected<Error> noImages(const std::string& path, const FileStore& store)
{
    const auto names = store.names();
    std::string found = names.empty()
        ? std::string("it is empty")
        : "of its files (" + std::to_string(names.size()) + ") none ends in " + imageEndings();
    const auto archive = std::ranges::find_if(
        names, [](const auto& name) { return isCompressedTar(name) || isPlainTar(name); });
    std::error_code ignored;
    if (archive != names.end() && fs::is_directory(path, ignored)) {
        found += "; images in an archive are read when it is named itself: "
            + (fs::path(path) / *archive).string();
    }
    return failure(ErrorCode::NotFound, "there are no images in " + path, found);
}

Result<DatasetPair> openPlace(const Place& place)
{
    if (place.path == "demo") {
        return makeDemoDatasets(place.trainLimit, place.testLimit);
    }
    const auto store = openStore(place);
    if (!store) {
        return tl::unexpected(store.error());
    }
    const auto names = (*store)->names();
    if (const auto cifar = findCifar(names)) {
        return readCifar(**store, *cifar, place.trainLimit, place.testLimit);
    }
    ImageLayout layout = arrangeImages(names, place.trainLimit, place.testLimit);
    if (layout.train.files.empty()) {
        return noImages(place.path, **store);
    }
    std::error_code ignored;
    DatasetPair pair;
    pair.kind = fs::is_directory(place.path, ignored) ? "folder" : "tar archive";
    pair.train = std::make_shared<FileDataset>(*store, std::move(layout.train));
    if (layout.test && !layout.test->classNames.empty()) {
        pair.test = std::make_shared<FileDataset>(*store, std::move(*layout.test));
    }
    return pair;
}

Result<std::shared_ptr<const Dataset>>
openTest(const DataConfig& config, const std::stop_token& stop, const ListingProgress& progress)
{
    const std::int64_t limit = config.testPerClassLimit;
    return openPlace({config.testPath, limit, limit, stop, progress})
        .map([](const DatasetPair& pair) { return pair.test ? pair.test : pair.train; });
}

} // namespace

Result<DatasetPair> openDatasets(const DataConfig& config, std::stop_token stop,
                                 const ListingProgress& progress)
{
    auto pair
        = openPlace({config.path, config.perClassLimit, config.testPerClassLimit, stop, progress});
    if (!pair) {
        return pair;
    }
    const bool isChosen = !config.testPath.empty();
    if (isChosen) {
        auto test = openTest(config, stop, progress);
        if (!test) {
            return tl::unexpected(test.error());
        }
        pair->test = *test;
    }
    if (!pair->test || (!isChosen && pair->train->classNames().empty())) {
        pair->test = nullptr;
        return pair;
    }
    return withLabelsOf(*pair->train, pair->test).map([&](const auto& test) {
        pair->test = test;
        return *pair;
    });
}

} // namespace mocoscope::training
