// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/headless/program.h"
#include "script.h"

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace mocoscope::testing {

/// The world in which a command is run inside the test's process.
struct World
{
    Script script;
    std::string standardInput;
    bool isTerminal = false;
    int columns = 100;
    std::vector<training::DeviceDescription> devices {{"cpu", "Scripted CPU", 8'000'000'000}};
    training::Result<training::DatasetFacts> data = training::DatasetFacts {
        .kind = "folder", .trainImages = 640, .testImages = 0, .classes = {}};
};

struct Invocation
{
    int exitCode = -1;
    std::string out;
    std::string err;
};

/// `mocoscope-train arguments…` to its end.
[[nodiscard]] Invocation invoke(const std::vector<std::string>& arguments, const World& world = {});

/// The objects of a command's --json, one a line.
[[nodiscard]] std::vector<nlohmann::json> parseLines(const std::string& text);

} // namespace mocoscope::testing
