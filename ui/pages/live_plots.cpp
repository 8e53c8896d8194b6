// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/live_plots.h"

#include "ui/models/curve_style.h"
#include "ui/pages/live_layer_style.h"
#include "ui/pages/live_texts.h"
#include "ui/pages/plot_docks.h"
#include "ui/pages/system_plots.h"
#include "ui/pages/widgets.h"
#include "ui/plot/plot_theme.h"
#include "ui/plot/plot_toolbar.h"

#include <QButtonGroup>
#include <QCheckBox>
#include <QComboBox>
#include <QCoreApplication>
#include <QLabel>
#include <QSettings>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>
#include <array>
#include <tuple>

namespace mocoscope::ui {
namespace {

struct MetricName
{
    const char* metric;
    const char* title;
};
constexpr MetricName metricNames[] {
    {"train/loss", QT_TRANSLATE_NOOP("Metric", "Loss")},
    {"eval/knn_top1", QT_TRANSLATE_NOOP("Metric", "kNN top-1")},
    {"eval/knn_top5", QT_TRANSLATE_NOOP("Metric", "kNN top-5")},
    {"linear/top1", QT_TRANSLATE_NOOP("Metric", "Linear top-1")},
    {"linear/top5", QT_TRANSLATE_NOOP("Metric", "Linear top-5")},
    {"linear/loss", QT_TRANSLATE_NOOP("Metric", "Test loss")},
    {"linear/best_rate", QT_TRANSLATE_NOOP("Metric", "Best learning rate")},
    {"finetune/top1", QT_TRANSLATE_NOOP("Metric", "Fine-tuned top-1")},
    {"finetune/top5", QT_TRANSLATE_NOOP("Metric", "Fine-tuned top-5")},
    {"finetune/loss", QT_TRANSLATE_NOOP("Metric", "Test loss")},
    {"eval/linear_top1", QT_TRANSLATE_NOOP("Metric", "Linear top-1")},
    {"eval/finetune_top1", QT_TRANSLATE_NOOP("Metric", "Fine-tuned top-1")},
    {"train/lr", QT_TRANSLATE_NOOP("Metric", "Learning rate")},
    {"train/momentum", QT_TRANSLATE_NOOP("Metric", "Encoder momentum")},
    {"train/grad_norm", QT_TRANSLATE_NOOP("Metric", "Gradient norm")},
    {"train/images_per_s", QT_TRANSLATE_NOOP("Metric", "Images per second")},
    {"train/step_s", QT_TRANSLATE_NOOP("Metric", "Step time")},
    {"train/data_wait_s", QT_TRANSLATE_NOOP("Metric", "Wait for data")},
    {"eval/feature_std", QT_TRANSLATE_NOOP("Metric", "Feature deviation")},
    {"eval/effective_rank", QT_TRANSLATE_NOOP("Metric", "Effective rank")},
    {"eval/alignment", QT_TRANSLATE_NOOP("Metric", "Alignment of views")},
    {"eval/uniformity", QT_TRANSLATE_NOOP("Metric", "Uniformity")},
    {"eval/dead_dimensions", QT_TRANSLATE_NOOP("Metric", "Dead dimensions")},
};

/// Of a sweep of linear probing.
constexpr const char* ratePrefix = "linear/top1/lr_";

constexpr std::array<const char*, 3> losses {"train/loss", "linear/loss", "finetune/loss"};
constexpr std::array<const char*, 8> accuracies {
    "eval/knn_top1", "eval/knn_top5", "linear/top1",      "linear/top5",
    "finetune/top1", "finetune/top5", "eval/linear_top1", "eval/finetune_top1"};

/// Shown in a plot of its own already.
bool isMainMetric(const std::string& metric)
{
    const auto holds
        = [&](const auto& names) { return std::ranges::find(names, metric) != names.end(); };
    return holds(losses) || holds(accuracies) || metric.starts_with(ratePrefix)
        || metric.starts_with("grad/") || isSystemMetric(metric);
}

/// Measured in each step; schedules and evaluations gain nothing from a mean.
bool isNoisy(const std::string& metric)
{
    return metric.starts_with("train/") && metric != "train/lr" && metric != "train/momentum";
}

} // namespace

QString metricTitle(const std::string& metric)
{
    for (const MetricName& name : metricNames) {
        if (metric == name.metric) {
            return QCoreApplication::translate("Metric", name.title);
        }
    }
    if (isSystemMetric(metric)) {
        return systemMetricTitle(metric);
    }
    const QString name = QString::fromStdString(metric);
    return metric.starts_with(ratePrefix)
        ? QCoreApplication::translate("Metric", "Linear top-1, rate %1")
              .arg(name.mid(QLatin1String(ratePrefix).size()))
        : name;
}

LivePlots::LivePlots(LiveCurves& curves, QWidget* parent)
    : QWidget(parent)
    , m_curves(curves)
    , m_group(new PlotGroup(this))
    , m_loss(new CurvePlot(tr("Loss")))
    , m_accuracy(new CurvePlot(tr("Accuracy")))
    , m_gradient(new CurvePlot(tr("Gradient magnitude by layer")))
    , m_extra(new CurvePlot(QString()))
    , m_trainingDocks(new PlotDocks(this))
    , m_systemDocks(new PlotDocks(this))
    , m_system(std::make_unique<SystemPlots>(curves, *m_group, *m_systemDocks))
    , m_plots({m_loss, m_accuracy, m_gradient, m_extra})
{
    m_accuracy->setSubtitle(tr("on test images, %"));
    m_gradient->setLogarithmic(true);
    m_trainingDocks->add(*m_loss, "loss");
    m_trainingDocks->add(*m_accuracy, "accuracy");
    m_trainingDocks->add(*m_gradient, "gradient");
    m_trainingDocks->add(*m_extra, "extra");
    m_plots.insert(m_plots.end(), m_system->plots().begin(), m_system->plots().end());
    m_toolbar = new PlotToolbar(*m_group, m_plots, this);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_toolbar);
    for (CurvePlot* plot : m_plots) {
        plot->setGroup(*m_group);
        plot->setAxisTitleVisible(false);
    }
    layout->addWidget(m_trainingDocks, 1);
    layout->addWidget(m_systemDocks, 1);
    addGradientChoices();
    addMetricChoice();
    addViewChoice();
    addResetButton();
    showPlots();
}

