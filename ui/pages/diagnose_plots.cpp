// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/diagnose_plots.h"

#include "ui/models/curve_style.h"
#include "ui/pages/diagnosed_run.h"
#include "ui/pages/live_layer_style.h"
#include "ui/pages/live_plots.h"
#include "ui/plot/plot_toolbar.h"

#include <QComboBox>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>

namespace mocoscope::ui {
namespace {

constexpr const char* accuracies[] {"eval/knn_top1", "finetune/top1"};

/// The extent of all rows, of what a logarithm has a place for.
Extent positiveExtent(const std::vector<HeatMapRow>& rows)
{
    Extent all;
    for (const HeatMapRow& row : rows) {
        const Extent extent = row.data->extent(0, row.data->size());
        if (extent.minimum > 0) {
            all.add(extent);
        } else if (extent.maximum > 0) {
            all.add(extent.maximum);
        }
    }
    return all;
}

/// From half the usual magnitude to the largest spike; at least 8 times, and no more than 64: a
/// single huge one must not hide the others.
ColourScale relativeScale(const Extent& extent)
{
    const double largest = extent.isEmpty() ? 1 : extent.maximum;
    return {0.5, std::exp2(std::clamp(std::ceil(std::log2(largest)), 3.0, 6.0))};
}

ColourScale magnitudeScale(const Extent& extent)
{
    if (extent.isEmpty()) {
        return {0.1, 10};
    }
    return {extent.minimum, std::max(extent.maximum, 1.5 * extent.minimum)};
}

} // namespace

DiagnosePlots::DiagnosePlots(QWidget* parent)
    : QWidget(parent)
    , m_group(new PlotGroup(this))
    , m_map(new HeatMapPlot(tr("Gradient by layer and step"), this))
    , m_lines(new CurvePlot(tr("Gradient of chosen layers"), this))
    , m_accuracy(new CurvePlot(tr("Accuracy"), this))
{
    m_toolbar = new PlotToolbar(*m_group, {m_lines, m_accuracy}, this);
    m_toolbar->setHeatMap(m_map);
    m_lines->setLogarithmic(true);
    m_lines->setEmptyText(tr("Choose layers in the list on the right, or click on a row above."));
    m_accuracy->setSubtitle(tr("on test images, %"));
    m_accuracy->setEmptyText(tr("Accuracy appears with the first evaluation of labelled images."));
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_toolbar);
    layout->addWidget(m_map, 5);
    layout->addWidget(m_lines, 4);
    layout->addWidget(m_accuracy, 3);
    m_map->setGroup(*m_group);
    for (CurvePlot* plot : {m_lines, m_accuracy}) {
        plot->setGroup(*m_group);
        plot->setAxisTitleVisible(false);
    }
    connect(m_map, &HeatMapPlot::rowClicked, this, [this](int row) {
        LegendModel& legend = m_lines->legend();
        legend.setVisible(row, !legend.rows()[static_cast<std::size_t>(row)].isVisible);
    });
    addScaleChoice();
}

void DiagnosePlots::addScaleChoice()
{
    m_scale = new QComboBox(this);
    m_scale->addItem(tr("Relative to usual"));
    m_scale->addItem(tr("L2 norm"));
    m_scale->setToolTip(tr("Relative: each layer divided by its own median over the last %1 steps, "
                           "so that a spike stands out whatever the layer's size")
                            .arg(RelativeCurve::window));
    m_scale->setAccessibleName(tr("What the colours show"));
    connect(m_scale, &QComboBox::currentIndexChanged, this, &DiagnosePlots::rebuild);
    m_map->addHeadingWidget(m_scale);
}

bool DiagnosePlots::isRelative() const
{
    return m_scale->currentIndex() == 0;
}

void DiagnosePlots::setRun(DiagnosedRun* run)
{
    m_run = run;
    m_gradients.clear();
    m_group->reset();
    rebuild();
    updateMarks();
}

void DiagnosePlots::refresh()
{
    if (!m_run) {
        return;
    }
    if (m_run->curves().names().size() != m_knownNames) {
        rebuild();
    }
    m_gradients.update();
    updateScale();
    m_map->refresh();
    m_lines->refresh();
    m_accuracy->refresh();
}

