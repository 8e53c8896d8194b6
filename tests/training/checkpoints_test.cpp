// SPDX-License-Identifier: GPL-3.0-or-later
// Which checkpoints are kept, and what is done with damaged ones. Real runs of a tiny model.
#include "compare_weights.h"
#include "engine_fixtures.h"
#include "training/engine/checkpoint_retention.h"
#include "training/interchange/safetensors.h"

#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <fstream>
#include <set>

using namespace mocoscope::training;
namespace fs = std::filesystem;

namespace {

void damage(const fs::path& file, const QString& how)
{
    const auto size = fs::file_size(file);
    if (how == "flipped bit") {
        std::fstream stream(file, std::ios::in | std::ios::out | std::ios::binary);
        stream.seekg(static_cast<std::streamoff>(size - 1000));
        const int byte = stream.get();
        stream.seekp(static_cast<std::streamoff>(size - 1000));
        stream.put(static_cast<char>(byte ^ 1));
    } else if (how == "cut off") {
        fs::resize_file(file, size / 2);
    } else if (how == "empty") {
        fs::resize_file(file, 0);
    } else {
        fs::remove(file);
    }
}

} // namespace

class CheckpointsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }

    void theBestIsKnown_data()
    {
        using Scores = std::vector<CheckpointScore>;
        QTest::addColumn<Scores>("scores");
        QTest::addColumn<int>("best"); // -1: none
        QTest::newRow("nothing") << Scores {} << -1;
        QTest::newRow("no score") << Scores {{}, {}} << -1;
        QTest::newRow("accuracy") << Scores {{40, 1}, {60, 2}, {50, 0.5}} << 1;
        QTest::newRow("lowest loss") << Scores {{{}, 3}, {{}, 2}, {{}, 2.5}} << 1;
        QTest::newRow("accuracy before loss") << Scores {{{}, 0.1}, {10, 9}} << 1;
        QTest::newRow("the newest of equals") << Scores {{50, 1}, {50, 2}} << 1;
        QTest::newRow("nothing is worse than a loss") << Scores {{}, {{}, 7}, {}} << 1;
    }
    void theBestIsKnown()
    {
        QFETCH(std::vector<CheckpointScore>, scores);
        QFETCH(int, best);
        std::vector<ScoredCheckpoint> all;
        for (const CheckpointScore& score : scores) {
            all.push_back({"file", static_cast<std::int64_t>(all.size()), score});
        }
        const ScoredCheckpoint* found = bestOf(all);
        QCOMPARE(found ? static_cast<int>(found->step) : -1, best);
    }

    void keepsTheNewestAndTheBest()
    {
        RunRequest run = request();
        run.config.train.epochs = 4;
        run.config.checkpoint.everyEpochs = 0.2; // each step
        run.config.checkpoint.keepLast = 2;
        const auto events = runToEnd(run);
        QVERIFY2(eventsOf<Failed>(events).empty(), failureText(events).c_str());
        // Each checkpoint counts as good as the last evaluation before it, the newest of equals.
        const auto accuracy = curvesOf(events).at("eval/knn_top1");
        std::int64_t best = 0;
        double highest = -1;
        for (std::int64_t step = 1; step <= 20; ++step) {
            const double now = std::prev(accuracy.upper_bound(step))->second;
            if (now >= highest) {
                highest = now;
                best = step;
            }
        }
        std::set<std::int64_t> expected {19, 20, best};
        QCOMPARE(stepsIn(run.checkpointFolder), expected);
        const auto saved = eventsOf<CheckpointSaved>(events);
        QCOMPARE(saved.size(), 20U);
        std::size_t removed = 0;
        for (const CheckpointSaved& each : saved) {
            removed += each.removed.size();
        }
        QCOMPARE(removed, 20U - expected.size());
    }

    void withoutAnAccuracyTheLowestLossIsBest()
    {
        RunRequest run = request();
        run.config.evaluation.knnEveryEpochs = 0;
        run.config.checkpoint.everyEpochs = 0.2;
        run.config.checkpoint.keepLast = 1;
        const auto loss = curvesOf(runToEnd(run)).at("train/loss");
        const auto lowest
            = std::ranges::min_element(loss, {}, [](const auto& point) { return point.second; });
        QCOMPARE(stepsIn(run.checkpointFolder), (std::set<std::int64_t> {lowest->first + 1, 10}));
    }

    void halfWrittenFilesGoWithTheNextCheckpoint()
    {
        const RunRequest run = request();
        fs::create_directories(run.checkpointFolder);
        const fs::path half = run.checkpointFolder / "step-000000003.safetensors.partial";
        std::ofstream(half) << "killed in the middle";
        runToEnd(run);
        QVERIFY(!fs::exists(half));
        QCOMPARE(stepsIn(run.checkpointFolder), std::set<std::int64_t> {10});
    }

    void aDamagedCheckpointIsPassedOver_data()
    {
        QTest::addColumn<QString>("how");
        for (const char* how : {"flipped bit", "cut off", "empty", "gone"}) {
            QTest::newRow(how) << QString(how);
        }
    }
    void aDamagedCheckpointIsPassedOver()
    {
        QFETCH(QString, how);
        runToEnd(request("whole"));
        const auto saved = stopAt(7, "resumed");
        const CheckpointSaved& newest = saved.back();
        QCOMPARE(newest.step, 7);
        damage(newest.path, how);

        const auto events = runToEnd(resumed("resumed", saved));
        QVERIFY2(eventsOf<Failed>(events).empty(), failureText(events).c_str());
        QCOMPARE(eventsOf<RunFacts>(events).front().firstStep, 6);
        const auto incident = eventsOf<Incident>(events).front();
        QCOMPARE(incident.kind, "checkpoint_damaged");
        QCOMPARE(incident.step, 7);
        QVERIFY2(incident.message.find(newest.path) != std::string::npos, incident.message.c_str());
        QVERIFY2(incident.message.find("step-000000006") != std::string::npos,
                 incident.message.c_str());
        QCOMPARE(fs::exists(newest.path + ".damaged"), how != "gone");
        compareWeights(fileOf("whole", 10), fileOf("resumed", 10));
    }

    void withoutAWholeCheckpointNothingIsStartedAnew()
    {
        const auto saved = stopAt(7, "resumed");
        for (const CheckpointSaved& each : saved) {
            if (fs::exists(each.path)) {
                damage(each.path, "flipped bit");
            }
        }
        const auto failed = eventsOf<Failed>(runToEnd(resumed("resumed", saved)));
        QCOMPARE(failed.size(), 1U);
        const std::string text = toText(failed.front().error);
        QVERIFY2(text.find("step-000000007") != std::string::npos, text.c_str());
        QVERIFY2(text.find("step-000000006") != std::string::npos, text.c_str());
        QVERIFY(fs::exists(saved.back().path)); // left where it is
    }

    void aPauseWritesACheckpoint()
    {
        RunControl control;
        EventLog log([&](const TrainingEvent& event) {
            const auto* batch = std::get_if<MetricBatch>(&event);
            const auto* state = std::get_if<StateChanged>(&event);
            if (batch != nullptr && batch->step == 3 && batch->values.size() > 5) {
                control.requestPause();
            } else if (state != nullptr && state->state == RunState::Paused) {
                control.requestResume();
            }
        });
        const auto saved = eventsOf<CheckpointSaved>(runToEnd(request(), log, control));
        QCOMPARE(saved.size(), 2U);
        QCOMPARE(saved.front().step, 4);
        QCOMPARE(saved.back().step, 10);
    }

    void resumesWithAnotherNumberOfWorkers()
    {
        runToEnd(request("whole"));
        const auto saved = stopAt(7, "resumed");
        RunRequest again = resumed("resumed", saved);
        again.config.data.workers = 3;
        again.config.data.prefetch = 5;
        runToEnd(again);
        compareWeights(fileOf("whole", 10), fileOf("resumed", 10));
    }