LivePlots::~LivePlots() = default;

void LivePlots::addViewChoice()
{
    m_views = new QButtonGroup(this);
    auto* row = new QWidget(this);
    auto* buttons = new QHBoxLayout(row);
    buttons->setContentsMargins(14, 0, 0, 0);
    buttons->setSpacing(0);
    const std::tuple<View, QString, QString> views[]
        = {{View::Training, tr("Training"), tr("Loss, accuracy and gradients")},
           {View::System, tr("System"),
            tr("Load, memory, temperature and power of the machine during the run")}};
    for (const auto& [view, text, toolTip] : views) {
        auto* button = new QToolButton(row);
        button->setText(text);
        button->setToolTip(toolTip);
        button->setCheckable(true);
        button->setChecked(view == View::Training);
        button->setStyleSheet(checkedButtonStyle());
        m_views->addButton(button, static_cast<int>(view));
        buttons->addWidget(button);
    }
    connect(m_views, &QButtonGroup::idClicked, this, &LivePlots::showPlots);
    m_toolbar->addWidget(row);
}

void LivePlots::showView(View view)
{
    m_views->button(static_cast<int>(view))->setChecked(true);
    showPlots();
}

LivePlots::View LivePlots::view() const
{
    return static_cast<View>(m_views->checkedId());
}

void LivePlots::showPlots()
{
    const bool isTraining = view() == View::Training;
    m_trainingDocks->setShown(*m_extra, !m_metric->currentData().toString().isEmpty());
    // Never both at once: the window would grow.
    (isTraining ? m_systemDocks : m_trainingDocks)->hide();
    (isTraining ? m_trainingDocks : m_systemDocks)->show();
}

PlotDocks& LivePlots::docks(View view)
{
    return view == View::Training ? *m_trainingDocks : *m_systemDocks;
}

void LivePlots::addResetButton()
{
    auto* button = makeIconButton(
        "reset",
        tr("Reset layout: plots under each other. A plot is moved by its heading, beside or "
           "over another one or out of the window."));
    connect(button, &QToolButton::clicked, this, &LivePlots::resetLayout);
    m_toolbar->addWidget(button);
}

void LivePlots::resetLayout()
{
    docks(view()).resetLayout();
}

void LivePlots::saveLayout(QSettings& settings) const
{
    settings.setValue("live/training plots", m_trainingDocks->layoutState());
    settings.setValue("live/system plots", m_systemDocks->layoutState());
}

void LivePlots::restoreLayout(const QSettings& settings)
{
    m_trainingDocks->restoreLayoutState(settings.value("live/training plots").toByteArray());
    m_systemDocks->restoreLayoutState(settings.value("live/system plots").toByteArray());
}

void LivePlots::addGradientChoices()
{
    m_norm = new QComboBox(this);
    m_norm->addItem(tr("L2 norm"));
    m_norm->addItem(tr("Largest |g|"));
    m_norm->setToolTip(
        tr("What counts as a layer's magnitude: the norm of its gradient, or its largest element"));
    m_norm->setAccessibleName(tr("Gradient magnitude"));
    m_relative = new QCheckBox(tr("Relative to usual"), this);
    m_relative->setChecked(true);
    m_relative->setToolTip(
        tr("Divide each layer by its own median over the last %1 steps: 1 is usual, and a "
           "spike stands out whatever the layer's size")
            .arg(RelativeCurve::window));
    connect(m_norm, &QComboBox::currentIndexChanged, this, &LivePlots::rebuildGradient);
    connect(m_relative, &QCheckBox::toggled, this, &LivePlots::rebuildGradient);
    m_gradient->addHeadingWidget(m_norm);
    m_gradient->addHeadingWidget(m_relative);
}

