// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "training/api/result.h"
#include "training/api/training_config.h"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
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

/// One image and the two views that training would see of it: of two epochs where a step sees one.
struct ViewPair
{
    std::string name; ///< file name or index
    std::string label; ///< class name; empty: unlabelled
    RgbImage original;
    RgbImage view1;
    RgbImage view2; ///< empty where all epochs see the same
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

/// An error where they are not enough for the task of `config`: fewer than a batch, no labels.
[[nodiscard]] Result<void> checkImages(const TrainingConfig& config, const DatasetFacts& facts);

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

/// Looks at the file that a run would start from.
class WeightsInspector
{
public:
    virtual ~WeightsInspector() = default;
    /// An error where `model.initial_weights` cannot be read or does not fit the model. Reads the
    /// whole file and makes the model: seconds where they are large. Nothing is said of a
    /// configuration that names no weights or is not valid.
    [[nodiscard]] virtual Result<void> check(const TrainingConfig& config) = 0;

protected:
    WeightsInspector() = default;
    WeightsInspector(const WeightsInspector&) = default;
    WeightsInspector& operator=(const WeightsInspector&) = default;
};

struct DeviceDescription
{
    std::string id; ///< `cpu`, `cuda:0`: what train.device takes
    std::string name; ///< "AMD EPYC, 2 cores", "NVIDIA H200"
    std::int64_t memoryBytes = 0;
    std::optional<std::int64_t> usedBytes {}; ///< of them, now, by any process
    std::optional<double> loadPercent {}; ///< now, by any process
};

class DeviceCatalog
{
public:
    virtual ~DeviceCatalog() = default;
    /// The CPU first. Takes a tenth of a second, in which the load is measured, and a second more
    /// where CUDA has to be initialised: not on the window's thread.
    [[nodiscard]] virtual std::vector<DeviceDescription> devices() = 0;

protected:
    DeviceCatalog() = default;
    DeviceCatalog(const DeviceCatalog&) = default;
    DeviceCatalog& operator=(const DeviceCatalog&) = default;
};

/// Which encoder of a checkpoint. The base encoder is the one that learns by gradients.
enum class Encoder : std::uint8_t
{
    Base,
    Momentum,
};

enum class DataSplit : std::uint8_t
{
    Test,
    Train,
};

struct WeightsRequest
{
    std::filesystem::path checkpoint;
    std::filesystem::path file; ///< .safetensors
    Encoder encoder = Encoder::Base;
    std::string source; ///< which run it is of, for the file's metadata
};

struct FeaturesRequest
{
    std::filesystem::path checkpoint;
    std::filesystem::path file; ///< .npy; the labels go beside it, see labelsFile()
    Encoder encoder = Encoder::Base;
    DataSplit split = DataSplit::Test;
    std::string device = "auto"; ///< as train.device
};

/// What was written.
struct ExportedFile
{
    std::filesystem::path file;
    std::string sha256; ///< lower-case hex
    std::int64_t bytes = 0;
    std::int64_t step = 0; ///< of the checkpoint
    std::vector<std::int64_t> shape; ///< of features: images, width; empty for weights
    std::string architecture; ///< of weights: the model's name in timm; empty where it has none
};

/// `features.npy` → `features.labels.npy`.
[[nodiscard]] std::filesystem::path labelsFile(const std::filesystem::path& features);

/// Writes what a run learnt for other programs. Any thread but the window's; calls are independent.
class Exporter
{
public:
    virtual ~Exporter() = default;
    /// One backbone with timm's names, see docs/command-line.md.
    [[nodiscard]] virtual Result<ExportedFile> exportWeights(const WeightsRequest& request) = 0;
    /// Features of un-augmented images, [N, W] fp32, and labels, [N] int64 (-1: none). `progress`
    /// gets the images that are done and their number.
    [[nodiscard]] virtual Result<ExportedFile>
    exportFeatures(const FeaturesRequest& request,
                   const std::function<void(std::int64_t done, std::int64_t total)>& progress,
                   std::stop_token stop)
        = 0;

protected:
    Exporter() = default;
    Exporter(const Exporter&) = default;
    Exporter& operator=(const Exporter&) = default;
};

} // namespace mocoscope::training
