// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "storage/run_repository.h"
#include "tests/support/fake_trainer.h"
#include "training/api/config_json.h"
#include "ui/session/run_library.h"
#include "ui/session/session.h"
#include "ui/session/sweep_queue.h"

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QtTest>

#include <memory>

namespace mocoscope::testing {

/// A run history in a folder that goes away with it.
class TestHistory
{
public:
    TestHistory() { open(); }

    [[nodiscard]] std::filesystem::path file() const
    {
        return (m_folder.path() + "/history/runs.db").toStdString();
    }
    [[nodiscard]] ui::RunLibrary& library() { return *m_library; }
    void close() { m_library.reset(); }
    void open()
    {
        auto opened = ui::RunLibrary::open(file());
        if (!opened) {
            qFatal("%s", toText(opened.error()).c_str());
        }
        m_library = std::move(*opened);
    }

    /// Stores a run as it is before its first step.
    storage::RunRecord makeRun(const std::string& name, const training::TrainingConfig& config = {})
    {
        const storage::NewRun run {name, "demo", training::toJson(config), {}};
        auto made = m_library->recorder()
                        .submit([&run](storage::Database& database) {
                            return storage::RunRepository(database).create(run);
                        })
                        .get();
        if (!made) {
            qFatal("%s", toText(made.error()).c_str());
        }
        return *made;
    }

    /// Plays a run to its end on the calling thread and records it.
    storage::RunRecord playRun(const std::string& name, const FakeTrainerOptions& options)
    {
        storage::RunRecord run = makeRun(name);
        play(run, options);
        return run;
    }

    void play(const storage::RunRecord& run, const FakeTrainerOptions& options)
    {
        const auto queue = m_library->recorder().record(run.id);
        training::RunControl control;
        FakeTrainer(options).run({{}, m_library->runFolder(run.uuid) / "checkpoints", {}, {}},
                                 *queue, control);
        queue->close();
        if (const auto flushed = m_library->recorder().flush(); !flushed) {
            qFatal("%s", toText(flushed.error()).c_str());
        }
    }

    /// Stores a sweep whose runs wait.
    storage::SweepRecord makeSweep(const training::SweepPlan& plan)
    {
        const auto sweep = ui::newSweep(plan);
        auto made = sweep ? m_library->recorder()
                                .submit([&sweep](storage::Database& database) {
                                    return storage::SweepRepository(database).create(*sweep);
                                })
                                .get()
                          : tl::unexpected(sweep.error());
        if (!made) {
            qFatal("%s", toText(made.error()).c_str());
        }
        return *made;
    }

    /// In the order of training, as another process would see them.
    [[nodiscard]] std::vector<storage::RunRecord> runsOf(storage::SweepId sweep) const
    {
        auto database = storage::Database::open(file(), storage::Database::Access::ReadOnly);
        auto runs = storage::SweepRepository(*database).runs(sweep);
        if (!runs) {
            qFatal("%s", toText(runs.error()).c_str());
        }
        return *runs;
    }

    /// As another process would see it.
    [[nodiscard]] storage::RunRecord stored(storage::RunId id) const
    {
        auto database = storage::Database::open(file(), storage::Database::Access::ReadOnly);
        auto run = storage::RunRepository(*database).find(id);
        if (!run) {
            qFatal("%s", toText(run.error()).c_str());
        }
        return *run;
    }

private:
    QTemporaryDir m_folder;
    std::unique_ptr<ui::RunLibrary> m_library;
};

/// Makes the trainers of a session.
inline ui::Session::TrainerFactory fakeTrainers(FakeTrainerOptions options)
{
    return [options] { return std::make_unique<FakeTrainer>(options); };
}

} // namespace mocoscope::testing
