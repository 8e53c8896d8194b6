// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/engine/initial_weights.h"

#include "training/interchange/pytorch_file.h"

#include <set>

namespace mocoscope::training {

namespace {

using NamedTensors = std::vector<std::pair<std::string, torch::Tensor>>;

NamedTensors tensorsOf(const torch::nn::Module& module)
{
    NamedTensors all;
    for (const auto& entry : module.named_parameters()) {
        all.emplace_back(entry.key(), entry.value());
    }
    for (const auto& entry : module.named_buffers()) {
        all.emplace_back(entry.key(), entry.value());
    }
    return all;
}

/// What a method has beside its backbones.
NamedTensors headTensors(Method& method)
{
    std::set<const void*> ofBackbones;
    for (Backbone* backbone : {&method.backbone(), method.momentumBackbone()}) {
        if (backbone != nullptr) {
            for (const auto& [name, tensor] : backboneTensors(*backbone)) {
                ofBackbones.insert(tensor.unsafeGetTensorImpl());
            }
        }
    }
    NamedTensors heads = tensorsOf(method);
    std::erase_if(heads, [&](const auto& entry) {
        return ofBackbones.contains(entry.second.unsafeGetTensorImpl());
    });
    return heads;
}

void copyAll(const NamedTensors& wanted, const SortedWeights::Named& tensors)
{
    const torch::NoGradGuard noGradient;
    for (const auto& [name, tensor] : wanted) {
        tensor.copy_(tensors.at(name));
    }
}

/// Why the heads of a file do not fit; empty: they do.
std::string headMisfit(const NamedTensors& wanted, const SortedWeights::Named& tensors)
{
    for (const auto& [name, tensor] : wanted) {
        const auto found = tensors.find(name);
        if (found == tensors.end()) {
            return "the file has no " + name;
        }
        if (found->second.sizes() != tensor.sizes()) {
            return name + " has shape " + c10::str(found->second.sizes()) + " in the file, "
                + c10::str(tensor.sizes()) + " here";
        }
    }
    return {};
}

void addSentence(std::string& text, const std::string& sentence)
{
    if (!sentence.empty()) {
        text += (text.empty() ? "" : "; ") + sentence;
    }
}

Result<SortedWeights> readSorted(const std::filesystem::path& file)
{
    return readWeights(file).map(
        [](TensorFile&& content) { return sortWeights(std::move(content.tensors)); });
}

tl::unexpected<Error> doesNotFit(const std::filesystem::path& file, const Error& error)
{
    return failure(error.code, file.string() + " does not fit the model",
                   error.detail + "; check model.* against where the file comes from");
}

} // namespace

NamedTensors backboneTensors(const Backbone& backbone)
{
    NamedTensors all = tensorsOf(backbone);
    std::erase_if(all, [](const auto& entry) { return entry.first.starts_with("head."); });
    return all;
}

Result<std::string> loadInitialWeights(const std::filesystem::path& file, Method& method)
{
    Result<SortedWeights> weights = readSorted(file);
    if (!weights) {
        return tl::unexpected(weights.error());
    }
    const NamedTensors base = backboneTensors(method.backbone());
    Backbone* momentumBackbone = method.momentumBackbone();
    if (weights->base.empty()) {
        weights->base = weights->momentum;
    }
    if (weights->momentum.empty()) {
        weights->momentum = weights->base;
    }
    Result<std::string> remark = fitBackbone(weights->base, base);
    if (remark && momentumBackbone != nullptr) {
        remark = fitBackbone(weights->momentum, base);
    }
    if (!remark) {
        return doesNotFit(file, remark.error());
    }
    copyAll(base, weights->base);
    if (momentumBackbone != nullptr) {
        copyAll(backboneTensors(*momentumBackbone), weights->momentum);
    }
    addSentence(*remark, weights->leftOut.empty() ? "" : "a classifier was left out");
    if (!weights->others.empty()) { // otherwise the file is a lone backbone
        const NamedTensors heads = headTensors(method);
        const std::string misfit = headMisfit(heads, weights->others);
        if (misfit.empty()) {
            copyAll(heads, weights->others);
        } else {
            addSentence(*remark, "the heads keep their random start: " + misfit);
        }
    }
    return remark;
}

Result<std::string> loadBackboneWeights(const std::filesystem::path& file, const Backbone& backbone)
{
    Result<SortedWeights> weights = readSorted(file);
    if (!weights) {
        return tl::unexpected(weights.error());
    }
    auto remark = copyIntoBackbone(
        weights->base.empty() ? std::move(weights->momentum) : std::move(weights->base), backbone);
    if (!remark) {
        return doesNotFit(file, remark.error());
    }
    return remark;
}

Result<void> checkWeights(const std::filesystem::path& file, const Backbone& backbone,
                          bool needsMomentum)
{
    Result<SortedWeights> weights = readSorted(file);
    if (!weights) {
        return tl::unexpected(weights.error());
    }
    const bool hasBase = !weights->base.empty();
    const NamedTensors wanted = backboneTensors(backbone);
    Result<std::string> remark = fitBackbone(hasBase ? weights->base : weights->momentum, wanted);
    if (remark && needsMomentum && hasBase && !weights->momentum.empty()) {
        remark = fitBackbone(weights->momentum, wanted);
    }
    if (!remark) {
        return doesNotFit(file, remark.error());
    }
    return {};
}

Result<std::string> copyIntoBackbone(SortedWeights::Named tensors, const Backbone& backbone)
{
    const NamedTensors wanted = backboneTensors(backbone);
    Result<std::string> remark = fitBackbone(tensors, wanted);
    if (remark) {
        copyAll(wanted, tensors);
    }
    return remark;
}

} // namespace mocoscope::training
