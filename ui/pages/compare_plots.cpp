// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/compare_plots.h"

#include "ui/pages/compare_store.h"
#include "ui/pages/compare_view.h"
#include "ui/pages/widgets.h"
#include "ui/plot/plot_toolbar.h"

#include <QCheckBox>
#include <QComboBox>
#include <QSignalBlocker>
#include <QVBoxLayout>

#include <algorithm>
#include <array>

namespace mocoscope::ui {
namespace {

constexpr std::array<const char*, 3> firstMetrics {"train/loss", "eval/knn_top1",
                                                   "grad/l2/patch_embed"};

} // namespace

ComparePlots::ComparePlots(CompareStore& store, QWidget* parent)
    : QWidget(parent)
    , m_store(store)
    , m_group(new PlotGroup(this))
    , m_plots {new CurvePlot(QString(), this), new CurvePlot(QString(), this),
               new CurvePlot(QString(), this)}
    , m_toolbar(new PlotToolbar(*m_group, {m_plots.begin(), m_plots.end()}, this))
    , m_viewChoices(new QWidget(this))
    , m_grouping(new QComboBox)
    , m_means(new QCheckBox(tr("Mean ± &deviation")))
    , m_best(new QCheckBox(tr("Best so &far")))
{
    m_toolbar->setFileName(QStringLiteral("comparison"));
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_toolbar);
    for (CurvePlot* plot : m_plots) {
        plot->setGroup(*m_group);
        plot->setAxisTitleVisible(false);
        layout->addWidget(plot, 1);
    }
    addChoices();
    makeViewChoices();
    connect(&store, &CompareStore::changed, this, &ComparePlots::rebuild);
    wantMetrics();
    rebuild();
}

void ComparePlots::makeViewChoices()
{
    m_grouping->setAccessibleName(tr("Colour and group the curves by"));
    m_grouping->setToolTip(tr("Runs of one group share a colour"));
    setGroupings({});
    m_means->setToolTip(tr("In place of a group's runs their mean, at the steps that all of them "
                           "have, and a band of one standard deviation of the sample"));
    m_best->setToolTip(tr("The lowest loss and the highest accuracy up to each step"));
    tieMeans(*m_means, *m_grouping);
    connect(m_grouping, &QComboBox::currentIndexChanged, this, &ComparePlots::rebuild);
    connect(m_means, &QCheckBox::toggled, this, &ComparePlots::rebuild);
    connect(m_best, &QCheckBox::toggled, this, &ComparePlots::rebuild);
    fillChoiceBar(*m_viewChoices, {m_grouping, m_means, m_best});
}

void ComparePlots::setGroupings(const std::vector<std::string>& keys)
{
    fillGroupings(*m_grouping, keys);
}

void ComparePlots::addChoices()
{
    for (std::size_t i = 0; i < m_plots.size(); ++i) {
        auto* choice = new QComboBox(this);
        for (const char* known : firstMetrics) {
            choice->addItem(plotTitle(known), QLatin1String(known));
        }
        choice->setCurrentIndex(static_cast<int>(i));
        choice->setToolTip(tr("The metric that this plot shows"));
        choice->setAccessibleName(tr("Metric of plot %1").arg(i + 1));
        letShrink(*choice);
        connect(choice, &QComboBox::currentIndexChanged, this, [this] {
            wantMetrics();
            rebuild();
        });
        // What a person chose stays, with or without values.
        connect(choice, &QComboBox::activated, this, [this, i] { m_isChosen[i] = true; });
        m_choices[i] = choice;
        m_plots[i]->replaceTitle(choice);
    }
}

std::string ComparePlots::metric(std::size_t plot) const
{
    return m_choices[plot]->currentData().toString().toStdString();
}

std::vector<std::string> ComparePlots::metrics() const
{
    std::vector<std::string> all;
    for (std::size_t i = 0; i < m_plots.size(); ++i) {
        all.push_back(metric(i));
    }
    return all;
}

SeriesChoice ComparePlots::seriesChoice() const
{
    return {m_grouping->currentData().toString().toStdString(), m_means->isChecked(),
            m_best->isChecked()};
}

/// Whether all runs that are compared were read and have no such value.
bool ComparePlots::isMissing(const std::string& metric) const
{
    const std::size_t count = m_store.runs().size();
    for (std::size_t run = 0; run < count; ++run) {
        const auto curve = m_store.curve(run, metric);
        if (!curve || curve->size() > 0) {
            return false;
        }
    }
    return count > 0;
}

/// A frozen patch projection has no gradient: the lowest layer that learns then.
void ComparePlots::showLowestGradient(std::size_t plot)
{
    const auto isGradient = [](const std::string& name) { return name.starts_with("grad/l2/"); };
    const std::string shown = metric(plot);
    if (m_isChosen[plot] || !isGradient(shown) || !isMissing(shown)) {
        return;
    }
    const std::vector<std::string>& known = m_store.metrics();
    const auto lowest = std::ranges::find_if(known, [&](const std::string& name) {
        return isGradient(name) && name != shown && !isMissing(name);
    });
    if (lowest != known.end()) {
        const QSignalBlocker isSaidOnce(m_choices[plot]); // it is drawn by the caller
        m_choices[plot]->setCurrentIndex(
            m_choices[plot]->findData(QString::fromStdString(*lowest)));
        wantMetrics();
    }
}

void ComparePlots::rebuild()
{
    for (std::size_t i = 0; i < m_plots.size(); ++i) {
        offerMetrics(*m_choices[i], m_store.metrics());
        showLowestGradient(i);
        m_plots[i]->setTitle(plotTitle(metric(i)));
        m_plots[i]->setEmptyText(
            m_store.runs().empty()
                ? tr("Tick runs on the left to lay their curves over each other.")
                : tr("None of these runs has values of this metric."));
        m_plots[i]->setSeries(seriesOf(m_store, metric(i), seriesChoice()));
    }
}

void ComparePlots::wantMetrics()
{
    const auto shown = metrics();
    m_store.want(this, {shown.begin(), shown.end()});
}

} // namespace mocoscope::ui
