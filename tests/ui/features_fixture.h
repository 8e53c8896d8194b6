// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "storage/artifacts.h"
#include "storage/checkpoint_files.h"
#include "tests/support/fake_pictures.h"
#include "tests/ui/test_history.h"
#include "ui/pages/features_view.h"
#include "ui/pages/image_grid.h"

#include <QLabel>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <fstream>
#include <thread>

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
    [[nodiscard]] bool says(const QString& part) const
    {
        const auto labels = view.findChildren<QLabel*>();
        return std::ranges::any_of(labels, [&](const QLabel* label) {
            return label->isVisible() && label->text().contains(part);
        });
    }
    [[nodiscard]] std::vector<training::Artifact> recorded()
    {
        static_cast<void>(history.library().recorder().flush());
        auto database
            = storage::Database::open(history.file(), storage::Database::Access::ReadOnly).value();
        return storage::artifactsOf(database, run.id).value();
    }
    /// The first picture's file is made, as if it had been written; the checkpoints are deleted.
    void keepOnlyPictures()
    {
        const auto written = recorded().front().path;
        std::filesystem::create_directories(written.parent_path());
        std::ofstream(written) << "as if it had been written";
        std::filesystem::remove_all(storage::checkpointFolder(history.file(), run.uuid));
    }

    /// That is on in the window.
    [[nodiscard]] bool stopsTheRun()
    {
        QSignalSpy ended(&session, &ui::Session::ended);
        session.stop();
        return ended.wait();
    }

    TestHistory history;
    FakeFeaturePictures pictures;
    ui::Session session;
    storage::RunRecord run;
    ui::FeaturesView view;
};

/// Of the rows; the current one is marked.
inline QStringList titlesOf(const ui::ImageGrid& grid)
{
    QStringList titles;
    for (const ui::ImageRow& row : grid.rows()) {
        titles += row.isCurrent ? row.title + "*" : row.title;
    }
    return titles;
}

/// Of the first row.
inline std::vector<int> tagsOf(const ui::ImageGrid& grid)
{
    std::vector<int> tags;
    for (const ui::ImageCell& cell : grid.rows().front().cells) {
        tags.push_back(cell.tag);
    }
    return tags;
}

/// Of a run that waits at its fifth step.
inline FakeTrainerOptions waitingTrainer()
{
    FakeTrainerOptions options;
    options.beforeStep = [](std::int64_t step, training::RunControl& control) {
        if (step == 5) {
            control.requestPause();
        }
    };
    return options;
}

/// Holds the work of what computes until it is released; not for ever, so that a test that has
/// failed ends.
class Gate
{
public:
    [[nodiscard]] FakePicturesOptions options()
    {
        FakePicturesOptions options;
        options.beforePart = [this](std::int64_t step, int part) {
            isAtWork = true;
            lastStep = step;
            const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(20);
            while (part == 1 && isClosed && std::chrono::steady_clock::now() < end) {
                std::this_thread::sleep_for(std::chrono::milliseconds(1));
            }
        };
        return options;
    }
    std::atomic<bool> isClosed = true;
    std::atomic<bool> isAtWork = false;
    std::atomic<std::int64_t> lastStep = -1;
};

} // namespace mocoscope::testing
