// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/compare_plots.h"

#include "training/api/config_schema.h"
#include "ui/models/curve_style.h"
#include "ui/pages/live_plots.h"
#include "ui/plot/plot_toolbar.h"

#include <QCheckBox>
#include <QComboBox>
#include <QSignalBlocker>
#include <QVBoxLayout>

#include <algorithm>
#include <set>

namespace mocoscope::ui {
namespace {

constexpr std::array<const char*, 3> firstMetrics {"train/loss", "eval/knn_top1",
                                                   "grad/l2/patch_embed"};

QString gradientTitle(const std::string& metric)
{
    const QString name = QString::fromStdString(metric);
    if (name.startsWith(QLatin1String("grad/l2/"))) {
        return ComparePlots::tr("Gradient L2, %1").arg(name.mid(8));
    }
    if (name.startsWith(QLatin1String("grad/max/"))) {
        return ComparePlots::tr("Gradient max, %1").arg(name.mid(9));
    }
    return metricTitle(metric);
}

} // namespace

ComparePlots::ComparePlots(RunLibrary& library, QWidget* parent)
    : QWidget(parent)
    , m_library(library)
    , m_group(new PlotGroup(this))
    , m_plots {new CurvePlot(QString(), this), new CurvePlot(QString(), this),
               new CurvePlot(QString(), this)}
    , m_toolbar(new PlotToolbar(*m_group, {m_plots.begin(), m_plots.end()}, this))
    , m_grouping(new QComboBox(this))
    , m_means(new QCheckBox(tr("Mean \u00b1 &deviation"), this))
    , m_best(new QCheckBox(tr("Best so &far"), this))
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
    addViewChoices();
    rebuild();
}

void ComparePlots::addViewChoices()
{
    m_grouping->setAccessibleName(tr("Colour and group the curves by"));
    m_grouping->setToolTip(tr("Runs of one group share a colour"));
    m_grouping->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    setGroupings({});
    m_means->setToolTip(tr("In place of a group's runs their mean, at the steps that all of them "
                           "have, and a band of one standard deviation of the sample"));
    m_best->setToolTip(tr("The lowest loss and the highest accuracy up to each step"));
    connect(m_grouping, &QComboBox::currentIndexChanged, this, &ComparePlots::rebuild);
    connect(m_means, &QCheckBox::toggled, this, &ComparePlots::rebuild);
    connect(m_best, &QCheckBox::toggled, this, &ComparePlots::rebuild);
    for (QWidget* widget : {static_cast<QWidget*>(m_grouping), static_cast<QWidget*>(m_means),
                            static_cast<QWidget*>(m_best)}) {
        m_toolbar->addWidget(widget);
    }
}

void ComparePlots::setGroupings(const std::vector<std::string>& keys)
{
    const QSignalBlocker blocker(m_grouping);
    const QString chosen = m_grouping->currentData().toString();
    m_grouping->clear();
    m_grouping->addItem(tr("Each run"), QLatin1String(groupByRun));
    m_grouping->addItem(tr("By seeds"), QLatin1String(groupBySeeds));
    for (const std::string& key : keys) {
        const training::FieldDescription* field = training::findField(key);
        m_grouping->addItem(tr("By %1").arg(QString::fromStdString(
                                field && !field->label.empty() ? field->label : key)),
                            QString::fromStdString(key));
    }
    m_grouping->setCurrentIndex(std::max(0, m_grouping->findData(chosen)));
}

