// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/plot/legend_model.h"

#include <QListView>

namespace mocoscope::ui {

/// The list beside a plot. Click or Space hides and shows a curve, double click or Enter isolates
/// it, hovering brings it to the front.
class PlotLegend final : public QListView
{
    Q_OBJECT

public:
    explicit PlotLegend(LegendModel& model, QWidget* parent = nullptr);

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override { return {60, 40}; }

Q_SIGNALS:
    /// −1: none.
    void rowHovered(int row);

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;

private:
    LegendModel& m_model;
    bool m_visibleBeforeClick = true;
};

/// A short piece of a curve's line, as in a legend.
void paintLineSample(QPainter& painter, const QRectF& area, const SeriesStyle& style,
                     bool isVisible);

} // namespace mocoscope::ui
