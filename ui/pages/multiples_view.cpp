// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/multiples_view.h"

#include "ui/pages/compare_store.h"
#include "ui/pages/widgets.h"
#include "ui/plot/curve_plot.h"
#include "ui/plot/plot_theme.h"
#include "ui/plot/plot_toolbar.h"

#include <QCheckBox>
#include <QComboBox>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QHideEvent>
#include <QLabel>
#include <QScrollArea>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

namespace mocoscope::ui {
namespace {

constexpr int plotCharacters = 48; ///< width of a small plot before another one fits beside it
constexpr int plotLines = 11; ///< height of a small plot

/// Gradients of single layers come one by one in a plot of their own on Diagnose.
bool isLayer(const std::string& metric)
{
    return metric.starts_with("grad/") && metric != "grad/l2/patch_embed";
}

} // namespace

MultiplesView::MultiplesView(CompareModel& compared, CompareStore& store, QWidget* parent)
    : CompareView(compared, store, parent)
    , m_store(store)
    , m_group(new PlotGroup(this))
    , m_area(new QWidget(this))
    , m_grid(new QGridLayout(m_area))
    , m_viewChoices(new QWidget(this))
    , m_each(new QComboBox)
    , m_metric(new QComboBox)
    , m_grouping(new QComboBox)
    , m_means(new QCheckBox(tr("Mean ± &deviation")))
{
    makeViewChoices();
}

/// When it is looked at for the first time: so many plots take a while to make.
void MultiplesView::build()
{
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    makePlots();
    auto* toolbar = new PlotToolbar(*m_group, m_plots, this);
    toolbar->setFileName(QStringLiteral("small-multiples"));
    column->addWidget(toolbar);
    auto* scroll = new QScrollArea;
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    scroll->setWidget(m_area);
    column->addWidget(makePager());
    column->addWidget(scroll, 1);
}

void MultiplesView::makePlots()
{
    m_grid->setContentsMargins(0, 0, 0, 0);
    m_grid->setSpacing(2);
    for (std::size_t i = 0; i < plotsOfAPage; ++i) {
        auto* plot = new CurvePlot({}, m_area);
        plot->setGroup(*m_group);
        plot->setAxisTitleVisible(false);
        plot->setLegendVisible(false);
        plot->setMinimumHeight(plotLines * fontMetrics().height());
        plot->hide();
        m_plots.push_back(plot);
    }
}

void MultiplesView::makeViewChoices()
{
    m_each->addItem(tr("Each metric"), Metric);
    m_each->addItem(tr("Each run or group"), Group);
    m_each->setToolTip(tr("What there is a plot for"));
    m_each->setAccessibleName(tr("A plot for"));
    m_metric->setToolTip(tr("The metric that all plots show"));
    m_metric->setAccessibleName(tr("Metric of the plots"));
    m_metric->setMaxVisibleItems(24);
    m_metric->hide();
    m_grouping->setAccessibleName(tr("Colour and group the curves by"));
    m_grouping->setToolTip(tr("Runs of one group share a colour"));
    m_means->setToolTip(tr("In place of a group's runs their mean, and a band of one standard "
                           "deviation of the sample"));
    for (QComboBox* choice : {m_each, m_metric, m_grouping}) {
        connect(choice, &QComboBox::currentIndexChanged, this, [this] {
            m_page = 0;
            rebuild();
        });
    }
    tieMeans(*m_means, *m_grouping);
    connect(m_means, &QCheckBox::toggled, this, &MultiplesView::showPanels);
    fillChoiceBar(*m_viewChoices, {m_each, m_metric, m_grouping, m_means});
}

QWidget* MultiplesView::makePager()
{
    m_pager = new QWidget(this);
    m_place = makeMutedLabel({}, m_pager);
    m_place->setWordWrap(false);
    const auto button = [this](const QString& text, const QString& name, int by) {
        auto* made = new QToolButton(m_pager);
        made->setText(text);
        made->setToolTip(name);
        made->setAccessibleName(name);
        made->setStyleSheet(checkedButtonStyle());
        connect(made, &QToolButton::clicked, this,
                [this, by] { showPage(m_page + static_cast<std::size_t>(by)); });
        return made;
    };
    m_back = button(QStringLiteral("‹"), tr("Plots before these"), -1);
    m_onward = button(QStringLiteral("›"), tr("Plots after these"), 1);
    auto* row = new QHBoxLayout(m_pager);
    row->setContentsMargins(8, 2, 8, 2);
    row->addStretch(1);
    row->addWidget(m_place);
    row->addWidget(m_back);
    row->addWidget(m_onward);
    return m_pager;
}

SeriesChoice MultiplesView::seriesChoice() const
{
    return {m_grouping->currentData().toString().toStdString(), m_means->isChecked(), false};
}

std::vector<MultiplesView::Panel> MultiplesView::panels(const std::vector<CurveGroup>& groups) const
{
    std::vector<Panel> all;
    if (m_each->currentData().toInt() == Group) {
        const std::string metric = m_metric->currentData().toString().toStdString();
        for (std::size_t g = 0; g < groups.size(); ++g) {
            all.push_back({groups[g].title, metric, {g}});
        }
        return all;
    }
    std::vector<std::size_t> every;
    for (std::size_t g = 0; g < groups.size(); ++g) {
        every.push_back(g);
    }
    for (const std::string& metric : m_store.metrics()) {
        if (!isLayer(metric) && !groups.empty()) {
            all.push_back({plotTitle(metric), metric, every});
        }
    }
    return all;
}

void MultiplesView::rebuild()
{
    if (m_plots.empty()) {
        build();
    }
    offerMetrics(*m_metric, m_store.metrics());
    offerMetrics(*m_metric, {"train/loss"}); // before anything was read
    fillGroupings(*m_grouping, compared().differingKeys());
    const bool isByGroup = m_each->currentData().toInt() == Group;
    m_metric->setVisible(isByGroup);
    m_group->setSharesValues(isByGroup);
    std::set<std::string> wanted;
    for (const Panel& panel : panels(groupsOf(m_store, seriesChoice()))) {
        wanted.insert(panel.metric);
    }
    m_store.want(this, std::move(wanted));
    showPanels();
}

void MultiplesView::showPage(std::size_t page)
{
    m_page = page;
    showPanels();
}

void MultiplesView::showPanels()
{
    const SeriesChoice choice = seriesChoice();
    const auto groups = groupsOf(m_store, choice);
    const auto all = panels(groups);
    const std::size_t pages = (all.size() + plotsOfAPage - 1) / plotsOfAPage;
    m_page = std::min(m_page, pages > 0 ? pages - 1 : 0);
    const std::size_t first = m_page * plotsOfAPage;
    m_shown = std::min(plotsOfAPage, all.size() - first);
    for (std::size_t i = 0; i < m_plots.size(); ++i) {
        CurvePlot& plot = *m_plots[i];
        if (i >= m_shown) {
            plot.hide();
            plot.setSeries({}); // no part of what the others span
            continue;
        }
        const Panel& panel = all[first + i];
        plot.setTitle(panel.title);
        plot.setEmptyText(tr("No values"));
        plot.setSeries(seriesOf(m_store, panel.metric, choice, groups, panel.groups));
    }
    m_pager->setVisible(pages > 1);
    m_place->setText(
        tr("%1 to %2 of %3 plots").arg(first + 1).arg(first + m_shown).arg(all.size()));
    m_back->setEnabled(m_page > 0);
    m_onward->setEnabled(m_page + 1 < pages);
    arrange();
}

void MultiplesView::arrange()
{
    const int wanted = plotCharacters * fontMetrics().averageCharWidth();
    const auto columns = static_cast<std::size_t>(std::max(1, width() / wanted));
    for (std::size_t i = 0; i < m_shown; ++i) {
        m_grid->addWidget(m_plots[i], static_cast<int>(i / columns), static_cast<int>(i % columns));
        m_plots[i]->show();
    }
    for (int column = 0; column < static_cast<int>(plotsOfAPage); ++column) {
        m_grid->setColumnStretch(column, column < static_cast<int>(columns) ? 1 : 0);
    }
}

/// What nobody sees is not read.
void MultiplesView::hideEvent(QHideEvent* event)
{
    CompareView::hideEvent(event);
    if (!event->spontaneous()) {
        setStale();
        m_store.want(this, {});
    }
}

void MultiplesView::resizeEvent(QResizeEvent* event)
{
    CompareView::resizeEvent(event);
    arrange();
}

std::vector<CurvePlot*> MultiplesView::plots() const
{
    return {m_plots.begin(), m_plots.begin() + static_cast<std::ptrdiff_t>(m_shown)};
}

} // namespace mocoscope::ui
