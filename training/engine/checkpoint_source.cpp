// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/engine/checkpoint_source.h"

#include "training/api/config_json.h"
#include "training/api/task.h"
#include "training/engine/initial_weights.h"
#include "training/interchange/safetensors.h"

#include <charconv>
#include <new>

namespace mocoscope::training {

Result<CheckpointSource> readCheckpointSource(const std::filesystem::path& checkpoint)
{
    auto content = readSafetensors(checkpoint, [](const std::string& name) {
        return !name.starts_with("optimizer/"); // half of the file or more
    });
    if (!content) {
        return tl::unexpected(content.error());
    }
    const auto config = content->metadata.find("config");
    if (config == content->metadata.end()) {
        return failure(ErrorCode::Unreadable, checkpoint.string() + " is no checkpoint",
                       "it has no configuration");
    }
    Result<TrainingConfig> parsed = fromJson(config->second);
    if (!parsed) {
        return tl::unexpected(parsed.error());
    }
    if (parsed->task.name == "linear") {
        return failure(ErrorCode::BadArgument, "a linear probing trains no backbone",
                       "take the run that it evaluates");
    }
    CheckpointSource source {std::move(*parsed), 0, sortWeights(std::move(content->tensors))};
    const std::string& step = content->metadata["step"];
    std::from_chars(step.data(), step.data() + step.size(), source.step);
    return source;
}

Result<SortedWeights::Named> takeEncoder(CheckpointSource& source, Encoder encoder)
{
    auto& chosen = encoder == Encoder::Momentum ? source.weights.momentum : source.weights.base;
    if (chosen.empty()) {
        const std::string owner
            = isEvaluation(source.config) ? taskTitle(source.config) : source.config.method.name;
        return failure(ErrorCode::BadArgument, owner + " has no momentum encoder",
                       "the base encoder can be exported");
    }
    return std::move(chosen);
}

Result<std::shared_ptr<Backbone>> backboneOf(CheckpointSource& source, Encoder encoder,
                                             const torch::Device& device)
{
    auto backbone = makeBackbone(source.config.model, at::make_generator<at::CPUGeneratorImpl>());
    const auto loaded = takeEncoder(source, encoder).and_then([&](auto&& tensors) {
        return copyIntoBackbone(std::move(tensors), *backbone);
    });
    if (!loaded) {
        return tl::unexpected(loaded.error());
    }
    backbone->to(device);
    return backbone;
}

tl::unexpected<Error> thrownError(const std::string& work)
{
    try {
        throw;
    } catch (const std::bad_alloc&) {
        return failure(ErrorCode::OutOfMemory, "the memory of this machine is used up");
    } catch (const c10::Error& error) {
        return failure(ErrorCode::Device, "the tensor library failed",
                       error.what_without_backtrace());
    } catch (const std::exception& error) {
        return failure(ErrorCode::Internal, work + " failed", error.what());
    }
}

} // namespace mocoscope::training
