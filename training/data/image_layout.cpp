// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/data/image_layout.h"

#include "training/data/image_decoder.h"

#include <algorithm>
#include <map>
#include <set>

namespace mocoscope::training {
namespace {

/// "a" of "a/b/c"; empty for a file outside of folders.
std::string_view firstFolder(std::string_view name)
{
    const std::size_t slash = name.find('/');
    return slash == std::string_view::npos ? std::string_view() : name.substr(0, slash);
}

bool isHidden(std::string_view name)
{
    return name.starts_with('.') || name.find("/.") != std::string_view::npos
        || name.starts_with("__MACOSX/");
}

bool isSplitName(std::string_view folder)
{
    return folder == "train" || folder == "test" || folder == "val";
}

/// A file and what is left of its name below the folder that is looked at.
struct Candidate
{
    std::size_t file;
    std::string_view name;
};
using Candidates = std::vector<Candidate>;

std::set<std::string_view> foldersOf(const Candidates& images)
{
    std::set<std::string_view> folders;
    for (const Candidate& image : images) {
        folders.insert(firstFolder(image.name));
    }
    return folders;
}

Candidates below(const Candidates& images, std::string_view folder)
{
    Candidates found;
    for (const Candidate& image : images) {
        if (firstFolder(image.name) == folder) {
            found.push_back({image.file, image.name.substr(folder.size() + 1)});
        }
    }
    return found;
}

bool hasFolders(const Candidates& images)
{
    return std::any_of(images.begin(), images.end(),
                       [](const Candidate& image) { return !firstFolder(image.name).empty(); });
}

/// Goes into a single folder as long as there are folders in it: those are the classes.
Candidates unwrapped(Candidates images)
{
    for (;;) {
        const auto folders = foldersOf(images);
        if (folders.size() != 1 || folders.begin()->empty() || isSplitName(*folders.begin())) {
            return images;
        }
        Candidates inner = below(images, *folders.begin());
        if (!hasFolders(inner)) {
            return images;
        }
        images = std::move(inner);
    }
}

ImageList listOf(Candidates images, std::int64_t limit)
{
    ImageList list;
    for (const std::string_view folder : foldersOf(images)) {
        if (!folder.empty()) {
            list.classNames.emplace_back(folder);
        }
    }
    std::map<std::string_view, std::int64_t> labels;
    for (const std::string& name : list.classNames) {
        labels.emplace(name, static_cast<std::int64_t>(labels.size()));
    }
    std::stable_sort(images.begin(), images.end(), [](const Candidate& a, const Candidate& b) {
        const auto left = firstFolder(a.name);
        const auto right = firstFolder(b.name);
        return left != right ? left < right : a.name < b.name;
    });
    std::map<std::string_view, std::int64_t> taken;
    for (const Candidate& image : images) {
        const std::string_view folder = firstFolder(image.name);
        if (limit == 0 || ++taken[folder] <= limit) {
            list.files.push_back(image.file);
            list.labels.push_back(folder.empty() ? -1 : labels.at(folder));
        }
    }
    return list;
}

/// `test` unless only `val` has classes, as in ImageNet, whose test images are unlabelled.
std::optional<Candidates> testImages(const Candidates& images)
{
    Candidates test = below(images, "test");
    Candidates val = below(images, "val");
    if (test.empty() && val.empty()) {
        return std::nullopt;
    }
    return test.empty() || (!hasFolders(test) && hasFolders(val)) ? std::move(val)
                                                                  : std::move(test);
}

} // namespace

ImageLayout arrangeImages(std::span<const std::string> names, std::int64_t trainLimit,
                          std::int64_t testLimit)
{
    Candidates images;
    for (std::size_t i = 0; i < names.size(); ++i) {
        if (isImageName(names[i]) && !isHidden(names[i])) {
            images.push_back({i, names[i]});
        }
    }
    images = unwrapped(std::move(images));
    Candidates train = below(images, "train");
    const auto test = testImages(images);
    ImageLayout layout;
    if (!train.empty() && (test || foldersOf(images).size() == 1)) {
        layout.train = listOf(std::move(train), trainLimit);
        if (test) {
            layout.test = listOf(*test, testLimit);
        }
    } else {
        layout.train = listOf(std::move(images), trainLimit);
    }
    return layout;
}

std::optional<CifarPlace> findCifar(std::span<const std::string> names)
{
    const auto has = [&](const std::string& name) {
        return std::binary_search(names.begin(), names.end(), name);
    };
    for (const std::string& name : names) {
        const std::size_t slash = name.rfind('/');
        const std::size_t start = slash == std::string::npos ? 0 : slash + 1;
        const std::string folder = name.substr(0, start);
        if (name.substr(start) == "data_batch_1.bin") {
            return CifarPlace {folder, 10};
        }
        if (name.substr(start) == "train.bin" && has(folder + "test.bin")) {
            return CifarPlace {folder, 100};
        }
    }
    return std::nullopt;
}

} // namespace mocoscope::training