void DiagnosePlots::rebuild()
{
    std::vector<GradientCurves::Layer> layers;
    if (m_run) {
        layers = m_gradients.layers(m_run->curves(), GradientCurves::Norm::L2, isRelative());
        m_knownNames = m_run->curves().names().size();
    }
    std::vector<HeatMapRow> rows;
    QString widest;
    for (const GradientCurves::Layer& layer : layers) {
        rows.push_back({QString::fromStdString(layer.name), layer.data});
        const int width = fontMetrics().horizontalAdvance(rows.back().name);
        widest = width > fontMetrics().horizontalAdvance(widest) ? rows.back().name : widest;
    }
    m_map->setRows(std::move(rows), m_run ? m_run->curves().timeline() : nullptr);
    m_map->setSubtitle(isRelative() ? tr("times the layer's own median of %1 steps; the largest "
                                         "step of each pixel")
                                          .arg(RelativeCurve::window)
                                    : tr("L2 norm; the largest step of each pixel"));
    m_map->setWidestLabel(widest);
    m_lines->setWidestLabel(widest);
    m_accuracy->setWidestLabel(widest);
    rebuildLines(layers);
    rebuildAccuracy();
    updateScale();
}

void DiagnosePlots::rebuildLines(const std::vector<GradientCurves::Layer>& layers)
{
    std::vector<SeriesSpec> series;
    const auto count = static_cast<int>(layers.size());
    for (int i = 0; i < count; ++i) {
        const GradientCurves::Layer& layer = layers[static_cast<std::size_t>(i)];
        SeriesSpec one;
        one.name = QString::fromStdString(layer.name);
        one.style
            = [name = one.name, i, count](bool dark) { return layerStyle(name, i, count, dark); };
        one.data = layer.data;
        one.timeline = m_run->curves().timeline();
        series.push_back(std::move(one));
    }
    m_lines->setSubtitle(isRelative() ? tr("times usual") : tr("L2 norm"));
    m_lines->setSeries(std::move(series));
    chooseLayers(layers);
}

/// At first the two that the study looks at: the first layer and the last block.
void DiagnosePlots::chooseLayers(const std::vector<GradientCurves::Layer>& layers)
{
    std::vector<std::string> names;
    for (const GradientCurves::Layer& layer : layers) {
        names.push_back(layer.name);
    }
    if (names == m_knownLayers || names.empty()) {
        return;
    }
    m_knownLayers = names;
    const auto last = training::SpikeWatch::lastBlock(names);
    for (std::size_t i = 0; i < names.size(); ++i) {
        m_lines->legend().setVisible(static_cast<int>(i), i == 0 || i == last);
    }
}

void DiagnosePlots::rebuildAccuracy()
{
    std::vector<SeriesSpec> series;
    for (const char* metric : accuracies) {
        if (!m_run || !m_run->curves().find(metric)) {
            continue;
        }
        SeriesSpec one;
        one.name = metricTitle(metric);
        one.style = [colour = static_cast<int>(series.size())](bool dark) {
            const CurveStyle style = curveStyle(colour, dark);
            return SeriesStyle {style.colour, style.dash, 1.6};
        };
        one.data = m_run->curves().find(metric);
        one.timeline = m_run->curves().timeline();
        one.isSmoothable = false;
        series.push_back(std::move(one));
    }
    m_accuracy->setSeries(std::move(series));
}

void DiagnosePlots::updateScale()
{
    const Extent extent = positiveExtent(m_map->rows());
    const ColourScale scale = isRelative() ? relativeScale(extent) : magnitudeScale(extent);
    m_map->setScale(scale, isRelative() ? tr("× usual") : QString());
}

void DiagnosePlots::updateMarks()
{
    std::vector<PlotMark> marks;
    if (m_run && m_run->watch()) {
        for (const training::SpikeIncident& incident : m_run->watch()->incidents()) {
            marks.push_back({static_cast<double>(incident.onset()), MarkKind::Incident,
                             QString::fromStdString(m_run->watch()->describe(incident))});
        }
    }
    m_map->setMarks(marks);
    for (CurvePlot* plot : {m_lines, m_accuracy}) {
        plot->setMarks(marks, m_run ? m_run->curves().timeline() : nullptr);
    }
}

void DiagnosePlots::zoomTo(const training::SpikeIncident& incident)
{
    if (!m_run) {
        return;
    }
    constexpr double around = 60; // steps: what is usual before and after shows too
    const auto place = [this](double step) {
        return m_run->curves().timeline()->position(step, m_group->unit());
    };
    m_group->choose({place(std::max(0.0, static_cast<double>(incident.onset()) - around)),
                     place(static_cast<double>(incident.lastStep) + around)});
}

void DiagnosePlots::setLive(bool live)
{
    m_toolbar->setLive(live);
}

void DiagnosePlots::setFileName(const QString& name)
{
    m_toolbar->setFileName(name);
}

void DiagnosePlots::setEmptyText(const QString& text)
{
    m_map->setEmptyText(text);
}

} // namespace mocoscope::ui
