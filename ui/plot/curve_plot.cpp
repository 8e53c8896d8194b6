// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plot/curve_plot.h"

#include "ui/plot/plot_canvas.h"
#include "ui/plot/plot_legend.h"
#include "ui/plot/plot_readout.h"
#include "ui/plot/tick_text.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>

namespace mocoscope::ui {
namespace {

QToolButton* textButton(const QString& text, const QString& toolTip, QWidget* parent)
{
    auto* button = new QToolButton(parent);
    button->setText(text);
    button->setToolTip(toolTip);
    button->setAutoRaise(true);
    button->setStyleSheet(checkedButtonStyle());
    button->setFocusPolicy(Qt::TabFocus);
    return button;
}

/// The name in full, which may not fit into the legend, and below it what there is to say.
QString legendToolTip(const SeriesSpec& spec)
{
    const QString note
        = spec.note.isEmpty() ? QString() : QStringLiteral("<br>") + spec.note.toHtmlEscaped();
    return QStringLiteral("<qt><b>%1</b>%2</qt>").arg(spec.name.toHtmlEscaped(), note);
}

} // namespace

CurvePlot::CurvePlot(const QString& title, QWidget* parent)
    : QWidget(parent)
    , m_legend(new LegendModel(this))
    , m_group(new PlotGroup(this))
    , m_pacer(*this, [this] { draw(); })
    , m_headingBar(new QWidget(this))
    , m_heading(new QHBoxLayout(m_headingBar))
    , m_title(new QLabel(title, this))
    , m_subtitle(new QLabel(this))
    , m_menu(new QMenu(this))
    , m_canvas(new PlotCanvas(this))
    , m_legendView(new PlotLegend(*m_legend, this))
    , m_readout(new PlotReadout(m_canvas))
{
    setName(title);
    buildHeading();
    buildMenu();
    auto* row = new QHBoxLayout;
    row->setSpacing(0);
    row->addWidget(m_canvas, 1);
    row->addWidget(m_legendView);
    setLegendWidth(34);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_headingBar);
    layout->addLayout(row, 1);
    connectCanvas();
    connectGroup();
    restyle();
}

CurvePlot::~CurvePlot() = default;

void CurvePlot::buildHeading()
{
    QFont bold = font();
    bold.setWeight(QFont::DemiBold);
    m_title->setFont(bold);
    m_logButton = textButton(tr("log"), tr("Logarithmic vertical axis"), this);
    m_logButton->setCheckable(true);
    connect(m_logButton, &QToolButton::toggled, this, &CurvePlot::setLogarithmic);
    m_menuButton = textButton(QStringLiteral("⋯"), tr("Export this plot"), this);
    m_menuButton->setMenu(m_menu);
    m_menuButton->setPopupMode(QToolButton::InstantPopup);
    m_menuButton->setAccessibleName(tr("Plot menu"));
    m_heading->setContentsMargins(8, 1, 4, 1);
    m_heading->setSpacing(6);
    m_heading->addWidget(m_title);
    m_heading->addWidget(m_subtitle, 1);
    m_subtitle->setMinimumWidth(1); // gives way to what stands beside it
    m_heading->addWidget(m_logButton);
    m_heading->addWidget(m_menuButton);
}

void CurvePlot::buildMenu()
{
    m_menu->addAction(tr("Show everything"), this, [this] {
        m_chosenY.reset();
        m_group->reset();
    });
    m_menu->addSeparator();
    m_menu->addAction(tr("Save as image…"), this, &CurvePlot::imageExportRequested);
    m_menu->addAction(tr("Save data as CSV…"), this, &CurvePlot::dataExportRequested);
}

