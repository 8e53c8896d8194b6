// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plot/canvas_mouse.h"

#include "ui/plot/tip_text.h"

#include <QCoreApplication>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QStringList>
#include <QToolTip>
#include <QWheelEvent>
#include <QWidget>

#include <algorithm>
#include <cmath>

namespace mocoscope::ui {
namespace {

/// Pixels that the mouse may slip while it is pressed without dragging anything.
constexpr double clickReach = 3;

enum class View : std::uint8_t
{
    Earlier,
    Later,
    Closer,
    Wider,
    All
};
struct KeyOfView
{
    View view;
    Qt::Key key;
    Qt::Key other;
    const char* meaning;
};
constexpr KeyOfView viewKeys[] {
    {View::Earlier, Qt::Key_Left, Qt::Key_unknown,
     QT_TRANSLATE_NOOP("PlotKey", "Move to earlier steps")},
    {View::Later, Qt::Key_Right, Qt::Key_unknown,
     QT_TRANSLATE_NOOP("PlotKey", "Move to later steps")},
    {View::Closer, Qt::Key_Plus, Qt::Key_Equal, QT_TRANSLATE_NOOP("PlotKey", "Zoom in")},
    {View::Wider, Qt::Key_Minus, Qt::Key_unknown, QT_TRANSLATE_NOOP("PlotKey", "Zoom out")},
    {View::All, Qt::Key_Home, Qt::Key_0, QT_TRANSLATE_NOOP("PlotKey", "Show everything")},
};

} // namespace

AxisRange zoomed(AxisRange range, double anchor, double factor, bool logarithmic)
{
    if (logarithmic) {
        return {anchor * std::pow(range.minimum / anchor, factor),
                anchor * std::pow(range.maximum / anchor, factor)};
    }
    return {anchor + (range.minimum - anchor) * factor, anchor + (range.maximum - anchor) * factor};
}

AxisRange moved(AxisRange range, double share, bool logarithmic)
{
    if (logarithmic) {
        const double factor = std::pow(range.maximum / range.minimum, share);
        return {range.minimum * factor, range.maximum * factor};
    }
    const double distance = (range.maximum - range.minimum) * share;
    return {range.minimum + distance, range.maximum + distance};
}

QList<PlotKey> plotKeys()
{
    QList<PlotKey> all;
    for (const KeyOfView& row : viewKeys) {
        QList<QKeySequence> keys {QKeySequence(row.key)};
        if (row.other != Qt::Key_unknown) {
            keys << QKeySequence(row.other);
        }
        all << PlotKey {keys, QCoreApplication::translate("PlotKey", row.meaning)};
    }
    return all;
}

CanvasMouse::CanvasMouse(QWidget* surface)
    : QObject(surface)
    , m_surface(surface)
{
    surface->setMouseTracking(true);
    surface->setFocusPolicy(Qt::StrongFocus);
    surface->setAccessibleDescription(
        tr("Plot: left and right move, plus and minus zoom, Home shows everything"));
    surface->installEventFilter(this);
}

void CanvasMouse::setView(const CanvasScene& scene, const PlotFrame& frame)
{
    m_frame = frame;
    m_unit = scene.unit;
    m_yIsFixed = scene.yIsFixed;
    m_marks.clear();
    for (const PlotMark& mark : scene.marks) {
        m_marks.push_back({markPosition(scene, mark), mark.text});
    }
}

QRectF CanvasMouse::area() const
{
    return {m_frame.left, m_frame.top, m_frame.width, m_frame.height};
}

double CanvasMouse::valueAt(double pixelY) const
{
    const double share = 1.0 - (pixelY - m_frame.top) / m_frame.height;
    return moved({m_frame.yMinimum, m_frame.yMaximum}, share, m_frame.yLogarithmic).minimum;
}

bool CanvasMouse::eventFilter(QObject* watched, QEvent* event)
{
    switch (event->type()) {
    case QEvent::MouseButtonPress:
        press(*static_cast<QMouseEvent*>(event));
        return true;
    case QEvent::MouseMove:
        move(*static_cast<QMouseEvent*>(event));
        return true;
    case QEvent::MouseButtonRelease:
        release(*static_cast<QMouseEvent*>(event));
        return true;
    case QEvent::MouseButtonDblClick:
        Q_EMIT resetRequested();
        return true;
    case QEvent::Wheel:
        wheel(*static_cast<QWheelEvent*>(event));
        return true;
    case QEvent::Leave:
        Q_EMIT hovered(std::nullopt);
        return false;
    case QEvent::KeyPress:
        return key(*static_cast<QKeyEvent*>(event));
    case QEvent::ToolTip: {
        const auto& help = *static_cast<QHelpEvent*>(event);
        showMarkTip(help.pos(), help.globalPos());
        return true;
    }
    default:
        return QObject::eventFilter(watched, event);
    }
}

void CanvasMouse::press(const QMouseEvent& event)
{
    const bool isRight = event.button() == Qt::RightButton;
    if (!area().contains(event.position()) || (!isRight && event.button() != Qt::LeftButton)) {
        return;
    }
    const bool spans = isRight || event.modifiers().testFlag(Qt::ShiftModifier);
    m_drag = spans ? Drag::Rectangle : Drag::Move;
    m_pressedAt = event.position();
    m_xAtPress = {m_frame.xMinimum, m_frame.xMaximum};
    m_yAtPress = {m_frame.yMinimum, m_frame.yMaximum};
}

void CanvasMouse::move(const QMouseEvent& event)
{
    const QPointF position = event.position();
    updateCursor(position, event.modifiers().testFlag(Qt::ShiftModifier));
    const QPointF distance = position - m_pressedAt;
    if (m_drag == Drag::Rectangle) {
        Q_EMIT rubberBandChanged(QRectF(m_pressedAt, position).normalized() & area());
    } else if (m_drag == Drag::Move && distance.manhattanLength() > clickReach) {
        Q_EMIT xRangeChosen(moved(m_xAtPress, -distance.x() / m_frame.width, false));
        if (m_yIsFixed) {
            const double share = distance.y() / m_frame.height;
            Q_EMIT yRangeChosen(moved(m_yAtPress, share, m_frame.yLogarithmic));
        }
    }
    const bool inside = area().contains(position);
    Q_EMIT hovered(inside ? std::optional(QPointF(m_frame.positionAt(position.x()), position.y()))
                          : std::nullopt);
}

void CanvasMouse::release(const QMouseEvent& event)
{
    const Drag drag = std::exchange(m_drag, Drag::None);
    if (drag == Drag::Move && (event.position() - m_pressedAt).manhattanLength() <= clickReach) {
        Q_EMIT clicked({m_frame.positionAt(m_pressedAt.x()), m_pressedAt.y()});
    }
    if (drag != Drag::Rectangle) {
        return;
    }
    const QRectF rectangle = QRectF(m_pressedAt, event.position()).normalized() & area();
    Q_EMIT rubberBandChanged({});
    if (rectangle.width() >= 5 && rectangle.height() >= 5) {
        zoomInto(rectangle);
    } else if (event.button() == Qt::RightButton) {
        Q_EMIT menuRequested(event.globalPosition().toPoint());
    }
}

void CanvasMouse::zoomInto(const QRectF& rectangle)
{
    Q_EMIT xRangeChosen(
        {m_frame.positionAt(rectangle.left()), m_frame.positionAt(rectangle.right())});
    Q_EMIT yRangeChosen({valueAt(rectangle.bottom()), valueAt(rectangle.top())});
}

void CanvasMouse::wheel(const QWheelEvent& event)
{
    const int turned = event.angleDelta().y();
    if (turned == 0) {
        const double share = -event.angleDelta().x() / 1200.0;
        Q_EMIT xRangeChosen(moved({m_frame.xMinimum, m_frame.xMaximum}, share, false));
        return;
    }
    const double factor = std::pow(0.8, turned / 120.0);
    const bool onYAxis = event.position().x() < m_frame.left;
    if (onYAxis || event.modifiers().testFlag(Qt::ControlModifier)) {
        Q_EMIT yRangeChosen(zoomed({m_frame.yMinimum, m_frame.yMaximum},
                                   valueAt(event.position().y()), factor, m_frame.yLogarithmic));
    } else {
        Q_EMIT xRangeChosen(zoomed({m_frame.xMinimum, m_frame.xMaximum},
                                   m_frame.positionAt(event.position().x()), factor, false));
    }
}

bool CanvasMouse::key(const QKeyEvent& event)
{
    const auto* row = std::ranges::find_if(viewKeys, [&event](const KeyOfView& each) {
        return event.key() == each.key || event.key() == each.other;
    });
    if (row == std::end(viewKeys) || event.key() == Qt::Key_unknown) {
        return false;
    }
    const AxisRange range {m_frame.xMinimum, m_frame.xMaximum};
    const double middle = 0.5 * (range.minimum + range.maximum);
    switch (row->view) {
    case View::Earlier:
        Q_EMIT xRangeChosen(moved(range, -0.1, false));
        break;
    case View::Later:
        Q_EMIT xRangeChosen(moved(range, 0.1, false));
        break;
    case View::Closer:
        Q_EMIT xRangeChosen(zoomed(range, middle, 0.8, false));
        break;
    case View::Wider:
        Q_EMIT xRangeChosen(zoomed(range, middle, 1.25, false));
        break;
    case View::All:
        Q_EMIT resetRequested();
        break;
    }
    return true;
}

void CanvasMouse::showMarkTip(const QPoint& position, const QPoint& globalPosition)
{
    constexpr double reach = 5.0; // pixels
    QStringList texts;
    for (const MarkPlace& mark : m_marks) {
        if (std::abs(m_frame.pixelX(mark.position) - position.x()) <= reach) {
            texts << mark.text;
        }
    }
    constexpr qsizetype most = 8;
    if (texts.size() > most) {
        const qsizetype left = texts.size() - most;
        texts = texts.mid(0, most);
        texts << tr("and %n more", nullptr, static_cast<int>(left));
    }
    QToolTip::showText(globalPosition, wrappedTip(texts.join(QLatin1Char('\n'))), m_surface);
}

void CanvasMouse::updateCursor(const QPointF& position, bool shift)
{
    if (m_drag == Drag::Move) {
        m_surface->setCursor(Qt::ClosedHandCursor);
    } else if (position.x() < m_frame.left) {
        m_surface->setCursor(Qt::SizeVerCursor);
    } else if (shift || m_drag == Drag::Rectangle) {
        m_surface->setCursor(Qt::CrossCursor);
    } else {
        m_surface->setCursor(Qt::ArrowCursor);
    }
}

} // namespace mocoscope::ui
