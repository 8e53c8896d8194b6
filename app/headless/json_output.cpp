// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/headless/record_json.h"
#include "app/headless/run_output.h"

#include <nlohmann/json.hpp>

namespace mocoscope::headless {

void MetricNames::add(const training::MetricsDeclared& declared)
{
    m_metrics.insert(m_metrics.end(), declared.metrics.begin(), declared.metrics.end());
}

const training::MetricDescription& MetricNames::at(std::uint32_t index) const
{
    static const training::MetricDescription undeclared {"undeclared", {}};
    return index < m_metrics.size() ? m_metrics[index] : undeclared;
}

namespace {

using Json = nlohmann::ordered_json;
using namespace training;

class JsonOutput final : public RunOutput
{
public:
    explicit JsonOutput(const Console& console)
        : m_out(console.out)
        , m_err(console.err)
    {
    }

    void begin(const RunHeading& heading) override
    {
        Json line {{"type", "run"},
                   {"run", heading.id.value},
                   {"uuid", heading.uuid},
                   {"name", heading.name},
                   {"store", heading.store.string()},
                   {"checkpoints", heading.checkpoints.string()}};
        if (heading.rolledBack) {
            line["rolled_back"] = heading.rolledBack->value;
        }
        write(line);
    }
    void show(const TrainingEvent& event) override
    {
        std::visit([this](const auto& value) { write(json(value)); }, event);
    }
    void refresh(std::int64_t) override { m_out << std::flush; }
    void note(const std::string& text) override
    {
        m_err << "mocoscope-train: " + text + "\n" << std::flush;
    }
    void end() override { m_out << std::flush; }

private:
    /// NaN and infinities become null; bytes that are not UTF-8 are replaced.
    void write(const Json& line)
    {
        m_out << line.dump(-1, ' ', false, Json::error_handler_t::replace) << '\n';
    }

    Json json(const RunFacts& facts) const
    {
        return {{"type", "facts"},
                {"step", facts.firstStep},
                {"total_steps", facts.totalSteps},
                {"steps_per_epoch", facts.stepsPerEpoch},
                {"train_images", facts.trainImages},
                {"test_images", facts.testImages},
                {"classes", facts.classes},
                {"parameters", facts.parameters},
                {"trainable_parameters", facts.trainableParameters},
                {"device", facts.device},
                {"software", facts.software},
                {"layers", facts.layers}};
    }
    Json json(const StateChanged& change) const
    {
        return {{"type", "state"}, {"state", toText(change.state)}, {"reason", change.reason}};
    }
    Json json(const MetricsDeclared& declared)
    {
        m_names.add(declared);
        Json metrics = Json::array();
        for (const MetricDescription& metric : declared.metrics) {
            metrics.push_back({{"name", metric.name}, {"unit", metric.unit}});
        }
        return {{"type", "metrics_declared"}, {"metrics", metrics}};
    }
    Json json(const MetricBatch& batch) const
    {
        Json values = Json::object();
        for (const MetricValue& value : batch.values) {
            values[m_names.at(value.metric).name] = value.value;
        }
        return {{"type", "metrics"},
                {"step", batch.step},
                {"epoch", batch.epoch},
                {"seconds", static_cast<double>(batch.wallMs) / 1000.0},
                {"values", values}};
    }
    Json json(const Incident& incident) const
    {
        Json json {{"type", "incident"},
                   {"step", incident.step},
                   {"kind", incident.kind},
                   {"layer", incident.layer},
                   {"message", incident.message}};
        if (incident.spike) {
            json["spike"] = toJson(*incident.spike);
        }
        return json;
    }
    Json json(const CheckpointSaved& saved) const
    {
        return {{"type", "checkpoint"}, {"step", saved.step},     {"path", saved.path},
                {"bytes", saved.bytes}, {"sha256", saved.sha256}, {"removed", saved.removed}};
    }
    Json json(const Progress& progress) const
    {
        return {{"type", "progress"},
                {"phase", progress.phase},
                {"done", progress.done},
                {"total", progress.total}};
    }
    Json json(const Failed& failed) const
    {
        return {{"type", "failed"},
                {"code", headless::toText(failed.error.code)},
                {"message", failed.error.message},
                {"detail", failed.error.detail}};
    }
    Json json(const Finished& finished) const
    {
        Json line {{"type", "finished"}, {"step", finished.step}, {"stopped", finished.stopped}};
        if (finished.rollBackTo) {
            line["roll_back_to"] = *finished.rollBackTo;
        }
        return line;
    }

    std::ostream& m_out;
    std::ostream& m_err;
    MetricNames m_names;
};

} // namespace

std::unique_ptr<RunOutput> makeJsonOutput(const Console& console)
{
    return std::make_unique<JsonOutput>(console);
}

} // namespace mocoscope::headless
