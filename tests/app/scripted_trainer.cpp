// SPDX-License-Identifier: GPL-3.0-or-later
#include "scripted_trainer.h"

#include <fstream>
#include <limits>
#include <semaphore>
#include <sstream>

namespace mocoscope::testing {

using namespace training;

Script scriptFromText(const std::string& text)
{
    Script script;
    std::istringstream words(text);
    for (std::string word; words >> word;) {
        const auto equals = word.find('=');
        const std::string key = word.substr(0, equals);
        const std::int64_t value = std::stoll(word.substr(equals + 1));
        if (key == "steps") {
            script.steps = value;
        } else if (key == "checkpoint_every") {
            script.checkpointEvery = value;
        } else if (key == "wait_at") {
            script.waitAt = value;
        } else if (key == "hang_at") {
            script.hangAt = value;
        } else if (key == "non_finite_at") {
            script.nonFiniteAt = value;
        }
    }
    return script;
}

void ScriptedTrainer::run(const RunRequest& request, EventSink& events, RunControl& control)
{
    if (m_script.failAtStart) {
        events.publish(Failed {*m_script.failAtStart});
        return;
    }
    std::int64_t step = firstStep(request);
    announce(step, events);
    for (; step < m_script.steps && !control.isStopRequested(); ++step) {
        if (step == m_script.waitAt) {
            control.requestPause();
            control.waitWhilePaused(); // until stopped
            break;
        }
        if (step == m_script.hangAt) {
            std::binary_semaphore(0).acquire();
        }
        if (step == m_script.nonFiniteAt && request.nonFinite == NonFinitePolicy::Fail) {
            events.publish(Failed {{ErrorCode::NonFinite,
                                    "the loss is not finite at step " + std::to_string(step),
                                    "lower optimizer.lr"}});
            return;
        }
        this->step(step, events);
        if (m_script.checkpointEvery > 0 && (step + 1) % m_script.checkpointEvery == 0) {
            save(request, step + 1, events);
        }
    }
    if (!control.isAbortRequested()) {
        save(request, step, events);
    }
    const bool isStopped = step < m_script.steps;
    events.publish(StateChanged {isStopped ? RunState::Stopped : RunState::Finished, {}});
    events.publish(Finished {step, isStopped});
}

/// A scripted checkpoint holds nothing but its step.
std::int64_t ScriptedTrainer::firstStep(const RunRequest& request) const
{
    std::int64_t step = 0;
    if (!request.resumeFrom.empty()) {
        std::ifstream(request.resumeFrom) >> step;
    }
    return step;
}

void ScriptedTrainer::announce(std::int64_t firstStep, EventSink& events) const
{
    RunFacts facts;
    facts.firstStep = firstStep;
    facts.totalSteps = m_script.steps;
    facts.stepsPerEpoch = 5;
    facts.trainImages = 40;
    facts.trainableParameters = 1234;
    facts.device = "scripted device";
    facts.software = "script";
    facts.layers = {"patch_embed", "blocks.0"};
    events.publish(facts);
    events.publish(StateChanged {RunState::Running, {}});
    events.publish(MetricsDeclared {{{"train/loss", ""},
                                     {"train/images_per_s", "1/s"},
                                     {"grad/l2/patch_embed", ""},
                                     {"eval/knn_top1", "%"}}});
}

void ScriptedTrainer::step(std::int64_t step, EventSink& events) const
{
    const double epoch = static_cast<double>(step) / 5.0;
    const double loss = step == m_script.nonFiniteAt ? std::numeric_limits<double>::quiet_NaN()
                                                     : 8.0 / static_cast<double>(step + 1);
    MetricBatch batch {step, epoch, step * 100, {{0, loss}, {1, 80.0}, {2, 0.5}}};
    if (step % 5 == 0) {
        batch.values.push_back({3, 10.0 + static_cast<double>(step)});
    }
    events.publish(batch);
}

void ScriptedTrainer::save(const RunRequest& request, std::int64_t step, EventSink& events) const
{
    std::error_code ignored;
    std::filesystem::create_directories(request.checkpointFolder, ignored);
    const auto file = request.checkpointFolder / ("step-" + std::to_string(step) + ".ckpt");
    std::ofstream(file) << step;
    events.publish(CheckpointSaved {step, file.string(), std::string(64, 'a'), 1, {}});
}

} // namespace mocoscope::testing
