// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/plot/canvas_scene.h"

#include <QPointF>
#include <QString>
#include <QWidget>

#include <memory>
#include <optional>
#include <vector>

class QPicture;

namespace mocoscope::ui {

/// The drawing surface: axes, curves, marks, crosshair, and what the mouse does with them. Knows
/// neither series names nor where ranges come from. Window thread.
class PlotCanvas final : public QWidget
{
    Q_OBJECT

public:
    explicit PlotCanvas(QWidget* parent = nullptr);
    ~PlotCanvas() override;

    /// Draws at once into the buffer; the screen follows with the next paint event.
    void draw(CanvasScene scene);
    /// In units of the horizontal axis; cheap, does not redraw the curves.
    void setCrosshair(std::optional<double> position);
    void setTheme(const PlotTheme& theme);
    void setEmptyText(const QString& text);
    /// What a screen reader says of it: the title of the plot.
    void setName(const QString& title) { m_focused->setAccessibleName(title); }
    [[nodiscard]] const QString& emptyText() const;

    /// The frame of the last draw(), in widget pixels.
    [[nodiscard]] PlotFrame frame() const;
    /// `scene` as drawing commands, lines as lines: for SVG, PDF and images of any resolution.
    [[nodiscard]] QPicture picture(const QSize& size, const PlotTheme& theme,
                                   const CanvasScene& scene);
    [[nodiscard]] const CanvasScene& scene() const;

    [[nodiscard]] QSize sizeHint() const override { return {640, 200}; }
    [[nodiscard]] QSize minimumSizeHint() const override { return {240, 96}; }

Q_SIGNALS:
    /// The mouse is over the plot: x on the horizontal axis, y in pixels; nothing: it left.
    void hovered(std::optional<QPointF> place);
    /// Pressed and let go in one place: x on the horizontal axis, y in pixels.
    void clicked(QPointF place);
    void xRangeChosen(mocoscope::ui::AxisRange range);
    void yRangeChosen(mocoscope::ui::AxisRange range);
    void resetRequested();
    void menuRequested(const QPoint& globalPosition);
    void resized();

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    class Surface;
    std::unique_ptr<Surface> m_surface;
    QWidget* m_focused; ///< of the surface: what has the focus
};

} // namespace mocoscope::ui
