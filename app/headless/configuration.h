// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/headless/command_line.h"
#include "app/headless/console.h"
#include "training/api/presets.h"

#include <cstdint>
#include <iosfwd>
#include <string>

namespace mocoscope::headless {

/// What `train` was asked to run.
struct ChosenConfiguration
{
    training::TrainingConfig config;
    std::string preset; ///< empty: from a file
    std::string name; ///< as given, else the preset's or the file's
};

/// The preset or file alone. Reads `in` for `--config -`.
[[nodiscard]] training::Result<ChosenConfiguration> startingPoint(const TrainArguments& arguments,
                                                                  std::istream& in);

/// Whether the files that a configuration names have to be on this machine.
enum class NamedFiles : std::uint8_t
{
    Here,
    Anywhere
};

/// Preset or file, then each --set in order, then --device. Everything that is wrong is listed in
/// the error's detail, one a line: what the file says, the settings, the rules between options, a
/// data path that does not exist. Reads `console.in` for `--config -`.
[[nodiscard]] training::Result<ChosenConfiguration>
chooseConfiguration(const TrainArguments& arguments, const Console& console,
                    NamedFiles files = NamedFiles::Here);

/// `config` with each setting in order, then the device (empty: as it is). Everything that is wrong
/// is listed in the error's detail as above. What goes on from a checkpoint needs no `weights`.
[[nodiscard]] training::Result<training::TrainingConfig>
withSettings(training::TrainingConfig config, const std::vector<std::string>& settings,
             const std::string& device, NamedFiles weights = NamedFiles::Here);

/// Tells on `err` which options that differ from the default and from `reference` have no effect.
void tellUnusedOptions(const training::TrainingConfig& config,
                       const training::TrainingConfig& reference, std::ostream& err);

/// A file of at most a megabyte, `in` for `-`.
[[nodiscard]] training::Result<std::string> readConfigText(const std::string& file,
                                                           std::istream& in);

/// As training::findPreset(); the error also says which preset may have been meant.
[[nodiscard]] training::Result<training::Preset> choosePreset(const std::string& name);

/// An error when `config` cannot be trained with, all its violations in the detail.
[[nodiscard]] training::Result<void> checkConfiguration(const training::TrainingConfig& config,
                                                        NamedFiles weights = NamedFiles::Here);

} // namespace mocoscope::headless
