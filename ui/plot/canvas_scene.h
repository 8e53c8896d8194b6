// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/plot/curve_thinning.h"
#include "ui/plot/plot_theme.h"

#include <QColor>
#include <QRectF>
#include <QString>

#include <memory>
#include <optional>
#include <vector>

class QPainter;

namespace mocoscope::ui {

struct HeatMap;

struct SeriesStyle
{
    QColor colour;
    Qt::PenStyle dash = Qt::SolidLine;
    double width = 1.5;
};

/// A curve as it is drawn; the data belong to the caller and outlive the scene.
struct CanvasCurve
{
    const CurveData* raw = nullptr;
    const CurveData* smoothed = nullptr; ///< null: `raw` is drawn strong, else faint behind this
    const Timeline* timeline = nullptr;
    SeriesStyle style;
    bool isEmphasised = false; ///< drawn on top and thicker, the others step back
    const CurveData* low = nullptr; ///< with `high`: a band behind all curves
    const CurveData* high = nullptr;
};

enum class MarkKind : std::uint8_t
{
    Incident,
    Checkpoint
};
/// A vertical line at a step.
struct PlotMark
{
    double step = 0;
    MarkKind kind = MarkKind::Incident;
    QString text; ///< tool tip
};

struct AxisRange
{
    double minimum = 0;
    double maximum = 1;
    bool operator==(const AxisRange&) const = default;
};

/// All that a redraw depends on.
struct CanvasScene
{
    std::shared_ptr<const HeatMap> heatMap; ///< below the curves; null: none
    std::vector<CanvasCurve> curves; ///< drawn in this order
    std::vector<PlotMark> marks;
    const Timeline* markTimeline = nullptr;
    AxisUnit unit = AxisUnit::Step;
    AxisRange x;
    AxisRange y;
    bool yLogarithmic = false;
    bool yIsFixed = false; ///< chosen by the user, so that dragging moves it too
    bool showsAxisTitle = false;
    QString widestLabel; ///< the left margin has room for it

    [[nodiscard]] bool isEmpty() const { return curves.empty() && !heatMap; }
};

/// Positions of `mark` and of steps on the axis of `scene`.
[[nodiscard]] double markPosition(const CanvasScene& scene, const PlotMark& mark);

void paintCurves(QPainter& painter, const CanvasScene& scene, const PlotFrame& frame,
                 const PlotTheme& theme);
void paintMarks(QPainter& painter, const CanvasScene& scene, const PlotFrame& frame,
                const PlotTheme& theme);
/// Crosshair and rubber band.
void paintOverlay(QPainter& painter, const PlotFrame& frame, const PlotTheme& theme,
                  std::optional<double> crosshair, const QRectF& rubberBand);

} // namespace mocoscope::ui
