// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/diagnosed_run.h"

#include "ui/session/run_library.h"
#include "ui/session/stored_spikes.h"

#include <algorithm>
#include <cmath>

namespace mocoscope::ui {

const std::vector<std::string>& diagnosedMetrics()
{
    static const std::vector<std::string> metrics {
        "eval/knn_top1",  "finetune/top1",   "eval/feature_std",    "eval/effective_rank",
        "eval/alignment", "eval/uniformity", "eval/dead_dimensions"};
    return metrics;
}

DiagnosedRun::DiagnosedRun(RunLibrary& library, QObject* parent)
    : QObject(parent)
    , m_library(library)
{
}

DiagnosedRun::~DiagnosedRun() = default;

void DiagnosedRun::begin(storage::RunId run, const training::MonitorConfig& options,
                         const std::vector<std::string>& layers)
{
    clear();
    m_run = run;
    m_options = options;
    m_layers = layers;
}

void DiagnosedRun::clear()
{
    m_job.cancel();
    m_run.reset();
    m_curves.clear();
    m_layers.clear();
    m_watch.reset();
    m_declared.clear();
    m_roles.clear();
    m_waiting.clear();
    m_isReading = false;
}

void DiagnosedRun::readStored(std::int64_t untilStep)
{
    m_isReading = true;
    m_untilStep = untilStep;
    m_library.readCurves(&m_reader, {*m_run}, diagnosedMetrics(),
                         [this, run = *m_run](const auto& answer) {
                             if (run != m_run) {
                                 return; // of the run before
                             }
                             if (answer && !answer->empty()) {
                                 readGradients(answer->front());
                             } else {
                                 endReading();
                             }
                         });
    Q_EMIT grew();
}

/// The layers of a stored run are known only from what it has recorded.
void DiagnosedRun::readGradients(const RunCurves& first)
{
    std::vector<std::string> names;
    for (const storage::MetricSummary& summary : first.summaries) {
        names.push_back(summary.name);
    }
    if (m_layers.empty()) {
        m_layers = gradientLayers(names);
    }
    std::erase_if(names, [](const std::string& name) { return !name.starts_with("grad/l2/"); });
    m_library.readCurves(
        &m_reader, {*m_run}, names, [this, run = *m_run, first](const auto& answer) {
            if (run != m_run) {
                return;
            }
            if (!answer || answer->empty()) {
                endReading();
                return;
            }
            RunCurves all = answer->front();
            all.curves.insert(all.curves.end(), first.curves.begin(), first.curves.end());
            watchRead(std::move(all));
        });
}

void DiagnosedRun::watchRead(RunCurves read)
{
    auto stored = std::make_shared<const RunCurves>(std::move(read));
    m_job.run([this, stored, layers = m_layers, options = m_options,
               until = m_untilStep](const std::stop_token& stop) -> BackgroundJob::Answer {
        auto watch = std::make_shared<training::SpikeWatch>(
            watchStored(options, layers, stored->curves, until, stop));
        return [this, stored, watch, until] {
            m_curves.load(*stored);
            m_curves.restartFrom(until);
            if (!watch->layers().empty()) {
                m_watch = std::move(*watch);
                assignRoles();
            }
            endReading();
            Q_EMIT incidentsChanged();
        };
    });
}

void DiagnosedRun::endReading()
{
    m_isReading = false;
    append(std::exchange(m_waiting, {}));
    Q_EMIT grew();
}

void DiagnosedRun::assignRoles()
{
    const auto& layers = m_watch->layers();
    m_values.resize(layers.size());
    m_roles.clear();
    for (const std::string& metric : m_declared) {
        const auto layer = std::find_if(layers.begin(), layers.end(), [&](const auto& name) {
            return metric == "grad/l2/" + name;
        });
        int role = metric == "eval/knn_top1" ? Accuracy : Other;
        if (layer != layers.end()) {
            role = static_cast<int>(layer - layers.begin());
        }
        m_roles.push_back(role);
    }
}

void DiagnosedRun::declare(const std::vector<training::MetricDescription>& metrics)
{
    m_curves.declare(metrics);
    for (const training::MetricDescription& metric : metrics) {
        m_declared.push_back(metric.name);
    }
    if (!m_watch && !m_isReading) {
        const auto layers = m_layers.empty() ? gradientLayers(m_declared) : m_layers;
        if (!layers.empty()) {
            m_watch.emplace(m_options, layers);
        }
    }
    if (m_watch) {
        assignRoles();
    }
}

void DiagnosedRun::append(const std::vector<training::MetricBatch>& batches)
{
    if (m_isReading) {
        m_waiting.insert(m_waiting.end(), batches.begin(), batches.end());
        return;
    }
    m_curves.append(batches);
    bool isNews = false;
    for (const training::MetricBatch& batch : batches) {
        isNews = (m_watch && feed(batch)) || isNews;
    }
    if (!batches.empty()) {
        Q_EMIT grew();
    }
    if (isNews) {
        Q_EMIT incidentsChanged();
    }
}

bool DiagnosedRun::feed(const training::MetricBatch& batch)
{
    std::fill(m_values.begin(), m_values.end(), std::nan(""));
    bool hasLayers = false;
    bool isNews = false;
    for (const training::MetricValue& value : batch.values) {
        const int role = value.metric < m_roles.size() ? m_roles[value.metric] : int {Other};
        if (role >= 0) {
            m_values[static_cast<std::size_t>(role)] = value.value;
            hasLayers = true;
        } else if (role == Accuracy) {
            isNews = !m_watch->addEvaluation(batch.step, value.value).empty();
        }
    }
    return (hasLayers && !m_watch->addStep(batch.step, m_values).empty()) || isNews;
}

} // namespace mocoscope::ui
