// SPDX-License-Identifier: GPL-3.0-or-later
// Features of given images, for interop/check_interop.py:
//     interop_tool WEIGHTS IMAGES.safetensors OUT.safetensors KEY=VALUE…
// Reads `images` [N, 3, S, S] and writes `features` [N, W], of the backbone in evaluation mode; of
// a ViT with a class token also `attention` [N, heads, T], that token's in the last block.
#include "training/api/config_schema.h"
#include "training/api/feature_pictures.h"
#include "training/engine/initial_weights.h"
#include "training/interchange/pytorch_file.h"
#include "training/models/vision_transformer.h"

#include <cstdio>

using namespace mocoscope::training;

namespace {

Result<TrainingConfig> configOf(int count, char** settings)
{
    Result<TrainingConfig> config = TrainingConfig {};
    for (int i = 0; config && i < count; ++i) {
        const std::string setting = settings[i];
        const auto equals = setting.find('=');
        config = withOption(*config, setting.substr(0, equals), setting.substr(equals + 1));
    }
    return config;
}

Result<WrittenFile> run(int count, char** arguments)
{
    if (count < 4) {
        return failure(ErrorCode::BadArgument, "WEIGHTS IMAGES OUT are expected");
    }
    const auto config = configOf(count - 4, arguments + 4);
    const auto weights = config ? readWeights(arguments[1]) : tl::unexpected(config.error());
    const auto images = weights ? readSafetensors(arguments[2]) : weights;
    if (!images) {
        return tl::unexpected(images.error());
    }
    const auto backbone = makeBackbone(config->model, at::make_generator<at::CPUGeneratorImpl>());
    const auto fitted = copyIntoBackbone(sortWeights(weights->tensors).base, *backbone);
    if (!fitted) {
        return tl::unexpected(fitted.error());
    }
    backbone->eval();
    const torch::NoGradGuard noGradient;
    std::vector<std::pair<std::string, torch::Tensor>> written;
    auto* transformer = reasonWithoutAttention(config->model).empty()
        ? dynamic_cast<VisionTransformer*>(backbone.get())
        : nullptr;
    const std::int64_t last = transformer ? transformer->shape().depth - 1 : 0;
    const auto features = backbone->forward(
        images->tensors.at("images"), Precision::Fp32,
        [&](const std::string& layer, const torch::Tensor& output) {
            if (transformer && layer == VisionTransformer::layerBefore(last)) {
                written.emplace_back(
                    "attention", transformer->classTokenAttention(last, output, Precision::Fp32));
            }
        });
    written.emplace_back("features", features);
    return writeSafetensors(arguments[3], written, {});
}

} // namespace

int main(int count, char** arguments)
{
    const auto written = run(count, arguments);
    if (!written) {
        std::fprintf(stderr, "interop_tool: %s\n", toText(written.error()).c_str());
    }
    return written ? 0 : 1;
}
