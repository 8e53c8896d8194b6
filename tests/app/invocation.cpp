// SPDX-License-Identifier: GPL-3.0-or-later
#include "invocation.h"

#include "tests/support/fake_pictures.h"
#include "tests/support/fake_ports.h"

#include <sstream>

namespace mocoscope::testing {

namespace {

class FixedDevices final : public training::DeviceCatalog
{
public:
    explicit FixedDevices(std::vector<training::DeviceDescription> devices)
        : m_devices(std::move(devices))
    {
    }
    std::vector<training::DeviceDescription> devices() override { return m_devices; }

private:
    std::vector<training::DeviceDescription> m_devices;
};

class FixedDataset final : public training::DatasetInspector
{
public:
    explicit FixedDataset(training::Result<training::DatasetFacts> facts)
        : m_facts(std::move(facts))
    {
    }
    training::Result<training::DatasetFacts> inspect(const training::DataConfig&,
                                                     std::stop_token) override
    {
        return m_facts;
    }

private:
    training::Result<training::DatasetFacts> m_facts;
};

} // namespace

Invocation invoke(const std::vector<std::string>& arguments, const World& world)
{
    std::istringstream in(world.standardInput);
    std::ostringstream out;
    std::ostringstream err;
    const headless::Program program {
        .console = {.in = in,
                    .out = out,
                    .err = err,
                    .inIsTerminal = world.isTerminal,
                    .outIsTerminal = world.isTerminal,
                    .columns = [&world] { return world.columns; }},
        .makeTrainer = [&] { return mocoscope::testing::makeTrainer(world.script); },
        .makeDeviceCatalog = [&] { return std::make_unique<FixedDevices>(world.devices); },
        .makeDatasetInspector = [&] { return std::make_unique<FixedDataset>(world.data); },
        .makeWeightsInspector = [] { return std::make_unique<FakeWeightsInspector>(); },
        .makeExporter = [] { return std::make_unique<FakeExporter>(); },
        .makeFeaturePictures = [] { return std::make_unique<FakeFeaturePictures>(); },
    };
    const int exitCode = headless::runProgram(arguments, program);
    return {exitCode, out.str(), err.str()};
}

std::vector<nlohmann::json> parseLines(const std::string& text)
{
    std::vector<nlohmann::json> all;
    std::istringstream lines(text);
    for (std::string line; std::getline(lines, line);) {
        all.push_back(nlohmann::json::parse(line));
    }
    return all;
}

} // namespace mocoscope::testing
