// SPDX-License-Identifier: GPL-3.0-or-later
// What a plot with parallel axes shows; what mouse and keys do with it is in parallel_mouse.cpp.
#include "ui/plot/parallel_plot.h"

#include "ui/plot/colour_map.h"

#include <QPainter>

#include <algorithm>
#include <cmath>
#include <utility>

namespace mocoscope::ui {
namespace {

constexpr double parallelGap = 6; // logical pixels
constexpr double stripWidth = 7;
constexpr double nearLine = 6;

/// The colours of the map that stand out from the background.
QColor lineColour(double place, bool dark)
{
    return mapColour(dark ? 0.28 + 0.72 * place : 0.86 * place);
}

double distanceToSegment(QPointF place, QPointF from, QPointF to)
{
    const QPointF along = to - from;
    const double length = QPointF::dotProduct(along, along);
    const double share
        = length > 0 ? std::clamp(QPointF::dotProduct(place - from, along) / length, 0.0, 1.0) : 0;
    const QPointF away = place - (from + share * along);
    return std::hypot(away.x(), away.y());
}

/// A brush of the same part of an axis whose range has changed.
std::optional<ParallelPlot::Brush> carriedOver(const std::optional<ParallelPlot::Brush>& brush,
                                               const ValueAxis& from, const ValueAxis& to)
{
    const bool isSameKind
        = from.isLogarithmic == to.isLogarithmic && from.categories == to.categories;
    if (!brush || !isSameKind) {
        return std::nullopt;
    }
    const AxisPlaces before(from);
    const AxisPlaces now(to);
    return ParallelPlot::Brush {std::clamp(before.placeOn(now, brush->low), 0.0, 1.0),
                                std::clamp(before.placeOn(now, brush->high), 0.0, 1.0)};
}

} // namespace

ParallelPlot::ParallelPlot(QWidget* parent)
    : DrawnPlot(parent)
{
    setAccessibleName(tr("Parallel coordinates"));
}

void ParallelPlot::setItems(std::vector<ValueAxis> axes, QStringList names, int colour)
{
    const auto axesBefore = std::exchange(m_axes, std::move(axes));
    const auto brushesBefore = std::exchange(m_brushes, {});
    m_names = std::move(names);
    m_colour = colour;
    m_keyAxis = std::min(m_keyAxis, static_cast<int>(m_axes.size()) - 1);
    m_drag = Drag::None;
    m_places.clear();
    for (const ValueAxis& axis : m_axes) {
        const auto before = std::ranges::find_if(axesBefore, [&axis](const ValueAxis& known) {
            return known.key == axis.key && known.title == axis.title;
        });
        m_brushes.push_back(
            before == axesBefore.end()
                ? std::nullopt
                : carriedOver(brushesBefore[static_cast<std::size_t>(before - axesBefore.begin())],
                              *before, axis));
        const AxisPlaces places(axis);
        std::vector<double>& ofItems = m_places.emplace_back();
        for (const double value : axis.values) {
            ofItems.push_back(places.place(value));
        }
    }
    itemsChanged();
    Q_EMIT brushesChanged();
}

void ParallelPlot::setEmptyText(const QString& text)
{
    m_emptyText = text;
    plotChanged();
}

void ParallelPlot::setBrush(std::size_t axis, std::optional<Brush> brush)
{
    if (m_brushes[axis] != brush) {
        m_brushes[axis] = brush;
        plotChanged();
        Q_EMIT brushesChanged();
    }
}

void ParallelPlot::clearBrushes()
{
    m_brushes.assign(m_axes.size(), std::nullopt);
    plotChanged();
    Q_EMIT brushesChanged();
}

bool ParallelPlot::isBrushed() const
{
    return std::ranges::any_of(m_brushes, [](const auto& brush) { return brush.has_value(); });
}

bool ParallelPlot::isKept(std::size_t item) const
{
    for (std::size_t axis = 0; axis < m_axes.size(); ++axis) {
        const double place = m_places[axis][item];
        // What has no value is within no part of the axis.
        if (m_brushes[axis] && !(place >= m_brushes[axis]->low && place <= m_brushes[axis]->high)) {
            return false;
        }
    }
    return true;
}

std::vector<std::size_t> ParallelPlot::kept() const
{
    std::vector<std::size_t> items;
    for (std::size_t item = 0; item < count(); ++item) {
        if (isKept(item)) {
            items.push_back(item);
        }
    }
    return items;
}

QString ParallelPlot::title() const
{
    QStringList titles;
    for (const ValueAxis& axis : m_axes) {
        titles << axis.title;
    }
    return titles.join(QStringLiteral(" · "));
}

QRectF ParallelPlot::area(const QSize& size) const
{
    const double line = QFontMetricsF(font()).height();
    const double side = std::min(size.width() * 0.08, 7 * line);
    return QRectF(QPointF(0, 0), size)
        .adjusted(side, line + 3 * parallelGap, -side, -2 * parallelGap);
}

double ParallelPlot::axisX(const QRectF& area, std::size_t axis) const
{
    return m_axes.size() == 1 ? area.center().x()
                              : area.left()
            + area.width() * static_cast<double>(axis) / static_cast<double>(m_axes.size() - 1);
}

QPointF ParallelPlot::placeOnAxis(std::size_t axis, double place) const
{
    const QRectF frame = area(size());
    return {axisX(frame, axis), frame.bottom() - place * frame.height()};
}

QPointF ParallelPlot::placeOf(int item) const
{
    const auto index = static_cast<std::size_t>(item);
    for (std::size_t axis = 0; axis < m_axes.size(); ++axis) {
        if (!std::isnan(m_places[axis][index])) {
            return placeOnAxis(axis, m_places[axis][index]);
        }
    }
    return area(size()).center();
}

QColor ParallelPlot::colourOf(std::size_t item, bool dark) const
{
    const double place = m_colour >= 0 ? m_places[static_cast<std::size_t>(m_colour)][item] : 0.35;
    return std::isnan(place) ? QColor(0x88, 0x88, 0x88) : lineColour(place, dark);
}

/// With gaps where there is no value.
void ParallelPlot::paintLine(QPainter& painter, const QRectF& area, std::size_t item,
                             const QPen& pen) const
{
    painter.setPen(pen);
    QPolygonF line;
    const auto flush = [&] {
        if (line.size() > 1) {
            painter.drawPolyline(line);
        }
        line.clear();
    };
    for (std::size_t axis = 0; axis < m_axes.size(); ++axis) {
        const double place = m_places[axis][item];
        if (std::isnan(place)) {
            flush();
        } else {
            line << QPointF(axisX(area, axis), area.bottom() - place * area.height());
        }
    }
    flush();
}

void ParallelPlot::paintAxis(QPainter& painter, const QRectF& area, std::size_t axis,
                             const PlotTheme& theme) const
{
    const double x = axisX(area, axis);
    if (static_cast<int>(axis) == m_colour) {
        QLinearGradient gradient(0, area.bottom(), 0, area.top());
        for (int stop = 0; stop <= 16; ++stop) {
            gradient.setColorAt(stop / 16.0, lineColour(stop / 16.0, theme.isDark));
        }
        painter.fillRect(QRectF(x - stripWidth / 2, area.top(), stripWidth, area.height()),
                         gradient);
    }
    painter.setPen(QPen(theme.axis, 1.2));
    painter.drawLine(QPointF(x, area.top()), QPointF(x, area.bottom()));
    if (const auto& brush = m_brushes[axis]) {
        const QRectF part(x - 8, area.bottom() - brush->high * area.height(), 16,
                          (brush->high - brush->low) * area.height());
        QColor fill = theme.text;
        fill.setAlphaF(0.16F);
        painter.setBrush(fill);
        painter.setPen(QPen(theme.text, 1.2));
        painter.drawRect(part);
        painter.setBrush(Qt::NoBrush);
    }
}

void ParallelPlot::paintLabels(QPainter& painter, const QRectF& area, std::size_t axis,
                               const PlotTheme& theme) const
{
    const QFontMetricsF metrics(theme.font);
    const double x = axisX(area, axis);
    const double room = m_axes.size() == 1
        ? area.width()
        : area.width() / static_cast<double>(m_axes.size() - 1) - 2 * parallelGap;
    painter.setFont(theme.font);
    double freeBelow = area.bottom() + metrics.height();
    for (const AxisTick& tick :
         AxisPlaces(m_axes[axis])
             .ticks(static_cast<int>(area.height() / (2.5 * metrics.height())))) {
        const double y = area.bottom() - tick.place * area.height();
        if (y > freeBelow - 0.9 * metrics.height()) {
            continue; // no room above the one before
        }
        freeBelow = y;
        const bool isLast = axis + 1 == m_axes.size() && m_axes.size() > 1;
        const QString text
            = metrics.elidedText(tick.text, Qt::ElideRight,
                                 isLast ? area.left() : std::max(20.0, room - 2 * parallelGap));
        QColor behind = theme.background;
        behind.setAlphaF(0.78F);
        const QRectF box(x + stripWidth / 2 + 3, y - metrics.height() / 2,
                         metrics.horizontalAdvance(text) + 4, metrics.height());
        painter.fillRect(box, behind);
        painter.setPen(theme.dimText);
        painter.drawText(QPointF(box.left() + 2, y + 0.35 * metrics.ascent()), text);
    }
    QFont bold = font();
    bold.setWeight(QFont::DemiBold);
    const QFontMetricsF titleMetrics(bold);
    const double half
        = axis == 0 || axis + 1 == m_axes.size() ? std::min(room, 2 * area.left()) : room;
    const QString title = titleMetrics.elidedText(m_axes[axis].title, Qt::ElideRight, half);
    painter.setFont(bold);
    painter.setPen(theme.text);
    painter.drawText(
        QPointF(x - titleMetrics.horizontalAdvance(title) / 2, area.top() - 1.5 * parallelGap),
        title);
}

void ParallelPlot::paintPlot(QPainter& painter, const QSize& size, const PlotTheme& theme) const
{
    if (m_axes.empty() || m_names.isEmpty()) {
        painter.setFont(font());
        painter.setPen(theme.dimText);
        painter.drawText(QRectF({0, 0}, size).adjusted(20, 20, -20, -20),
                         Qt::AlignCenter | Qt::TextWordWrap, m_emptyText);
        return;
    }
    const QRectF frame = area(size);
    const bool areMany = count() > 60;
    for (const bool keptOnes : {false, true}) { // on top
        for (std::size_t item = 0; item < count(); ++item) {
            if (isKept(item) == keptOnes) {
                QColor colour = keptOnes ? colourOf(item, theme.isDark) : theme.text;
                colour.setAlphaF(!keptOnes ? 0.07F : areMany ? 0.6F : 0.9F);
                // Many are thin: that is what QPainter draws without outlining each of them.
                paintLine(painter, frame, item, QPen(colour, keptOnes && !areMany ? 1.6 : 1));
            }
        }
    }
    for (std::size_t axis = 0; axis < m_axes.size(); ++axis) {
        paintAxis(painter, frame, axis, theme);
    }
    for (std::size_t axis = 0; axis < m_axes.size(); ++axis) {
        paintLabels(painter, frame, axis, theme);
    }
}

void ParallelPlot::paintOverlay(QPainter& painter, const PlotTheme& theme) const
{
    for (const int item : {selected(), pointedAt()}) {
        if (item >= 0 && item < static_cast<int>(count())) {
            const auto index = static_cast<std::size_t>(item);
            paintLine(painter, area(size()), index, QPen(theme.background, 5.5));
            paintLine(painter, area(size()), index, QPen(colourOf(index, theme.isDark), 3.2));
        }
    }
    if (m_keyAxis >= 0 && hasFocus()) { // below the title of the axis that keys brush
        constexpr QPointF half(24, 0);
        const QPointF below
            = placeOnAxis(static_cast<std::size_t>(m_keyAxis), 1) - QPointF(0, parallelGap / 2);
        painter.setPen(QPen(palette().color(QPalette::Highlight), 2.5));
        painter.drawLine(below - half, below + half);
    }
}

int ParallelPlot::itemAt(const QPointF& place) const
{
    const QRectF frame = area(size());
    int nearest = -1;
    double least = nearLine;
    for (const std::size_t item : kept()) {
        for (std::size_t axis = 0; axis + 1 < m_axes.size(); ++axis) {
            const double from = m_places[axis][item];
            const double to = m_places[axis + 1][item];
            const double distance = std::isnan(from + to)
                ? nearLine + 1
                : distanceToSegment(place,
                                    {axisX(frame, axis), frame.bottom() - from * frame.height()},
                                    {axisX(frame, axis + 1), frame.bottom() - to * frame.height()});
            if (distance < least) {
                least = distance;
                nearest = static_cast<int>(item);
            }
        }
    }
    return nearest;
}

/// From the foot of the axis that gives the colours.
std::vector<int> ParallelPlot::keyboardOrder() const
{
    std::vector<int> order;
    for (const std::size_t item : kept()) {
        order.push_back(static_cast<int>(item));
    }
    if (m_colour >= 0) {
        const auto& places = m_places[static_cast<std::size_t>(m_colour)];
        std::ranges::stable_sort(order, {}, [&places](int item) {
            const double place = places[static_cast<std::size_t>(item)];
            return std::isnan(place) ? 2.0 : place; // behind the others
        });
    }
    return order;
}

QString ParallelPlot::toolTipOf(int item) const
{
    const auto index = static_cast<std::size_t>(item);
    QString text = QStringLiteral("<qt><b>%1</b>").arg(m_names[item].toHtmlEscaped());
    for (const ValueAxis& axis : m_axes) {
        text += QStringLiteral("<br>%1: %2")
                    .arg(axis.title.toHtmlEscaped(), axis.textOf(index).toHtmlEscaped());
    }
    return text + QLatin1String("</qt>");
}

std::vector<QStringList> ParallelPlot::table() const
{
    std::vector<QStringList> rows {{tr("Run")}};
    for (const ValueAxis& axis : m_axes) {
        rows[0] << axis.title;
    }
    for (const std::size_t item : kept()) {
        QStringList& row = rows.emplace_back(QStringList {m_names[static_cast<qsizetype>(item)]});
        for (const ValueAxis& axis : m_axes) {
            row << axis.exactTextOf(item);
        }
    }
    return rows;
}

} // namespace mocoscope::ui