void LivePlots::addMetricChoice()
{
    auto* label = new QLabel(tr("&Also show"), this);
    m_metric = new QComboBox(this);
    m_metric->addItem(tr("nothing else"), QString());
    m_metric->setToolTip(tr("One more of the run's metrics, in a fourth plot"));
    letShrink(*m_metric);
    label->setBuddy(m_metric);
    connect(m_metric, &QComboBox::currentIndexChanged, this, &LivePlots::rebuildExtra);
    m_toolbar->addWidget(label);
    m_toolbar->addWidget(m_metric);
}

void LivePlots::reset()
{
    m_gradients.clear();
    m_knownNames = 0;
    m_group->reset();
    rebuild();
}

void LivePlots::refresh()
{
    if (m_curves.names().size() != m_knownNames) {
        rebuild();
    }
    m_gradients.update();
    for (CurvePlot* plot : {m_loss, m_accuracy, m_gradient, m_extra}) {
        plot->refresh();
    }
    m_system->refresh();
}

SeriesSpec LivePlots::spec(const std::string& metric, const QString& name, int colour,
                           bool isSmoothable) const
{
    SeriesSpec series;
    series.name = name;
    series.style = [colour](bool dark) {
        const CurveStyle style = curveStyle(colour, dark);
        return SeriesStyle {style.colour, style.dash, 1.6};
    };
    series.data = m_curves.find(metric);
    series.timeline = m_curves.timeline();
    series.isSmoothable = isSmoothable;
    return series;
}

void LivePlots::rebuild()
{
    m_knownNames = m_curves.names().size();
    std::vector<SeriesSpec> loss;
    std::vector<SeriesSpec> accuracy;
    const auto add = [this](std::vector<SeriesSpec>& series, const std::string& metric) {
        if (m_curves.find(metric)) {
            const int colour = static_cast<int>(series.size());
            series.push_back(spec(metric, metricTitle(metric), colour, isNoisy(metric)));
        }
    };
    for (const char* metric : losses) {
        add(loss, metric);
    }
    for (const char* metric : accuracies) {
        add(accuracy, metric);
    }
    for (const std::string& metric : m_curves.names()) {
        if (metric.starts_with(ratePrefix)) {
            add(accuracy, metric);
        }
    }
    m_loss->setSeries(std::move(loss));
    m_accuracy->setSeries(std::move(accuracy));
    m_system->rebuild();
    rebuildGradient();
    updateMetricChoice();
    rebuildExtra();
}

void LivePlots::rebuildGradient()
{
    const auto norm
        = m_norm->currentIndex() == 0 ? GradientCurves::Norm::L2 : GradientCurves::Norm::Largest;
    const bool isRelative = m_relative->isChecked();
    const auto layers = m_gradients.layers(m_curves, norm, isRelative);
    std::vector<SeriesSpec> series;
    const int count = static_cast<int>(layers.size());
    for (int i = 0; i < count; ++i) {
        const GradientCurves::Layer& layer = layers[static_cast<std::size_t>(i)];
        SeriesSpec one;
        one.name = QString::fromStdString(layer.name);
        one.style
            = [name = one.name, i, count](bool dark) { return layerStyle(name, i, count, dark); };
        one.data = layer.data;
        one.timeline = m_curves.timeline();
        series.push_back(std::move(one));
    }
    m_gradient->setSubtitle(
        isRelative ? tr("times the layer's own median of %1 steps").arg(RelativeCurve::window)
                   : QString());
    m_gradient->setSeries(std::move(series));
}

void LivePlots::updateMetricChoice()
{
    for (const std::string& name : m_curves.names()) {
        const QString key = QString::fromStdString(name);
        if (!isMainMetric(name) && m_metric->findData(key) < 0) {
            m_metric->addItem(metricTitle(name), key);
        }
    }
}

void LivePlots::rebuildExtra()
{
    const std::string metric = m_metric->currentData().toString().toStdString();
    showPlots();
    if (metric.empty()) {
        m_extra->setSeries({});
        return;
    }
    m_extra->setTitle(metricTitle(metric));
    m_extra->setSubtitle(QString::fromStdString(m_curves.unit(metric)));
    m_extra->setEmptyText(tr("This run has no values of it."));
    const bool hasData = m_curves.find(metric) != nullptr;
    m_extra->setSeries(hasData ? std::vector {spec(metric, metricTitle(metric), 2, isNoisy(metric))}
                               : std::vector<SeriesSpec>());
}

void LivePlots::setMarks(const std::vector<PlotMark>& marks)
{
    for (CurvePlot* plot : m_plots) {
        plot->setMarks(marks, m_curves.timeline());
    }
}

void LivePlots::setLive(bool live)
{
    m_toolbar->setLive(live);
}

void LivePlots::setHints(const LiveHints& hints)
{
    m_loss->setEmptyText(hints.loss);
    m_accuracy->setEmptyText(hints.accuracy);
    m_gradient->setEmptyText(hints.gradient);
}

void LivePlots::setFileName(const QString& name)
{
    m_toolbar->setFileName(name);
}

} // namespace mocoscope::ui
