// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plot/canvas_scene.h"

#include <QPainter>
#include <QPen>

#include <algorithm>

namespace mocoscope::ui {
namespace {

/// Curves with fewer samples than this on the paper show each of them as a dot.
constexpr double pixelsPerDot = 14.0;

void drawStrokes(QPainter& painter, const Strokes& strokes, const QPen& pen)
{
    painter.setPen(pen);
    painter.setBrush(Qt::NoBrush);
    for (const QPolygonF& stroke : strokes) {
        if (stroke.size() == 1) {
            // A sample between two gaps: a dot, else it would not be seen.
            painter.drawEllipse(stroke.front(), 0.4 * pen.widthF(), 0.4 * pen.widthF());
        } else {
            painter.drawPolyline(stroke);
        }
    }
}

void drawDots(QPainter& painter, const Strokes& strokes, const QColor& colour, double radius)
{
    painter.setPen(Qt::NoPen);
    painter.setBrush(colour);
    for (const QPolygonF& stroke : strokes) {
        for (const QPointF& point : stroke) {
            painter.drawEllipse(point, radius, radius);
        }
    }
}

bool showsDots(const CanvasCurve& curve, const PlotFrame& frame)
{
    const IndexRange range = visibleIndices(*curve.raw, curve.timeline, frame);
    return static_cast<double>(range.last - range.first) * pixelsPerDot < frame.width;
}

void paintCurve(QPainter& painter, const CanvasCurve& curve, const PlotFrame& frame,
                const PlotTheme& theme, bool stepsBack)
{
    QColor colour = curve.style.colour;
    if (stepsBack) {
        colour = mixed(colour, theme.background, 0.28);
    }
    QPen pen(colour, curve.style.width * (curve.isEmphasised ? 1.5 : 1.0), curve.style.dash,
             Qt::FlatCap, Qt::BevelJoin);
    const CurveData& shown = curve.smoothed ? *curve.smoothed : *curve.raw;
    const Strokes strokes = thinned(shown, curve.timeline, frame);
    drawStrokes(painter, strokes, pen);
    if (!curve.smoothed && showsDots(curve, frame)) {
        drawDots(painter, strokes, colour, 1.4 * curve.style.width);
    }
}

/// Mixed with the background instead of translucent: many times quicker to fill.
void paintFaint(QPainter& painter, const CanvasCurve& curve, const PlotFrame& frame,
                const PlotTheme& theme)
{
    const QColor colour = mixed(curve.style.colour, theme.background, theme.isDark ? 0.34 : 0.28);
    drawStrokes(painter, thinned(*curve.raw, curve.timeline, frame), QPen(colour, 1.0));
}

} // namespace

double markPosition(const CanvasScene& scene, const PlotMark& mark)
{
    return scene.markTimeline ? scene.markTimeline->position(mark.step, scene.unit) : mark.step;
}

void paintCurves(QPainter& painter, const CanvasScene& scene, const PlotFrame& frame,
                 const PlotTheme& theme)
{
    const bool hasEmphasis
        = std::any_of(scene.curves.begin(), scene.curves.end(),
                      [](const CanvasCurve& curve) { return curve.isEmphasised; });
    painter.setRenderHint(QPainter::Antialiasing);
    for (const CanvasCurve& curve : scene.curves) {
        if (curve.smoothed && (!hasEmphasis || curve.isEmphasised)) {
            paintFaint(painter, curve, frame, theme);
        }
    }
    for (const bool emphasised : {false, true}) {
        for (const CanvasCurve& curve : scene.curves) {
            if (curve.isEmphasised == emphasised) {
                paintCurve(painter, curve, frame, theme, hasEmphasis && !emphasised);
            }
        }
    }
}

void paintMarks(QPainter& painter, const CanvasScene& scene, const PlotFrame& frame,
                const PlotTheme& theme)
{
    constexpr double flag = 5.0; // pixels
    painter.setRenderHint(QPainter::Antialiasing);
    const double bottom = frame.top + frame.height;
    for (const PlotMark& mark : scene.marks) {
        const double x = frame.pixelX(markPosition(scene, mark));
        if (x < frame.left || x > frame.left + frame.width) {
            continue;
        }
        painter.setPen(Qt::NoPen);
        if (mark.kind == MarkKind::Checkpoint) {
            painter.setBrush(theme.checkpoint);
            painter.drawPolygon(
                QPolygonF {{x - 4, bottom + 1}, {x, bottom - 5}, {x + 4, bottom + 1}});
            continue;
        }
        painter.setBrush(theme.incident);
        painter.drawPolygon(
            QPolygonF {{x - flag, frame.top}, {x + flag, frame.top}, {x, frame.top + 1.6 * flag}});
        painter.setPen(QPen(theme.incident, 1.0));
        painter.drawLine(QPointF(x, frame.top), QPointF(x, bottom));
    }
}

void paintOverlay(QPainter& painter, const PlotFrame& frame, const PlotTheme& theme,
                  std::optional<double> crosshair, const QRectF& rubberBand)
{
    painter.setRenderHint(QPainter::Antialiasing, false);
    if (crosshair) {
        const double x = frame.pixelX(*crosshair);
        if (x >= frame.left && x <= frame.left + frame.width) {
            painter.setPen(QPen(theme.crosshair, 1.0));
            painter.drawLine(QPointF(x, frame.top), QPointF(x, frame.top + frame.height));
        }
    }
    if (!rubberBand.isEmpty()) {
        QColor fill = theme.crosshair;
        fill.setAlphaF(0.15F);
        painter.setPen(QPen(theme.crosshair, 1.0));
        painter.setBrush(fill);
        painter.drawRect(rubberBand);
    }
}

} // namespace mocoscope::ui
