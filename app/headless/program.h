// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/headless/console.h"
#include "training/api/feature_pictures.h"
#include "training/api/ports.h"
#include "training/api/trainer.h"

#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace mocoscope::headless {

/// What main() puts together. The parts are made only when a command needs them: listing runs
/// does not start CUDA.
struct Program
{
    Console console;
    std::function<std::unique_ptr<training::Trainer>()> makeTrainer;
    std::function<std::unique_ptr<training::DeviceCatalog>()> makeDeviceCatalog;
    std::function<std::unique_ptr<training::DatasetInspector>()> makeDatasetInspector;
    std::function<std::unique_ptr<training::WeightsInspector>()> makeWeightsInspector;
    std::function<std::unique_ptr<training::Exporter>()> makeExporter;
    std::function<std::unique_ptr<training::FeaturePictures>()> makeFeaturePictures;
};

/// Runs one command to its end. `arguments` without the program's name. Returns the exit code.
[[nodiscard]] int runProgram(const std::vector<std::string>& arguments, const Program& program);

} // namespace mocoscope::headless
