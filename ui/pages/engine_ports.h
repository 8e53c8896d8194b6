// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "training/api/feature_pictures.h"
#include "training/api/ports.h"

#include <memory>

namespace mocoscope::ui {

/// What the pages ask the engine; each is called on one background thread of its own.
struct EnginePorts
{
    std::unique_ptr<training::ViewPreview> preview;
    std::unique_ptr<training::DatasetInspector> inspector;
    std::unique_ptr<training::WeightsInspector> weights;
    std::unique_ptr<training::DeviceCatalog> devices;
    std::unique_ptr<training::Exporter> exporter;
    std::unique_ptr<training::FeaturePictures> pictures; ///< called on two threads
};

} // namespace mocoscope::ui
