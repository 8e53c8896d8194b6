// SPDX-License-Identifier: GPL-3.0-or-later
#include "script.h"

#include <map>
#include <semaphore>
#include <sstream>
#include <utility>

namespace mocoscope::testing {

namespace {

class FailingTrainer final : public training::Trainer
{
public:
    explicit FailingTrainer(training::Error error)
        : m_error(std::move(error))
    {
    }
    void run(const training::RunRequest&, training::EventSink& events,
             training::RunControl&) override
    {
        events.publish(training::Failed {m_error});
    }

private:
    training::Error m_error;
};

} // namespace

Script scriptFromText(const std::string& text)
{
    Script script;
    const std::map<std::string, std::int64_t*> places {
        {"steps", &script.steps},
        {"checkpoint_every", &script.checkpointEvery},
        {"wait_at", &script.waitAt},
        {"hang_at", &script.hangAt},
        {"non_finite_at", &script.nonFiniteAt},
        {"roll_back_at", &script.rollBackAt}};
    std::istringstream words(text);
    for (std::string word; words >> word;) {
        const auto equals = word.find('=');
        *places.at(word.substr(0, equals)) = std::stoll(word.substr(equals + 1));
    }
    return script;
}

std::unique_ptr<training::Trainer> makeTrainer(const Script& script)
{
    if (script.failAtStart) {
        return std::make_unique<FailingTrainer>(*script.failAtStart);
    }
    FakeTrainerOptions options;
    options.steps = script.steps;
    options.stepsPerEpoch = options.evaluateEvery = 5;
    options.blocks = 1;
    options.stepMs = 100;
    options.checkpointEvery = script.checkpointEvery;
    options.nonFiniteAt = script.nonFiniteAt;
    options.rollBackAt = script.rollBackAt;
    options.rollBackLosesCheckpoint = script.rollBackLosesCheckpoint;
    options.beforeStep = [script](std::int64_t step, training::RunControl& control) {
        if (step == script.waitAt) {
            control.requestPause(); // the trainer waits until it is stopped
        }
        if (step == script.hangAt) {
            std::binary_semaphore(0).acquire();
        }
    };
    return std::make_unique<FakeTrainer>(std::move(options));
}

} // namespace mocoscope::testing
