// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "training/api/result.h"
#include "training/api/training_config.h"

#include <cstdint>
#include <stop_token>
#include <string>
#include <vector>

namespace mocoscope::training {

/// 8-bit RGB, rows without padding: bytes.size() == width · height · 3.
struct RgbImage
{
    int width = 0;
    int height = 0;
    std::vector<std::uint8_t> bytes;
};

/// One image and the two views that training would see of it.
struct ViewPair
{
    std::string name; ///< file name or index
    std::string label; ///< class name; empty: unlabelled
    RgbImage original;
    RgbImage view1;
    RgbImage view2;
};

/// Draws the views of a configuration. Any thread but the window's; calls are independent.
class ViewPreview
{
public:
    virtual ~ViewPreview() = default;
    /// The views of `count` images spread over the data set, those of epoch `epoch`.
    [[nodiscard]] virtual Result<std::vector<ViewPair>>
    render(const TrainingConfig& config, int count, std::int64_t epoch, std::stop_token stop) = 0;

protected:
    ViewPreview() = default;
    ViewPreview(const ViewPreview&) = default;
    ViewPreview& operator=(const ViewPreview&) = default;
};

/// What is found at a data path.
struct DatasetFacts
{
    std::string kind; ///< "folder", "tar archive", "CIFAR-10 binary", "embedded demo"
    std::int64_t trainImages = 0;
    std::int64_t testImages = 0; ///< 0: none, then accuracy is not measured
    std::vector<std::string> classes; ///< empty: unlabelled
};

class DatasetInspector
{
public:
    virtual ~DatasetInspector() = default;
    /// Lists, does not decode. May take seconds for a large folder or archive.
    [[nodiscard]] virtual Result<DatasetFacts> inspect(const DataConfig& config,
                                                       std::stop_token stop)
        = 0;

protected:
    DatasetInspector() = default;
    DatasetInspector(const DatasetInspector&) = default;
    DatasetInspector& operator=(const DatasetInspector&) = default;
};

struct DeviceDescription
{
    std::string id; ///< `cpu`, `cuda:0`: what train.device takes
    std::string name; ///< "AMD EPYC, 2 cores", "NVIDIA H200"
    std::int64_t memoryBytes = 0;
};

class DeviceCatalog
{
public:
    virtual ~DeviceCatalog() = default;
    /// The CPU first. Takes a second where CUDA has to be initialised: not on the window's thread.
    [[nodiscard]] virtual std::vector<DeviceDescription> devices() = 0;

protected:
    DeviceCatalog() = default;
    DeviceCatalog(const DeviceCatalog&) = default;
    DeviceCatalog& operator=(const DeviceCatalog&) = default;
};

} // namespace mocoscope::training
