// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/pages/compare_series.h"
#include "ui/plot/curve_plot.h"

#include <QWidget>

#include <array>
#include <string>
#include <vector>

class QCheckBox;
class QComboBox;

namespace mocoscope::ui {

class CompareStore;
class PlotToolbar;

/// The same metric of several runs over each other, three metrics at a time.
class ComparePlots final : public QWidget
{
    Q_OBJECT

public:
    /// `store` outlives this.
    explicit ComparePlots(CompareStore& store, QWidget* parent = nullptr);

    /// The keys of options that runs can be grouped by: those in which they differ.
    void setGroupings(const std::vector<std::string>& keys);
    /// How the runs are laid over each other; for the page to place.
    [[nodiscard]] QWidget& viewChoices() { return *m_viewChoices; }
    [[nodiscard]] QComboBox& grouping() { return *m_grouping; }
    /// Mean ± deviation of each group in place of its runs.
    [[nodiscard]] QCheckBox& means() { return *m_means; }
    [[nodiscard]] QCheckBox& best() { return *m_best; }
    [[nodiscard]] const std::array<CurvePlot*, 3>& plots() const { return m_plots; }
    [[nodiscard]] const std::array<QComboBox*, 3>& choices() const { return m_choices; }
    /// Of the plots, from top to bottom.
    [[nodiscard]] std::vector<std::string> metrics() const;

private:
    void addChoices();
    void makeViewChoices();
    void wantMetrics();
    void rebuild();
    void showLowestGradient(std::size_t plot);
    [[nodiscard]] bool isMissing(const std::string& metric) const;
    [[nodiscard]] std::string metric(std::size_t plot) const;
    [[nodiscard]] SeriesChoice seriesChoice() const;

    CompareStore& m_store;
    PlotGroup* m_group; ///< a child: it outlives the events that closing sends to the plots
    std::array<CurvePlot*, 3> m_plots;
    std::array<QComboBox*, 3> m_choices {};
    std::array<bool, 3> m_isChosen {};
    PlotToolbar* m_toolbar;
    QWidget* m_viewChoices;
    QComboBox* m_grouping;
    QCheckBox* m_means;
    QCheckBox* m_best;
};

} // namespace mocoscope::ui
