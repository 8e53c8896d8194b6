// SPDX-License-Identifier: GPL-3.0-or-later
// What short runs of the real engine tell of gradient spikes, and what they do about them.
#include "engine_fixtures.h"
#include "training/api/fork.h"
#include "training/api/spike_watch.h"

#include <QTemporaryDir>
#include <QTest>

#include <map>
#include <set>

using namespace mocoscope::training;

class SpikeReactionTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }

    void tellsTheSpikesThatItsCurvesHold()
    {
        RunRequest watched = jumpyRequest("checkpoint");
        const auto events = runToEnd(watched);
        QVERIFY2(eventsOf<Finished>(events).size() == 1, failureText(events).c_str());
        const auto layers = eventsOf<RunFacts>(events).front().layers;
        const SpikeWatch watch = watchAgain(watched.config.monitor, layers, curvesOf(events));
        std::map<std::int64_t, Incident> told; // a later one takes the place of an earlier one
        for (const Incident& incident : eventsOf<Incident>(events)) {
            if (incident.kind == "spike") {
                told[incident.step] = incident;
            }
        }
        QVERIFY(!told.empty());
        QCOMPARE(told.size(), watch.incidents().size());
        std::set<std::int64_t> saved;
        for (const CheckpointSaved& checkpoint : eventsOf<CheckpointSaved>(events)) {
            saved.insert(checkpoint.step);
        }
        for (const SpikeIncident& incident : watch.incidents()) {
            const Incident& event = told.at(incident.onset());
            QCOMPARE(event.layer, layers.at(incident.firstLayer()));
            QCOMPARE(event.spike->lag, incident.lag);
            QCOMPARE(event.spike->dip.has_value(), incident.dip.has_value());
            QVERIFY(saved.contains(incident.onset() + 1));
        }
    }

    void pausesOnASpike()
    {
        RunControl control;
        EventLog log([&](const TrainingEvent& event) {
            const auto* state = std::get_if<StateChanged>(&event);
            if (state != nullptr && state->state == RunState::Paused) {
                control.requestStop();
            }
        });
        RunRequest watched = jumpyRequest("pause");
        const auto events = runToEnd(watched, log, control);
        const auto spike = eventsOf<Incident>(events).front();
        QCOMPARE(spike.kind, "spike");
        QCOMPARE(eventsOf<Finished>(events).front().step, spike.step + 1);
        QVERIFY(eventsOf<StateChanged>(events).back().reason.find("spike") != std::string::npos);

        // Nobody would resume it there.
        watched.nonFinite = NonFinitePolicy::Fail;
        const auto alone = runToEnd(watched);
        QVERIFY(!eventsOf<Finished>(alone).front().stopped);
        QCOMPARE(eventsOf<CheckpointSaved>(alone).front().step, spike.step + 1);
    }

    void rollsBackToTheLastCheckpointBeforeASpike()
    {
        RunRequest watched = jumpyRequest("roll_back");
        watched.config.checkpoint.everyEpochs = 1; // 5 steps
        watched.mayRollBack = true;
        const auto events = runToEnd(watched);
        const auto end = eventsOf<Finished>(events);
        QVERIFY2(end.size() == 1, failureText(events).c_str());
        const auto incidents = eventsOf<Incident>(events);
        QCOMPARE(incidents.front().kind, "spike");
        QCOMPARE(incidents.back().kind, "roll_back");
        QCOMPARE(incidents.back().step, incidents.front().step);
        QCOMPARE(end.front().step, incidents.front().step + 1);
        QVERIFY(end.front().stopped);
        const std::int64_t from = end.front().rollBackTo.value();
        QCOMPARE(from, incidents.front().step / 5 * 5);
        QCOMPARE(eventsOf<CheckpointSaved>(events).back().step, from); // nothing after the spike

        // What goes on has its first spike behind it: that step is not judged again.
        RunRequest fork = watched;
        fork.config = rolledBack(watched.config);
        fork.config.monitor.rollBacks = 0;
        fork.checkpointFolder = folder() / "fork";
        fork.resumeFrom = {{eventsOf<CheckpointSaved>(events).back().path, from}};
        const auto gone = runToEnd(fork);
        QCOMPARE(eventsOf<RunFacts>(gone).front().firstStep, from);
        QVERIFY(!eventsOf<Finished>(gone).front().stopped);
        const double before = curvesOf(events).at("train/lr").at(from);
        QCOMPARE(curvesOf(gone).at("train/lr").at(from), before / 2);
    }

    void rollsBackOnlyWhereItCan()
    {
        RunRequest nowhere = jumpyRequest("roll_back"); // no checkpoint yet
        nowhere.mayRollBack = true;
        const auto events = runToEnd(nowhere);
        QVERIFY(!eventsOf<Finished>(events).front().stopped);
        bool isTold = false;
        for (const Incident& incident : eventsOf<Incident>(events)) {
            isTold = isTold || incident.kind == "roll_back";
        }
        QVERIFY(isTold);

        RunRequest alone = jumpyRequest("roll_back"); // nobody would go on
        alone.checkpointFolder = folder() / "alone";
        const auto saved = runToEnd(alone);
        QVERIFY(!eventsOf<Finished>(saved).front().stopped);
        QCOMPARE(eventsOf<CheckpointSaved>(saved).front().step,
                 eventsOf<Incident>(saved).front().step + 1);
    }

private:
    /// So sensitive that the noise of a few steps makes spikes.
    RunRequest jumpyRequest(const std::string& onSpike) const
    {
        RunRequest jumpy = request(onSpike);
        jumpy.config.train.epochs = 8;
        jumpy.config.monitor.spikeThreshold = 2;
        jumpy.config.monitor.spikeRelease = 1;
        jumpy.config.monitor.spikeFactor = 1;
        jumpy.config.monitor.spikeWindow = 11;
        jumpy.config.monitor.spikeWarmup = 5;
        jumpy.config.monitor.spikeGap = 2;
        jumpy.config.monitor.onSpike = onSpike;
        return jumpy;
    }
    /// What the recorded curves say, after the run.
    static SpikeWatch watchAgain(const MonitorConfig& options,
                                 const std::vector<std::string>& layers, const Curves& curves)
    {
        SpikeWatch watch(options, layers);
        const auto& accuracy = curves.at("eval/knn_top1");
        const auto evaluate = [&](std::int64_t step) {
            if (const auto found = accuracy.find(step); found != accuracy.end()) {
                watch.addEvaluation(step, found->second);
            }
        };
        std::int64_t step = 0;
        for (; curves.at("train/loss").contains(step); ++step) {
            evaluate(step);
            std::vector<double> values;
            for (const std::string& layer : layers) {
                values.push_back(curves.at("grad/l2/" + layer).at(step));
            }
            watch.addStep(step, values);
        }
        evaluate(step);
        return watch;
    }
    RunRequest request(const std::string& name) const { return tinyRequest(folder() / name); }
    std::filesystem::path folder() const { return m_folder->path().toStdString(); }

    std::unique_ptr<QTemporaryDir> m_folder;
};

QTEST_GUILESS_MAIN(SpikeReactionTest)
#include "spike_reaction_test.moc"
