// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/exchange/svg_plot.h"

#include "storage/exchange/html_text.h"
#include "storage/exchange/number_text.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <limits>
#include <optional>

namespace mocoscope::storage {

namespace {

// Units of the picture; about pixels.
constexpr double plotWidth = 760;
constexpr double plotHeight = 300;
constexpr double left = 64;
constexpr double right = 12;
constexpr double top = 10;
constexpr double bottom = 34;

struct Range
{
    double low = std::numeric_limits<double>::infinity();
    double high = -std::numeric_limits<double>::infinity();

    void take(double value)
    {
        low = std::min(low, value);
        high = std::max(high, value);
    }
    [[nodiscard]] bool isEmpty() const { return !(low <= high); }
    /// A flat curve lies in the middle.
    void widen()
    {
        const double margin = high > low ? (high - low) * 0.04
            : high != 0                  ? std::abs(high) * 0.1
                                         : 1;
        low -= margin;
        high += margin;
    }
};

struct Frame
{
    Range steps;
    Range values;

    [[nodiscard]] double x(double step) const
    {
        const double span = steps.high - steps.low;
        return left + (span > 0 ? (step - steps.low) / span : 0.5) * (plotWidth - left - right);
    }
    [[nodiscard]] double y(double value) const
    {
        return plotHeight - bottom
            - (value - values.low) / (values.high - values.low) * (plotHeight - top - bottom);
    }
};

std::string coordinate(double value)
{
    std::array<char, 32> text {};
    std::snprintf(text.data(), text.size(), "%.1f", value);
    std::string short_ = text.data();
    return short_.ends_with(".0") ? short_.substr(0, short_.size() - 2) : short_;
}

std::string point(double x, double y)
{
    return coordinate(x) + " " + coordinate(y);
}

/// 1, 2 or 5 times a power of ten, so that there are about `count` of them in `span`.
double niceStep(double span, int count)
{
    const double rough = span / count;
    const double power = std::pow(10, std::floor(std::log10(rough)));
    for (const double factor : {1.0, 2.0, 5.0}) {
        if (factor * power >= rough) {
            return factor * power;
        }
    }
    return 10 * power;
}

/// The values of one column of pixels: what is drawn of them is a line from the first to the last
/// by way of the smallest and the largest.
class Column
{
public:
    [[nodiscard]] bool isEmpty() const { return m_count == 0; }
    [[nodiscard]] long place() const { return m_place; }
    void begin(long place)
    {
        *this = Column();
        m_place = place;
    }
    void take(double x, double y)
    {
        const Point point {x, y};
        if (m_count++ == 0) {
            m_first = m_low = m_high = point;
        }
        m_low = y < m_low.y ? point : m_low;
        m_high = y > m_high.y ? point : m_high;
        m_last = point;
    }
    void append(std::string& path) const
    {
        std::array points {m_first, m_low, m_high, m_last};
        std::stable_sort(points.begin(), points.end(),
                         [](const Point& a, const Point& b) { return a.x < b.x; });
        std::string before;
        for (const Point& each : points) {
            const std::string text = point(each.x, each.y);
            if (text != before) {
                path += (path.empty() || path.back() == 'M' ? "" : " ") + text;
            }
            before = text;
        }
    }

private:
    struct Point
    {
        double x = 0;
        double y = 0;
    };
    long m_place = 0;
    int m_count = 0;
    Point m_first;
    Point m_low;
    Point m_high;
    Point m_last;
};

/// A ring about the point that was drawn to, small enough to be a dot: what has no length is not
/// drawn by every reader of SVG, Qt's among them.
constexpr const char* dot = "m-1.5 0a1.5 1.5 0 1 0 3 0a1.5 1.5 0 1 0 -3 0";

/// Segments between gaps, each `M x y L x y …`; one of a single value is a dot.
std::string pathOf(const Curve& curve, const Frame& frame)
{
    std::string all;
    std::string segment;
    Column column;
    const auto endSegment = [&] {
        if (!column.isEmpty()) {
            column.append(segment);
            const std::size_t end = segment.find(' ', segment.find(' ') + 1); // of the first point
            if (end != std::string::npos) {
                segment[end] = 'L'; // may be left out, but not every reader of SVG knows
            }
            all += "M" + segment + (end == std::string::npos ? dot : "");
        }
        segment.clear();
        column.begin(0);
    };
    for (std::size_t i = 0; i < curve.steps.size(); ++i) {
        if (!std::isfinite(curve.values[i])) {
            endSegment();
            continue;
        }
        const double x = frame.x(static_cast<double>(curve.steps[i]));
        const long place = std::lround(x);
        if (!column.isEmpty() && column.place() != place) {
            column.append(segment);
            column.begin(place);
        } else if (column.isEmpty()) {
            column.begin(place);
        }
        column.take(x, frame.y(curve.values[i]));
    }
    endSegment();
    return all;
}

std::string label(double x, double y, const char* anchor, double value)
{
    return "<text x=\"" + coordinate(x) + "\" y=\"" + coordinate(y) + "\" text-anchor=\"" + anchor
        + "\">" + formatNumber(value) + "</text>\n";
}

std::string line(double x1, double y1, double x2, double y2, const char* style)
{
    return "<path class=\"" + std::string(style) + "\" d=\"M" + point(x1, y1) + " " + point(x2, y2)
        + "\"/>\n";
}

/// Multiples of `step` within the range; at most a dozen, whatever rounding does to the sums.
std::vector<double> ticks(const Range& range, double step)
{
    std::vector<double> all;
    const double first = std::ceil(range.low / step);
    for (int i = 0; i < 12 && (first + i) * step <= range.high; ++i) {
        all.push_back((first + i) * step);
    }
    return all;
}

std::string axes(const Frame& frame)
{
    std::string svg;
    const Range& values = frame.values;
    for (const double at : ticks(values, niceStep(values.high - values.low, 5))) {
        svg += line(left, frame.y(at), plotWidth - right, frame.y(at), "grid");
        svg += label(left - 6, frame.y(at) + 4, "end", at);
    }
    const Range& steps = frame.steps;
    const double span = std::max(steps.high - steps.low, 1.0);
    for (const double at : ticks(steps, std::max(1.0, niceStep(span, 7)))) {
        svg += line(frame.x(at), top, frame.x(at), plotHeight - bottom, "grid");
        svg += label(frame.x(at), plotHeight - bottom + 15, "middle", at);
    }
    svg += line(left, plotHeight - bottom, plotWidth - right, plotHeight - bottom, "axis");
    return svg + "<text x=\"" + coordinate(plotWidth - right) + "\" y=\""
        + coordinate(plotHeight - 4) + "\" text-anchor=\"end\">step</text>\n";
}

Frame frameOf(const std::vector<PlottedCurve>& curves)
{
    Frame frame;
    for (const PlottedCurve& plotted : curves) {
        for (std::size_t i = 0; i < plotted.curve->steps.size(); ++i) {
            frame.steps.take(static_cast<double>(plotted.curve->steps[i]));
            if (std::isfinite(plotted.curve->values[i])) {
                frame.values.take(plotted.curve->values[i]);
            }
        }
    }
    return frame;
}

} // namespace

std::string svgPlot(const std::string& title, const std::vector<PlottedCurve>& curves)
{
    Frame frame = frameOf(curves);
    if (frame.values.isEmpty()) {
        return {};
    }
    frame.values.widen();
    std::string svg = "<svg viewBox=\"0 0 " + coordinate(plotWidth) + " " + coordinate(plotHeight)
        + "\" role=\"img\" aria-label=\"" + escaped(title) + "\">\n" + axes(frame);
    for (const PlottedCurve& plotted : curves) {
        const std::string path = pathOf(*plotted.curve, frame);
        if (!path.empty()) {
            svg += "<path class=\"curve " + plotted.style + "\" d=\"" + path + "\"><title>"
                + escaped(plotted.hint) + "</title></path>\n";
        }
    }
    return svg + "</svg>\n";
}

} // namespace mocoscope::storage
