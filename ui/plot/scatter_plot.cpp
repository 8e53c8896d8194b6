// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plot/scatter_plot.h"

#include <QBuffer>
#include <QPainter>
#include <QPainterPath>

#include <algorithm>
#include <cmath>
#include <ranges>

namespace mocoscope::ui {
namespace {

constexpr double dotRadius = 4.5; // logical pixels
constexpr double nearDot = 12;
constexpr double scatterGap = 6;
constexpr std::size_t mostLegendRows = 24;

/// As many shapes as there are dashes of curves.
QPainterPath dotShape(QPointF at, Qt::PenStyle dash, double radius)
{
    QPainterPath path;
    switch (dash) {
    case Qt::DashLine:
        path.addRect(QRectF(at - QPointF(radius, radius) * 0.88, QSizeF(2, 2) * radius * 0.88));
        break;
    case Qt::DotLine:
        path.addPolygon(
            QPolygonF({at + QPointF(0, -1.2 * radius), at + QPointF(1.1 * radius, radius),
                       at + QPointF(-1.1 * radius, radius)}));
        break;
    case Qt::DashDotLine:
        path.addPolygon(QPolygonF({at + QPointF(0, -1.3 * radius), at + QPointF(1.3 * radius, 0),
                                   at + QPointF(0, 1.3 * radius), at + QPointF(-1.3 * radius, 0)}));
        break;
    default:
        path.addEllipse(at, radius, radius);
    }
    path.closeSubpath();
    return path;
}

void paintDot(QPainter& painter, QPointF at, const SeriesStyle& style, const PlotTheme& theme)
{
    QColor fill = style.colour;
    fill.setAlphaF(0.72F); // dots that lie over each other can be told
    painter.setPen(QPen(theme.background, 0.8));
    painter.setBrush(fill);
    painter.drawPath(dotShape(at, style.dash, dotRadius));
}

double widestText(const std::vector<AxisTick>& ticks, const QFontMetricsF& metrics)
{
    double widest = 0;
    for (const AxisTick& tick : ticks) {
        widest = std::max(widest, metrics.horizontalAdvance(tick.text));
    }
    return widest;
}

/// For rich text; small images are enlarged so that something can be seen.
QString imageTag(const QImage& image)
{
    constexpr int side = 96;
    QByteArray png;
    QBuffer buffer(&png);
    buffer.open(QIODevice::WriteOnly);
    image.save(&buffer, "PNG");
    return QStringLiteral("<img src='data:image/png;base64,%1' width='%2' height='%2'>")
        .arg(QString::fromLatin1(png.toBase64()))
        .arg(std::max(side, image.width()));
}

int ticksFor(double length, const QFontMetricsF& metrics, bool isHorizontal)
{
    return std::max(
        2,
        static_cast<int>(
            length / (isHorizontal ? 9 * metrics.averageCharWidth() : 2.6 * metrics.height())));
}

} // namespace

ScatterPlot::ScatterPlot(QWidget* parent)
    : DrawnPlot(parent)
{
    setAccessibleName(tr("Scatter plot"));
}

void ScatterPlot::setItems(ValueAxis x, ValueAxis y, std::vector<ScatterItem> items,
                           std::vector<ScatterGroup> groups)
{
    m_x = std::move(x);
    m_y = std::move(y);
    m_items = std::move(items);
    m_groups = std::move(groups);
    m_places.clear();
    const AxisPlaces across(m_x);
    const AxisPlaces up(m_y);
    for (std::size_t i = 0; i < m_items.size(); ++i) {
        m_places.emplace_back(across.place(m_x.values[i]), up.place(m_y.values[i]));
    }
    setAccessibleName(title());
    itemsChanged();
}

void ScatterPlot::setEmptyText(const QString& text)
{
    m_emptyText = text;
    plotChanged();
}

void ScatterPlot::setSquare(bool square)
{
    m_isSquare = square;
    plotChanged();
}

QString ScatterPlot::title() const
{
    return tr("%1 by %2").arg(m_y.title, m_x.title);
}

bool ScatterPlot::isShown(std::size_t item) const
{
    return !std::isnan(m_places[item].x()) && !std::isnan(m_places[item].y());
}

ScatterPlot::Frame ScatterPlot::frameFor(const QSize& size, const PlotTheme& theme) const
{
    const QFontMetricsF metrics(theme.font);
    const QFontMetricsF legendMetrics(font());
    Frame frame;
    double legendWidth = 0;
    if (m_groups.size() > 1 && m_groups.size() <= mostLegendRows) {
        for (const ScatterGroup& group : m_groups) {
            legendWidth = std::max(legendWidth, legendMetrics.horizontalAdvance(group.title));
        }
        legendWidth = std::min(legendWidth + 4 * dotRadius + 3 * scatterGap, size.width() * 0.28);
    }
    const double top = metrics.height() + 2 * scatterGap; // the vertical axis's title
    const double bottom = 2 * metrics.height() + 3 * scatterGap;
    const auto ticks
        = AxisPlaces(m_y).ticks(ticksFor(size.height() - top - bottom, metrics, false));
    const double left = std::min(widestText(ticks, metrics) + 3 * scatterGap, size.width() * 0.35);
    frame.plot
        = QRectF(left, top, std::max(40.0, size.width() - left - legendWidth - 2 * scatterGap),
                 std::max(30.0, size.height() - top - bottom));
    if (m_isSquare) {
        const double side = std::min(frame.plot.width(), frame.plot.height());
        frame.plot.setSize({side, side});
    }
    if (legendWidth > 0) {
        frame.legend
            = QRectF(frame.plot.right() + scatterGap, top, legendWidth, frame.plot.height());
    }
    return frame;
}

QPointF ScatterPlot::placeIn(const QRectF& plot, std::size_t item) const
{
    return {plot.left() + m_places[item].x() * plot.width(),
            plot.bottom() - m_places[item].y() * plot.height()};
}

QPointF ScatterPlot::placeOf(int item) const
{
    return placeIn(frameFor(size(), PlotTheme::of(palette(), font())).plot,
                   static_cast<std::size_t>(item));
}

void ScatterPlot::paintAxes(QPainter& painter, const QRectF& plot, const PlotTheme& theme) const
{
    const QFontMetricsF metrics(theme.font);
    painter.setFont(theme.font);
    const auto xTicks = AxisPlaces(m_x).ticks(ticksFor(plot.width(), metrics, true));
    const double slot = m_x.isCategorical() ? plot.width() / static_cast<double>(xTicks.size())
                                            : 9 * metrics.averageCharWidth();
    const int every
        = std::max(1, static_cast<int>(std::ceil(4 * metrics.averageCharWidth() / slot)));
    for (std::size_t i = 0; i < xTicks.size(); ++i) {
        const double x = plot.left() + xTicks[i].place * plot.width();
        painter.setPen(theme.grid);
        painter.drawLine(QPointF(x, plot.top()), QPointF(x, plot.bottom()));
        if (i % static_cast<std::size_t>(every) == 0) {
            const double room = slot * every - scatterGap;
            const QString text = m_x.isCategorical()
                ? metrics.elidedText(xTicks[i].text, Qt::ElideRight, room)
                : xTicks[i].text;
            painter.setPen(theme.dimText);
            painter.drawText(QPointF(x - metrics.horizontalAdvance(text) / 2,
                                     plot.bottom() + scatterGap + metrics.ascent()),
                             text);
        }
    }
    for (const AxisTick& tick : AxisPlaces(m_y).ticks(ticksFor(plot.height(), metrics, false))) {
        const double y = plot.bottom() - tick.place * plot.height();
        painter.setPen(theme.grid);
        painter.drawLine(QPointF(plot.left(), y), QPointF(plot.right(), y));
        const double room = plot.left() - 2 * scatterGap;
        const QString text = metrics.elidedText(tick.text, Qt::ElideRight, room);
        painter.setPen(theme.dimText);
        painter.drawText(QPointF(plot.left() - scatterGap - metrics.horizontalAdvance(text),
                                 y + 0.35 * metrics.ascent()),
                         text);
    }
    painter.setPen(theme.axis);
    painter.setBrush(Qt::NoBrush);
    painter.drawRect(plot);
    painter.setPen(theme.text);
    painter.drawText(QPointF(scatterGap, metrics.ascent() + scatterGap / 2), m_y.title);
    const double titleY = plot.bottom() + 2 * scatterGap + metrics.height() + metrics.ascent();
    painter.drawText(QPointF(plot.right() - metrics.horizontalAdvance(m_x.title), titleY),
                     m_x.title);
    const auto missing = std::ssize(m_items)
        - std::ranges::count_if(std::views::iota(std::size_t {0}, m_items.size()),
                                [this](std::size_t item) { return isShown(item); });
    if (missing > 0) {
        painter.setPen(theme.dimText);
        painter.drawText(QPointF(scatterGap, titleY),
                         tr("%n without such a value", nullptr, static_cast<int>(missing)));
    }
}

void ScatterPlot::paintLegend(QPainter& painter, const QRectF& area, const PlotTheme& theme) const
{
    painter.setFont(font());
    const QFontMetricsF metrics(font());
    const double row = metrics.height() + 3;
    const auto fitting = static_cast<std::size_t>(std::max(1.0, area.height() / row));
    for (std::size_t i = 0; i < m_groups.size(); ++i) {
        const double y = area.top() + row * (static_cast<double>(i) + 0.5);
        const bool isLast = i + 1 == fitting && m_groups.size() > fitting;
        if (isLast) {
            painter.setPen(theme.dimText);
            painter.drawText(QPointF(area.left() + scatterGap, y + 0.35 * metrics.ascent()),
                             tr("and %n more", nullptr, static_cast<int>(m_groups.size() - i)));
            return;
        }
        const double text = area.left() + 2 * scatterGap + 2 * dotRadius;
        paintDot(painter, {area.left() + scatterGap + dotRadius, y},
                 m_groups[i].style(theme.isDark), theme);
        painter.setPen(theme.text);
        painter.drawText(
            QPointF(text, y + 0.35 * metrics.ascent()),
            elidedName(fontMetrics(), m_groups[i].title, static_cast<int>(area.right() - text)));
    }
}

void ScatterPlot::paintPlot(QPainter& painter, const QSize& size, const PlotTheme& theme) const
{
    if (std::ranges::none_of(std::views::iota(std::size_t {0}, m_items.size()),
                             [this](std::size_t item) { return isShown(item); })) {
        painter.setFont(font());
        painter.setPen(theme.dimText);
        painter.drawText(QRectF({0, 0}, size).adjusted(20, 20, -20, -20),
                         Qt::AlignCenter | Qt::TextWordWrap, m_emptyText);
        return;
    }
    const Frame frame = frameFor(size, theme);
    paintAxes(painter, frame.plot, theme);
    std::vector<SeriesStyle> styles;
    for (const ScatterGroup& group : m_groups) {
        styles.push_back(group.style(theme.isDark));
    }
    for (std::size_t i = 0; i < m_items.size(); ++i) {
        if (isShown(i)) {
            paintDot(painter, placeIn(frame.plot, i), styles[m_items[i].group], theme);
        }
    }
    if (!frame.legend.isEmpty()) {
        paintLegend(painter, frame.legend, theme);
    }
}

void ScatterPlot::paintOverlay(QPainter& painter, const PlotTheme& theme) const
{
    const QRectF plot = frameFor(size(), theme).plot;
    for (const int item : {selected(), pointedAt()}) {
        const auto index = static_cast<std::size_t>(item);
        if (item < 0 || index >= m_items.size() || !isShown(index)) {
            continue;
        }
        const SeriesStyle style = m_groups[m_items[index].group].style(theme.isDark);
        painter.setBrush(style.colour);
        painter.setPen(QPen(theme.text, item == selected() ? 2.4 : 1.4));
        painter.drawPath(dotShape(placeIn(plot, index), style.dash, dotRadius + 2));
    }
}

int ScatterPlot::itemAt(const QPointF& place) const
{
    const QRectF plot = frameFor(size(), PlotTheme::of(palette(), font())).plot;
    int nearest = -1;
    double least = nearDot;
    for (std::size_t i = 0; i < m_items.size(); ++i) {
        if (isShown(i)) {
            const QPointF away = placeIn(plot, i) - place;
            const double distance = std::hypot(away.x(), away.y());
            if (distance <= least) { // the last one lies on top
                least = distance;
                nearest = static_cast<int>(i);
            }
        }
    }
    return nearest;
}

std::vector<int> ScatterPlot::keyboardOrder() const
{
    std::vector<int> order;
    for (std::size_t i = 0; i < m_items.size(); ++i) {
        if (isShown(i)) {
            order.push_back(static_cast<int>(i));
        }
    }
    const auto at = [](const ValueAxis& axis, int item) {
        return axis.values[static_cast<std::size_t>(item)];
    };
    std::ranges::stable_sort(order, [&](int one, int other) {
        return std::pair(at(m_x, one), at(m_y, one)) < std::pair(at(m_x, other), at(m_y, other));
    });
    return order;
}

QString ScatterPlot::toolTipOf(int item) const
{
    const auto index = static_cast<std::size_t>(item);
    const auto line = [index](const ValueAxis& axis) {
        return QStringLiteral("<br>%1: %2")
            .arg(axis.title.toHtmlEscaped(), axis.textOf(index).toHtmlEscaped());
    };
    const ScatterItem& shown = m_items[index];
    const QString note
        = shown.note.isEmpty() ? QString() : QLatin1String("<br>") + shown.note.toHtmlEscaped();
    if (!shown.picture.isNull()) {
        return QStringLiteral("<qt>%1<br><b>%2</b>%3</qt>")
            .arg(imageTag(shown.picture), shown.name.toHtmlEscaped(), note);
    }
    return QStringLiteral("<qt><b>%1</b>%2%3%4</qt>")
        .arg(shown.name.toHtmlEscaped(), line(m_x), line(m_y), note);
}

std::vector<QStringList> ScatterPlot::table() const
{
    std::vector<QStringList> rows {{m_itemTitle, tr("Group"), m_x.title, m_y.title}};
    for (std::size_t i = 0; i < m_items.size(); ++i) {
        rows.push_back({m_items[i].name, m_groups[m_items[i].group].title, m_x.exactTextOf(i),
                        m_y.exactTextOf(i)});
    }
    return rows;
}

} // namespace mocoscope::ui
