// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/interchange/timm_description.h"

#include "training/api/model_shape.h"

#include <nlohmann/json.hpp>

namespace mocoscope::training {

namespace {

using Json = nlohmann::ordered_json;

std::string vitName(const ModelConfig& config)
{
    return config.name + (config.name == "vit_huge" ? "_patch14_224" : "_patch16_224");
}

Json vitArguments(const VitShape& shape, double mlpRatio)
{
    Json arguments {
        {"num_classes", 0},         {"img_size", shape.imageSize}, {"patch_size", shape.patchSize},
        {"embed_dim", shape.width}, {"depth", shape.depth},        {"num_heads", shape.heads},
        {"mlp_ratio", mlpRatio}};
    if (!shape.hasClassToken()) {
        arguments["class_token"] = false;
        arguments["global_pool"] = "avg";
        arguments["fc_norm"] = false; // the norm comes before the mean, if at all
    }
    if (shape.pooling == VitPooling::Mean) {
        arguments["final_norm"] = false;
    }
    if (shape.positions == PositionEmbedding::None) {
        arguments["pos_embed"] = "none";
    }
    return arguments;
}

std::map<std::string, std::string> unknownToTimm(const std::string& what)
{
    return {{"note", what + " is not in timm; the names are those of the authors' code"}};
}

} // namespace

std::map<std::string, std::string> timmDescription(const ModelConfig& config)
{
    if (isResNet(config)) {
        if (config.stem == "cifar") {
            return unknownToTimm("this ResNet for small images");
        }
        return {{"architecture", config.name},
                {"timm_arguments", Json {{"num_classes", 0}}.dump()}};
    }
    const VitShape shape = vitShape(config);
    if (shape.stem == VitStem::Conv || shape.batchNormMlp) {
        return unknownToTimm("this variant of a ViT");
    }
    return {{"architecture", vitName(config)},
            {"timm_arguments", vitArguments(shape, config.mlpRatio).dump()}};
}

} // namespace mocoscope::training
