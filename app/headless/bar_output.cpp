// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/headless/format.h"
#include "app/headless/progress_line.h"
#include "app/headless/run_output.h"

namespace mocoscope::headless {

namespace {

using namespace training;

constexpr std::int64_t redrawIntervalMs = 100;

/// Measured on test images. Of a sweep of rates only what the best one reached.
bool isEvaluated(const std::string& metric)
{
    const bool isOfStep = metric.starts_with("train/") || metric.starts_with("grad/")
        || metric.starts_with("system/");
    return !isOfStep && metric.find("/lr_") == std::string::npos;
}

class BarOutput final : public RunOutput
{
public:
    explicit BarOutput(const Console& console)
        : m_console(console)
    {
    }

    void begin(const RunHeading& heading) override
    {
        print("run " + std::to_string(heading.id.value) + " '" + heading.name + "', kept in "
              + heading.store.string());
    }
    void show(const TrainingEvent& event) override
    {
        std::visit([this](const auto& value) { take(value); }, event);
    }
    void refresh(std::int64_t nowMs) override
    {
        if (nowMs >= m_nextRedrawMs) {
            m_nextRedrawMs = nowMs + redrawIntervalMs;
            draw();
        }
    }
    void note(const std::string& text) override { print(text); }
    void end() override
    {
        if (!m_hasEnded) {
            draw();
            m_console.out << (m_isDrawn ? "\n" : "");
        }
        m_hasEnded = true;
        m_isDrawn = false;
        m_console.out << std::flush;
    }

private:
    /// A line above the bar.
    void print(const std::string& text)
    {
        m_console.out << (m_isDrawn ? "\r\033[K" : "") << printable(text) << '\n';
        m_isDrawn = false;
    }
    void draw()
    {
        // One column is left free: a full line would wrap on some terminals.
        const std::string text = m_line.text(m_console.columns() - 1);
        if (!text.empty()) {
            m_console.out << '\r' << text << "\033[K" << std::flush;
            m_isDrawn = true;
        }
    }

    void take(const RunFacts& facts)
    {
        m_line.setFacts(facts);
        print(facts.device + "; " + std::to_string(facts.trainImages) + " images, "
              + std::to_string(facts.stepsPerEpoch) + " steps an epoch; "
              + std::to_string(facts.trainableParameters) + " trainable parameters");
        if (facts.firstStep > 0) {
            print("resumed at step " + std::to_string(facts.firstStep));
        }
    }
    void take(const StateChanged& change) { m_line.setState(change.state); }
    void take(const MetricsDeclared& declared) { m_names.add(declared); }
    void take(const MetricBatch& batch)
    {
        m_line.advance(batch.step, batch.epoch, batch.wallMs);
        std::string evaluated;
        for (const MetricValue& value : batch.values) {
            const MetricDescription& metric = m_names.at(value.metric);
            if (metric.name == "train/loss") {
                m_line.setLoss(value.value);
            } else if (metric.name == "train/images_per_s") {
                m_line.setImagesPerSecond(value.value);
            } else if (isEvaluated(metric.name)) {
                const bool isOwn = metric.name.starts_with("eval/");
                evaluated += "  " + metric.name.substr(isOwn ? 5 : 0) + " "
                    + formatNumber(value.value) + (metric.unit.empty() ? "" : " " + metric.unit);
            }
        }
        if (!evaluated.empty()) {
            print("step " + std::to_string(batch.step) + evaluated);
        }
    }
    void take(const Incident& incident)
    {
        print("step " + std::to_string(incident.step) + "  " + incident.kind + ": "
              + (incident.layer.empty() ? "" : incident.layer + ": ") + incident.message);
    }
    void take(const CheckpointSaved& saved)
    {
        print("step " + std::to_string(saved.step) + "  checkpoint saved, "
              + formatBytes(saved.bytes));
    }
    void take(const Progress& progress) { m_line.setProgress(progress); }
    void take(const Failed&) { m_line.setProgress({}); }
    void take(const Finished&) { m_line.setProgress({}); }

    const Console& m_console;
    ProgressLine m_line;
    MetricNames m_names;
    std::int64_t m_nextRedrawMs = 0;
    bool m_isDrawn = false;
    bool m_hasEnded = false;
};

} // namespace

std::unique_ptr<RunOutput> makeBarOutput(const Console& console)
{
    return std::make_unique<BarOutput>(console);
}

} // namespace mocoscope::headless
