// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/plot/canvas_scene.h"
#include "ui/plot/derived_curves.h"
#include "ui/plot/draw_pacer.h"
#include "ui/plot/legend_model.h"
#include "ui/plot/plot_group.h"

#include <QWidget>

#include <functional>
#include <memory>
#include <set>
#include <vector>

class QHBoxLayout;
class QLabel;
class QMenu;
class QToolButton;

namespace mocoscope::ui {

class PlotCanvas;
class PlotLegend;
class PlotReadout;

/// One curve of a plot. Data and timeline are shared with whoever fills them; they may grow at any
/// time, refresh() shows what came.
struct SeriesSpec
{
    QString name;
    QString note; ///< tool tip in the legend, second line in the read-out; may be empty
    std::function<SeriesStyle(bool dark)> style;
    std::shared_ptr<const CurveData> data;
    std::shared_ptr<const Timeline> timeline;
    bool isSmoothable = true; ///< false: too few values for a mean to say anything
    /// A band around the curve, of the same steps; both or none.
    std::shared_ptr<const CurveData> low {};
    std::shared_ptr<const CurveData> high {};
};

/// Curves over a common axis, with heading, legend, read-out and everything that mouse and keys do.
/// Draws only while visible: what its user does within 16 ms, new data as often as takes a
/// fiftieth of the thread at most. Window thread.
class CurvePlot final : public QWidget
{
    Q_OBJECT

public:
    explicit CurvePlot(const QString& title, QWidget* parent = nullptr);
    ~CurvePlot() override;

    void setTitle(const QString& title);
    [[nodiscard]] QString title() const;
    /// Unit and remarks behind the title: "%", "relative to its running median".
    void setSubtitle(const QString& subtitle);
    /// Shown in place of the curves while there are none.
    void setEmptyText(const QString& text);
    /// The heading, for who shows it elsewhere and owns it from then on. Lives as long as this.
    [[nodiscard]] QWidget* takeHeading();
    /// A widget in the heading, left of the buttons.
    void addHeadingWidget(QWidget* widget);
    /// A widget in place of the title, a choice for instance; the title goes on naming the plot in
    /// exports.
    void replaceTitle(QWidget* widget);

    /// Replaces all curves; hidden ones of the same name stay hidden.
    void setSeries(std::vector<SeriesSpec> series);
    [[nodiscard]] const std::vector<SeriesSpec>& series() const { return m_series; }
    void setMarks(std::vector<PlotMark> marks, std::shared_ptr<const Timeline> timeline);
    /// Data have grown, or something else about them changed. Cheap; drawing follows.
    void refresh();
    /// The view has changed, by hand: drawn within 16 ms.
    void redraw();

    /// Plots of one group share the horizontal axis and the crosshair. The group outlives the plot.
    void setGroup(PlotGroup& group);
    [[nodiscard]] PlotGroup& group() const { return *m_group; }
    void setLogarithmic(bool logarithmic);
    [[nodiscard]] bool isLogarithmic() const { return m_isLogarithmic; }
    /// 0: none; else the weight of the exponential mean, below 1.
    void setSmoothing(double weight);
    void setAxisTitleVisible(bool visible);
    /// Without it there is room for the curves of a small plot; the read-out names them.
    void setLegendVisible(bool visible);
    /// Plots under each other have legends of the same width, so that their axes are in line.
    void setLegendWidth(int characters);
    /// The left margin has room for this text as well: that of a plot whose axis is to be in line.
    void setWidestLabel(const QString& text);

    [[nodiscard]] LegendModel& legend() { return *m_legend; }
    [[nodiscard]] bool isVisibleSeries(std::size_t index) const;
    /// The scene as it would be drawn now; of exports with colours for white paper.
    [[nodiscard]] CanvasScene makeScene(bool dark);
    [[nodiscard]] PlotCanvas& canvas() { return *m_canvas; }
    /// Draws what is due at once instead of soon. For exports and tests.
    void drawNow();
    [[nodiscard]] bool isStale() const { return m_pacer.isStale(); }

Q_SIGNALS:
    void titleChanged(const QString& title);
    void logarithmicChanged(bool logarithmic);
    /// The user asks for this plot as a file.
    void imageExportRequested();
    void dataExportRequested();
    /// The mouse is over a curve or its legend; index into series(), −1: none.
    void seriesHovered(int index);

protected:
    void changeEvent(QEvent* event) override;
    void showEvent(QShowEvent* event) override;

private:
    void setName(const QString& title);
    void buildHeading();
    void buildMenu();
    void connectCanvas();
    void connectGroup();
    void draw();
    void restyle();
    void updateSmoothed();
    void updateLegendValues();
    void showReadout();
    void updateCrosshair();
    void emphasise(int index);
    [[nodiscard]] std::optional<AxisRange> reach() const;
    [[nodiscard]] AxisRange valueRange(const AxisRange& x) const;
    [[nodiscard]] std::optional<AxisRange> valuesWithin(const AxisRange& x,
                                                        bool isLogarithmic) const;
    [[nodiscard]] QString crosshairHeading(double position) const;
    /// The curve under the mouse; -1: none is near.
    [[nodiscard]] int curveAt(double position, double pixelY) const;
    [[nodiscard]] double shownValue(std::size_t series, std::size_t index) const;
    [[nodiscard]] std::optional<std::size_t> sampleAt(std::size_t series, double position) const;

    std::vector<SeriesSpec> m_series;
    std::vector<SmoothedCurve> m_smoothed;
    /// What was replaced since the last draw(): the canvas draws it again when it is resized.
    struct Drawn
    {
        std::vector<SeriesSpec> series;
        std::vector<SmoothedCurve> smoothed;
        std::shared_ptr<const Timeline> markTimeline;
    };
    Drawn m_drawn;
    std::vector<PlotMark> m_marks;
    std::shared_ptr<const Timeline> m_markTimeline;
    std::set<QString> m_hidden;
    LegendModel* m_legend;
    PlotGroup* m_group;
    std::optional<AxisRange> m_chosenY;
    double m_smoothing = 0;
    bool m_isLogarithmic = false;
    bool m_showsAxisTitle = true;
    QString m_widestLabel;
    std::optional<double> m_hoveredY; ///< pixels; empty: the mouse is elsewhere
    int m_emphasised = -1;
    DrawPacer m_pacer;

    QWidget* m_headingBar;
    QHBoxLayout* m_heading;
    QLabel* m_title;
    QLabel* m_subtitle;
    QToolButton* m_logButton;
    QToolButton* m_menuButton;
    QMenu* m_menu;
    PlotCanvas* m_canvas;
    PlotLegend* m_legendView;
    PlotReadout* m_readout;
};

} // namespace mocoscope::ui
