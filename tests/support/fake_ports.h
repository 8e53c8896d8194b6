// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "training/api/ports.h"

#include <atomic>

namespace mocoscope::testing {

/// Draws coloured patterns that depend on the options, the image and the epoch.
class FakeViewPreview final : public training::ViewPreview
{
public:
    [[nodiscard]] training::Result<std::vector<training::ViewPair>>
    render(const training::TrainingConfig& config, int count, std::int64_t epoch,
           std::stop_token stop) override;
    std::atomic<int> calls = 0;
};

/// Knows `demo`; any other path does not exist.
class FakeDatasetInspector final : public training::DatasetInspector
{
public:
    [[nodiscard]] training::Result<training::DatasetFacts>
    inspect(const training::DataConfig& config, std::stop_token stop) override;
};

class FakeDeviceCatalog final : public training::DeviceCatalog
{
public:
    [[nodiscard]] std::vector<training::DeviceDescription> devices() override;
};

} // namespace mocoscope::testing
