// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plot/drawn_plot.h"

#include <QEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QTextDocumentFragment>
#include <QToolTip>

#include <algorithm>

namespace mocoscope::ui {

DrawnPlot::DrawnPlot(QWidget* parent)
    : QWidget(parent)
{
    setMouseTracking(true);
    setFocusPolicy(Qt::StrongFocus);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
}

void DrawnPlot::setSelected(int item)
{
    if (item != m_selected) {
        m_selected = item;
        update();
    }
}

void DrawnPlot::itemsChanged()
{
    m_selected = -1;
    m_pointedAt = -1;
    plotChanged();
}

void DrawnPlot::plotChanged()
{
    m_drawn = QPixmap();
    update();
}

void DrawnPlot::pointAt(int item, const QPoint& globalPlace)
{
    if (item != m_pointedAt) {
        m_pointedAt = item;
        const QString tip = item >= 0 ? toolTipOf(item) : QString();
        setAccessibleDescription(QTextDocumentFragment::fromHtml(tip).toPlainText());
        QToolTip::showText(globalPlace, tip, this);
        update();
        Q_EMIT itemPointedAt(item);
    }
}

void DrawnPlot::mouseMoveEvent(QMouseEvent* event)
{
    pointAt(itemAt(event->position()), event->globalPosition().toPoint());
}

void DrawnPlot::mouseReleaseEvent(QMouseEvent* event)
{
    if (event->button() == Qt::LeftButton) {
        const int item = itemAt(event->position());
        setSelected(item);
        Q_EMIT itemClicked(item);
    }
}

void DrawnPlot::leaveEvent(QEvent* event)
{
    pointAt(-1, {});
    QWidget::leaveEvent(event);
}

void DrawnPlot::keyPressEvent(QKeyEvent* event)
{
    const bool isForward = event->key() == Qt::Key_Right || event->key() == Qt::Key_Down;
    const bool isBackward = event->key() == Qt::Key_Left || event->key() == Qt::Key_Up;
    const auto order = keyboardOrder();
    if ((isForward || isBackward) && !order.empty()) {
        const auto found = std::ranges::find(order, m_pointedAt);
        const auto count = std::ssize(order);
        const auto at = found - order.begin();
        const auto next = found == order.end() ? (isForward ? 0 : count - 1)
                                               : (at + (isForward ? 1 : count - 1)) % count;
        const int item = order[static_cast<std::size_t>(next)];
        pointAt(item, mapToGlobal(placeOf(item).toPoint() + QPoint(8, 8)));
        return;
    }
    const bool isEnter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter
        || event->key() == Qt::Key_Space;
    if (isEnter && m_pointedAt >= 0) {
        setSelected(m_pointedAt);
        Q_EMIT itemClicked(m_pointedAt);
        return;
    }
    if (event->key() == Qt::Key_Escape && (m_selected >= 0 || m_pointedAt >= 0)) {
        pointAt(-1, {});
        setSelected(-1);
        Q_EMIT itemClicked(-1);
        return;
    }
    QWidget::keyPressEvent(event);
}

void DrawnPlot::paintEvent(QPaintEvent* /*event*/)
{
    const PlotTheme theme = PlotTheme::of(palette(), font());
    const double scale = devicePixelRatioF();
    const QSize pixels = (QSizeF(size()) * scale).toSize();
    if (m_drawn.size() != pixels || m_drawn.devicePixelRatio() != scale) {
        m_drawn = QPixmap(pixels);
        m_drawn.setDevicePixelRatio(scale);
        m_drawn.fill(theme.background);
        QPainter painter(&m_drawn);
        painter.setRenderHint(QPainter::Antialiasing);
        paintPlot(painter, size(), theme);
    }
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.drawPixmap(0, 0, m_drawn);
    paintOverlay(painter, theme);
    if (hasFocus()) {
        paintFocusFrame(painter, *this);
    }
}

void DrawnPlot::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange) {
        plotChanged();
    }
}

void paintFocusFrame(QPainter& painter, const QWidget& widget)
{
    QColor colour = widget.palette().color(QPalette::Highlight);
    painter.setPen(QPen(colour, 1));
    painter.setBrush(Qt::NoBrush);
    painter.drawRect(QRectF(widget.rect()).adjusted(0.5, 0.5, -0.5, -0.5));
}

} // namespace mocoscope::ui
