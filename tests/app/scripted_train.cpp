// SPDX-License-Identifier: GPL-3.0-or-later
// mocoscope-train with a trainer that plays $MOCOSCOPE_SCRIPT: for tests that need a process.
#include "app/headless/program.h"
#include "app/thread_waiting.h"
#include "script.h"
#include "tests/support/fake_ports.h"

#include <cstdlib>

int main(int argc, char** argv)
{
    using namespace mocoscope;
    sleepSoonWhileWaiting(argv);
    const char* script = std::getenv("MOCOSCOPE_SCRIPT");
    const headless::Program program {
        .console = headless::systemConsole(),
        .makeTrainer =
            [script] {
                return testing::makeTrainer(
                    testing::scriptFromText(script != nullptr ? script : ""));
            },
        .makeDeviceCatalog = {},
        .makeDatasetInspector = {},
        .makeWeightsInspector = [] { return std::make_unique<testing::FakeWeightsInspector>(); },
        .makeExporter = {},
        .makeFeaturePictures = {},
    };
    return headless::runProgram(std::vector<std::string>(argv + 1, argv + argc), program);
}
