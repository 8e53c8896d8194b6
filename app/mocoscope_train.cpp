// SPDX-License-Identifier: GPL-3.0-or-later
// mocoscope-train: the engine without a window. Composes; what it does is in app/headless.
#include "app/headless/program.h"
#include "app/thread_waiting.h"
#include "training/data/dataset_inspector.h"
#include "training/engine/device_catalog.h"
#include "training/engine/exporter.h"
#include "training/engine/feature_pictures.h"
#include "training/engine/torch_trainer.h"
#include "training/engine/weights_inspector.h"

#include <string>
#include <vector>

int main(int argc, char** argv)
{
    using namespace mocoscope;
    sleepSoonWhileWaiting(argv);
    const headless::Program program {
        .console = headless::systemConsole(),
        .makeTrainer = [] { return training::makeTorchTrainer(); },
        .makeDeviceCatalog = [] { return training::makeDeviceCatalog(); },
        .makeDatasetInspector = [] { return training::makeDatasetInspector(); },
        .makeWeightsInspector = [] { return training::makeWeightsInspector(); },
        .makeExporter = [] { return training::makeExporter(); },
        .makeFeaturePictures = [] { return training::makeFeaturePictures(); },
    };
    return headless::runProgram(std::vector<std::string>(argv + 1, argv + argc), program);
}
