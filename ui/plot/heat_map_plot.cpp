// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plot/heat_map_plot.h"

#include "ui/plot/colour_bar.h"
#include "ui/plot/plot_canvas.h"
#include "ui/plot/plot_readout.h"
#include "ui/plot/tick_text.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>

namespace mocoscope::ui {

HeatMapPlot::HeatMapPlot(const QString& title, QWidget* parent)
    : QWidget(parent)
    , m_pacer(*this, [this] { draw(); })
    , m_heading(new QHBoxLayout)
    , m_title(new QLabel(title, this))
    , m_subtitle(new QLabel(this))
    , m_canvas(new PlotCanvas(this))
    , m_bar(new ColourBar(this))
    , m_readout(new PlotReadout(m_canvas))
{
    setAccessibleName(title);
    m_canvas->setName(title);
    QFont bold = font();
    bold.setWeight(QFont::DemiBold);
    m_title->setFont(bold);
    m_heading->setContentsMargins(8, 1, 4, 1);
    m_heading->setSpacing(6);
    m_heading->addWidget(m_title);
    m_heading->addWidget(m_subtitle, 1);
    m_subtitle->setMinimumWidth(1); // gives way to what stands beside it
    auto* row = new QHBoxLayout;
    row->setSpacing(0);
    row->addWidget(m_canvas, 1);
    row->addWidget(m_bar);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addLayout(m_heading);
    layout->addLayout(row, 1);
    setLegendWidth(34);
    setGroup(*new PlotGroup(this));
    connectCanvas();
    restyle();
}

HeatMapPlot::~HeatMapPlot() = default;

void HeatMapPlot::connectCanvas()
{
    connect(m_canvas, &PlotCanvas::resized, this, [this] { m_pacer.changedByHand(); });
    connect(m_canvas, &PlotCanvas::hovered, this, [this](std::optional<QPointF> place) {
        m_hoveredY = place ? std::optional(place->y()) : std::nullopt;
        m_group->setCrosshair(place ? std::optional(place->x()) : std::nullopt);
        updateCrosshair();
    });
    connect(m_canvas, &PlotCanvas::clicked, this, [this](QPointF place) {
        if (const int row = rowAt(place.y()); row >= 0) {
            Q_EMIT rowClicked(row);
        }
    });
    connect(m_canvas, &PlotCanvas::xRangeChosen, this,
            [this](AxisRange range) { m_group->choose(range); });
    connect(m_canvas, &PlotCanvas::resetRequested, this, [this] { m_group->reset(); });
}

void HeatMapPlot::setGroup(PlotGroup& group)
{
    if (m_group) {
        m_group->disconnect(this);
        if (m_group->parent() == this) {
            delete m_group;
        }
    }
    m_group = &group;
    m_group->addMember(this, [this] { return reach(); });
    connect(m_group, &PlotGroup::viewChanged, this, [this] { m_pacer.changedByHand(); });
    connect(m_group, &PlotGroup::crosshairMoved, this, &HeatMapPlot::updateCrosshair);
    m_pacer.changedByHand();
}

QString HeatMapPlot::title() const
{
    return m_title->text();
}

void HeatMapPlot::setSubtitle(const QString& subtitle)
{
    m_subtitle->setText(subtitle);
    m_subtitle->setToolTip(subtitle); // where there is no room for all of it
}

void HeatMapPlot::setEmptyText(const QString& text)
{
    m_canvas->setEmptyText(text);
    m_pacer.changedByHand();
}

void HeatMapPlot::addHeadingWidget(QWidget* widget)
{
    m_heading->addWidget(widget);
}

void HeatMapPlot::setRows(std::vector<HeatMapRow> rows, std::shared_ptr<const Timeline> timeline)
{
    m_map.rows = std::move(rows);
    m_map.timeline = std::move(timeline);
    m_pacer.changedByHand();
}

void HeatMapPlot::setScale(const ColourScale& scale, const QString& unit)
{
    m_map.scale = scale;
    m_unit = unit;
    m_bar->setScale(scale);
    m_bar->setUnit(unit);
    m_pacer.changedByHand();
}

void HeatMapPlot::setMarks(std::vector<PlotMark> marks)
{
    m_marks = std::move(marks);
    m_pacer.changedByHand();
}

void HeatMapPlot::refresh()
{
    m_pacer.dataGrew();
}

void HeatMapPlot::setLegendWidth(int characters)
{
    m_bar->setFixedWidth(fontMetrics().averageCharWidth() * characters);
}

void HeatMapPlot::setWidestLabel(const QString& text)
{
    m_widestLabel = text;
    m_pacer.changedByHand();
}

std::optional<AxisRange> HeatMapPlot::reach() const
{
    std::optional<AxisRange> all;
    for (const HeatMapRow& row : m_map.rows) {
        if (row.data->isEmpty()) {
            continue;
        }
        const auto place = [this](std::int64_t step) {
            const auto at = static_cast<double>(step);
            return m_map.timeline ? m_map.timeline->position(at, m_group->unit()) : at;
        };
        const AxisRange own {place(row.data->step(0)), place(row.data->lastStep())};
        all = all
            ? AxisRange {std::min(all->minimum, own.minimum), std::max(all->maximum, own.maximum)}
            : own;
    }
    return all;
}

CanvasScene HeatMapPlot::makeScene() const
{
    CanvasScene scene;
    if (!m_map.rows.empty()) {
        scene.heatMap = std::make_shared<HeatMap>(m_map);
    }
    scene.marks = m_marks;
    scene.markTimeline = m_map.timeline.get();
    scene.unit = m_group->unit();
    scene.x = m_group->range();
    scene.y = {0, std::max(1.0, static_cast<double>(m_map.rows.size()))};
    scene.widestLabel = m_widestLabel;
    return scene;
}

void HeatMapPlot::draw()
{
    m_canvas->draw(makeScene());
    const PlotFrame frame = m_canvas->frame();
    const double height = m_map.rows.empty() ? 0 : frame.height;
    m_bar->setSpan(static_cast<int>(frame.top), static_cast<int>(frame.top + height));
    updateCrosshair();
}

int HeatMapPlot::rowAt(double pixelY) const
{
    const PlotFrame frame = m_canvas->frame();
    const double share = (frame.top + frame.height - pixelY) / frame.height;
    const double row = std::floor(share * static_cast<double>(m_map.rows.size()));
    return row >= 0 && row < static_cast<double>(m_map.rows.size()) ? static_cast<int>(row) : -1;
}

void HeatMapPlot::updateCrosshair()
{
    const auto crosshair = m_group->crosshair();
    if (isVisible()) {
        m_canvas->setCrosshair(crosshair);
    }
    const int row = m_hoveredY ? rowAt(*m_hoveredY) : -1;
    if (crosshair && row >= 0) {
        showReadout(row, *crosshair);
    } else if (!m_readout->isHidden()) {
        m_readout->hide();
    }
}

void HeatMapPlot::showReadout(int row, double position)
{
    const HeatMapRow& shown = m_map.rows[static_cast<std::size_t>(row)];
    if (shown.data->isEmpty()) {
        return;
    }
    const double step
        = m_map.timeline ? m_map.timeline->stepAt(position, m_group->unit()) : position;
    const std::size_t index = shown.data->nearest(step);
    const double value = shown.data->value(index);
    const double place = m_map.scale.place(value);
    const SeriesStyle style {std::isnan(place) ? palette().color(QPalette::Mid) : mapColour(place)};
    const PlotFrame frame = m_canvas->frame();
    const QRect area(static_cast<int>(frame.left), static_cast<int>(frame.top),
                     static_cast<int>(frame.width), static_cast<int>(frame.height));
    m_readout->show(
        tr("step %1").arg(stepText(static_cast<double>(shown.data->step(index)))),
        {{style, shown.name, valueText(value) + QLatin1Char(' ') + m_unit, value, {}, true}}, area,
        static_cast<int>(frame.pixelX(position)));
}

void HeatMapPlot::restyle()
{
    QPalette dim = palette();
    dim.setColor(QPalette::WindowText, PlotTheme::of(palette(), font()).dimText);
    m_subtitle->setPalette(dim);
    m_canvas->setTheme(PlotTheme::of(palette(), font()));
    m_pacer.changedByHand();
}

void HeatMapPlot::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange) {
        restyle();
    }
}

void HeatMapPlot::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    m_pacer.shown();
}

} // namespace mocoscope::ui
