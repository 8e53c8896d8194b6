// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "training/api/config_schema.h"
#include "training/api/event_queue.h"
#include "training/api/trainer.h"
#include "training/engine/torch_trainer.h"

#include <filesystem>
#include <functional>
#include <map>
#include <string>
#include <vector>

namespace mocoscope::training {

/// A run of a few steps on the built-in images.
inline TrainingConfig tinyConfig()
{
    TrainingConfig config;
    config.data.perClassLimit = 8; // 80 images
    config.data.testPerClassLimit = 2;
    config.model.name = "vit_tiny";
    config.model.imageSize = 32;
    config.model.patchSize = 8;
    config.model.depth = 2;
    config.model.width = 24;
    config.model.heads = 2;
    config.model.mlpRatio = 2.0;
    config.method.projectorHidden = 16;
    config.method.predictorHidden = 16;
    config.method.outputDim = 8;
    config.train.device = "cpu";
    config.train.batchSize = 16; // 5 steps an epoch
    config.train.epochs = 2;
    config.train.warmupEpochs = 1;
    config.train.seed = 3;
    config.train.threads = 1; // sums in the same order each time
    config.evaluation.knnNeighbours = 5;
    config.monitor.systemSeconds = 0; // differs each time
    return config;
}

/// It, with its checkpoints in this folder.
inline RunRequest tinyRequest(const std::filesystem::path& checkpoints)
{
    RunRequest request;
    request.config = tinyConfig();
    request.checkpointFolder = checkpoints;
    return request;
}

/// Keeps all events; may act on them, on the trainer's thread.
class EventLog final : public EventSink
{
public:
    using Reaction = std::function<void(const TrainingEvent&)>;
    explicit EventLog(Reaction reaction = {})
        : m_reaction(std::move(reaction))
    {
    }

    void publish(TrainingEvent event) override
    {
        if (m_reaction) {
            m_reaction(event);
        }
        m_queue.publish(std::move(event));
    }
    [[nodiscard]] std::vector<TrainingEvent> take() { return m_queue.drain(); }

private:
    Reaction m_reaction;
    EventQueue m_queue;
};

template <typename Event> std::vector<Event> eventsOf(const std::vector<TrainingEvent>& all)
{
    std::vector<Event> some;
    for (const TrainingEvent& event : all) {
        if (const auto* wanted = std::get_if<Event>(&event)) {
            some.push_back(*wanted);
        }
    }
    return some;
}

/// Why the run failed, for a test that did not expect it.
inline std::string failureText(const std::vector<TrainingEvent>& events)
{
    const auto failed = eventsOf<Failed>(events);
    return failed.empty() ? "no failure" : toText(failed.front().error);
}

/// metric name → step → value.
using Curves = std::map<std::string, std::map<std::int64_t, double>>;
inline Curves curvesOf(const std::vector<TrainingEvent>& all)
{
    std::vector<MetricDescription> names;
    Curves curves;
    for (const TrainingEvent& event : all) {
        if (const auto* declared = std::get_if<MetricsDeclared>(&event)) {
            names.insert(names.end(), declared->metrics.begin(), declared->metrics.end());
        } else if (const auto* batch = std::get_if<MetricBatch>(&event)) {
            for (const MetricValue& value : batch->values) {
                curves[names.at(value.metric).name][batch->step] = value.value;
            }
        }
    }
    return curves;
}

inline std::vector<TrainingEvent> runToEnd(const RunRequest& request, EventLog& log,
                                           RunControl& control)
{
    makeTorchTrainer()->run(request, log, control);
    return log.take();
}

inline std::vector<TrainingEvent> runToEnd(const RunRequest& request)
{
    EventLog log;
    RunControl control;
    return runToEnd(request, log, control);
}

} // namespace mocoscope::training
