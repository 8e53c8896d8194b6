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

/// Its parts go into the next line as a whole; what does not fit into so many lines is left out, at
/// the end of the last one.
QStringList PlotReadout::wrapped(const QString& note, int width, int lines) const
{
    const QString separator = QStringLiteral(" · ");
    QStringList wrapped;
    for (const QString& part : note.split(separator, Qt::SkipEmptyParts)) {
        const QString longer = wrapped.isEmpty() ? part : wrapped.last() + separator + part;
        if (!wrapped.isEmpty()
            && (fontMetrics().horizontalAdvance(longer) <= width || wrapped.size() == lines)) {
            wrapped.last() = longer;
        } else {
            wrapped << part;
        }
    }
    return wrapped;
}

std::vector<PlotReadout::ShownRow> PlotReadout::thatFit(std::vector<ShownRow> rows, int lines) const
{
    std::stable_sort(rows.begin(), rows.end(), [](const ShownRow& a, const ShownRow& b) {
        constexpr double lowest = -std::numeric_limits<double>::infinity();
        return (std::isnan(a.row.sortBy) ? lowest : a.row.sortBy)
            > (std::isnan(b.row.sortBy) ? lowest : b.row.sortBy);
    });
    int needed = 0;
    for (const ShownRow& row : rows) {
        needed += row.lines();
    }
    const int room = std::max(1, needed <= lines ? lines : lines - 1);
    for (auto row = rows.end(); needed > room && row != rows.begin();) {
        --row;
        if (!row->row.isPointedAt && rows.size() > 1) {
            needed -= row->lines();
            row = rows.erase(row);
        }
    }
    return rows;
}

int PlotReadout::widthOf(const std::vector<ShownRow>& rows) const
{
    const QFontMetrics metrics = fontMetrics();
    int width = std::max(metrics.horizontalAdvance(m_heading),
                         metrics.horizontalAdvance(m_more) + readoutSampleWidth);
    for (const auto& [row, noteLines] : rows) {
        width = std::max(width,
                         readoutSampleWidth + 2 * readoutGap + metrics.horizontalAdvance(row.name)
                             + metrics.horizontalAdvance(row.value));
        for (const QString& line : noteLines) {
            width = std::max(width,
                             readoutSampleWidth + readoutGap + metrics.horizontalAdvance(line));
        }
    }
    return width + 2 * readoutMargin;
}

void PlotReadout::show(const QString& heading, std::vector<Row> rows, const QRect& area,
                       int crosshairX)
{
    const int widest = std::max(80, area.width() * 2 / 3);
    const int lines = (area.height() - 2 * readoutMargin) / rowHeight() - 1;
    const int noteWidth = widest - 2 * readoutMargin - readoutSampleWidth - readoutGap;
    std::vector<ShownRow> all;
    for (Row& row : rows) {
        // Beside the row itself there is a line for how many others there are.
        QStringList note = wrapped(row.note, noteWidth, std::max(1, lines - 2));
        all.push_back({std::move(row), std::move(note)});
    }
    const std::size_t count = all.size();
    m_heading = heading;
    m_rows = thatFit(std::move(all), lines);
    m_more = m_rows.size() == count
        ? QString()
        : tr("and %n more", nullptr, static_cast<int>(count - m_rows.size()));
    int shown = m_more.isEmpty() ? 1 : 2;
    for (const ShownRow& row : m_rows) {
        shown += row.lines();
    }
    resize(std::min(widthOf(m_rows), widest), shown * rowHeight() + 2 * readoutMargin);
    const bool fitsRight = crosshairX + 12 + width() <= area.right();
    const int x = fitsRight ? crosshairX + 12 : crosshairX - 12 - width();
    move(std::max(area.left(), x), area.top() + 4);
    setVisible(true);
    raise();
    update();
}

/// Leaves `line` at the last one of the row.
void PlotReadout::paintRow(QPainter& painter, QRect& line, const ShownRow& shown) const
{
    const Row& row = shown.row;
    const QColor text = palette().color(QPalette::Text);
    line.translate(0, rowHeight());
    SeriesStyle style = row.style;
    style.width = 2.5;
    paintLineSample(painter, QRectF(line.left(), line.top(), readoutSampleWidth, line.height()),
                    style, true);
    const QRect words = line.adjusted(readoutSampleWidth + readoutGap / 2, 0, 0, 0);
    painter.setPen(text);
    painter.drawText(words, Qt::AlignRight | Qt::AlignVCenter, row.value);
    const int nameWidth = words.width() - fontMetrics().horizontalAdvance(row.value) - readoutGap;
    painter.drawText(words, Qt::AlignLeft | Qt::AlignVCenter,
                     elidedName(fontMetrics(), row.name, nameWidth));
    painter.setPen(mixed(text, palette().color(QPalette::Base), 0.62));
    for (const QString& note : shown.noteLines) {
        line.translate(0, rowHeight());
        const QRect place = line.adjusted(readoutSampleWidth + readoutGap / 2, 0, 0, 0);
        painter.drawText(place, Qt::AlignLeft | Qt::AlignVCenter,
                         fontMetrics().elidedText(note, Qt::ElideRight, place.width()));
    }
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
    for (const ShownRow& row : m_rows) {
        paintRow(painter, line, row);
    }
    if (!m_more.isEmpty()) {
        line.translate(0, rowHeight());
        painter.setPen(dim);
        painter.drawText(line.adjusted(readoutSampleWidth + readoutGap / 2, 0, 0, 0),
                         Qt::AlignLeft | Qt::AlignVCenter, m_more);
    }
}

} // namespace mocoscope::ui
