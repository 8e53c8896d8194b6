// SPDX-License-Identifier: GPL-3.0-or-later
// What mouse and keys do with a plot with parallel axes.
#include "ui/plot/parallel_plot.h"

#include <QHelpEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QToolTip>

#include <algorithm>
#include <cmath>
#include <utility>

namespace mocoscope::ui {
namespace {

constexpr double reachOfAxis = 9; // pixels
constexpr double isDragged = 4;
constexpr double keyStep = 0.05; ///< of an axis

} // namespace

double ParallelPlot::placeAt(double y) const
{
    const QRectF frame = area(size());
    return std::clamp((frame.bottom() - y) / frame.height(), 0.0, 1.0);
}

/// The nearest one that is within `reach` pixels; −1: none.
int ParallelPlot::axisAt(double x, double reach) const
{
    int nearest = -1;
    double least = reach;
    for (std::size_t axis = 0; axis < m_axes.size(); ++axis) {
        const double distance = std::abs(axisX(area(size()), axis) - x);
        if (distance <= least) {
            least = distance;
            nearest = static_cast<int>(axis);
        }
    }
    return nearest;
}

void ParallelPlot::mousePressEvent(QMouseEvent* event)
{
    const QPointF place = event->position();
    const bool isTitle = place.y() < area(size()).top();
    const int axis = axisAt(place.x(), isTitle ? width() : reachOfAxis);
    if (event->button() != Qt::LeftButton || axis < 0 || m_names.isEmpty()) {
        DrawnPlot::mousePressEvent(event);
        return;
    }
    m_pressedAt = place;
    m_draggedAxis = axis;
    m_drag = isTitle ? Drag::Title : Drag::Press;
    const auto& brush = m_brushes[static_cast<std::size_t>(axis)];
    m_brushAtPress = brush.value_or(Brush {});
}

void ParallelPlot::dragBrush(double place)
{
    const auto axis = static_cast<std::size_t>(m_draggedAxis);
    const double pressed = placeAt(m_pressedAt.y());
    if (m_drag == Drag::Press) {
        const auto& brush = m_brushes[axis];
        m_drag = brush && pressed >= brush->low && pressed <= brush->high ? Drag::Move : Drag::Span;
    }
    if (m_drag == Drag::Span) {
        setBrush(axis, Brush {std::min(pressed, place), std::max(pressed, place)});
        return;
    }
    const double by = std::clamp(place - pressed, -m_brushAtPress.low, 1.0 - m_brushAtPress.high);
    setBrush(axis, Brush {m_brushAtPress.low + by, m_brushAtPress.high + by});
}

void ParallelPlot::mouseMoveEvent(QMouseEvent* event)
{
    const QPointF place = event->position();
    const bool isOnTitle = place.y() < area(size()).top();
    setCursor(m_drag == Drag::Title ? Qt::ClosedHandCursor
                  : isOnTitle       ? Qt::OpenHandCursor
                  : axisAt(place.x(), reachOfAxis) >= 0 || m_drag != Drag::None ? Qt::SizeVerCursor
                                                                                : Qt::ArrowCursor);
    const bool isBrushing = m_drag != Drag::None && m_drag != Drag::Title;
    if (isBrushing
        && (m_drag != Drag::Press || std::abs(place.y() - m_pressedAt.y()) > isDragged)) {
        dragBrush(placeAt(place.y()));
    }
    if (m_drag == Drag::None) {
        DrawnPlot::mouseMoveEvent(event);
    }
}

void ParallelPlot::mouseReleaseEvent(QMouseEvent* event)
{
    const Drag drag = std::exchange(m_drag, Drag::None);
    if (drag == Drag::Title) {
        const int to = axisAt(event->position().x(), width());
        if (to >= 0 && to != m_draggedAxis) {
            Q_EMIT axisMoved(m_draggedAxis, to);
        }
        return;
    }
    if (drag == Drag::Press) { // not moved
        const auto axis = static_cast<std::size_t>(m_draggedAxis);
        if (m_brushes[axis]) {
            setBrush(axis, std::nullopt);
            return;
        }
    }
    if (drag == Drag::None || drag == Drag::Press) {
        DrawnPlot::mouseReleaseEvent(event);
    }
}

/// A title that has no room is told in full.
bool ParallelPlot::event(QEvent* event)
{
    if (event->type() == QEvent::ToolTip) {
        const auto* help = static_cast<QHelpEvent*>(event);
        const int axis = axisAt(help->pos().x(), width());
        if (help->pos().y() < area(size()).top() && axis >= 0) {
            QToolTip::showText(
                help->globalPos(),
                tr("%1\nDrag to move the axis").arg(m_axes[static_cast<std::size_t>(axis)].title),
                this);
            return true;
        }
    }
    return DrawnPlot::event(event);
}

/// Ctrl with ← → chooses an axis; there Ctrl with ↑ ↓ moves the lower end of its brush, Shift the
/// upper one. False: another key.
bool ParallelPlot::brushByKey(const QKeyEvent& event)
{
    const bool isControl = event.modifiers() & Qt::ControlModifier;
    const bool isShift = event.modifiers() & Qt::ShiftModifier;
    const bool isVertical = event.key() == Qt::Key_Up || event.key() == Qt::Key_Down;
    const bool isSideways = event.key() == Qt::Key_Left || event.key() == Qt::Key_Right;
    const int count = static_cast<int>(m_axes.size());
    if (isControl && isSideways && count > 0) {
        const int step = event.key() == Qt::Key_Right ? 1 : -1;
        m_keyAxis = m_keyAxis < 0 ? 0 : (m_keyAxis + step + count) % count;
        setAccessibleDescription(
            tr("Axis %1").arg(m_axes[static_cast<std::size_t>(m_keyAxis)].title));
        plotChanged();
        return true;
    }
    if ((isControl || isShift) && isVertical && m_keyAxis >= 0) {
        const auto axis = static_cast<std::size_t>(m_keyAxis);
        Brush brush = m_brushes[axis].value_or(Brush {});
        const double by = event.key() == Qt::Key_Up ? keyStep : -keyStep;
        double& end = isControl ? brush.low : brush.high;
        end = std::clamp(end + by, isControl ? 0.0 : brush.low, isControl ? brush.high : 1.0);
        setBrush(axis, brush == Brush {} ? std::nullopt : std::optional(brush));
        return true;
    }
    if (event.key() == Qt::Key_Delete && m_keyAxis >= 0) {
        setBrush(static_cast<std::size_t>(m_keyAxis), std::nullopt);
        return true;
    }
    return false;
}

void ParallelPlot::keyPressEvent(QKeyEvent* event)
{
    if (brushByKey(*event)) {
        return;
    }
    if (event->key() == Qt::Key_Home && isBrushed()) {
        clearBrushes();
        return;
    }
    DrawnPlot::keyPressEvent(event);
}

} // namespace mocoscope::ui
