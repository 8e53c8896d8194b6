// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/plot/canvas_scene.h"
#include "ui/plot/drawn_plot.h"
#include "ui/plot/value_axis.h"

#include <QImage>

#include <functional>
#include <vector>

namespace mocoscope::ui {

/// A dot of a scatter plot.
struct ScatterItem
{
    QString name;
    QString note; ///< a second line of its tool tip; may be empty
    std::size_t group = 0;
    QImage picture {}; ///< shown in its tool tip in place of its values; null: none
};

/// Dots that share colour and shape.
struct ScatterGroup
{
    QString title;
    std::function<SeriesStyle(bool dark)> style; ///< the dash stands for a shape
};

/// Items by two values each. What lacks one of them is counted below the plot.
class ScatterPlot final : public DrawnPlot
{
    Q_OBJECT

public:
    explicit ScatterPlot(QWidget* parent = nullptr);

    /// The axes have a value for each item.
    void setItems(ValueAxis x, ValueAxis y, std::vector<ScatterItem> items,
                  std::vector<ScatterGroup> groups);
    void setEmptyText(const QString& text);
    /// As wide as high, so that with equal ranges distances are those of the plane.
    void setSquare(bool square);
    /// What an item is; heads its column of the table. "Run" unless said.
    void setItemTitle(const QString& title) { m_itemTitle = title; }

    [[nodiscard]] QString title() const override;
    void paintPlot(QPainter& painter, const QSize& size, const PlotTheme& theme) const override;
    [[nodiscard]] std::vector<QStringList> table() const override;
    /// In pixels of the widget; NaN where it is not shown.
    [[nodiscard]] QPointF placeOf(int item) const override;

protected:
    [[nodiscard]] int itemAt(const QPointF& place) const override;
    [[nodiscard]] std::vector<int> keyboardOrder() const override;
    [[nodiscard]] QString toolTipOf(int item) const override;
    void paintOverlay(QPainter& painter, const PlotTheme& theme) const override;

private:
    struct Frame
    {
        QRectF plot;
        QRectF legend; ///< empty: none
    };
    [[nodiscard]] Frame frameFor(const QSize& size, const PlotTheme& theme) const;
    [[nodiscard]] QPointF placeIn(const QRectF& plot, std::size_t item) const;
    [[nodiscard]] bool isShown(std::size_t item) const;
    void paintAxes(QPainter& painter, const QRectF& plot, const PlotTheme& theme) const;
    void paintLegend(QPainter& painter, const QRectF& area, const PlotTheme& theme) const;

    ValueAxis m_x;
    ValueAxis m_y;
    std::vector<QPointF> m_places; ///< 0 … 1 from left and below; NaN: not shown
    std::vector<ScatterItem> m_items;
    std::vector<ScatterGroup> m_groups;
    QString m_emptyText;
    QString m_itemTitle = tr("Run");
    bool m_isSquare = false;
};

} // namespace mocoscope::ui
