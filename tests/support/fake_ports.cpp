// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/fake_ports.h"

#include <cmath>
#include <fstream>

namespace mocoscope::testing {

using namespace training;

RgbImage fakePattern(int side, double seed, double zoom)
{
    RgbImage image {side, side, {}};
    image.bytes.reserve(static_cast<std::size_t>(side) * static_cast<std::size_t>(side) * 3);
    for (int y = 0; y < side; ++y) {
        for (int x = 0; x < side; ++x) {
            const double u = 0.5 + zoom * (x / double(side) - 0.5);
            const double v = 0.5 + zoom * (y / double(side) - 0.5);
            const bool isDisc = std::hypot(u - 0.45, v - 0.55) < 0.28;
            for (int channel = 0; channel < 3; ++channel) {
                const double wave = std::sin(seed * 1.7 + channel * 2.1 + (isDisc ? 2.5 : u + v));
                image.bytes.push_back(static_cast<std::uint8_t>(127 + 110 * wave));
            }
        }
    }
    return image;
}

Result<std::vector<ViewPair>> FakeViewPreview::render(const TrainingConfig& config, int count,
                                                      std::int64_t epoch, std::stop_token stop)
{
    ++calls;
    std::vector<ViewPair> pairs;
    for (int i = 0; i < count && !stop.stop_requested(); ++i) {
        const double seed = i + 0.37 * static_cast<double>(epoch);
        pairs.push_back({"image " + std::to_string(i), "class " + std::to_string(i % 3),
                         fakePattern(64, i, 1), fakePattern(32, seed, config.views.cropMin + 0.3),
                         fakePattern(32, seed + 0.5, config.views.cropMax * 0.7)});
    }
    return pairs;
}

Result<DatasetFacts> FakeDatasetInspector::inspect(const DataConfig& config, std::stop_token)
{
    if (config.path != "demo") {
        return failure(ErrorCode::NotFound, "There is no folder or archive '" + config.path + "'",
                       "Choose a folder with images.");
    }
    return DatasetFacts {"embedded demo", 2000, 500, {"disc", "ring", "square", "star", "cross"}};
}

Result<void> FakeWeightsInspector::check(const TrainingConfig& config)
{
    const std::string& file = config.model.initialWeights;
    if (file.find("misfit") != std::string::npos) {
        return failure(ErrorCode::BadConfiguration, file + " does not fit the model");
    }
    return {};
}

std::vector<DeviceDescription> FakeDeviceCatalog::devices()
{
    return {{"cpu", "AMD EPYC, 2 cores", std::int64_t {8} << 30},
            {"cuda:0", "NVIDIA H200", std::int64_t {139} << 30}};
}

namespace {

const char* nameOf(Encoder encoder)
{
    return encoder == Encoder::Momentum ? "momentum" : "base";
}

Result<ExportedFile> writeLine(const std::filesystem::path& checkpoint,
                               const std::filesystem::path& file, const std::string& line)
{
    if (!std::filesystem::exists(checkpoint)) {
        return failure(ErrorCode::NotFound, "there is no checkpoint " + checkpoint.string());
    }
    std::ofstream out(file);
    out << line << '\n' << std::flush;
    if (!out) {
        return failure(ErrorCode::Unwritable, "cannot write " + file.string());
    }
    return ExportedFile {
        file, std::string(64, 'a'), static_cast<std::int64_t>(line.size() + 1), 10, {}, {}};
}

} // namespace

Result<ExportedFile> FakeExporter::exportWeights(const WeightsRequest& request)
{
    auto written = writeLine(request.checkpoint, request.file,
                             std::string(nameOf(request.encoder)) + " of " + request.source
                                 + " from " + request.checkpoint.filename().string());
    if (written) {
        written->architecture = "vit_tiny_patch16_224";
    }
    return written;
}

Result<ExportedFile>
FakeExporter::exportFeatures(const FeaturesRequest& request,
                             const std::function<void(std::int64_t, std::int64_t)>& progress,
                             std::stop_token)
{
    progress(0, 7);
    const std::string split = request.split == DataSplit::Train ? "train" : "test";
    auto written = writeLine(request.checkpoint, request.file,
                             std::string(nameOf(request.encoder)) + " features of " + split + " on "
                                 + request.device);
    if (written) {
        written->shape = {7, 3};
    }
    return written;
}

} // namespace mocoscope::testing
