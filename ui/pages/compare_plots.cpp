// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/compare_plots.h"

#include "ui/models/curve_style.h"
#include "ui/pages/live_plots.h"
#include "ui/plot/plot_toolbar.h"

#include <QComboBox>
#include <QVBoxLayout>

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
    rebuild();
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

void ComparePlots::setRuns(std::vector<Run> runs)
{
    m_runs = std::move(runs);
    readMissing();
    rebuild();
}

void ComparePlots::readMissing()
{
    std::set<storage::RunId> runs;
    std::set<std::string> metrics;
    for (const Run& run : m_runs) {
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

void ComparePlots::rebuild()
{
    for (std::size_t i = 0; i < m_plots.size(); ++i) {
        std::vector<SeriesSpec> series;
        for (const Run& run : m_runs) {
            const Stored& stored = m_stored[run.record.id];
            const auto found = stored.curves.find(metric(i));
            if (found == stored.curves.end()) {
                continue;
            }
            SeriesSpec spec;
            spec.name = QString::fromStdString(run.record.name);
            spec.note = run.distinction;
            spec.style = [record = run.record](bool dark) {
                const CurveStyle style = runStyle(record, dark);
                return SeriesStyle {style.colour, style.dash, 1.6};
            };
            spec.data = found->second;
            spec.timeline = stored.timeline;
            spec.isSmoothable
                = !QString::fromStdString(metric(i)).startsWith(QLatin1String("eval/"));
            series.push_back(std::move(spec));
        }
        m_plots[i]->setTitle(gradientTitle(metric(i)));
        m_plots[i]->setEmptyText(
            m_runs.empty() ? tr("Tick runs on the left to lay their curves over each other.")
                           : tr("None of these runs has values of this metric."));
        m_plots[i]->setSeries(std::move(series));
    }
}

} // namespace mocoscope::ui
