// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plot/curve_raster.h"

#include "ui/plot/curve_dashes.h"

#include <QImage>
#include <QPainter>
#include <QPen>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

namespace mocoscope::ui {
namespace {

constexpr float nowhere = std::numeric_limits<float>::infinity();

/// From 0 to 1.
float asShare(float value)
{
    return value < 0.0F ? 0.0F : value > 1.0F ? 1.0F : value;
}

/// `under`, `share` of 256 of it, shines through what `over` leaves.
QRgb completed(QRgb over, QRgb under, unsigned share)
{
    constexpr unsigned pairs = 0xff00ffU;
    const unsigned open = 255U - (over >> 24U);
    const unsigned part = share * (open + (open >> 7U)) >> 8U;
    return over + (((under & pairs) * part >> 8U) & pairs)
        + (((under >> 8U & pairs) * part) & ~pairs);
}

} // namespace

/// Rows [top, bottom), in fractions of pixels.
struct CurveRaster::Span
{
    float top = nowhere;
    float bottom = -nowhere;

    void add(double from, double to)
    {
        top = std::min(top, static_cast<float>(from));
        bottom = std::max(bottom, static_cast<float>(to));
    }
    /// The share of the row of pixels that starts at `row`.
    [[nodiscard]] float shareOf(float row) const
    {
        return asShare(std::min(bottom, row + 1.0F) - std::max(top, row));
    }
};

/// How much of the pixels of a column is covered: the most of what three things say.
struct CurveRaster::Coverage
{
    Span strip; ///< the curve passes through: the middles of its edges, which run obliquely
    float slope = 1; ///< of coverage across such an edge, a pixel
    Span within; ///< where the strip ends
    Span whole; ///< covered from side to side
    Span beside; ///< where a pen wider than a pixel reaches over from the neighbouring columns
    float besideShare = 0;
    float share = 1; ///< of all

