// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/attention_grid.h"

#include "ui/pages/image_grid.h"
#include "ui/plot/colour_map.h"
#include "ui/theme.h"

#include <QHelpEvent>
#include <QPainter>
#include <QToolTip>

#include <algorithm>
#include <cmath>

namespace mocoscope::ui {

namespace {

constexpr double mapOpacity = 0.54; ///< the image can still be told below

QString shareText(double share)
{
    return QString::number(100 * share, 'f', share < 0.0995 ? 2 : 1) + QStringLiteral(" %");
}

/// The mean over the heads of one image.
std::vector<float> meanOfHeads(const training::AttentionMaps& attention, std::size_t image)
{
    const auto length = static_cast<std::size_t>(1 + attention.grid * attention.grid);
    std::vector<float> mean(length);
    for (std::int64_t head = 0; head < attention.heads; ++head) {
        const float* row = attention.row(image, head);
        for (std::size_t i = 0; i < length; ++i) {
            mean[i] += row[i] / static_cast<float>(attention.heads);
        }
    }
    return mean;
}

} // namespace

AttentionGrid::AttentionGrid(QWidget* parent)
    : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
    setAccessibleName(tr("Attention of the class token, by head"));
}

/// `weights`: on the class token itself, then on the patches row by row.
AttentionGrid::Map AttentionGrid::makeMap(const QString& title, const std::vector<float>& weights,
                                          int grid)
{
    Map map {title, {}, QImage(grid, grid, QImage::Format_RGB32)};
    const double largest = *std::max_element(weights.begin() + 1, weights.end());
    for (int y = 0; y < grid; ++y) {
        for (int x = 0; x < grid; ++x) {
            const double weight = weights[static_cast<std::size_t>(1 + y * grid + x)];
            map.colours.setPixelColor(x, y, mapColour(largest > 0 ? weight / largest : 0));
        }
    }
    map.toolTip
        = tr("%1: the brightest patch has %2 of the attention; all patches alike would "
             "have %3 each. On the class token itself: %4.")
              .arg(title, shareText(largest), shareText(1.0 / static_cast<double>(weights.size())),
                   shareText(weights.front()));
    return map;
}

void AttentionGrid::setAttention(const QImage& image, const training::AttentionMaps& attention,
                                 std::size_t sampleImage)
{
    m_image = image;
    m_maps.clear();
    const int grid = static_cast<int>(attention.grid);
    m_maps.push_back(makeMap(tr("Mean"), meanOfHeads(attention, sampleImage), grid));
    for (std::int64_t head = 0; head < attention.heads; ++head) {
        const float* row = attention.row(sampleImage, head);
        m_maps.push_back(makeMap(tr("Head %1").arg(head + 1), {row, row + 1 + grid * grid}, grid));
    }
    update();
}

void AttentionGrid::clear()
{
    m_image = {};
    m_maps.clear();
    update();
}

QSize AttentionGrid::sizeHint() const
{
    return {spacing(120), spacing(70)};
}

QSize AttentionGrid::minimumSizeHint() const
{
    return {spacing(40), spacing(20)};
}

/// As many as make the images largest.
int AttentionGrid::columns() const
{
    const int count = static_cast<int>(m_maps.size()) + 1;
    const int title = fontMetrics().height() + spacing(2);
    int best = 1;
    int largest = 0;
    for (int each = 1; each <= count; ++each) {
        const int rows = (count + each - 1) / each;
        const int side = std::min(width() / each - spacing(2), height() / rows - title);
        if (side > largest) {
            largest = side;
            best = each;
        }
    }
    return best;
}

QRect AttentionGrid::cell(std::size_t index) const
{
    const int across = columns();
    const int count = static_cast<int>(m_maps.size()) + 1;
    const int rows = (count + across - 1) / across;
    const int title = fontMetrics().height() + spacing(2);
    const int side = std::clamp(std::min(width() / across - spacing(2), height() / rows - title), 8,
                                spacing(60));
    const int place = static_cast<int>(index);
    return {(place % across) * (side + spacing(2)), (place / across) * (side + title), side, side};
}

void AttentionGrid::paintEvent(QPaintEvent* /*event*/)
{
    if (m_image.isNull()) {
        return;
    }
    QPainter painter(this);
    const QImage grey = m_image.convertToFormat(QImage::Format_Grayscale8);
    for (std::size_t i = 0; i <= m_maps.size(); ++i) {
        const QRect area = cell(i);
        const QRect target = paintImage(painter, area, i == 0 ? m_image : grey);
        if (i > 0) {
            painter.setRenderHint(QPainter::SmoothPixmapTransform);
            painter.setOpacity(mapOpacity);
            painter.drawImage(target, m_maps[i - 1].colours);
            painter.setOpacity(1);
        }
        painter.setPen(i == 0 ? palette().color(QPalette::Text) : mutedText(palette()));
        painter.drawText(
            QRect(area.left(), area.bottom() + 2, area.width(), fontMetrics().height()),
            Qt::AlignHCenter, i == 0 ? tr("Image") : m_maps[i - 1].title);
    }
}

bool AttentionGrid::event(QEvent* event)
{
    if (event->type() == QEvent::ToolTip) {
        const auto* help = static_cast<QHelpEvent*>(event);
        for (std::size_t i = 0; i < m_maps.size(); ++i) {
            if (cell(i + 1).contains(help->pos())) {
                QToolTip::showText(help->globalPos(), m_maps[i].toolTip, this);
                return true;
            }
        }
    }
    return QWidget::event(event);
}

} // namespace mocoscope::ui
