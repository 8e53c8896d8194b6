// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plot/curve_thinning.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace mocoscope::ui {
namespace {

/// Where values are: what is the same for all of them is computed once.
class ValuePlaces
{
public:
    explicit ValuePlaces(const PlotFrame& frame)
        : m_isLogarithmic(frame.yLogarithmic)
        , m_origin(m_isLogarithmic ? std::log(frame.yMinimum) : frame.yMinimum)
        , m_size((m_isLogarithmic ? std::log(frame.yMaximum) : frame.yMaximum) - m_origin)
        , m_bottom(frame.top + frame.height)
        , m_height(frame.height)
    {
    }
    /// NaN where a logarithmic axis has no place for it.
    [[nodiscard]] double at(double value) const
    {
        if (m_isLogarithmic) {
            if (!(value > 0)) {
                return std::numeric_limits<double>::quiet_NaN();
            }
            value = std::log(value);
        }
        // The rasteriser works with 32-bit fixed point: what is far outside is held near the edge.
        return m_bottom - std::clamp((value - m_origin) / m_size, -10.0, 11.0) * m_height;
    }

private:
    bool m_isLogarithmic;
    double m_origin;
    double m_size;
    double m_bottom;
    double m_height;
};

} // namespace

double PlotFrame::pixelX(double position) const
{
    return left + (position - xMinimum) / (xMaximum - xMinimum) * width;
}

double PlotFrame::pixelY(double value) const
{
    return ValuePlaces(*this).at(value);
}

double PlotFrame::positionAt(double pixelX) const
{
    return xMinimum + (pixelX - left) / width * (xMaximum - xMinimum);
}

namespace {

/// Collects points into strokes; a NaN ends a stroke.
class StrokeBuilder
{
public:
    void add(double x, double y)
    {
        if (std::isnan(y)) {
            lift();
        } else {
            m_current.append(QPointF(x, y));
        }
    }
    void lift()
    {
        if (!m_current.isEmpty()) {
            m_strokes.push_back(std::move(m_current));
            m_current = QPolygonF();
        }
    }
    [[nodiscard]] Strokes take()
    {
        lift();
        return std::move(m_strokes);
    }

private:
    Strokes m_strokes;
    QPolygonF m_current;
};

class Thinner
{
public:
    Thinner(const CurveData& data, const Timeline* timeline, const PlotFrame& frame)
        : m_data(data)
        , m_timeline(timeline)
        , m_frame(frame)
        , m_places(frame)
    {
    }

    [[nodiscard]] double stepAt(double position) const
    {
        return m_timeline ? m_timeline->stepAt(position, m_frame.unit) : position;
    }
    [[nodiscard]] double x(std::size_t index) const
    {
        const auto step = static_cast<double>(m_data.step(index));
        return m_frame.pixelX(m_timeline ? m_timeline->position(step, m_frame.unit) : step);
    }
    [[nodiscard]] std::size_t indexAt(double position) const
    {
        constexpr double limit = 9e18; // within std::int64_t
        const double step = std::ceil(std::clamp(stepAt(position), -limit, limit));
        return m_data.lowerBound(static_cast<std::int64_t>(step));
    }
    void addSample(std::size_t index) { m_builder.add(x(index), m_places.at(m_data.value(index))); }
    void addColumn(std::size_t first, std::size_t last);
    [[nodiscard]] Strokes run(IndexRange range);

private:
    const CurveData& m_data;
    const Timeline* m_timeline;
    const PlotFrame& m_frame;
    ValuePlaces m_places;
    StrokeBuilder m_builder;
};

void Thinner::addColumn(std::size_t first, std::size_t last)
{
    if (last - first <= 2) {
        for (std::size_t i = first; i < last; ++i) {
            addSample(i);
        }
        return;
    }
    const Extent extent = m_data.extent(first, last);
    if (extent.isEmpty()) {
        m_builder.lift();
        return;
    }
    const double middle = 0.5 * (x(first) + x(last - 1));
    const double lowest = m_places.at(extent.minimum);
    const double highest = m_places.at(extent.maximum);
    if (lowest - highest < m_frame.flatness) {
        m_builder.add(middle, 0.5 * (lowest + highest));
    } else {
        // In the order in which the curve comes to them: a flank stays a flank.
        const double start = m_data.value(first);
        const bool startsLow = start - extent.minimum < extent.maximum - start;
        m_builder.add(middle, startsLow ? lowest : highest);
        m_builder.add(middle, startsLow ? highest : lowest);
    }
    if (extent.hasGap) {
        m_builder.lift();
    }
}

Strokes Thinner::run(IndexRange range)
{
    const auto columns = static_cast<std::size_t>(std::ceil(m_frame.width / m_frame.columnWidth));
    if (range.last - range.first <= 2 * columns) {
        for (std::size_t i = range.first; i < range.last; ++i) {
            addSample(i);
        }
        return m_builder.take();
    }
    std::size_t first = range.first;
    for (std::size_t column = 0; column <= columns && first < range.last; ++column) {
        const double edge = m_frame.left + static_cast<double>(column) * m_frame.columnWidth;
        const std::size_t last = column == columns
            ? range.last
            : std::clamp(indexAt(m_frame.positionAt(edge)), first, range.last);
        if (last > first) {
            addColumn(first, last);
        }
        first = last;
    }
    return m_builder.take();
}

} // namespace

IndexRange visibleIndices(const CurveData& data, const Timeline* timeline, const PlotFrame& frame)
{
    const Thinner thinner(data, timeline, frame);
    IndexRange range {thinner.indexAt(frame.xMinimum), thinner.indexAt(frame.xMaximum)};
    range.first -= range.first > 0 ? 1 : 0;
    range.last = std::min(range.last + 2, data.size()); // the sample at the edge and the next one
    range.first = std::min(range.first, range.last);
    return range;
}

Strokes thinned(const CurveData& data, const Timeline* timeline, const PlotFrame& frame)
{
    return Thinner(data, timeline, frame).run(visibleIndices(data, timeline, frame));
}

} // namespace mocoscope::ui
