// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/engine/checkpoint.h"

#include "training/api/config_json.h"
#include "training/interchange/safetensors.h"
#include "training/interchange/sha256.h"

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

/// Empty when the file does not say it: an older one.
std::string text(const TensorFile& file, const std::string& key)
{
    const auto found = file.metadata.find(key);
    return found == file.metadata.end() ? std::string() : found->second;
}

Result<std::int64_t> number(const TensorFile& file, const std::string& key)
{
    const std::string digits = text(file, key);
    std::int64_t value = -1;
    std::from_chars(digits.data(), digits.data() + digits.size(), value);
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

/// The file is as it was recorded. Read twice, for the sum and for the tensors: the second time it
/// comes from the system's memory.
Result<void> checkSum(const CheckpointFile& file)
{
    if (file.sha256.empty()) {
        return {};
    }
    return sha256Of(file.path).and_then([&](const std::string& sum) -> Result<void> {
        if (sum == file.sha256) {
            return {};
        }
        return failure(ErrorCode::Unreadable, file.path.string() + " is damaged",
                       "its SHA-256 sum is not the one that was recorded when it was written");
    });
}

bool isDamage(const Error& error)
{
    return error.code == ErrorCode::Unreadable || error.code == ErrorCode::NotFound;
}

/// Out of the way, so that it does not count among the newest; not deleted, for whoever wants to
/// see what happened to it.
void setAside(const CheckpointFile& file, const std::filesystem::path& ownFolder)
{
    std::error_code ignored;
    if (file.path.parent_path() == ownFolder) {
        std::filesystem::rename(file.path, file.path.string() + ".damaged", ignored);
    }
}

Error noneIsWhole(const std::vector<Error>& problems)
{
    Error error {ErrorCode::Unreadable, "no checkpoint of the run can be read", {}};
    for (const Error& problem : problems) {
        error.detail += (error.detail.empty() ? "" : "; ") + toText(problem);
    }
    error.detail += "; put a copy back, or start a new run";
    return error;
}

} // namespace

Result<CheckpointSaved> saveCheckpoint(const std::filesystem::path& folder,
                                       torch::nn::Module& model, const Optimizer& optimizer,
                                       const TrainingConfig& config,
                                       const TrainingPosition& position)
{
    const std::filesystem::path file = folder / stepFile(position.step);
    std::map<std::string, std::string> metadata {{"format", formatName},
                                                 {"step", std::to_string(position.step)},
                                                 {"wall_ms", std::to_string(position.wallMs)},
                                                 {"updates", std::to_string(optimizer.updates())},
                                                 {"config", toJson(config)},
                                                 {"device", position.device}};
    if (!position.spikes.empty()) {
        metadata["spikes"] = position.spikes;
    }
    if (config.train.precision == "fp16") {
        metadata["loss_scale_exponent"] = std::to_string(position.lossScale.exponent);
        metadata["loss_scale_steps"] = std::to_string(position.lossScale.goodSteps);
    }
    addTo(metadata, position.score);
    const auto written = writeSafetensors(file, allTensors(model, optimizer), metadata);
    if (!written) {
        return tl::unexpected(written.error());
    }
    return CheckpointSaved {position.step, file.string(), written->sha256, written->bytes,
                            removeOldCheckpoints(folder, config.checkpoint.keepLast)};
}

Result<TrainingPosition> loadCheckpoint(const CheckpointFile& file, torch::nn::Module& model,
                                        Optimizer& optimizer)
{
    const Result<TensorFile> content
        = checkSum(file).and_then([&] { return readSafetensors(file.path); });
    if (!content) {
        return tl::unexpected(content.error());
    }
    const NamedTensors wanted = allTensors(model, optimizer);
    const std::string reason = misfit(wanted, *content);
    if (!reason.empty()) {
        return doesNotFit(file.path, reason);
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
    LossScale::State lossScale;
    if (content->metadata.contains("loss_scale_exponent")) {
        lossScale = {number(*content, "loss_scale_exponent").value_or(lossScale.exponent),
                     number(*content, "loss_scale_steps").value_or(0)};
    }
    return TrainingPosition {*step,
                             *wallMs,
                             scoreIn(content->metadata),
                             lossScale,
                             text(*content, "device"),
                             text(*content, "spikes")};
}

Result<TrainingPosition> restoreCheckpoint(const RunRequest& request, torch::nn::Module& model,
                                           Optimizer& optimizer, EventSink& events)
{
    std::vector<Error> problems;
    for (const CheckpointFile& file : request.resumeFrom) {
        auto position = loadCheckpoint(file, model, optimizer);
        if (!position && isDamage(position.error())) {
            problems.push_back(position.error());
            continue;
        }
        for (std::size_t i = 0; position && i < problems.size(); ++i) {
            const CheckpointFile& bad = request.resumeFrom[i];
            setAside(bad, request.checkpointFolder);
            events.publish(Incident {bad.step,
                                     "checkpoint_damaged",
                                     {},
                                     toText(problems[i]) + ". The run goes on from the one before, "
                                         + file.path.string() + "."});
        }
        if (position && file.path.parent_path() != request.checkpointFolder) {
            position->spikes.clear(); // a fork: its curves begin here, and so does its watch
        }
        return position;
    }
    return tl::unexpected(noneIsWhole(problems));
}

} // namespace mocoscope::training
