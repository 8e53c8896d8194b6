// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/engine/exporter.h"

#include "training/api/config_json.h"
#include "training/engine/device.h"
#include "training/engine/feature_extraction.h"
#include "training/engine/initial_weights.h"
#include "training/interchange/npy.h"
#include "training/interchange/safetensors.h"
#include "training/interchange/timm_description.h"
#include "training/interchange/weight_names.h"

#include <charconv>
#include <new>

namespace mocoscope::training {

namespace {

using NamedTensors = std::vector<std::pair<std::string, torch::Tensor>>;

/// A checkpoint as far as an export needs it.
struct Source
{
    TrainingConfig config;
    std::int64_t step = 0;
    SortedWeights weights;
};

Result<Source> readSource(const std::filesystem::path& checkpoint)
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
    Source source {std::move(*parsed), 0, sortWeights(std::move(content->tensors))};
    const std::string& step = content->metadata["step"];
    std::from_chars(step.data(), step.data() + step.size(), source.step);
    return source;
}

Result<SortedWeights::Named> encoderOf(Source& source, Encoder encoder)
{
    auto& chosen = encoder == Encoder::Momentum ? source.weights.momentum : source.weights.base;
    if (chosen.empty()) {
        return failure(ErrorCode::BadArgument,
                       source.config.method.name + " has no momentum encoder",
                       "the base encoder can be exported");
    }
    return std::move(chosen);
}

/// timm has no weight norm: the product is what other programs load.
void foldPatchEmbed(SortedWeights::Named& tensors)
{
    const std::string layer = "patch_embed.proj.";
    const auto direction = tensors.find(layer + "weight_v");
    if (direction != tensors.end()) {
        tensors[layer + "weight"]
            = at::_weight_norm(direction->second, tensors.at(layer + "weight_g"), 0);
        tensors.erase(layer + "weight_v");
        tensors.erase(layer + "weight_g");
    }
}

std::map<std::string, std::string> metadataOf(const Source& source, const WeightsRequest& request)
{
    std::map<std::string, std::string> metadata = timmDescription(source.config.model);
    metadata["format"] = "pt"; // what readers of safetensors expect of PyTorch's layout
    metadata["source"] = request.source;
    metadata["step"] = std::to_string(source.step);
    metadata["encoder"] = request.encoder == Encoder::Momentum ? "momentum" : "base";
    metadata["config"] = toJson(source.config);
    return metadata;
}

Result<std::shared_ptr<const Dataset>> openSplit(const TrainingConfig& config, DataSplit split,
                                                 const std::stop_token& stop)
{
    const Result<DatasetPair> data
        = openDatasets(config.data, stop, [](std::int64_t, std::int64_t) {});
    if (!data) {
        return tl::unexpected(data.error());
    }
    const auto chosen = split == DataSplit::Train ? data->train : data->test;
    if (!chosen) {
        return failure(ErrorCode::BadArgument,
                       "data.path = " + config.data.path + " has no test images",
                       "export the training images instead");
    }
    return chosen;
}

/// The words for what LibTorch throws; called inside a catch block.
tl::unexpected<Error> thrownError()
{
    try {
        throw;
    } catch (const std::bad_alloc&) {
        return failure(ErrorCode::OutOfMemory, "the memory of this machine is used up");
    } catch (const c10::Error& error) {
        return failure(ErrorCode::Device, "the tensor library failed",
                       error.what_without_backtrace());
    } catch (const std::exception& error) {
        return failure(ErrorCode::Internal, "the export failed", error.what());
    }
}

class TorchExporter final : public Exporter
{
public:
    Result<ExportedFile> exportWeights(const WeightsRequest& request) override
    {
        try {
            return writeWeights(request);
        } catch (...) {
            return thrownError();
        }
    }

    Result<ExportedFile>
    exportFeatures(const FeaturesRequest& request,
                   const std::function<void(std::int64_t, std::int64_t)>& progress,
                   std::stop_token stop) override
    {
        try {
            return writeFeatures(request, progress, stop);
        } catch (...) {
            return thrownError();
        }
    }

private:
    static Result<ExportedFile> writeWeights(const WeightsRequest& request)
    {
        Result<Source> source = readSource(request.checkpoint);
        if (!source) {
            return tl::unexpected(source.error());
        }
        Result<SortedWeights::Named> tensors = encoderOf(*source, request.encoder);
        if (!tensors) {
            return tl::unexpected(tensors.error());
        }
        foldPatchEmbed(*tensors);
        auto metadata = metadataOf(*source, request);
        const auto written = writeSafetensors(
            request.file, NamedTensors(tensors->begin(), tensors->end()), metadata);
        if (!written) {
            return tl::unexpected(written.error());
        }
        return ExportedFile {request.file, written->sha256,         written->bytes, source->step,
                             {},           metadata["architecture"]};
    }

    static Result<ExportedFile>
    writeFeatures(const FeaturesRequest& request,
                  const std::function<void(std::int64_t, std::int64_t)>& progress,
                  const std::stop_token& stop)
    {
        Result<Source> source = readSource(request.checkpoint);
        if (!source) {
            return tl::unexpected(source.error());
        }
        const Result<torch::Device> device = resolveDevice(request.device);
        if (!device) {
            return tl::unexpected(device.error());
        }
        const auto backbone
            = makeBackbone(source->config.model, at::make_generator<at::CPUGeneratorImpl>());
        const auto loaded = encoderOf(*source, request.encoder).and_then([&](auto&& tensors) {
            return copyIntoBackbone(std::move(tensors), *backbone);
        });
        if (!loaded) {
            return tl::unexpected(loaded.error());
        }
        backbone->to(*device);
        const auto images = openSplit(source->config, request.split, stop);
        if (!images) {
            return tl::unexpected(images.error());
        }
        const std::int64_t total = (*images)->size();
        const auto features
            = extractFeatures(*backbone, *images, source->config, {Precision::Fp32, *device, 0},
                              [&](std::int64_t done) {
                                  progress(done, total);
                                  return !stop.stop_requested();
                              });
        if (!features) {
            return tl::unexpected(features.error());
        }
        const auto written = writeNpy(request.file, features->vectors);
        const auto labels
            = written ? writeNpy(labelsFile(request.file), features->labels) : written;
        if (!labels) {
            return tl::unexpected(labels.error());
        }
        return ExportedFile {request.file,
                             written->sha256,
                             written->bytes,
                             source->step,
                             features->vectors.sizes().vec(),
                             {}};
    }
};

} // namespace

std::unique_ptr<Exporter> makeExporter()
{
    return std::make_unique<TorchExporter>();
}

} // namespace mocoscope::training
