// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "training/api/ports.h"

#include <atomic>

namespace mocoscope::testing {

/// A disc before a gradient, both of a hue that follows `seed`, seen through a window of `zoom`.
[[nodiscard]] training::RgbImage fakePattern(int side, double seed, double zoom);

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

/// Knows no file whose name has `misfit`.
class FakeWeightsInspector final : public training::WeightsInspector
{
public:
    [[nodiscard]] training::Result<void> check(const training::TrainingConfig& config) override;
};

class FakeDeviceCatalog final : public training::DeviceCatalog
{
public:
    [[nodiscard]] std::vector<training::DeviceDescription> devices() override;
};

/// Writes a line that says what was asked for. A checkpoint that is missing is an error.
class FakeExporter final : public training::Exporter
{
public:
    [[nodiscard]] training::Result<training::ExportedFile>
    exportWeights(const training::WeightsRequest& request) override;
    [[nodiscard]] training::Result<training::ExportedFile>
    exportFeatures(const training::FeaturesRequest& request,
                   const std::function<void(std::int64_t, std::int64_t)>& progress,
                   std::stop_token stop) override;
};

} // namespace mocoscope::testing
