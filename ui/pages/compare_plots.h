// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "storage/run_record.h"
#include "ui/pages/compare_curves.h"
#include "ui/plot/curve_plot.h"
#include "ui/session/run_library.h"

#include <QWidget>

#include <array>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

class QCheckBox;
class QComboBox;

namespace mocoscope::ui {

class PlotToolbar;

/// The same metric of several runs over each other, three metrics at a time. Reads what it needs
/// from the library and keeps it.
class ComparePlots final : public QWidget
{
    Q_OBJECT

public:
    explicit ComparePlots(RunLibrary& library, QWidget* parent = nullptr);

    void setRuns(std::vector<OverlaidRun> runs);
    /// The keys of options that runs can be grouped by: those in which they differ.
    void setGroupings(const std::vector<std::string>& keys);
    [[nodiscard]] QComboBox& grouping() { return *m_grouping; }
    /// Mean ± deviation of each group in place of its runs.
    [[nodiscard]] QCheckBox& means() { return *m_means; }
    [[nodiscard]] QCheckBox& best() { return *m_best; }
    [[nodiscard]] const std::array<CurvePlot*, 3>& plots() const { return m_plots; }
    [[nodiscard]] const std::array<QComboBox*, 3>& choices() const { return m_choices; }
    /// Of the plots, from top to bottom.
    [[nodiscard]] std::vector<std::string> metrics() const;

Q_SIGNALS:
    /// Records and summaries as they were read, for the table.
    void curvesRead(const std::vector<mocoscope::ui::RunCurves>& runs);

private:
    struct Stored
    {
        std::shared_ptr<Timeline> timeline = std::make_shared<Timeline>();
        std::map<std::string, std::shared_ptr<CurveData>>
            curves; ///< empty ones too: no need to ask again
        std::int64_t lastStep = -1; ///< of the record when it was read
    };
    void addChoices();
    void addViewChoices();
    void offer(const std::vector<storage::MetricSummary>& summaries);
    void readMissing();
    void store(const RunCurves& read);
    void rebuild();
    [[nodiscard]] std::string metric(std::size_t plot) const;
    [[nodiscard]] std::shared_ptr<const CurveData> curveOf(std::size_t run,
                                                           const std::string& metric) const;
    [[nodiscard]] std::vector<SeriesSpec> seriesOf(const std::string& metric) const;
    [[nodiscard]] SeriesSpec runSeries(std::size_t run, const std::string& metric) const;
    [[nodiscard]] std::optional<SeriesSpec> meanSeries(const CurveGroup& group,
                                                       const std::string& metric) const;

    RunLibrary& m_library;
    std::vector<OverlaidRun> m_runs;
    std::map<storage::RunId, Stored> m_stored;
    PlotGroup* m_group; ///< a child: it outlives the events that closing sends to the plots
    std::array<CurvePlot*, 3> m_plots;
    std::array<QComboBox*, 3> m_choices {};
    PlotToolbar* m_toolbar;
    QComboBox* m_grouping;
    QCheckBox* m_means;
    QCheckBox* m_best;
};

} // namespace mocoscope::ui
