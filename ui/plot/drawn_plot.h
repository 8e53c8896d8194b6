// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/plot/plot_theme.h"

#include <QPixmap>
#include <QWidget>

#include <vector>

class QPainter;

namespace mocoscope::ui {

/// A plot of items that paints itself: on the screen and into files alike. Items are hovered and
/// clicked by mouse, or gone through by keyboard; one of them may be selected. Window thread.
class DrawnPlot : public QWidget
{
    Q_OBJECT

public:
    explicit DrawnPlot(QWidget* parent);

    /// What it shows, in short; the heading of exports.
    [[nodiscard]] virtual QString title() const = 0;
    /// All of it but what mouse and keyboard point at, into `size` from the origin.
    virtual void paintPlot(QPainter& painter, const QSize& size, const PlotTheme& theme) const = 0;
    /// What is shown as a table: a header, then a row an item.
    [[nodiscard]] virtual std::vector<QStringList> table() const = 0;

    /// −1: none.
    void setSelected(int item);
    [[nodiscard]] int selected() const { return m_selected; }
    /// Under the mouse, or reached by the keyboard; −1: none.
    [[nodiscard]] int pointedAt() const { return m_pointedAt; }
    [[nodiscard]] QSize minimumSizeHint() const override { return {240, 140}; }
    [[nodiscard]] QSize sizeHint() const override { return {640, 320}; }

Q_SIGNALS:
    void itemPointedAt(int item);
    void itemClicked(int item);

protected:
    /// The item at a place of the widget; −1: none is near.
    [[nodiscard]] virtual int itemAt(const QPointF& place) const = 0;
    /// The items in the order in which the keyboard goes through them.
    [[nodiscard]] virtual std::vector<int> keyboardOrder() const = 0;
    /// What is told of an item, as rich text.
    [[nodiscard]] virtual QString toolTipOf(int item) const = 0;
    /// Where the tool tip of an item that the keyboard reached is shown.
    [[nodiscard]] virtual QPointF placeOf(int item) const = 0;
    /// Over the plot: what is pointed at and selected.
    virtual void paintOverlay(QPainter& painter, const PlotTheme& theme) const = 0;
    /// Other items are shown: nothing is pointed at or selected any more.
    void itemsChanged();
    /// What paintPlot() draws is no longer what it was.
    void plotChanged();

    void paintEvent(QPaintEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    void pointAt(int item, const QPoint& globalPlace);
    int m_selected = -1;
    int m_pointedAt = -1;
    QPixmap m_drawn; ///< the plot as it was drawn last: pointing at items does not draw it again
};

/// A frame that shows where the keyboard is.
void paintFocusFrame(QPainter& painter, const QWidget& widget);

} // namespace mocoscope::ui