void CurvePlot::connectCanvas()
{
    connect(m_canvas, &PlotCanvas::resized, this, &CurvePlot::redraw);
    connect(m_canvas, &PlotCanvas::hovered, this, [this](std::optional<QPointF> place) {
        m_hoveredY = place ? std::optional(place->y()) : std::nullopt;
        m_group->setCrosshair(place ? std::optional(place->x()) : std::nullopt);
        updateCrosshair();
    });
    connect(m_canvas, &PlotCanvas::xRangeChosen, this,
            [this](AxisRange range) { m_group->choose(range); });
    connect(m_canvas, &PlotCanvas::yRangeChosen, this, [this](AxisRange range) {
        const double size = range.maximum - range.minimum;
        if (std::isfinite(size) && size > 0 && (!m_isLogarithmic || range.minimum > 0)) {
            m_chosenY = range;
            redraw();
        }
    });
    connect(m_canvas, &PlotCanvas::resetRequested, this, [this] { m_group->reset(); });
    connect(m_canvas, &PlotCanvas::menuRequested, this,
            [this](const QPoint& position) { m_menu->popup(position); });
    connect(m_legendView, &PlotLegend::rowHovered, this, &CurvePlot::emphasise);
    connect(m_legend, &LegendModel::visibilityChanged, this, [this] {
        m_hidden.clear();
        for (const LegendModel::Row& row : m_legend->rows()) {
            if (!row.isVisible) {
                m_hidden.insert(row.name);
            }
        }
        m_group->viewChanged();
    });
}

void CurvePlot::connectGroup()
{
    m_group->addMember(
        this, [this] { return reach(); },
        [this](const AxisRange& x, bool isLogarithmic) { return valuesWithin(x, isLogarithmic); });
    connect(m_group, &PlotGroup::viewChanged, this, &CurvePlot::redraw);
    connect(m_group, &PlotGroup::crosshairMoved, this, &CurvePlot::updateCrosshair);
    connect(m_group, &PlotGroup::resetHappened, this, [this] { m_chosenY.reset(); });
}

void CurvePlot::setGroup(PlotGroup& group)
{
    m_group->disconnect(this);
    if (m_group->parent() == this) {
        delete m_group;
    }
    m_group = &group;
    connectGroup();
    redraw();
}

void CurvePlot::setTitle(const QString& title)
{
    m_title->setText(title);
    setName(title);
    Q_EMIT titleChanged(title);
}

QWidget* CurvePlot::takeHeading()
{
    layout()->removeWidget(m_headingBar);
    return m_headingBar;
}

void CurvePlot::setName(const QString& title)
{
    setAccessibleName(title);
    m_canvas->setName(title);
    m_legendView->setAccessibleName(tr("Curves of %1").arg(title));
}

QString CurvePlot::title() const
{
    return m_title->text();
}

void CurvePlot::setSubtitle(const QString& subtitle)
{
    m_subtitle->setText(subtitle);
    m_subtitle->setToolTip(subtitle); // where there is no room for all of it
}

void CurvePlot::setEmptyText(const QString& text)
{
    m_canvas->setEmptyText(text);
    redraw();
}

void CurvePlot::addHeadingWidget(QWidget* widget)
{
    m_heading->insertWidget(m_heading->indexOf(m_logButton), widget);
}

void CurvePlot::replaceTitle(QWidget* widget)
{
    m_title->hide();
    m_heading->insertWidget(0, widget);
}

void CurvePlot::setSeries(std::vector<SeriesSpec> series)
{
    if (m_drawn.series.empty()) {
        m_drawn.series = std::move(m_series);
        m_drawn.smoothed = std::move(m_smoothed);
    }
    m_series = std::move(series);
    m_smoothed.assign(m_series.size(), {});
    m_emphasised = -1;
    std::vector<LegendModel::Row> rows;
    const bool dark = isDark(palette());
    for (const SeriesSpec& spec : m_series) {
        rows.push_back(
            {spec.name, legendToolTip(spec), spec.style(dark), !m_hidden.contains(spec.name), {}});
    }
    m_legend->setRows(std::move(rows));
    redraw();
}

void CurvePlot::setMarks(std::vector<PlotMark> marks, std::shared_ptr<const Timeline> timeline)
{
    m_marks = std::move(marks);
    if (!m_drawn.markTimeline) {
        m_drawn.markTimeline = std::move(m_markTimeline);
    }
    m_markTimeline = std::move(timeline);
    redraw();
}

