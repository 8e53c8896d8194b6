// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plot/plot_readout.h"

#include "ui/plot/plot_legend.h"

#include <QPainter>

#include <algorithm>
#include <cmath>

namespace mocoscope::ui {
namespace {
constexpr int margin = 7; // pixels
constexpr int sampleWidth = 14;
constexpr int gap = 12;
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

void PlotReadout::show(const QString& heading, std::vector<Row> rows, const QRect& area,
                       int crosshairX)
{
    std::stable_sort(rows.begin(), rows.end(), [](const Row& a, const Row& b) {
        const double nan = -std::numeric_limits<double>::infinity();
        return (std::isnan(a.sortBy) ? nan : a.sortBy) > (std::isnan(b.sortBy) ? nan : b.sortBy);
    });
    m_heading = heading;
    m_more.clear();
    std::size_t lines = 1;
    std::size_t shown = 0;
    const auto room
        = static_cast<std::size_t>(std::max(2, (area.height() - 2 * margin) / rowHeight()));
    while (shown < rows.size()) {
        const std::size_t needed = rows[shown].note.isEmpty() ? 1 : 2;
        const std::size_t reserve = shown + 1 < rows.size() ? 1 : 0;
        if (lines + needed + reserve > room && shown > 0) {
            break;
        }
        lines += needed;
        ++shown;
    }
    if (shown < rows.size()) {
        m_more = tr("and %n more", nullptr, static_cast<int>(rows.size() - shown));
        ++lines;
    }
    rows.resize(shown);
    m_rows = std::move(rows);
    int width = fontMetrics().horizontalAdvance(m_heading);
    for (const Row& row : m_rows) {
        const int line = sampleWidth + 2 * gap + fontMetrics().horizontalAdvance(row.name)
            + fontMetrics().horizontalAdvance(row.value);
        width = std::max(
            {width, line, sampleWidth + gap / 2 + fontMetrics().horizontalAdvance(row.note)});
    }
    resize(std::min(width + 2 * margin, std::max(80, area.width() * 2 / 3)),
           static_cast<int>(lines) * rowHeight() + 2 * margin);
    const bool fitsRight = crosshairX + 12 + this->width() <= area.right();
    const int x = fitsRight ? crosshairX + 12 : crosshairX - 12 - this->width();
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
    QRect line(margin, margin, width() - 2 * margin, rowHeight());
    const QColor dim = mixed(text, palette().color(QPalette::Base), 0.62);
    painter.setPen(dim);
    painter.drawText(line, Qt::AlignLeft | Qt::AlignVCenter, m_heading);
    for (const Row& row : m_rows) {
        line.translate(0, rowHeight());
        SeriesStyle style = row.style;
        style.width = 2.5;
        paintLineSample(painter, QRectF(line.left(), line.top(), sampleWidth, line.height()), style,
                        true);
        const QRect words = line.adjusted(sampleWidth + gap / 2, 0, 0, 0);
        painter.setPen(text);
        painter.drawText(words, Qt::AlignRight | Qt::AlignVCenter, row.value);
        const int nameWidth = words.width() - fontMetrics().horizontalAdvance(row.value) - gap;
        painter.drawText(words, Qt::AlignLeft | Qt::AlignVCenter,
                         fontMetrics().elidedText(row.name, Qt::ElideMiddle, nameWidth));
        if (!row.note.isEmpty()) {
            line.translate(0, rowHeight());
            painter.setPen(dim);
            painter.drawText(line.adjusted(sampleWidth + gap / 2, 0, 0, 0),
                             Qt::AlignLeft | Qt::AlignVCenter,
                             fontMetrics().elidedText(row.note, Qt::ElideRight,
                                                      line.width() - sampleWidth - gap / 2));
        }
    }
    if (!m_more.isEmpty()) {
        line.translate(0, rowHeight());
        painter.setPen(dim);
        painter.drawText(line.adjusted(sampleWidth + gap / 2, 0, 0, 0),
                         Qt::AlignLeft | Qt::AlignVCenter, m_more);
    }
}

} // namespace mocoscope::ui
