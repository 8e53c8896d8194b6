// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "storage/artifacts.h"
#include "storage/checkpoint_files.h"
#include "tests/support/fake_pictures.h"
#include "tests/ui/test_history.h"
#include "ui/pages/features_view.h"

#include <atomic>
#include <fstream>

namespace mocoscope::testing {

/// A run of three checkpoints, and the view on it.
class FeaturesFixture
{
public:
    explicit FeaturesFixture(FakePicturesOptions options = {},
                             const std::vector<int>& steps = {10, 20, 30},
                             FakeTrainerOptions trainer = {})
        : pictures(std::move(options))
        , session(history.library(), fakeTrainers(std::move(trainer)))
        , run(history.makeRun("run"))
        , view(history.library(), session, pictures)
    {
        for (const int step : steps) {
            save(step);
        }
        view.resize(1200, 800);
    }
    void save(int step) const
    {
        const auto folder = storage::checkpointFolder(history.file(), run.uuid);
        std::filesystem::create_directories(folder);
        std::ofstream(folder / ("step-0000000" + std::to_string(step) + ".safetensors")) << "x";
    }
    void show()
    {
        view.setRun(run.id);
        view.show();
    }
    [[nodiscard]] bool shows(std::int64_t step) const { return view.shownStep() == step; }
    [[nodiscard]] std::vector<training::Artifact> recorded()
    {
        static_cast<void>(history.library().recorder().flush());
        auto database
            = storage::Database::open(history.file(), storage::Database::Access::ReadOnly).value();
        return storage::artifactsOf(database, run.id).value();
    }

    TestHistory history;
    FakeFeaturePictures pictures;
    ui::Session session;
    storage::RunRecord run;
    ui::FeaturesView view;
};

/// Holds the work of what computes until it is released.
class Gate
{
public:
    [[nodiscard]] FakePicturesOptions options()
    {
        FakePicturesOptions options;
        options.beforePart = [this](std::int64_t step, int part) {
            isAtWork = true;
            lastStep = step;
            while (part == 1 && isClosed) {
                std::this_thread::yield();
            }
        };
        return options;
    }
    std::atomic<bool> isClosed = true;
    std::atomic<bool> isAtWork = false;
    std::atomic<std::int64_t> lastStep = -1;
};

} // namespace mocoscope::testing
