// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/plot/canvas_scene.h"

#include <QStringList>
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
        QString note; ///< dim, below it, in as many lines as it takes; may be empty
        bool isPointedAt = false; ///< always among the rows that are shown
    };
    explicit PlotReadout(QWidget* parent);

    /// Parts of a note that " · " separates stay whole where it goes on in another line. Rows are
    /// sorted, the largest first; those that do not fit are counted in a last line.
    void show(const QString& heading, std::vector<Row> rows, const QRect& area, int crosshairX);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    /// A row with the lines of its note.
    struct ShownRow
    {
        Row row;
        QStringList noteLines;
        [[nodiscard]] int lines() const { return 1 + static_cast<int>(noteLines.size()); }
    };
    [[nodiscard]] QStringList wrapped(const QString& note, int width, int lines) const;
    [[nodiscard]] std::vector<ShownRow> thatFit(std::vector<ShownRow> rows, int lines) const;
    [[nodiscard]] int widthOf(const std::vector<ShownRow>& rows) const;
    [[nodiscard]] int rowHeight() const;
    void paintRow(QPainter& painter, QRect& line, const ShownRow& shown) const;
    QString m_heading;
    QString m_more;
    std::vector<ShownRow> m_rows;
};

} // namespace mocoscope::ui
