// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/headless/configuration.h"

#include "app/headless/format.h"
#include "training/api/config_schema.h"
#include "training/api/unused_options.h"

#include <algorithm>
#include <filesystem>
#include <system_error>
#include <vector>

namespace mocoscope::headless {

namespace {

using training::ErrorCode;
using training::failure;
using training::Result;
using training::TrainingConfig;

/// Problems in the order in which they were found, one a line.
class Problems
{
public:
    void add(const std::string& problem)
    {
        m_text += (m_text.empty() ? "" : "\n") + problem;
        ++m_count;
    }
    [[nodiscard]] bool areNone() const { return m_count == 0; }
    /// `found` with what was found besides.
    [[nodiscard]] tl::unexpected<training::Error> addedTo(training::Error found) const
    {
        found.detail += (areNone() ? "" : "\n") + m_text;
        return tl::unexpected(std::move(found));
    }
    [[nodiscard]] tl::unexpected<training::Error> asError() const
    {
        const std::string number = m_count == 1 ? "an error" : std::to_string(m_count) + " errors";
        return failure(ErrorCode::BadConfiguration, "the configuration has " + number, m_text);
    }

private:
    std::string m_text;
    std::size_t m_count = 0;
};

void applySetting(TrainingConfig& config, const std::string& setting, Problems& problems,
                  std::vector<std::string>& failedKeys)
{
    const auto equals = setting.find('=');
    if (equals == std::string::npos || equals == 0) {
        problems.add("--set " + setting + ": expected KEY=VALUE, for example optimizer.lr=3e-4");
        return;
    }
    const std::string key = setting.substr(0, equals);
    auto changed = training::withOption(config, key, setting.substr(equals + 1));
    if (changed) {
        config = *changed;
        return;
    }
    problems.add(toText(changed.error()));
    failedKeys.push_back(key);
}

/// Violations of options that could be set; the others have been reported already.
void addViolations(const TrainingConfig& config, const std::vector<std::string>& reportedKeys,
                   Problems& problems)
{
    for (const training::Violation& violation : training::validate(config)) {
        if (std::find(reportedKeys.begin(), reportedKeys.end(), violation.key)
            == reportedKeys.end()) {
            problems.add(violation.key + " = " + violation.value + ": " + violation.reason);
        }
    }
}

void checkPath(const char* key, const std::string& path, Problems& problems)
{
    std::error_code error;
    if (!path.empty() && path != "demo" && !std::filesystem::exists(path, error)) {
        problems.add(std::string(key) + " = " + path + ": "
                     + (error ? error.message() : "there is no such file or folder"));
    }
}

void addMissingFiles(const TrainingConfig& config, NamedFiles weights, Problems& problems)
{
    checkPath("data.path", config.data.path, problems);
    checkPath("data.test_path", config.data.testPath, problems);
    if (weights == NamedFiles::Here) {
        checkPath("model.initial_weights", config.model.initialWeights, problems);
    }
}

} // namespace

Result<ChosenConfiguration> chooseConfiguration(const TrainArguments& arguments,
                                                const Console& console, NamedFiles files)
{
    Result<ChosenConfiguration> start = startingPoint(arguments, console.in);
    const bool canAddProblems = start || start.error().code == ErrorCode::BadConfiguration;
    if (!canAddProblems) {
        return start;
    }
    Problems problems;
    ChosenConfiguration chosen = start.value_or(ChosenConfiguration {});
    std::vector<std::string> failedKeys;
    for (const std::string& setting : arguments.settings) {
        applySetting(chosen.config, setting, problems, failedKeys);
    }
    if (!arguments.device.empty()) {
        applySetting(chosen.config, "train.device=" + arguments.device, problems, failedKeys);
    }
    if (!start) {
        return problems.addedTo(start.error());
    }
    addViolations(chosen.config, failedKeys, problems);
    if (files == NamedFiles::Here) {
        addMissingFiles(chosen.config, files, problems);
    }
    if (!problems.areNone()) {
        return problems.asError();
    }
    chosen.name = arguments.name.empty() ? chosen.name : arguments.name;
    return chosen;
}

Result<TrainingConfig> withSettings(TrainingConfig config, const std::vector<std::string>& settings,
                                    const std::string& device, NamedFiles weights)
{
    Problems problems;
    std::vector<std::string> failedKeys;
    for (const std::string& setting : settings) {
        applySetting(config, setting, problems, failedKeys);
    }
    if (!device.empty()) {
        applySetting(config, "train.device=" + device, problems, failedKeys);
    }
    addViolations(config, failedKeys, problems);
    addMissingFiles(config, weights, problems);
    if (!problems.areNone()) {
        return problems.asError();
    }
    return config;
}

void tellUnusedOptions(const TrainingConfig& config, const TrainingConfig& reference,
                       std::ostream& err)
{
    for (const training::Violation& unused : training::unusedOptions(config, reference)) {
        err << "mocoscope-train: note: " + printable(unused.key + " = " + unused.value) + " "
                + unused.reason + "\n";
    }
    err << std::flush;
}

Result<void> checkConfiguration(const TrainingConfig& config, NamedFiles weights)
{
    Problems problems;
    addViolations(config, {}, problems);
    addMissingFiles(config, weights, problems);
    if (!problems.areNone()) {
        return problems.asError();
    }
    return {};
}

} // namespace mocoscope::headless
