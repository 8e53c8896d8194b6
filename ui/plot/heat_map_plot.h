// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/plot/draw_pacer.h"
#include "ui/plot/heat_map.h"
#include "ui/plot/plot_group.h"

#include <QWidget>

#include <optional>
#include <vector>

class QHBoxLayout;
class QLabel;

namespace mocoscope::ui {

class ColourBar;
class PlotCanvas;
class PlotReadout;

/// Curves as rows of colour, with heading, colour bar and read-out; shares axis and crosshair with
/// the plots of its group. Window thread.
class HeatMapPlot final : public QWidget
{
    Q_OBJECT

public:
    explicit HeatMapPlot(const QString& title, QWidget* parent = nullptr);
    ~HeatMapPlot() override;

    [[nodiscard]] QString title() const;
    void setSubtitle(const QString& subtitle);
    /// Shown in place of the map while it has no rows.
    void setEmptyText(const QString& text);
    void addHeadingWidget(QWidget* widget);

    /// The first row comes to lie at the bottom. Data may grow at any time; refresh() shows it.
    void setRows(std::vector<HeatMapRow> rows, std::shared_ptr<const Timeline> timeline);
    [[nodiscard]] const std::vector<HeatMapRow>& rows() const { return m_map.rows; }
    /// `unit` stands behind the numbers, in the bar and the read-out.
    void setScale(const ColourScale& scale, const QString& unit);
    [[nodiscard]] const ColourScale& scale() const { return m_map.scale; }
    [[nodiscard]] const QString& unit() const { return m_unit; }
    void setMarks(std::vector<PlotMark> marks);
    void refresh();

    /// The group outlives the plot.
    void setGroup(PlotGroup& group);
    /// Of the colour bar, so that axes under each other are in line; as CurvePlot's.
    void setLegendWidth(int characters);
    void setWidestLabel(const QString& text);

    /// The scene as it would be drawn now.
    [[nodiscard]] CanvasScene makeScene() const;
    [[nodiscard]] PlotCanvas& canvas() { return *m_canvas; }
    void drawNow() { m_pacer.drawNow(); }
    [[nodiscard]] bool isStale() const { return m_pacer.isStale(); }

Q_SIGNALS:
    void rowClicked(int row);

protected:
    void changeEvent(QEvent* event) override;
    void showEvent(QShowEvent* event) override;

private:
    void connectCanvas();
    void draw();
    void restyle();
    void updateCrosshair();
    void showReadout(int row, double position);
    [[nodiscard]] std::optional<AxisRange> reach() const;
    [[nodiscard]] int rowAt(double pixelY) const; ///< −1: none

    HeatMap m_map;
    QString m_unit;
    QString m_widestLabel;
    std::vector<PlotMark> m_marks;
    PlotGroup* m_group = nullptr;
    std::optional<double> m_hoveredY; ///< pixels
    DrawPacer m_pacer;
    QHBoxLayout* m_heading;
    QLabel* m_title;
    QLabel* m_subtitle;
    PlotCanvas* m_canvas;
    ColourBar* m_bar;
    PlotReadout* m_readout;
};

} // namespace mocoscope::ui
