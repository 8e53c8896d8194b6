// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plot/plot_toolbar.h"

#include "ui/plot/curve_plot.h"
#include "ui/plot/export_dialog.h"
#include "ui/plot/plot_theme.h"
#include "ui/plot/tick_text.h"

#include <QButtonGroup>
#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>
#include <QSlider>
#include <QToolButton>

#include <algorithm>
#include <cmath>

namespace mocoscope::ui {

double smoothingWeight(int sliderPosition)
{
    if (sliderPosition <= 0) {
        return 0.0;
    }
    return 1.0 - 0.5 * std::pow(0.002, (sliderPosition - 1) / 99.0);
}

PlotToolbar::PlotToolbar(PlotGroup& group, std::vector<CurvePlot*> plots, QWidget* parent)
    : QWidget(parent)
    , m_group(group)
    , m_plots(std::move(plots))
    , m_layout(new QHBoxLayout(this))
{
    m_layout->setContentsMargins(8, 2, 8, 2);
    m_layout->setSpacing(6);
    addAxisChoice(group);
    m_layout->addSpacing(8);
    addSmoothing();
    m_layout->addSpacing(8);
    m_insertAt = m_layout->count();
    m_layout->addStretch(1);
    m_follow = makeButton(QString());
    connect(m_follow, &QToolButton::clicked, &group, [this, &group] {
        group.reset();
        showFollowing();
    });
    connect(&group, &PlotGroup::followingChanged, this, &PlotToolbar::showFollowing);
    m_layout->addWidget(m_follow);
    showFollowing();
    addExport();
    for (CurvePlot* plot : m_plots) {
        connect(plot, &CurvePlot::imageExportRequested, this, [this, plot] {
            askForImageFile(this, {plot}, m_fileName + QLatin1Char('-') + plot->title(),
                            m_whitePaper->isChecked());
        });
        connect(plot, &CurvePlot::dataExportRequested, this, [this, plot] {
            askForCsvFile(this, {plot}, m_fileName + QLatin1Char('-') + plot->title());
        });
    }
}

QToolButton* PlotToolbar::makeButton(const QString& text)
{
    auto* button = new QToolButton(this);
    button->setText(text);
    button->setStyleSheet(checkedButtonStyle());
    return button;
}

void PlotToolbar::setLive(bool live)
{
    m_isLive = live;
    m_follow->setCheckable(live);
    showFollowing();
}

void PlotToolbar::showFollowing()
{
    const bool follows = m_group.isFollowing();
    m_follow->setChecked(m_isLive && follows);
    m_follow->setText(!m_isLive ? tr("Reset view") : follows ? tr("● Following") : tr("Follow"));
    m_follow->setToolTip(
        m_isLive
            ? tr("Show everything and grow with the run. Zooming stops it; a double click on a "
                 "plot or Home starts it again.")
            : tr("Show all of the curves again (double click on a plot, or Home)"));
}

void PlotToolbar::addAxisChoice(PlotGroup& group)
{
    auto* label = new QLabel(tr("X axis"), this);
    m_layout->addWidget(label);
    auto* row = new QHBoxLayout;
    row->setSpacing(0);
    auto* buttons = new QButtonGroup(this);
    for (const AxisUnit unit : {AxisUnit::Step, AxisUnit::Epoch, AxisUnit::Time}) {
        auto* button = makeButton(unit == AxisUnit::Time ? tr("Time") : axisTitle(unit));
        button->setToolTip(tr("Horizontal axis of all plots: %1").arg(axisTitle(unit)));
        button->setCheckable(true);
        button->setChecked(unit == group.unit());
        buttons->addButton(button, static_cast<int>(unit));
        row->addWidget(button);
    }
    connect(buttons, &QButtonGroup::idClicked, &group,
            [&group](int unit) { group.setUnit(static_cast<AxisUnit>(unit)); });
    m_layout->addLayout(row);
}

void PlotToolbar::addSmoothing()
{
    auto* label = new QLabel(tr("&Smoothing"), this);
    m_slider = new QSlider(Qt::Horizontal, this);
    m_slider->setRange(0, 100);
    m_slider->setMinimumWidth(fontMetrics().averageCharWidth() * 8);
    m_slider->setMaximumWidth(fontMetrics().averageCharWidth() * 18);
    m_slider->setToolTip(
        tr("Exponential mean, drawn over the raw curve. A view only: what is stored and "
           "exported stays raw."));
    label->setBuddy(m_slider);
    m_smoothingText = new QLabel(this);
    m_smoothingText->setMinimumWidth(fontMetrics().horizontalAdvance(tr("off")));
    connect(m_slider, &QSlider::valueChanged, this, &PlotToolbar::applySmoothing);
    m_layout->addWidget(label);
    m_layout->addWidget(m_slider, 1);
    m_layout->addWidget(m_smoothingText);
    applySmoothing(0);
}

void PlotToolbar::setSmoothing(int sliderPosition)
{
    m_slider->setValue(sliderPosition);
}

void PlotToolbar::applySmoothing(int sliderPosition)
{
    const double weight = smoothingWeight(sliderPosition);
    m_smoothingText->setText(sliderPosition == 0
                                 ? tr("off")
                                 : tr("over %1 steps").arg(std::lround(1.0 / (1.0 - weight))));
    for (CurvePlot* plot : m_plots) {
        plot->setSmoothing(weight);
    }
}

void PlotToolbar::addExport()
{
    auto* button = makeButton(tr("Export") + QStringLiteral(" ▾"));
    button->setPopupMode(QToolButton::InstantPopup);
    auto* menu = new QMenu(button);
    menu->addAction(tr("Plots as image (SVG, PDF, PNG)…"), this, [this] {
        askForImageFile(this, visiblePlots(), m_fileName, m_whitePaper->isChecked(), m_map);
    });
    menu->addAction(tr("Data as CSV…"), this,
                    [this] { askForCsvFile(this, visiblePlots(), m_fileName); });
    menu->addSeparator();
    m_whitePaper = menu->addAction(tr("Images on white"));
    m_whitePaper->setCheckable(true);
    m_whitePaper->setChecked(true);
    button->setMenu(menu);
    m_layout->addWidget(button);
}

std::vector<CurvePlot*> PlotToolbar::visiblePlots() const
{
    std::vector<CurvePlot*> visible;
    std::copy_if(m_plots.begin(), m_plots.end(), std::back_inserter(visible),
                 [this](const CurvePlot* plot) { return plot->isVisibleTo(parentWidget()); });
    return visible;
}

void PlotToolbar::addWidget(QWidget* widget)
{
    m_layout->insertWidget(m_insertAt++, widget);
}

} // namespace mocoscope::ui
