// SPDX-License-Identifier: GPL-3.0-or-later
// Where a configuration starts from: a preset, a file or standard input.
#include "app/headless/configuration.h"
#include "app/headless/nearest.h"
#include "training/api/config_json.h"

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <system_error>
#include <vector>

namespace mocoscope::headless {

using training::ErrorCode;
using training::failure;
using training::Result;
using training::TrainingConfig;

namespace {

/// Far above any configuration; a data set given by mistake is not read into memory.
constexpr std::size_t largestConfigBytes = 1U << 20U;

std::vector<std::string> presetNames()
{
    std::vector<std::string> names;
    for (const training::Preset& preset : training::presets()) {
        names.push_back(preset.name);
    }
    return names;
}

/// Its name says which one; there are too many of these for an error message.
bool isFigureOfTheStudy(const training::Preset& preset)
{
    return preset.study && preset.name.find(preset.study->row) != std::string::npos;
}

Result<std::string> readAll(std::istream& in, const std::string& what)
{
    std::string text;
    std::vector<char> block(1U << 16U);
    while (in.read(block.data(), static_cast<std::streamsize>(block.size())), in.gcount() > 0) {
        text.append(block.data(), static_cast<std::size_t>(in.gcount()));
        if (text.size() > largestConfigBytes) {
            return failure(ErrorCode::BadConfiguration, what + " is too large for a configuration",
                           "expected a JSON file");
        }
    }
    if (in.bad()) {
        return failure(ErrorCode::Unreadable, "cannot read " + what, std::strerror(errno));
    }
    return text;
}

Result<TrainingConfig> fromFile(const std::string& file, std::istream& standardInput)
{
    return readConfigText(file, standardInput).and_then([](const std::string& text) {
        return training::fromJson(text);
    });
}

} // namespace

Result<std::string> readConfigText(const std::string& file, std::istream& standardInput)
{
    if (file == "-") {
        return readAll(standardInput, "the configuration on standard input");
    }
    std::error_code ignored;
    if (std::filesystem::is_directory(file, ignored)) {
        return failure(ErrorCode::BadArgument, "'" + file + "' is a folder",
                       "expected a configuration file");
    }
    std::ifstream in(file, std::ios::binary);
    if (!in) {
        const ErrorCode code = errno == ENOENT ? ErrorCode::NotFound : ErrorCode::BadArgument;
        return failure(code, "cannot open the configuration file '" + file + "'",
                       std::strerror(errno));
    }
    return readAll(in, "'" + file + "'");
}

Result<training::Preset> choosePreset(const std::string& name)
{
    auto preset = training::findPreset(name);
    const std::vector<std::string> names = presetNames();
    const auto near = nearestWords(name, names, 1);
    if (!preset && !near.empty()) {
        preset.error().detail
            = "did you mean " + quotedAlternatives(near) + "? " + preset.error().detail;
    }
    return preset;
}

Result<ChosenConfiguration> startingPoint(const TrainArguments& arguments, std::istream& in)
{
    if (!arguments.configFile.empty()) {
        return fromFile(arguments.configFile, in).map([&](const TrainingConfig& config) {
            const bool isFile = arguments.configFile != "-";
            const auto stem = std::filesystem::path(arguments.configFile).stem().string();
            return ChosenConfiguration {config, {}, isFile ? stem : "run"};
        });
    }
    if (arguments.preset.empty()) {
        std::string known;
        std::size_t others = 0;
        for (const training::Preset& preset : training::presets()) {
            if (isFigureOfTheStudy(preset)) {
                ++others;
            } else {
                known += "\n" + preset.name + ": " + preset.title;
            }
        }
        known += "\nand " + std::to_string(others)
            + " for the study's tables: `mocoscope-train presets`";
        return failure(ErrorCode::BadArgument, "train needs a starting point",
                       "pass --preset NAME or --config FILE; the presets are:" + known);
    }
    return choosePreset(arguments.preset).map([](const training::Preset& preset) {
        return ChosenConfiguration {preset.config, preset.name, preset.name};
    });
}

} // namespace mocoscope::headless
