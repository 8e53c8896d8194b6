// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/engine/checkpoint.h"

#include "training/api/config_json.h"
#include "training/interchange/safetensors.h"

#include <algorithm>
#include <charconv>
#include <cstdio>

namespace mocoscope::training {

namespace {

using NamedTensors = std::vector<std::pair<std::string, torch::Tensor>>;

constexpr const char* formatName = "mocoscope-checkpoint-1";
constexpr const char* optimizerPrefix = "optimizer/";

/// Parameters and buffers; they share memory with the model.
NamedTensors modelTensors(torch::nn::Module& model)
{
    NamedTensors all;
    for (const auto& entry : model.named_parameters()) {
        all.emplace_back(entry.key(), entry.value());
    }
    for (const auto& entry : model.named_buffers()) {
        all.emplace_back(entry.key(), entry.value());
    }
    return all;
}

NamedTensors allTensors(torch::nn::Module& model, const Optimizer& optimizer)
{
    NamedTensors all = modelTensors(model);
    for (const auto& [name, tensor] : optimizer.state()) {
        all.emplace_back(optimizerPrefix + name, tensor);
    }
    return all;
}

std::string stepFile(std::int64_t step)
{
    char name[48];
    std::snprintf(name, sizeof name, "step-%09lld.safetensors", static_cast<long long>(step));
    return name;
}

std::vector<std::string> removeOld(const std::filesystem::path& folder, std::int64_t keepLast)
{
    std::vector<std::string> files;
    std::error_code error;
    for (const auto& entry : std::filesystem::directory_iterator(folder, error)) {
        const std::string name = entry.path().filename().string();
        if (name.starts_with("step-") && name.ends_with(".safetensors")) {
            files.push_back(entry.path().string());
        }
    }
    std::sort(files.begin(), files.end());
    files.resize(files.size() - std::min(files.size(), static_cast<std::size_t>(keepLast)));
    std::erase_if(
        files, [&error](const std::string& file) { return !std::filesystem::remove(file, error); });
    return files;
}

/// Empty when each of `wanted` is in the file with its shape.
std::string misfit(const NamedTensors& wanted, const TensorFile& file)
{
    for (const auto& [name, tensor] : wanted) {
        const auto found = file.tensors.find(name);
        if (found == file.tensors.end()) {
            return "it has no tensor '" + name + "'";
        }
        if (found->second.sizes() != tensor.sizes()) {
            return "tensor '" + name + "' has shape " + c10::str(found->second.sizes())
                + ", the model " + c10::str(tensor.sizes());
        }
    }
    return {};
}

void copyAll(const NamedTensors& wanted, const TensorFile& file)
{
    const torch::NoGradGuard noGradient;
    for (const auto& [name, tensor] : wanted) {
        tensor.copy_(file.tensors.at(name));
    }
}

Result<std::int64_t> number(const TensorFile& file, const std::string& key)
{
    const auto found = file.metadata.find(key);
    std::int64_t value = -1;
    if (found != file.metadata.end()) {
        std::from_chars(found->second.data(), found->second.data() + found->second.size(), value);
    }
    if (value < 0) {
        return failure(ErrorCode::Unreadable, "the checkpoint does not say its " + key);
    }
    return value;
}

tl::unexpected<Error> doesNotFit(const std::filesystem::path& file, const std::string& reason)
{
    return failure(ErrorCode::BadConfiguration, file.string() + " does not fit the model",
                   reason + "; check model.*, method.* and optimizer.name");
}

} // namespace

Result<CheckpointSaved> saveCheckpoint(const std::filesystem::path& folder, std::int64_t keepLast,
                                       torch::nn::Module& model, const Optimizer& optimizer,
                                       const TrainingConfig& config,
                                       const TrainingPosition& position)
{
    const std::filesystem::path file = folder / stepFile(position.step);
    const std::map<std::string, std::string> metadata {
        {"format", formatName},
        {"step", std::to_string(position.step)},
        {"wall_ms", std::to_string(position.wallMs)},
        {"updates", std::to_string(optimizer.updates())},
        {"config", toJson(config)}};
    const auto written = writeSafetensors(file, allTensors(model, optimizer), metadata);
    if (!written) {
        return tl::unexpected(written.error());
    }
    return CheckpointSaved {position.step, file.string(), written->sha256, written->bytes,
                            removeOld(folder, keepLast)};
}

Result<TrainingPosition> loadCheckpoint(const std::filesystem::path& file, torch::nn::Module& model,
                                        Optimizer& optimizer)
{
    const Result<TensorFile> content = readSafetensors(file);
    if (!content) {
        return tl::unexpected(content.error());
    }
    const NamedTensors wanted = allTensors(model, optimizer);
    const std::string reason = misfit(wanted, *content);
    if (!reason.empty()) {
        return doesNotFit(file, reason);
    }
    const auto step = number(*content, "step");
    const auto wallMs = number(*content, "wall_ms");
    const auto updates = number(*content, "updates");
    for (const auto* value : {&step, &wallMs, &updates}) {
        if (!*value) {
            return tl::unexpected(value->error());
        }
    }
    copyAll(wanted, *content);
    optimizer.setUpdates(*updates);
    return TrainingPosition {*step, *wallMs};
}

} // namespace mocoscope::training
