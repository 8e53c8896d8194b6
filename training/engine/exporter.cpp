// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/engine/exporter.h"

#include "training/api/config_json.h"
#include "training/engine/checkpoint_source.h"
#include "training/engine/device.h"
#include "training/engine/feature_extraction.h"
#include "training/interchange/npy.h"
#include "training/interchange/safetensors.h"
#include "training/interchange/timm_description.h"

namespace mocoscope::training {

namespace {

using NamedTensors = std::vector<std::pair<std::string, torch::Tensor>>;

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

std::map<std::string, std::string> metadataOf(const CheckpointSource& source,
                                              const WeightsRequest& request)
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

class TorchExporter final : public Exporter
{
public:
    Result<ExportedFile> exportWeights(const WeightsRequest& request) override
    {
        try {
            return writeWeights(request);
        } catch (...) {
            return thrownError("the export");
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
            return thrownError("the export");
        }
    }

private:
    static Result<ExportedFile> writeWeights(const WeightsRequest& request)
    {
        Result<CheckpointSource> source = readCheckpointSource(request.checkpoint);
        if (!source) {
            return tl::unexpected(source.error());
        }
        Result<SortedWeights::Named> tensors = takeEncoder(*source, request.encoder);
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
        Result<CheckpointSource> source = readCheckpointSource(request.checkpoint);
        if (!source) {
            return tl::unexpected(source.error());
        }
        const Result<torch::Device> device = resolveDevice(request.device);
        if (!device) {
            return tl::unexpected(device.error());
        }
        const auto backbone = backboneOf(*source, request.encoder, *device);
        if (!backbone) {
            return tl::unexpected(backbone.error());
        }
        const auto images = openSplit(source->config, request.split, stop);
        if (!images) {
            return tl::unexpected(images.error());
        }
        const std::int64_t total = (*images)->size();
        const auto features
            = extractFeatures(**backbone, *images, source->config, {Precision::Fp32, *device, 0},
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