    [[nodiscard]] float of(int pixel) const
    {
        const auto row = static_cast<float>(pixel);
        const auto passed
            = [this, row](float edge) { return asShare((row + 0.5F - edge) * slope + 0.5F); };
        const float passing
            = std::min(passed(strip.top) - passed(strip.bottom), within.shareOf(row));
        const float turning = std::max(whole.shareOf(row), besideShare * beside.shareOf(row));
        return share * std::max(passing, turning);
    }
    /// Edges that change over by `height` pixels within the column.
    void setStrip(double top, double bottom, double height)
    {
        strip.add(top, bottom);
        slope = 1.0F / std::max(1.0F, static_cast<float>(height));
    }
    /// Everything that may be covered, with the edges.
    [[nodiscard]] Span all() const
    {
        Span span = whole;
        const float edge = 0.5F / slope;
        span.add(std::max(strip.top - edge, within.top),
                 std::min(strip.bottom + edge, within.bottom));
        if (besideShare > 0) {
            span.add(beside.top, beside.bottom);
        }
        return span;
    }
    /// What is covered for certain: one stretch, as the strip runs through what is whole.
    [[nodiscard]] Span solid() const
    {
        Span span = whole;
        const float edge = 0.5F / slope;
        if (strip.top + edge < strip.bottom - edge) {
            span.add(std::max(strip.top + edge, within.top),
                     std::min(strip.bottom - edge, within.bottom));
        }
        return span;
    }
};

void CurveRaster::Column::cross(double row)
{
    exit = row;
    top = std::min(top, row);
    bottom = std::max(bottom, row);
}

void CurveRaster::Column::add(double row)
{
    cross(row);
    lowest = std::max(lowest, row);
    highest = std::min(highest, row);
}

CurveRaster::CurveRaster(const PlotFrame& frame, double ratio)
    : m_ratio(ratio)
    , m_left(static_cast<int>(std::floor(frame.left * ratio)))
    , m_top(static_cast<int>(std::floor(frame.top * ratio)))
    , m_width(static_cast<int>(std::ceil((frame.left + frame.width) * ratio)) - m_left)
    , m_height(static_cast<int>(std::ceil((frame.top + frame.height) * ratio)) - m_top)
    , m_pixels(static_cast<std::size_t>(m_width) * static_cast<std::size_t>(m_height))
    , m_covered(static_cast<std::size_t>(m_width))
{
}

void CurveRaster::drawLines(const Strokes& strokes, const QPen& pen)
{
    m_colour = pen.color().rgb();
    const double width = pen.widthF() * m_ratio;
    const auto draw = [&](const Strokes& all) {
        for (const QPolygonF& stroke : all) {
            if (stroke.size() == 1) {
                paintDisc(toDevice(stroke.first()), loneRadius * width);
            } else {
                drawStroke(stroke, width);
            }
        }
    };
    if (pen.style() == Qt::SolidLine) {
        draw(strokes);
    } else {
        draw(dashed(strokes, pen, m_left / m_ratio, (m_left + m_width) / m_ratio));
    }
}

void CurveRaster::drawStroke(const QPolygonF& stroke, double width)
{
    m_columns.clear();
    QPointF from = toDevice(stroke.first());
    for (qsizetype i = 1; i < stroke.size(); ++i) {
        const QPointF to = toDevice(stroke[i]);
        addSegment(from, to);
        from = to;
    }
    paintColumns(width);
}

void CurveRaster::addSegment(QPointF from, QPointF to)
{
    constexpr double outside = 4; // columns from which a pen reaches in
    const double right = m_width + outside;
    if (to.x() < -outside || from.x() >= right) {
        return;
    }
    const double slope = to.x() > from.x() ? (to.y() - from.y()) / (to.x() - from.x()) : 0;
    const auto rowAt = [&](double x) { return from.y() + (x - from.x()) * slope; };
    if (m_columns.empty()) {
        m_begin = std::max(-outside, from.x());
        m_firstColumn = static_cast<int>(std::floor(m_begin));
        m_columns.emplace_back(from.x() < m_begin ? rowAt(m_begin) : from.y());
    }
    m_end = std::min(right, to.x());
    const int last = static_cast<int>(std::floor(std::min(m_end, right - 1)));
    for (int edge = m_firstColumn + static_cast<int>(m_columns.size()); edge <= last; ++edge) {
        const double row = rowAt(edge);
        m_columns.back().cross(row);
        m_columns.emplace_back(row);
    }
    if (to.x() >= right) {
        m_columns.back().cross(rowAt(right));
    } else {
        m_columns.back().add(to.y());
    }
}

void CurveRaster::paintColumns(double width)
{
    for (std::size_t i = 0; i < m_columns.size(); ++i) {
        const int column = m_firstColumn + static_cast<int>(i);
        if (column < 0 || column >= m_width) {
            continue;
        }
        Coverage coverage = coverageOf(i, width);
        // A dash ends within a pixel; how far matters less the steeper it is there.
        const double part = std::min(m_end, column + 1.0) - std::max<double>(m_begin, column);
        const double height = m_columns[i].bottom - m_columns[i].top;
        coverage.share = asShare(static_cast<float>(part + height));
        paintColumn(column, coverage);
    }
}

/// All that the curve covers in the columns that are `pen` away at most.
CurveRaster::Column CurveRaster::reachOf(std::size_t index, std::size_t pen) const
{
    Column reach = m_columns[index];
    const std::size_t last = std::min(index + pen, m_columns.size() - 1);
    for (std::size_t i = index - std::min(index, pen); i <= last; ++i) {
        reach.top = std::min(reach.top, m_columns[i].top);
        reach.bottom = std::max(reach.bottom, m_columns[i].bottom);
    }
    return reach;
}

CurveRaster::Coverage CurveRaster::coverageOf(std::size_t index, double width) const
{
    constexpr double steep = 2.0; // pixels
    const Column& column = m_columns[index];
    const double half = 0.5 * std::max(1.0, width);
    const double higher = std::min(column.entry, column.exit);
    const double lower = std::max(column.entry, column.exit);
    const bool hasPeak = column.top < higher;
    const bool hasTrough = column.bottom > lower;
    Coverage coverage;
    if ((hasPeak || hasTrough) && column.bottom - column.top > steep) {
        // Up and down within the pixel: seen from side to side, however short it was there.
        coverage.whole.add(column.top - half, column.bottom + half);
    } else {
        // Passing through, it is a strip that is higher the steeper it is.
        const double reach = half * std::sqrt(1.0 + (lower - higher) * (lower - higher));
        const double middle = 0.5 * (higher + lower);
        coverage.setStrip(middle - reach, middle + reach, lower - higher);
        const Column near = reachOf(index, 1);
        coverage.within.add((hasPeak ? column : near).top - half,
                            (hasTrough ? column : near).bottom + half);
        if (hasPeak || hasTrough) { // and all of a crest
            coverage.whole.add(hasPeak ? column.top - half : middle,
                               hasTrough ? column.bottom + half : middle);
        } else if (column.highest < column.lowest) { // from the smallest to the largest of many
            coverage.whole.add(column.highest, column.lowest);
        }
    }
    const double beside = half - 0.5; // columns to either side that the pen reaches over to
    const auto wholly = static_cast<std::size_t>(beside);
    if (wholly > 0) {
        const Column pen = reachOf(index, wholly);
        coverage.whole.add(pen.top, pen.bottom);
    }
    coverage.besideShare = static_cast<float>(beside - static_cast<double>(wholly));
    if (coverage.besideShare > 0) {
        const Column pen = reachOf(index, wholly + 1);
        coverage.beside.add(pen.top, pen.bottom);
    }
    return coverage;
}

void CurveRaster::drawDots(const Strokes& strokes, const QColor& colour, double radius)
{
    m_colour = colour.rgb();
    for (const QPolygonF& stroke : strokes) {
        for (const QPointF& point : stroke) {
            paintDisc(toDevice(point), radius * m_ratio);
        }
    }
}

void CurveRaster::paintDisc(QPointF middle, double radius)
{
    if (middle.x() - radius >= m_width) {
        return;
    }
    const double end = std::min<double>(m_width, middle.x() + radius);
    for (int column = static_cast<int>(std::max(0.0, middle.x() - radius)); column < end;
         ++column) {
        const double left = std::max<double>(column, middle.x() - radius) - middle.x();
        const double right = std::min(column + 1.0, middle.x() + radius) - middle.x();
        const auto chord
            = [radius](double x) { return std::sqrt(std::max(0.0, radius * radius - x * x)); };
        const double least = std::min(chord(left), chord(right));
        const double most = left * right < 0 ? radius : std::max(chord(left), chord(right));
        Coverage coverage;
        const double mean = 0.5 * (least + most);
        coverage.setStrip(middle.y() - mean, middle.y() + mean, most - least);
        coverage.within.add(middle.y() - most, middle.y() + most);
        coverage.share = static_cast<float>(right - left);
        paintColumn(column, coverage);
    }
}

void CurveRaster::paintColumn(int column, const Coverage& coverage)
{
    const auto rowOf = [this](float y) {
        return static_cast<int>(std::clamp(y, 0.0F, static_cast<float>(m_height)));
    };
    const Span all = coverage.all();
    const int first = rowOf(std::floor(all.top));
    const int last = rowOf(std::ceil(all.bottom));
    const Span solid = coverage.share < 1 ? Span() : coverage.solid();
    const int solidFirst = std::clamp(rowOf(std::ceil(solid.top)), first, last);
    const int solidLast = std::clamp(rowOf(std::floor(solid.bottom)), solidFirst, last);
    Rows& covered = m_covered[static_cast<std::size_t>(column)];
    for (const Rows& open : {Rows {first, std::min(last, covered.first)},
                             Rows {std::max(first, covered.last), last}}) {
        blend(column, coverage, {open.first, std::min(open.last, solidFirst)});
        fill(column, {std::max(open.first, solidFirst), std::min(open.last, solidLast)});
        blend(column, coverage, {std::max(open.first, solidLast), open.last});
    }
    if (solidFirst <= covered.last && solidLast >= covered.first && covered.first < covered.last) {
        covered = {std::min(covered.first, solidFirst), std::max(covered.last, solidLast)};
    } else if (solidLast - solidFirst > covered.last - covered.first) {
        covered = {solidFirst, solidLast};
    }
}

void CurveRaster::fill(int column, Rows rows)
{
    QRgb* pixels = m_pixels.data() + static_cast<std::ptrdiff_t>(column) * m_height;
    for (int row = rows.first; row < rows.last; ++row) {
        pixels[row] = pixels[row] == 0 ? m_colour : completed(pixels[row], m_colour, 256);
    }
}

void CurveRaster::blend(int column, const Coverage& coverage, Rows rows)
{
    constexpr int most = 64; // at a time: the first loop below is for the processor's vectors
    std::array<int, most> shares;
    QRgb* pixels = m_pixels.data() + static_cast<std::ptrdiff_t>(column) * m_height;
    for (int row = rows.first; row < rows.last; row += most) {
        const int count = std::min(most, rows.last - row);
        for (int i = 0; i < count; ++i) {
            shares[static_cast<std::size_t>(i)]
                = static_cast<int>(256.0F * coverage.of(row + i) + 0.5F);
        }
        for (int i = 0; i < count; ++i) {
            pixels[row + i] = completed(pixels[row + i], m_colour,
                                        static_cast<unsigned>(shares[static_cast<std::size_t>(i)]));
        }
    }
}

void CurveRaster::paint(QPainter& painter) const
{
    QImage image(m_width, m_height, QImage::Format_ARGB32_Premultiplied);
    constexpr int block = 16; // of pixels that lie in few lines of the cache on either side
    const auto stride = image.bytesPerLine() / static_cast<qsizetype>(sizeof(QRgb));
    auto* const rows = reinterpret_cast<QRgb*>(image.bits());
    for (int top = 0; top < m_height; top += block) {
        const int bottom = std::min(top + block, m_height);
        for (int column = 0; column < m_width; ++column) {
            const QRgb* pixels = m_pixels.data() + static_cast<std::ptrdiff_t>(column) * m_height;
            for (int row = top; row < bottom; ++row) {
                rows[row * stride + column] = pixels[row];
            }
        }
    }
    painter.save();
    painter.scale(1.0 / m_ratio, 1.0 / m_ratio); // a pixel of the image is one of the device
    painter.drawImage(m_left, m_top, image);
    painter.restore();
}

} // namespace mocoscope::ui