void CurvePlot::setLogarithmic(bool logarithmic)
{
    m_logButton->setChecked(logarithmic);
    if (m_isLogarithmic != logarithmic) {
        m_isLogarithmic = logarithmic;
        m_chosenY.reset();
        redraw();
        Q_EMIT logarithmicChanged(logarithmic);
    }
}

void CurvePlot::setSmoothing(double weight)
{
    if (weight != m_smoothing) {
        m_smoothing = weight;
        redraw();
    }
}

void CurvePlot::setAxisTitleVisible(bool visible)
{
    m_showsAxisTitle = visible;
    redraw();
}

void CurvePlot::setLegendWidth(int characters)
{
    m_legendView->setFixedWidth(fontMetrics().averageCharWidth() * characters);
}

void CurvePlot::setLegendVisible(bool visible)
{
    m_legendView->setVisible(visible);
}

bool CurvePlot::isVisibleSeries(std::size_t index) const
{
    return m_legend->rows()[index].isVisible;
}

void CurvePlot::emphasise(int index)
{
    if (index != m_emphasised) {
        m_emphasised = index;
        redraw();
        Q_EMIT seriesHovered(index);
    }
}

void CurvePlot::setWidestLabel(const QString& text)
{
    m_widestLabel = text;
    redraw();
}

void CurvePlot::refresh()
{
    m_pacer.dataGrew();
}

void CurvePlot::redraw()
{
    m_pacer.changedByHand();
}

void CurvePlot::drawNow()
{
    m_pacer.drawNow();
}

void CurvePlot::draw()
{
    m_canvas->draw(makeScene(isDark(palette())));
    m_drawn = {};
    updateLegendValues();
    if (m_group->crosshair()) {
        updateCrosshair();
    }
}

void CurvePlot::updateSmoothed()
{
    for (std::size_t i = 0; i < m_series.size(); ++i) {
        if (m_smoothing > 0 && m_series[i].isSmoothable && isVisibleSeries(i)) {
            m_smoothed[i].update(*m_series[i].data, m_smoothing);
        }
    }
}

CanvasScene CurvePlot::makeScene(bool dark)
{
    updateSmoothed();
    CanvasScene scene;
    for (std::size_t i = m_series.size(); i-- > 0;) { // the first one comes to lie on top
        const SeriesSpec& spec = m_series[i];
        if (!isVisibleSeries(i) || spec.data->isEmpty()) {
            continue;
        }
        const bool isSmoothed = m_smoothing > 0 && spec.isSmoothable;
        scene.curves.push_back({spec.data.get(), isSmoothed ? &m_smoothed[i].data() : nullptr,
                                spec.timeline.get(), spec.style(dark),
                                static_cast<int>(i) == m_emphasised, spec.low.get(),
                                spec.high.get()});
    }
    scene.marks = m_marks;
    scene.markTimeline = m_markTimeline.get();
    scene.unit = m_group->unit();
    scene.x = m_group->range();
    scene.yLogarithmic = m_isLogarithmic;
    scene.yIsFixed = m_chosenY.has_value();
    scene.y = m_chosenY ? *m_chosenY : valueRange(scene.x);
    scene.showsAxisTitle = m_showsAxisTitle;
    scene.widestLabel = m_widestLabel;
    return scene;
}

void CurvePlot::restyle()
{
    const bool dark = isDark(palette());
    std::vector<SeriesStyle> styles;
    for (const SeriesSpec& spec : m_series) {
        styles.push_back(spec.style(dark));
    }
    m_legend->setStyles(styles);
    QPalette dim = palette();
    dim.setColor(QPalette::WindowText, PlotTheme::of(palette(), font()).dimText);
    m_subtitle->setPalette(dim);
    m_canvas->setTheme(PlotTheme::of(palette(), font()));
    redraw();
}

void CurvePlot::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange) {
        restyle();
    }
}

void CurvePlot::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    m_pacer.shown();
}

} // namespace mocoscope::ui
