// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "storage/run_record.h"
#include "training/api/spike_watch.h"
#include "ui/pages/live_curves.h"
#include "ui/session/background_job.h"

#include <QObject>

#include <limits>
#include <optional>

namespace mocoscope::ui {

class RunLibrary;

/// The curves of one run and the incidents in them; filled from the database, from a session's
/// batches, or from both. Window thread; what was stored is watched on a thread of its own.
class DiagnosedRun final : public QObject
{
    Q_OBJECT

public:
    explicit DiagnosedRun(RunLibrary& library, QObject* parent = nullptr);
    ~DiagnosedRun() override;

    /// Another run, of which nothing is known yet. `layers`: of RunFacts; empty: those that it has
    /// recorded.
    void begin(storage::RunId run, const training::MonitorConfig& options,
               const std::vector<std::string>& layers = {});
    void clear();
    /// Reads what is stored of the steps before `untilStep`. Batches that arrive meanwhile wait.
    void readStored(std::int64_t untilStep = std::numeric_limits<std::int64_t>::max());
    void declare(const std::vector<training::MetricDescription>& metrics);
    void append(const std::vector<training::MetricBatch>& batches);

    [[nodiscard]] std::optional<storage::RunId> run() const { return m_run; }
    [[nodiscard]] const training::MonitorConfig& options() const { return m_options; }
    [[nodiscard]] LiveCurves& curves() { return m_curves; }
    [[nodiscard]] const LiveCurves& curves() const { return m_curves; }
    /// Null as long as no gradient is known.
    [[nodiscard]] const training::SpikeWatch* watch() const
    {
        return m_watch ? &*m_watch : nullptr;
    }
    [[nodiscard]] bool isReading() const { return m_isReading; }
    [[nodiscard]] std::int64_t lastStep() const { return m_curves.timeline()->lastStep(); }

Q_SIGNALS:
    /// Values came, or reading has begun or ended.
    void grew();
    void incidentsChanged();

private:
    /// What a declared metric is to the watch.
    enum Role : int
    {
        Other = -1,
        Accuracy = -2,
    }; // 0 and up: index of a layer
    void readGradients(const RunCurves& first);
    void watchRead(RunCurves gradients);
    void endReading();
    /// What each declared metric is to the watch.
    void assignRoles();
    bool feed(const training::MetricBatch& batch);

    RunLibrary& m_library;
    std::optional<storage::RunId> m_run;
    training::MonitorConfig m_options;
    LiveCurves m_curves;
    std::vector<std::string> m_layers; ///< of RunFacts; may be empty
    std::optional<training::SpikeWatch> m_watch;
    std::vector<std::string> m_declared;
    std::vector<int> m_roles; ///< of m_declared
    std::vector<double> m_values; ///< of the step at hand
    std::int64_t m_untilStep = 0;
    bool m_isReading = false;
    std::vector<training::MetricBatch> m_waiting;
    QObject m_reader; ///< receiver of requests
    BackgroundJob m_job;
};

/// Metrics beside the gradients that a diagnosis shows.
[[nodiscard]] const std::vector<std::string>& diagnosedMetrics();

} // namespace mocoscope::ui
