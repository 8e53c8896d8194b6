// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/headless/dry_run.h"

#include "app/headless/format.h"
#include "training/api/devices.h"
#include "training/api/model_shape.h"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace mocoscope::headless {

namespace {

using training::ErrorCode;
using training::failure;
using training::Result;

/// Of what `train.device` names, one after the other; an error when one of them is not there.
Result<std::string> chosenDevice(const std::string& wanted, training::DeviceCatalog& catalog)
{
    const auto devices = catalog.devices();
    std::string known;
    for (const training::DeviceDescription& device : devices) {
        known += (known.empty() ? "" : ", ") + device.id;
    }
    std::string chosen;
    std::size_t replicas = 0;
    for (const std::string& name : training::deviceNames(wanted)) {
        const std::string& id
            = name == "auto" ? devices[devices.size() > 1 ? 1 : 0].id : name; // the first GPU
        const auto device
            = std::find_if(devices.begin(), devices.end(),
                           [&](const training::DeviceDescription& each) { return each.id == id; });
        if (device == devices.end()) {
            return failure(ErrorCode::BadConfiguration,
                           "train.device = " + wanted + ": no such device",
                           "this machine has " + known);
        }
        ++replicas;
        if (chosen.empty() || id != "cpu") {
            chosen += (chosen.empty() ? "" : ", ") + device->id + ", " + device->name;
        }
    }
    return replicas > 1 ? chosen + ", " + std::to_string(replicas) + " replicas" : chosen;
}

nlohmann::ordered_json describe(const training::TrainingConfig& config,
                                const training::DatasetFacts& facts, const std::string& device)
{
    const training::CostEstimate cost = training::estimateCost(config);
    return {{"type", "dry_run"},
            {"data", facts.kind},
            {"train_images", facts.trainImages},
            {"test_images", facts.testImages},
            {"classes", facts.classes.size()},
            {"steps_per_epoch", training::stepsPerEpoch(config, facts.trainImages)},
            {"total_steps", training::totalSteps(config, facts.trainImages)},
            {"backbone_parameters", cost.backboneParameters},
            {"head_parameters", cost.headParameters},
            {"trainable_parameters", cost.trainableParameters},
            {"estimated_memory_bytes", cost.memoryBytes},
            {"device", device}};
}

void printText(const nlohmann::ordered_json& facts, std::ostream& out)
{
    for (const auto& [key, value] : facts.items()) {
        if (key == "type") {
            continue;
        }
        std::string name = key;
        std::replace(name.begin(), name.end(), '_', ' ');
        name.resize(std::max<std::size_t>(name.size(), 24), ' ');
        const std::string text = key == "estimated_memory_bytes"
            ? formatBytes(static_cast<std::int64_t>(value.get<double>()))
            : value.is_string() ? printable(value.get<std::string>())
                                : value.dump();
        out << name << text << '\n';
    }
    out << "The run can start; nothing was stored.\n" << std::flush;
}

} // namespace

Result<void> checkStart(const training::TrainingConfig& config, const Program& program)
{
    const bool namesGpu = config.train.device.starts_with("cuda"); // to count them starts CUDA
    const Result<void> devices = namesGpu
        ? chosenDevice(config.train.device, *program.makeDeviceCatalog()).map([](const auto&) {})
        : Result<void>();
    return devices.and_then([&] { return program.makeWeightsInspector()->check(config); });
}

int dryRun(const training::TrainingConfig& config, bool json, const Program& program)
{
    const auto facts = program.makeDatasetInspector()->inspect(config.data, std::stop_token());
    if (!facts) {
        return report(program.console, facts.error());
    }
    const auto device
        = training::checkImages(config, *facts)
              .and_then([&] { return program.makeWeightsInspector()->check(config); })
              .and_then(
                  [&] { return chosenDevice(config.train.device, *program.makeDeviceCatalog()); });
    if (!device) {
        return report(program.console, device.error());
    }
    const nlohmann::ordered_json described = describe(config, *facts, *device);
    if (json) {
        program.console.out << described.dump() << '\n' << std::flush;
    } else {
        printText(described, program.console.out);
    }
    return Done;
}

} // namespace mocoscope::headless
