// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/engine/checkpoint_retention.h"

#include "training/interchange/safetensors.h"

#include <algorithm>
#include <charconv>
#include <cmath>

namespace mocoscope::training {

namespace fs = std::filesystem;

namespace {

constexpr const char* accuracyKey = "accuracy";
constexpr const char* lossKey = "loss";

std::optional<double> numberIn(const std::map<std::string, std::string>& metadata,
                               const std::string& key)
{
    const auto found = metadata.find(key);
    if (found == metadata.end()) {
        return std::nullopt;
    }
    const std::string& text = found->second;
    double value = 0;
    const auto parsed = std::from_chars(text.data(), text.data() + text.size(), value);
    const bool isNumber = parsed.ec == std::errc {} && std::isfinite(value);
    return isNumber ? std::optional(value) : std::nullopt;
}

void addNumber(std::map<std::string, std::string>& metadata, const std::string& key,
               const std::optional<double>& value)
{
    if (value && std::isfinite(*value)) {
        char text[32];
        const auto end = std::to_chars(text, text + sizeof text, *value).ptr;
        metadata[key] = std::string(text, end);
    }
}

/// Whether `a` is worth less than `b`. What has an accuracy comes before what has a loss only.
bool isWorse(const ScoredCheckpoint& a, const ScoredCheckpoint& b)
{
    if (a.score.accuracy || b.score.accuracy) {
        return std::pair(a.score.accuracy.value_or(-1), a.step)
            < std::pair(b.score.accuracy.value_or(-1), b.step);
    }
    constexpr double none = 1e300;
    return std::pair(-a.score.loss.value_or(none), a.step)
        < std::pair(-b.score.loss.value_or(none), b.step);
}

std::optional<ScoredCheckpoint> readScore(const fs::path& file)
{
    const auto nothing = [](const std::string&) { return false; };
    const auto content = readSafetensors(file, nothing); // the header alone
    if (!content) {
        return std::nullopt;
    }
    const auto step = numberIn(content->metadata, "step");
    if (!step) {
        return std::nullopt;
    }
    return ScoredCheckpoint {file, static_cast<std::int64_t>(*step), scoreIn(content->metadata)};
}

struct FolderContent
{
    std::vector<ScoredCheckpoint> checkpoints; ///< the newest first
    std::vector<fs::path> halfWritten;
};

FolderContent contentOf(const fs::path& folder)
{
    FolderContent content;
    std::error_code error;
    for (fs::directory_iterator entry(folder, error), end; !error && entry != end;
         entry.increment(error)) {
        const std::string name = entry->path().filename().string();
        if (!name.starts_with("step-")) {
            continue;
        }
        if (name.ends_with(".safetensors.partial")) {
            content.halfWritten.push_back(entry->path());
        } else if (name.ends_with(".safetensors")) {
            if (auto scored = readScore(entry->path())) {
                content.checkpoints.push_back(std::move(*scored));
            }
        }
    }
    std::ranges::sort(content.checkpoints, std::ranges::greater {}, &ScoredCheckpoint::step);
    return content;
}

} // namespace

void addTo(std::map<std::string, std::string>& metadata, const CheckpointScore& score)
{
    addNumber(metadata, accuracyKey, score.accuracy);
    addNumber(metadata, lossKey, score.loss);
}

CheckpointScore scoreIn(const std::map<std::string, std::string>& metadata)
{
    return {numberIn(metadata, accuracyKey), numberIn(metadata, lossKey)};
}

const ScoredCheckpoint* bestOf(const std::vector<ScoredCheckpoint>& checkpoints)
{
    const auto best = std::ranges::max_element(checkpoints, isWorse);
    const bool hasScore = best != checkpoints.end() && (best->score.accuracy || best->score.loss);
    return hasScore ? &*best : nullptr;
}

std::vector<std::string> removeOldCheckpoints(const fs::path& folder, std::int64_t keepLast)
{
    const FolderContent content = contentOf(folder);
    const ScoredCheckpoint* best = bestOf(content.checkpoints);
    std::vector<std::string> removed;
    std::error_code error;
    for (const fs::path& file : content.halfWritten) {
        fs::remove(file, error);
    }
    const auto kept = std::min(content.checkpoints.size(), static_cast<std::size_t>(keepLast));
    for (std::size_t i = kept; i < content.checkpoints.size(); ++i) {
        const ScoredCheckpoint& old = content.checkpoints[i];
        if (&old != best && fs::remove(old.path, error)) {
            removed.push_back(old.path.string());
        }
    }
    return removed;
}

} // namespace mocoscope::training
