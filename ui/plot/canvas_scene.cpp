// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plot/canvas_scene.h"

#include <QPaintEngine>
#include <QPainter>
#include <QPen>

#include <algorithm>
#include <iterator>

namespace mocoscope::ui {
namespace {

/// Curves with fewer samples than this on the paper show each of them as a dot.
constexpr double pixelsPerDot = 14.0;

/// Qt's rasteriser keeps the cells of a scan line in a list that it searches: a wide line that runs
/// flat over a thousand pixels costs a million steps. In pieces it costs a fiftieth of that.
void drawInPieces(QPainter& painter, const QPolygonF& stroke)
{
    constexpr qsizetype pieceLength = 32;
    for (qsizetype first = 0; first + 1 < stroke.size(); first += pieceLength) {
        const qsizetype last = std::min(first + pieceLength, stroke.size() - 1);
        painter.drawPolyline(stroke.constData() + first, static_cast<int>(last - first + 1));
    }
}

bool isOnScreen(const QPainter& painter)
{
    return painter.paintEngine()->type() == QPaintEngine::Raster;
}

double pointsOf(const Strokes& strokes)
{
    double points = 0;
    for (const QPolygonF& stroke : strokes) {
        points += static_cast<double>(stroke.size());
    }
    return points;
}

void drawStrokes(QPainter& painter, const Strokes& strokes, QPen pen)
{
    const bool inPieces = isOnScreen(painter) && pen.widthF() > 1.0 && pen.style() == Qt::SolidLine;
    if (inPieces) {
        pen.setCapStyle(Qt::RoundCap); // the pieces are opaque and overlap: no seam
    }
    painter.setPen(pen);
    painter.setBrush(Qt::NoBrush);
    for (const QPolygonF& stroke : strokes) {
        if (stroke.size() == 1) {
            // A sample between two gaps: a dot, else it would not be seen.
            painter.drawEllipse(stroke.front(), 0.4 * pen.widthF(), 0.4 * pen.widthF());
        } else if (inPieces) {
            drawInPieces(painter, stroke);
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

double samplesPerPixel(const CanvasCurve& curve, const PlotFrame& frame)
{
    const IndexRange range = visibleIndices(*curve.raw, curve.timeline, frame);
    return static_cast<double>(range.last - range.first) / frame.width;
}

/// More curves than there are looks for them: dashes tell them apart no longer, and take most of
/// the time; thin lines are drawn without outlining each.
constexpr std::size_t crowd = 28;

void paintCurve(QPainter& painter, const CanvasCurve& curve, const PlotFrame& frame,
                const PlotTheme& theme, bool stepsBack, bool isCrowded)
{
    QColor colour = curve.style.colour;
    if (stepsBack) {
        colour = mixed(colour, theme.background, 0.28);
    }
    // Where each pixel column is a stroke from lowest to highest, a thinner line shows more of it.
    const double density = samplesPerPixel(curve, frame);
    const bool isDense = !curve.smoothed && density > 1.5;
    const bool isThin = isDense || (isCrowded && !curve.isEmphasised);
    const double width = (isThin ? std::min(1.0, curve.style.width) : curve.style.width)
        * (curve.isEmphasised ? 1.5 : 1.0);
    const bool isDashed = !isDense && (!isCrowded || curve.isEmphasised);
    const QPen pen(colour, width, isDashed ? curve.style.dash : Qt::SolidLine, Qt::FlatCap,
                   Qt::BevelJoin);
    const CurveData& shown = curve.smoothed ? *curve.smoothed : *curve.raw;
    PlotFrame used = frame;
    if (curve.smoothed) {
        used.flatness = width; // what is hidden by the line's own width; the raw curve is behind it
    }
    const Strokes strokes = thinned(shown, curve.timeline, used);
    // Strokes from lowest to highest in nearly every column have no edges to smooth, and are drawn
    // several times as fast without; on paper they stay as they are.
    const bool isHatched = isDense && isOnScreen(painter) && !curve.isEmphasised
        && pointsOf(strokes) > 1.5 * frame.width / frame.columnWidth;
    painter.setRenderHint(QPainter::Antialiasing, !isHatched);
    drawStrokes(painter, strokes, pen);
    painter.setRenderHint(QPainter::Antialiasing);
    if (!curve.smoothed && density * pixelsPerDot < 1.0) {
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

/// Between the lower and the upper edge, stretch by stretch. An edge that a logarithmic axis has no
/// place for is left out, and the band with it.
void paintBand(QPainter& painter, const CanvasCurve& curve, const PlotFrame& frame,
               const PlotTheme& theme)
{
    const Strokes low = thinned(*curve.low, curve.timeline, frame);
    const Strokes high = thinned(*curve.high, curve.timeline, frame);
    if (low.size() != high.size()) {
        return;
    }
    QColor colour = curve.style.colour;
    colour.setAlphaF(theme.isDark ? 0.30F : 0.20F); // where bands overlap both are seen
    painter.setPen(Qt::NoPen);
    painter.setBrush(colour);
    for (std::size_t i = 0; i < low.size(); ++i) {
        QPolygonF area = low[i];
        std::copy(high[i].crbegin(), high[i].crend(), std::back_inserter(area));
        painter.drawPolygon(area);
    }
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
    const bool isCrowded = scene.curves.size() > crowd;
    painter.setRenderHint(QPainter::Antialiasing);
    for (const CanvasCurve& curve : scene.curves) {
        if (curve.low && curve.high && (!hasEmphasis || curve.isEmphasised)) {
            paintBand(painter, curve, frame, theme);
        }
    }
    for (const CanvasCurve& curve : scene.curves) {
        if (curve.smoothed && (!hasEmphasis || curve.isEmphasised)) {
            paintFaint(painter, curve, frame, theme);
        }
    }
    for (const bool emphasised : {false, true}) {
        for (const CanvasCurve& curve : scene.curves) {
            if (curve.isEmphasised == emphasised) {
                paintCurve(painter, curve, frame, theme, hasEmphasis && !emphasised, isCrowded);
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
