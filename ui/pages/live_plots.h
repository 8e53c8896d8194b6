// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "training/api/training_event.h"
#include "ui/pages/live_curves.h"
#include "ui/plot/curve_plot.h"

#include <QWidget>

#include <memory>
#include <vector>

class QButtonGroup;
class QCheckBox;
class QComboBox;
class QSettings;

namespace mocoscope::ui {

struct LiveHints;
class PlotDocks;
class PlotToolbar;
class SystemPlots;

/// The linked plots of one run: loss, accuracy, gradient magnitude by layer, and one more of the
/// user's choice, or what it does to its machine, with their toolbar. Shows what is in `curves`,
/// which outlives it.
class LivePlots final : public QWidget
{
    Q_OBJECT

public:
    enum class View : std::uint8_t
    {
        Training,
        System
    };
    explicit LivePlots(LiveCurves& curves, QWidget* parent = nullptr);
    ~LivePlots() override;

    void showView(View view);
    [[nodiscard]] View view() const;
    /// How the plots are arranged.
    void saveLayout(QSettings& settings) const;
    void restoreLayout(const QSettings& settings);
    /// Under each other again.
    void resetLayout();
    [[nodiscard]] PlotDocks& docks(View view);

    /// Forgets the series: another run is shown.
    void reset();
    /// The curves grew. Cheap when nothing but values came.
    void refresh();
    void setMarks(const std::vector<PlotMark>& marks);
    void setLive(bool live);
    /// What a plot shows as long as it is empty.
    void setHints(const LiveHints& hints);
    void setFileName(const QString& name);

    [[nodiscard]] CurvePlot& loss() { return *m_loss; }
    [[nodiscard]] CurvePlot& accuracy() { return *m_accuracy; }
    [[nodiscard]] CurvePlot& gradient() { return *m_gradient; }
    [[nodiscard]] CurvePlot& extra() { return *m_extra; }
    [[nodiscard]] SystemPlots& system() { return *m_system; }
    [[nodiscard]] QComboBox& metricChoice() { return *m_metric; }
    [[nodiscard]] QComboBox& normChoice() { return *m_norm; }
    [[nodiscard]] QCheckBox& relativeChoice() { return *m_relative; }

private:
    void addGradientChoices();
    void addMetricChoice();
    void addViewChoice();
    void addResetButton();
    void showPlots();
    void rebuild();
    void rebuildGradient();
    void rebuildExtra();
    void updateMetricChoice();
    [[nodiscard]] SeriesSpec spec(const std::string& metric, const QString& name, int colour,
                                  bool isSmoothable) const;

    LiveCurves& m_curves;
    GradientCurves m_gradients;
    std::size_t m_knownNames = 0;
    std::string m_shownMetric;
    PlotGroup* m_group; ///< a child: it outlives the events that closing sends to the plots
    CurvePlot* m_loss;
    CurvePlot* m_accuracy;
    CurvePlot* m_gradient;
    CurvePlot* m_extra;
    PlotDocks* m_trainingDocks;
    PlotDocks* m_systemDocks;
    std::unique_ptr<SystemPlots> m_system;
    std::vector<CurvePlot*> m_plots; ///< of both views
    PlotToolbar* m_toolbar;
    QButtonGroup* m_views = nullptr;
    QComboBox* m_norm;
    QCheckBox* m_relative;
    QComboBox* m_metric;
};

/// A metric as a person reads it: "Learning rate" for train/lr; unknown ones as they are.
[[nodiscard]] QString metricTitle(const std::string& metric);

} // namespace mocoscope::ui
