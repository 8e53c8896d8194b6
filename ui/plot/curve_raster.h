// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/plot/curve_thinning.h"

#include <QRgb>

#include <cstddef>
#include <limits>
#include <vector>

class QColor;
class QPainter;
class QPen;

namespace mocoscope::ui {

/// Of the dot that a sample between two gaps is, in widths of the line.
inline constexpr double loneRadius = 0.9;

/// Draws curves on a screen many times as fast as outlining and filling their strokes would. As x
/// only grows along a curve, what it covers of a column of device pixels is one span: from the
/// highest to the lowest place at which it is there, half the pen's width further, and with the
/// edges smoothed. Coordinates are the frame's. What is drawn first lies on top, so that of many
/// curves over each other only what is seen is painted. Window thread.
class CurveRaster
{
public:
    /// Of what is within `frame`; `ratio`: device pixels a pixel.
    CurveRaster(const PlotFrame& frame, double ratio);

    /// Strokes whose x does not fall; one of a single point is a dot. `pen` is opaque; its caps and
    /// joins do not count.
    void drawLines(const Strokes& strokes, const QPen& pen);
    /// A disc at each point; `radius` in pixels.
    void drawDots(const Strokes& strokes, const QColor& colour, double radius);
    /// Over what `painter` has painted.
    void paint(QPainter& painter) const;

private:
    /// Of a curve within a column of pixels: rows, downwards.
    struct Column
    {
        explicit Column(double row)
            : entry(row)
            , exit(row)
            , top(row)
            , bottom(row)
        {
        }
        double entry;
        double exit;
        double top;
        double bottom;
        double highest = std::numeric_limits<double>::infinity(); ///< of the points within
        double lowest = -std::numeric_limits<double>::infinity();
        void add(double row);
        void cross(double row);
    };
    struct Span;
    struct Coverage;

    [[nodiscard]] QPointF toDevice(QPointF point) const
    {
        return {point.x() * m_ratio - m_left, point.y() * m_ratio - m_top};
    }
    void drawStroke(const QPolygonF& stroke, double width);
    void addSegment(QPointF from, QPointF to);
    void paintColumns(double width);
    [[nodiscard]] Column reachOf(std::size_t index, std::size_t pen) const;
    [[nodiscard]] Coverage coverageOf(std::size_t index, double width) const;
    void paintDisc(QPointF middle, double radius);
    void paintColumn(int column, const Coverage& coverage);
    struct Rows
    {
        int first = 0;
        int last = 0; ///< one past it
    };
    void fill(int column, Rows rows);
    void blend(int column, const Coverage& coverage, Rows rows);

    double m_ratio;
    int m_left; ///< of the frame, device pixels
    int m_top;
    int m_width;
    int m_height;
    QRgb m_colour = 0;
    std::vector<Column> m_columns; ///< of the stroke that is being drawn, from m_firstColumn on
    int m_firstColumn = 0;
    double m_begin = 0; ///< of the stroke, in columns
    double m_end = 0;
    /// Premultiplied, column by column: what is drawn next lies next in memory.
    std::vector<QRgb> m_pixels;
    std::vector<Rows> m_covered; ///< of each column: nothing shows there any more
};

} // namespace mocoscope::ui