private:
    fs::path folder() const { return m_folder->path().toStdString(); }
    RunRequest request(const std::string& name = "run") const
    {
        return tinyRequest(folder() / name);
    }
    std::string fileOf(const std::string& run, int step) const
    {
        char name[48];
        std::snprintf(name, sizeof name, "step-%09d.safetensors", step);
        return (folder() / run / name).string();
    }
    static std::set<std::int64_t> stepsIn(const fs::path& folder)
    {
        std::set<std::int64_t> steps;
        for (const auto& entry : fs::directory_iterator(folder)) {
            steps.insert(std::stoll(entry.path().filename().string().substr(5)));
        }
        return steps;
    }
    /// Trains up to `step`, with a checkpoint after each; returns them, the oldest first.
    std::vector<CheckpointSaved> stopAt(std::int64_t step, const std::string& name) const
    {
        RunRequest run = request(name);
        run.config.checkpoint.everyEpochs = 0.2;
        RunControl control;
        EventLog log([&](const TrainingEvent& event) {
            const auto* batch = std::get_if<MetricBatch>(&event);
            if (batch != nullptr && batch->step == step - 1) {
                control.requestStop();
            }
        });
        return eventsOf<CheckpointSaved>(runToEnd(run, log, control));
    }
    /// As the history would ask for it.
    RunRequest resumed(const std::string& name, const std::vector<CheckpointSaved>& saved) const
    {
        RunRequest run = request(name);
        for (std::size_t i = saved.size(); i-- > saved.size() - 2;) {
            run.resumeFrom.push_back({saved[i].path, saved[i].step, saved[i].sha256});
        }
        return run;
    }

    std::unique_ptr<QTemporaryDir> m_folder;
};

QTEST_GUILESS_MAIN(CheckpointsTest)
#include "checkpoints_test.moc"
