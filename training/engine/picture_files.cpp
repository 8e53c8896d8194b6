// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/engine/picture_files.h"

#include "training/interchange/safetensors.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdlib>
#include <cstring>
#include <iomanip>
#include <nlohmann/json.hpp>
#include <sstream>
#include <string_view>
#include <system_error>

namespace mocoscope::training {

namespace fs = std::filesystem;
using torch::Tensor;

namespace {

using Metadata = std::map<std::string, std::string>;

std::string numbered(const char* kind, const PictureRequest& request)
{
    std::ostringstream name;
    name << kind << '-' << request.images << "-step-" << std::setw(9) << std::setfill('0')
         << request.checkpoint.step;
    return name.str();
}

std::string valueOf(const Metadata& metadata, const char* key)
{
    const auto found = metadata.find(key);
    return found == metadata.end() ? std::string() : found->second;
}

/// -1 for what is no number.
std::int64_t numberOf(const Metadata& metadata, const char* key)
{
    const std::string text = valueOf(metadata, key);
    std::int64_t number = -1;
    std::from_chars(text.data(), text.data() + text.size(), number);
    return number;
}

std::string textOf(double value)
{
    std::ostringstream text;
    text.imbue(std::locale::classic());
    text << std::setprecision(17) << value;
    return text.str();
}

/// 0 for what is no number.
double realOf(const Metadata& metadata, const char* key)
{
    const std::string text = valueOf(metadata, key);
    double number = 0;
    std::from_chars(text.data(), text.data() + text.size(), number);
    return number;
}

tl::unexpected<Error> damaged(const fs::path& file)
{
    return failure(ErrorCode::Unreadable, file.string() + " is no picture of features",
                   "delete it: it is computed again");
}

/// Whether there is a tensor of that type whose sides are those that are not negative here.
bool has(const TensorFile& file, const char* name, torch::ScalarType type,
         const std::vector<std::int64_t>& sides)
{
    const auto found = file.tensors.find(name);
    if (found == file.tensors.end() || found->second.scalar_type() != type
        || found->second.dim() != std::ssize(sides)) {
        return false;
    }
    for (std::size_t i = 0; i < sides.size(); ++i) {
        if (sides[i] >= 0 && found->second.size(static_cast<std::int64_t>(i)) != sides[i]) {
            return false;
        }
    }
    return true;
}

Result<Artifact> write(const char* kind, std::int64_t step, const fs::path& file,
                       const std::vector<std::pair<std::string, Tensor>>& tensors,
                       const Metadata& metadata)
{
    return writeSafetensors(file, tensors, metadata).map([&](const WrittenFile& written) {
        return Artifact {kind, step, file, written.sha256, written.bytes};
    });
}

std::optional<std::vector<std::string>> textsOf(const Metadata& metadata, const char* key)
{
    const auto parsed = nlohmann::json::parse(valueOf(metadata, key), nullptr, false);
    std::vector<std::string> texts;
    if (!parsed.is_array()) {
        return std::nullopt;
    }
    for (const auto& each : parsed) {
        if (!each.is_string()) {
            return std::nullopt;
        }
        texts.push_back(each.get<std::string>());
    }
    return texts;
}

/// In the order of their names, and so of their steps.
std::vector<fs::path> filesIn(const fs::path& folder, std::string_view prefix)
{
    std::vector<fs::path> files;
    std::error_code error;
    for (fs::directory_iterator entry(folder, error), end; !error && entry != end;
         entry.increment(error)) {
        if (entry->path().filename().string().starts_with(prefix)) {
            files.push_back(entry->path());
        }
    }
    std::ranges::sort(files);
    return files;
}

std::vector<std::int64_t> numbersOf(const Tensor& tensor)
{
    const auto* from = tensor.const_data_ptr<std::int64_t>();
    return {from, from + tensor.numel()};
}

} // namespace

std::string storedTexts(const std::vector<std::string>& texts)
{
    return nlohmann::json(texts).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

PicturePaths::PicturePaths(const PictureRequest& request)
    : sample(request.folder / ("sample-" + std::to_string(request.images) + ".safetensors"))
    , features(request.folder / (numbered("features", request) + ".safetensors"))
    , attention(request.folder
                / (numbered("attention", request) + "-block-"
                   + (request.block < 0 ? "last" : std::to_string(request.block)) + ".safetensors"))
    , tsne(request.folder / (numbered("tsne", request) + ".safetensors"))
{
}

Result<Artifact> writeSample(const fs::path& file, const PictureSample& sample)
{
    const auto count = static_cast<std::int64_t>(sample.size());
    const std::int64_t side = sample.images.front().width;
    const Tensor images = torch::empty({count, side, side, 3}, torch::kUInt8);
    for (std::size_t i = 0; i < sample.size(); ++i) {
        std::memcpy(images[static_cast<std::int64_t>(i)].data_ptr(), sample.images[i].bytes.data(),
                    sample.images[i].bytes.size());
    }
    return write(
        "sample", 0, file,
        {{"images", images},
         {"indices", torch::tensor(sample.indices, torch::kInt64)},
         {"labels", torch::tensor(sample.labels, torch::kInt64)}},
        {{"names", storedTexts(sample.names)}, {"class_names", storedTexts(sample.classNames)}});
}

Result<PictureSample> readSample(const fs::path& file)
{
    const auto content = readSafetensors(file);
    if (!content) {
        return tl::unexpected(content.error());
    }
    auto names = textsOf(content->metadata, "names");
    auto classNames = textsOf(content->metadata, "class_names");
    if (!names || !classNames || !has(*content, "images", torch::kUInt8, {-1, -1, -1, 3})) {
        return damaged(file);
    }
    const Tensor images = content->tensors.at("images").contiguous();
    const std::int64_t count = images.size(0);
    const std::int64_t side = images.size(1);
    if (images.size(2) != side || side < 1 || side > 4096 || count < 2
        || !has(*content, "indices", torch::kInt64, {count})
        || !has(*content, "labels", torch::kInt64, {count}) || std::ssize(*names) != count) {
        return damaged(file);
    }
    PictureSample sample {numbersOf(content->tensors.at("indices")),
                          std::move(*names),
                          numbersOf(content->tensors.at("labels")),
                          std::move(*classNames),
                          {}};
    const std::int64_t bytes = side * side * 3;
    const auto* from = images.const_data_ptr<std::uint8_t>();
    for (std::int64_t i = 0; i < count; ++i, from += bytes) {
        sample.images.push_back(
            {static_cast<int>(side), static_cast<int>(side), {from, from + bytes}});
    }
    return sample;
}

Result<Artifact> writeFeatures(const fs::path& file, const StoredFeatures& features)
{
    return write("features", features.step, file,
                 {{"vectors", features.vectors},
                  {"neighbours", features.neighbours},
                  {"cosines", features.cosines},
                  {"points", features.points.to(torch::kFloat32)}},
                 {{"config", features.config},
                  {"checkpoint_sha256", features.checkpointSha256},
                  {"sample_sha256", features.sampleSha256},
                  {"step", std::to_string(features.step)},
                  {"aligned_to", std::to_string(features.alignedTo)},
                  {"plane_share", textOf(features.planeShare)}});
}

Result<StoredFeatures> readFeatures(const fs::path& file, std::int64_t images)
{
    auto content = readSafetensors(file);
    if (!content) {
        return tl::unexpected(content.error());
    }
    const Metadata& metadata = content->metadata;
    StoredFeatures stored;
    stored.config = valueOf(metadata, "config");
    stored.checkpointSha256 = valueOf(metadata, "checkpoint_sha256");
    stored.sampleSha256 = valueOf(metadata, "sample_sha256");
    stored.step = numberOf(metadata, "step");
    stored.alignedTo = numberOf(metadata, "aligned_to");
    stored.planeShare = realOf(metadata, "plane_share");
    if (!has(*content, "vectors", torch::kFloat32, {images, -1})
        || !has(*content, "neighbours", torch::kInt64, {images, -1})
        || !has(*content, "cosines", torch::kFloat32,
                {images, content->tensors.at("neighbours").size(1)})
        || !has(*content, "points", torch::kFloat32, {images, 2}) || stored.step < 0) {
        return damaged(file);
    }
    stored.vectors = content->tensors.at("vectors");
    stored.neighbours = content->tensors.at("neighbours").contiguous();
    stored.cosines = content->tensors.at("cosines").contiguous();
    stored.points = content->tensors.at("points").contiguous();
    const Tensor& places = stored.neighbours;
    if (places.numel() == 0 || places.min().item<std::int64_t>() < 0
        || places.max().item<std::int64_t>() >= images) {
        return damaged(file);
    }
    return stored;
}

Result<Artifact> writeTsne(const fs::path& file, const StoredTsne& tsne)
{
    return write("tsne", tsne.step, file, {{"points", tsne.points.to(torch::kFloat32)}},
                 {{"checkpoint_sha256", tsne.checkpointSha256},
                  {"sample_sha256", tsne.sampleSha256},
                  {"step", std::to_string(tsne.step)},
                  {"aligned_to", std::to_string(tsne.alignedTo)},
                  {"perplexity", textOf(tsne.perplexity)},
                  {"divergence", textOf(tsne.divergence)}});
}

Result<StoredTsne> readTsne(const fs::path& file, std::int64_t images)
{
    const auto content = readSafetensors(file);
    if (!content) {
        return tl::unexpected(content.error());
    }
    const Metadata& metadata = content->metadata;
    StoredTsne stored;
    stored.checkpointSha256 = valueOf(metadata, "checkpoint_sha256");
    stored.sampleSha256 = valueOf(metadata, "sample_sha256");
    stored.step = numberOf(metadata, "step");
    stored.alignedTo = numberOf(metadata, "aligned_to");
    stored.perplexity = realOf(metadata, "perplexity");
    stored.divergence = realOf(metadata, "divergence");
    if (!has(*content, "points", torch::kFloat32, {images, 2}) || stored.step < 0) {
        return damaged(file);
    }
    stored.points = content->tensors.at("points").contiguous();
    if (!stored.points.isfinite().all().item<bool>()) {
        return damaged(file);
    }
    return stored;
}

Result<Artifact> writeAttention(const fs::path& file, std::int64_t step,
                                const StoredAttention& attention)
{
    return write("attention", step, file, {{"weights", attention.weights.to(torch::kFloat16)}},
                 {{"checkpoint_sha256", attention.checkpointSha256},
                  {"sample_sha256", attention.sampleSha256},
                  {"block", std::to_string(attention.block)},
                  {"blocks", std::to_string(attention.blocks)}});
}

Result<StoredAttention> readAttention(const fs::path& file, std::int64_t images)
{
    auto content = readSafetensors(file);
    if (!content) {
        return tl::unexpected(content.error());
    }
    StoredAttention stored;
    stored.checkpointSha256 = valueOf(content->metadata, "checkpoint_sha256");
    stored.sampleSha256 = valueOf(content->metadata, "sample_sha256");
    stored.block = numberOf(content->metadata, "block");
    stored.blocks = numberOf(content->metadata, "blocks");
    if (!has(*content, "weights", torch::kFloat16, {images, -1, -1}) || stored.block < 0
        || stored.block >= stored.blocks) {
        return damaged(file);
    }
    const std::int64_t patches = content->tensors.at("weights").size(2) - 1;
    const auto grid = static_cast<std::int64_t>(std::llround(std::sqrt(double(patches))));
    if (patches < 1 || grid * grid != patches || content->tensors.at("weights").size(1) < 1) {
        return damaged(file);
    }
    stored.weights = content->tensors.at("weights").to(torch::kFloat32).contiguous();
    return stored;
}

std::optional<StoredFeatures> anchorIn(const fs::path& folder, const std::string& sampleSha256,
                                       std::int64_t images)
{
    std::optional<StoredFeatures> any;
    for (const fs::path& file : filesIn(folder, "features-")) {
        auto stored = readFeatures(file, images);
        if (stored && stored->sampleSha256 == sampleSha256) {
            if (stored->alignedTo == stored->step) {
                return std::move(*stored);
            }
            any = any ? std::move(any) : std::optional(std::move(*stored));
        }
    }
    return any;
}

std::optional<StoredTsne> nearestTsneIn(const fs::path& folder, const std::string& sampleSha256,
                                        std::int64_t images, std::int64_t step)
{
    std::optional<StoredTsne> nearest;
    for (const fs::path& file : filesIn(folder, "tsne-")) {
        auto stored = readTsne(file, images);
        if (!stored || stored->sampleSha256 != sampleSha256 || stored->step == step) {
            continue;
        }
        if (!nearest || std::abs(stored->step - step) < std::abs(nearest->step - step)) {
            nearest = std::move(*stored);
        }
    }
    return nearest;
}

} // namespace mocoscope::training
