// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plot/canvas_scene.h"

#include "ui/plot/curve_raster.h"

#include <QPaintEngine>
#include <QPainter>
#include <QPen>

#include <algorithm>
#include <iterator>
#include <optional>

namespace mocoscope::ui {
namespace {

/// Curves with fewer samples than this on the paper show each of them as a dot.
constexpr double pixelsPerDot = 14.0;

/// Where curves are drawn: on a screen pixel by pixel, on paper as the lines that they are.
class CurveBrush
{
public:
    CurveBrush(QPainter& painter, const PlotFrame& frame)
        : m_painter(painter)
    {
        if (painter.paintEngine()->type() == QPaintEngine::Raster) {
            m_raster.emplace(frame, painter.device()->devicePixelRatioF());
        }
    }
    /// What is drawn first is the uppermost, not the lowest.
    [[nodiscard]] bool startsOnTop() const { return m_raster.has_value(); }
    void drawLines(const Strokes& strokes, const QPen& pen);
    void drawDots(const Strokes& strokes, const QColor& colour, double radius);
    /// Only then is everything there.
    void finish()
    {
        if (m_raster) {
            m_raster->paint(m_painter);
        }
    }

private:
    QPainter& m_painter;
    std::optional<CurveRaster> m_raster;
};

void CurveBrush::drawLines(const Strokes& strokes, const QPen& pen)
{
    if (m_raster) {
        m_raster->drawLines(strokes, pen);
        return;
    }
    m_painter.setPen(pen);
    m_painter.setBrush(Qt::NoBrush);
    for (const QPolygonF& stroke : strokes) {
        if (stroke.size() == 1) {
            // A sample between two gaps: a dot, else it would not be seen.
            const double radius = (loneRadius - 0.5) * pen.widthF(); // the pen adds half its own
            m_painter.drawEllipse(stroke.front(), radius, radius);
        } else {
            m_painter.drawPolyline(stroke);
        }
    }
}

void CurveBrush::drawDots(const Strokes& strokes, const QColor& colour, double radius)
{
    if (m_raster) {
        m_raster->drawDots(strokes, colour, radius);
        return;
    }
    m_painter.setPen(Qt::NoPen);
    m_painter.setBrush(colour);
    for (const QPolygonF& stroke : strokes) {
        for (const QPointF& point : stroke) {
            m_painter.drawEllipse(point, radius, radius);
        }
    }
}

double samplesPerPixel(const CanvasCurve& curve, const PlotFrame& frame)
{
    const IndexRange range = visibleIndices(*curve.raw, curve.timeline, frame);
    return static_cast<double>(range.last - range.first) / frame.width;
}

/// More curves than there are looks for them: dashes tell them apart no longer, and thin lines hide
/// less of each other.
constexpr std::size_t crowd = 28;

void paintCurve(CurveBrush& brush, const CanvasCurve& curve, const PlotFrame& frame,
                const PlotTheme& theme, bool hasEmphasis, bool isCrowded)
{
    QColor colour = curve.style.colour;
    if (hasEmphasis && !curve.isEmphasised) { // steps back
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
    brush.drawLines(strokes, pen);
    if (!curve.smoothed && density * pixelsPerDot < 1.0) {
        brush.drawDots(strokes, colour, 1.4 * curve.style.width);
    }
}

/// Mixed with the background instead of translucent: raw curves over each other stay faint.
void paintFaint(CurveBrush& brush, const CanvasCurve& curve, const PlotFrame& frame,
                const PlotTheme& theme)
{
    const QColor colour = mixed(curve.style.colour, theme.background, theme.isDark ? 0.34 : 0.28);
    brush.drawLines(thinned(*curve.raw, curve.timeline, frame), QPen(colour, 1.0));
}

struct Layer
{
    const CanvasCurve* curve;
    bool isFaint;
};

/// What is drawn: raw curves behind those that are smoothed, the emphasised curve on top.
std::vector<Layer> layersOf(const CanvasScene& scene, bool hasEmphasis, bool startsOnTop)
{
    std::vector<Layer> layers;
    for (const CanvasCurve& curve : scene.curves) {
        if (curve.smoothed && (!hasEmphasis || curve.isEmphasised)) {
            layers.push_back({&curve, true});
        }
    }
    for (const bool emphasised : {false, true}) {
        for (const CanvasCurve& curve : scene.curves) {
            if (curve.isEmphasised == emphasised) {
                layers.push_back({&curve, false});
            }
        }
    }
    if (startsOnTop) {
        std::reverse(layers.begin(), layers.end());
    }
    return layers;
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
    CurveBrush brush(painter, frame);
    for (const Layer& layer : layersOf(scene, hasEmphasis, brush.startsOnTop())) {
        if (layer.isFaint) {
            paintFaint(brush, *layer.curve, frame, theme);
        } else {
            paintCurve(brush, *layer.curve, frame, theme, hasEmphasis, isCrowded);
        }
    }
    brush.finish();
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
        if (scene.heatMap) {
            continue; // a spike of one step is as narrow as the line: it would hide what it marks
        }
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
