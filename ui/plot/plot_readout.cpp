// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plot/plot_readout.h"

#include "ui/plot/plot_legend.h"
#include "ui/plot/plot_theme.h"

#include <QPainter>

#include <algorithm>
#include <cmath>

namespace mocoscope::ui {
namespace {
constexpr int readoutMargin = 7; // pixels
constexpr int readoutSampleWidth = 14;
constexpr int readoutGap = 12;
} // namespace

PlotReadout::PlotReadout(QWidget* parent)
    : QWidget(parent)
{
    setAttribute(Qt::WA_TransparentForMouseEvents);
    QFont small = font();
    small.setPointSizeF(small.pointSizeF() * 0.92);
    setFont(small);
    hide();
}

int PlotReadout::rowHeight() const
{
    return fontMetrics().height() + 1;
}

std::vector<PlotReadout::Row> PlotReadout::thatFit(std::vector<Row> rows, int lines) const
{
    std::stable_sort(rows.begin(), rows.end(), [](const Row& a, const Row& b) {
        constexpr double lowest = -std::numeric_limits<double>::infinity();
        return (std::isnan(a.sortBy) ? lowest : a.sortBy)
            > (std::isnan(b.sortBy) ? lowest : b.sortBy);
    });
    const auto heightOf = [](const Row& row) { return row.note.isEmpty() ? 1 : 2; };
    int needed = 0;
    for (const Row& row : rows) {
        needed += heightOf(row);
    }
    const int room = std::max(1, needed <= lines ? lines : lines - 1);
    for (auto row = rows.end(); needed > room && row != rows.begin();) {
        --row;
        if (!row->isPointedAt && rows.size() > 1) {
            needed -= heightOf(*row);
            row = rows.erase(row);
        }
    }
    return rows;
}

int PlotReadout::widthOf(const std::vector<Row>& rows) const
{
    const QFontMetrics metrics = fontMetrics();
    int width = std::max(metrics.horizontalAdvance(m_heading),
                         metrics.horizontalAdvance(m_more) + readoutSampleWidth);
    for (const Row& row : rows) {
        const int line = readoutSampleWidth + 2 * readoutGap + metrics.horizontalAdvance(row.name)
            + metrics.horizontalAdvance(row.value);
        width = std::max(
            {width, line, readoutSampleWidth + readoutGap + metrics.horizontalAdvance(row.note)});
    }
    return width + 2 * readoutMargin;
}

void PlotReadout::show(const QString& heading, std::vector<Row> rows, const QRect& area,
                       int crosshairX)
{
    const std::size_t all = rows.size();
    m_heading = heading;
    m_rows = thatFit(std::move(rows), (area.height() - 2 * readoutMargin) / rowHeight() - 1);
    m_more = m_rows.size() == all
        ? QString()
        : tr("and %n more", nullptr, static_cast<int>(all - m_rows.size()));
    int lines = m_more.isEmpty() ? 1 : 2;
    for (const Row& row : m_rows) {
        lines += row.note.isEmpty() ? 1 : 2;
    }
    resize(std::min(widthOf(m_rows), std::max(80, area.width() * 2 / 3)),
           lines * rowHeight() + 2 * readoutMargin);
    const bool fitsRight = crosshairX + 12 + width() <= area.right();
    const int x = fitsRight ? crosshairX + 12 : crosshairX - 12 - width();
    move(std::max(area.left(), x), area.top() + 4);
    setVisible(true);
    raise();
    update();
}

void PlotReadout::paintEvent(QPaintEvent* /*event*/)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QColor text = palette().color(QPalette::Text);
    QColor background = palette().color(QPalette::Base);
    background.setAlphaF(0.93F);
    painter.setPen(mixed(text, palette().color(QPalette::Base), 0.22));
    painter.setBrush(background);
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4);
    QRect line(readoutMargin, readoutMargin, width() - 2 * readoutMargin, rowHeight());
    const QColor dim = mixed(text, palette().color(QPalette::Base), 0.62);
    painter.setPen(dim);
    painter.drawText(line, Qt::AlignLeft | Qt::AlignVCenter, m_heading);
    for (const Row& row : m_rows) {
        line.translate(0, rowHeight());
        SeriesStyle style = row.style;
        style.width = 2.5;
        paintLineSample(painter, QRectF(line.left(), line.top(), readoutSampleWidth, line.height()),
                        style, true);
        const QRect words = line.adjusted(readoutSampleWidth + readoutGap / 2, 0, 0, 0);
        painter.setPen(text);
        painter.drawText(words, Qt::AlignRight | Qt::AlignVCenter, row.value);
        const int nameWidth
            = words.width() - fontMetrics().horizontalAdvance(row.value) - readoutGap;
        painter.drawText(words, Qt::AlignLeft | Qt::AlignVCenter,
                         elidedName(fontMetrics(), row.name, nameWidth));
        if (!row.note.isEmpty()) {
            line.translate(0, rowHeight());
            painter.setPen(dim);
            painter.drawText(
                line.adjusted(readoutSampleWidth + readoutGap / 2, 0, 0, 0),
                Qt::AlignLeft | Qt::AlignVCenter,
                fontMetrics().elidedText(row.note, Qt::ElideRight,
                                         line.width() - readoutSampleWidth - readoutGap / 2));
        }
    }
    if (!m_more.isEmpty()) {
        line.translate(0, rowHeight());
        painter.setPen(dim);
        painter.drawText(line.adjusted(readoutSampleWidth + readoutGap / 2, 0, 0, 0),
                         Qt::AlignLeft | Qt::AlignVCenter, m_more);
    }
}

} // namespace mocoscope::ui