void ComparePlots::addChoices()
{
    for (std::size_t i = 0; i < m_plots.size(); ++i) {
        auto* choice = new QComboBox(this);
        for (const char* known : firstMetrics) {
            choice->addItem(gradientTitle(known), QLatin1String(known));
        }
        choice->setCurrentIndex(static_cast<int>(i));
        choice->setToolTip(tr("The metric that this plot shows"));
        choice->setAccessibleName(tr("Metric of plot %1").arg(i + 1));
        choice->setSizeAdjustPolicy(QComboBox::AdjustToContents);
        choice->setMaxVisibleItems(24);
        connect(choice, &QComboBox::currentIndexChanged, this, [this] {
            readMissing();
            rebuild();
        });
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

void ComparePlots::setRuns(std::vector<OverlaidRun> runs)
{
    m_runs = std::move(runs);
    readMissing();
    rebuild();
}

void ComparePlots::readMissing()
{
    std::set<storage::RunId> runs;
    std::set<std::string> metrics;
    for (const OverlaidRun& run : m_runs) {
        Stored& stored = m_stored[run.record.id];
        const bool hasGrown = run.record.lastStep > stored.lastStep;
        for (std::size_t i = 0; i < m_plots.size(); ++i) {
            if (hasGrown || !stored.curves.contains(metric(i))) {
                runs.insert(run.record.id);
                metrics.insert(metric(i));
            }
        }
    }
    if (runs.empty()) {
        return;
    }
    // One request replaces the one before: it asks for all that is still missing.
    m_library.readCurves(this, {runs.begin(), runs.end()}, {metrics.begin(), metrics.end()},
                         [this](const training::Result<std::vector<RunCurves>>& answer) {
                             if (!answer) {
                                 return; // told by RunLibrary::failed()
                             }
                             for (const RunCurves& read : *answer) {
                                 store(read);
                             }
                             Q_EMIT curvesRead(*answer);
                             rebuild();
                         });
}

void ComparePlots::store(const RunCurves& read)
{
    Stored& stored = m_stored[read.run.id];
    stored.lastStep = read.run.lastStep;
    auto timeline = std::make_shared<Timeline>();
    for (std::size_t i = 0; i < read.times.steps.size(); ++i) {
        timeline->append(read.times.steps[i], read.times.epochs[i], read.times.seconds[i]);
    }
    stored.timeline = std::move(timeline);
    for (const storage::Curve& curve : read.curves) {
        auto values = std::make_shared<CurveData>();
        for (std::size_t i = 0; i < curve.steps.size(); ++i) {
            values->append(curve.steps[i], curve.values[i]);
        }
        stored.curves[curve.metric] = std::move(values);
    }
    offer(read.summaries);
}

void ComparePlots::offer(const std::vector<storage::MetricSummary>& summaries)
{
    for (QComboBox* choice : m_choices) {
        for (const storage::MetricSummary& summary : summaries) {
            const QString key = QString::fromStdString(summary.name);
            if (choice->findData(key) < 0) {
                choice->addItem(gradientTitle(summary.name), key);
            }
        }
    }
}

/// nullptr: not read, or the run has no such values.
std::shared_ptr<const CurveData> ComparePlots::curveOf(std::size_t run,
                                                       const std::string& metric) const
{
    const auto stored = m_stored.find(m_runs[run].record.id);
    if (stored == m_stored.end()) {
        return nullptr;
    }
    const auto found = stored->second.curves.find(metric);
    if (found == stored->second.curves.end()) {
        return nullptr;
    }
    const Better better = betterOf(metric);
    return m_best->isChecked() && better != Better::Unknown ? bestSoFar(*found->second, better)
                                                            : found->second;
}

SeriesSpec ComparePlots::runSeries(std::size_t run, const std::string& metric) const
{
    const OverlaidRun& overlaid = m_runs[run];
    SeriesSpec spec;
    spec.name = QString::fromStdString(overlaid.record.name);
    spec.note = overlaid.distinction;
    spec.style = [record = overlaid.record](bool dark) {
        const CurveStyle style = runStyle(record, dark);
        return SeriesStyle {style.colour, style.dash, 1.6};
    };
    spec.data = curveOf(run, metric);
    spec.timeline = m_stored.at(overlaid.record.id).timeline;
    spec.isSmoothable = !metric.starts_with("eval/") && !m_best->isChecked();
    return spec;
}

/// Empty where fewer than two of the runs have such values.
std::optional<SeriesSpec> ComparePlots::meanSeries(const CurveGroup& group,
                                                   const std::string& metric) const
{
    std::vector<std::shared_ptr<const CurveData>> kept;
    std::vector<const CurveData*> curves;
    QStringList names;
    std::optional<std::size_t> first;
    for (const std::size_t run : group.runs) {
        const auto curve = curveOf(run, metric);
        if (curve && !curve->isEmpty()) {
            first = first ? first : run;
            curves.push_back(curve.get());
            kept.push_back(curve);
            names << QString::fromStdString(m_runs[run].record.name);
        }
    }
    if (curves.size() < 2) {
        return std::nullopt;
    }
    const MeanCurve mean = meanOf(curves);
    SeriesSpec spec = runSeries(*first, metric);
    spec.name = tr("%1 (%2)").arg(group.title).arg(curves.size());
    spec.note = tr("Mean \u00b1 standard deviation of %1").arg(names.join(QStringLiteral(", ")));
    spec.data = mean.mean;
    spec.low = mean.low;
    spec.high = mean.high;
    return spec;
}

std::vector<SeriesSpec> ComparePlots::seriesOf(const std::string& metric) const
{
    const std::string key = m_grouping->currentData().toString().toStdString();
    const auto groups = groupsOf(m_runs, key);
    std::vector<SeriesSpec> series;
    for (std::size_t g = 0; g < groups.size(); ++g) {
        const auto style = [index = static_cast<int>(g)](bool dark) {
            const CurveStyle look = curveStyle(index, dark);
            return SeriesStyle {look.colour, look.dash, 1.6};
        };
        const auto add = [&](SeriesSpec spec) {
            spec.style = key == groupByRun ? spec.style : style;
            series.push_back(std::move(spec));
        };
        if (auto mean = m_means->isChecked() ? meanSeries(groups[g], metric) : std::nullopt) {
            add(std::move(*mean));
            continue;
        }
        for (const std::size_t run : groups[g].runs) {
            if (SeriesSpec spec = runSeries(run, metric); spec.data) {
                add(std::move(spec));
            }
        }
    }
    return series;
}

void ComparePlots::rebuild()
{
    for (std::size_t i = 0; i < m_plots.size(); ++i) {
        m_plots[i]->setTitle(gradientTitle(metric(i)));
        m_plots[i]->setEmptyText(
            m_runs.empty() ? tr("Tick runs on the left to lay their curves over each other.")
                           : tr("None of these runs has values of this metric."));
        m_plots[i]->setSeries(seriesOf(metric(i)));
    }
}

} // namespace mocoscope::ui
