// SPDX-License-Identifier: GPL-3.0-or-later
// The frameworks as rows of data-driven tests. A new framework is a new row here.
#pragma once

#include "engine_fixtures.h"

#include <QTest>

namespace mocoscope::training {

inline void addFrameworkRows()
{
    QTest::addColumn<QString>("framework");
    for (const char* name : {"moco_v3", "simclr", "byol", "swav", "moco_v1", "moco_v2"}) {
        QTest::newRow(name) << name;
    }
}

/// tinyConfig() of the framework; the queue ends within five batches, and not with one.
inline TrainingConfig tinyConfig(const QString& framework)
{
    TrainingConfig config = tinyConfig();
    config.method.name = framework.toStdString();
    config.method.queueSize = 40;
    config.method.prototypes = 6;
    config.method.freezePrototypesEpochs = 0.4; // two steps
    if (framework == "moco_v1") {
        config.method.projectorLayers = 1;
        config.method.headNorm = false;
    }
    return config;
}

/// The smallest ResNet, on images as small as its stem allows.
inline ModelConfig tinyResNet()
{
    ModelConfig model;
    model.name = "resnet18";
    model.imageSize = 32;
    model.freezePatchEmbed = false;
    return model;
}

} // namespace mocoscope::training
