// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/plot/canvas_scene.h"

#include <QKeySequence>
#include <QObject>
#include <QPoint>

#include <optional>

class QKeyEvent;
class QMouseEvent;
class QWheelEvent;

namespace mocoscope::ui {

/// `range` scaled by `factor` about `anchor`, in logarithms where the axis is logarithmic.
[[nodiscard]] AxisRange zoomed(AxisRange range, double anchor, double factor, bool logarithmic);
/// `range` moved by `share` of its own width.
[[nodiscard]] AxisRange moved(AxisRange range, double share, bool logarithmic);

/// A key of a plot that has the focus, for a list of keys.
struct PlotKey
{
    QList<QKeySequence> keys; ///< either of them
    QString meaning;
};
[[nodiscard]] QList<PlotKey> plotKeys();

/// What mouse and keys do with a plot: wheel zooms the horizontal axis (over the vertical axis or
/// with Ctrl the vertical one), dragging moves, Shift or the right button spans a rectangle to zoom
/// into, a double click or Home resets; + − ← → do the same from the keyboard.
class CanvasMouse final : public QObject
{
    Q_OBJECT

public:
    explicit CanvasMouse(QWidget* surface);
    /// To be told of each redraw.
    void setView(const CanvasScene& scene, const PlotFrame& frame);

Q_SIGNALS:
    /// x on the horizontal axis, y in pixels; nothing: the mouse left.
    void hovered(std::optional<QPointF> place);
    /// Pressed and let go in one place, in the same units.
    void clicked(QPointF place);
    void xRangeChosen(mocoscope::ui::AxisRange range);
    void yRangeChosen(mocoscope::ui::AxisRange range);
    void resetRequested();
    void menuRequested(const QPoint& globalPosition);
    void rubberBandChanged(const QRectF& rectangle);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    enum class Drag : std::uint8_t
    {
        None,
        Move,
        Rectangle
    };
    void press(const QMouseEvent& event);
    void move(const QMouseEvent& event);
    void release(const QMouseEvent& event);
    void wheel(const QWheelEvent& event);
    bool key(const QKeyEvent& event);
    void showMarkTip(const QPoint& position, const QPoint& globalPosition);
    void zoomInto(const QRectF& rectangle);
    void updateCursor(const QPointF& position, bool shift);
    [[nodiscard]] QRectF area() const;
    [[nodiscard]] double valueAt(double pixelY) const;

    QWidget* m_surface;
    PlotFrame m_frame;
    AxisUnit m_unit = AxisUnit::Step;
    bool m_yIsFixed = false;
    struct MarkPlace
    {
        double position;
        QString text;
    };
    std::vector<MarkPlace> m_marks;
    Drag m_drag = Drag::None;
    QPointF m_pressedAt;
    AxisRange m_xAtPress;
    AxisRange m_yAtPress;
};

} // namespace mocoscope::ui
