// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/plot/canvas_scene.h"

#include <QWidget>

#include <vector>

namespace mocoscope::ui {

/// The values under the crosshair, in a small panel over the plot that the mouse passes through.
class PlotReadout final : public QWidget
{
    Q_OBJECT

public:
    struct Row
    {
        SeriesStyle style;
        QString name;
        QString value;
        double sortBy = 0;
        QString note; ///< second line, dim; may be empty
        bool isPointedAt = false; ///< always among the rows that are shown
    };
    explicit PlotReadout(QWidget* parent);

    /// Rows are sorted, the largest first; those that do not fit are counted in a last line.
    void show(const QString& heading, std::vector<Row> rows, const QRect& area, int crosshairX);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    [[nodiscard]] std::vector<Row> thatFit(std::vector<Row> rows, int lines) const;
    [[nodiscard]] int widthOf(const std::vector<Row>& rows) const;
    [[nodiscard]] int rowHeight() const;
    QString m_heading;
    QString m_more;
    std::vector<Row> m_rows;
};

} // namespace mocoscope::ui
