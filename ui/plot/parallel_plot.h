// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/plot/drawn_plot.h"
#include "ui/plot/value_axis.h"

#include <optional>
#include <vector>

namespace mocoscope::ui {

/// Items as lines over parallel vertical axes, coloured by their value on one of them. Dragging
/// along an axis keeps the items within that part of it and lets the others step back; a click
/// there takes that back. Dragging an axis's title moves the axis.
class ParallelPlot final : public DrawnPlot
{
    Q_OBJECT

public:
    explicit ParallelPlot(QWidget* parent = nullptr);

    /// The axes have a value for each item, which are named. `colour`: the axis that gives the
    /// colours; −1: none. Brushes stay with axes of the same title.
    void setItems(std::vector<ValueAxis> axes, QStringList names, int colour);
    void setEmptyText(const QString& text);
    [[nodiscard]] const std::vector<ValueAxis>& axes() const { return m_axes; }

    /// A part of an axis, from 0 at its foot to 1.
    struct Brush
    {
        double low = 0;
        double high = 1;
        bool operator==(const Brush&) const = default;
    };
    void setBrush(std::size_t axis, std::optional<Brush> brush);
    [[nodiscard]] const std::optional<Brush>& brush(std::size_t axis) const
    {
        return m_brushes[axis];
    }
    void clearBrushes();
    [[nodiscard]] bool isBrushed() const;
    /// The items within all brushes, in their order; all where there is none.
    [[nodiscard]] std::vector<std::size_t> kept() const;

    [[nodiscard]] QString title() const override;
    void paintPlot(QPainter& painter, const QSize& size, const PlotTheme& theme) const override;
    [[nodiscard]] std::vector<QStringList> table() const override;
    /// Where a line meets its first axis, in pixels of the widget.
    [[nodiscard]] QPointF placeOf(int item) const override;
    /// A place on an axis, from 0 at its foot to 1, in pixels of the widget.
    [[nodiscard]] QPointF placeOnAxis(std::size_t axis, double place) const;

Q_SIGNALS:
    void brushesChanged();
    /// The user wants an axis to stand elsewhere.
    void axisMoved(int from, int to);

protected:
    [[nodiscard]] int itemAt(const QPointF& place) const override;
    [[nodiscard]] std::vector<int> keyboardOrder() const override;
    [[nodiscard]] QString toolTipOf(int item) const override;
    void paintOverlay(QPainter& painter, const PlotTheme& theme) const override;
    bool event(QEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    enum class Drag : std::uint8_t
    {
        None,
        Press, ///< on an axis, not moved yet
        Span, ///< a new brush
        Move, ///< the brush that is there
        Title
    };
    [[nodiscard]] std::size_t count() const { return static_cast<std::size_t>(m_names.size()); }
    [[nodiscard]] QRectF area(const QSize& size) const;
    [[nodiscard]] double axisX(const QRectF& area, std::size_t axis) const;
    [[nodiscard]] double placeAt(double y) const;
    [[nodiscard]] int axisAt(double x, double reach) const;
    [[nodiscard]] bool isKept(std::size_t item) const;
    [[nodiscard]] QColor colourOf(std::size_t item, bool dark) const;
    void paintAxis(QPainter& painter, const QRectF& area, std::size_t axis,
                   const PlotTheme& theme) const;
    void paintLabels(QPainter& painter, const QRectF& area, std::size_t axis,
                     const PlotTheme& theme) const;
    void paintLine(QPainter& painter, const QRectF& area, std::size_t item, const QPen& pen) const;
    void dragBrush(double place);
    [[nodiscard]] bool brushByKey(const QKeyEvent& event);

    std::vector<ValueAxis> m_axes;
    std::vector<std::vector<double>> m_places; ///< by axis, then item; NaN: none
    std::vector<std::optional<Brush>> m_brushes; ///< one an axis
    QStringList m_names; ///< of the items
    int m_colour = -1;
    QString m_emptyText;
    Drag m_drag = Drag::None;
    int m_draggedAxis = -1;
    QPointF m_pressedAt;
    Brush m_brushAtPress;
    int m_keyAxis = -1; ///< that the keyboard brushes
};

} // namespace mocoscope::ui
