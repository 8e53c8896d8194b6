// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/pages/compare_series.h"
#include "ui/pages/compare_view.h"

#include <QString>

#include <string>
#include <vector>

class QCheckBox;
class QGridLayout;
class QLabel;
class QToolButton;

namespace mocoscope::ui {

class CompareStore;
class PlotGroup;

/// Many small plots that share axis and crosshair: one for each metric, or one metric with a plot
/// for each run or group. A page of them at a time.
class MultiplesView final : public CompareView
{
    Q_OBJECT

public:
    /// Both outlive this.
    MultiplesView(CompareModel& compared, CompareStore& store, QWidget* parent = nullptr);

    /// What there is a plot for.
    enum Each : int
    {
        Metric,
        Group
    };
    static constexpr std::size_t plotsOfAPage = 24;

    /// For the page to place.
    [[nodiscard]] QWidget& viewChoices() { return *m_viewChoices; }
    [[nodiscard]] QComboBox& each() { return *m_each; }
    [[nodiscard]] QComboBox& metric() { return *m_metric; }
    [[nodiscard]] QComboBox& grouping() { return *m_grouping; }
    [[nodiscard]] QCheckBox& means() { return *m_means; }
    /// Those that are shown now.
    [[nodiscard]] std::vector<CurvePlot*> plots() const;
    /// From 0.
    void showPage(std::size_t page);

protected:
    void rebuild() override;
    void resizeEvent(QResizeEvent* event) override;
    void hideEvent(QHideEvent* event) override;

private:
    /// What one of the plots shows.
    struct Panel
    {
        QString title;
        std::string metric;
        std::vector<std::size_t> groups;
    };
    void build();
    void makePlots();
    void makeViewChoices();
    QWidget* makePager();
    void showPanels();
    void arrange();
    [[nodiscard]] std::vector<Panel> panels(const std::vector<CurveGroup>& groups) const;
    [[nodiscard]] SeriesChoice seriesChoice() const;

    CompareStore& m_store;
    PlotGroup* m_group; ///< a child: it outlives the events that closing sends to the plots
    std::vector<CurvePlot*> m_plots; ///< of a page; those that are not needed are hidden
    QWidget* m_area;
    QGridLayout* m_grid;
    QWidget* m_viewChoices;
    QComboBox* m_each;
    QComboBox* m_metric;
    QComboBox* m_grouping;
    QCheckBox* m_means;
    QWidget* m_pager = nullptr;
    QLabel* m_place = nullptr;
    QToolButton* m_back = nullptr;
    QToolButton* m_onward = nullptr;
    std::size_t m_page = 0;
    std::size_t m_shown = 0; ///< plots
};

} // namespace mocoscope::ui
