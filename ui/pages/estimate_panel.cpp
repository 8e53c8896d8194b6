// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/estimate_panel.h"

#include "training/api/model_shape.h"
#include "ui/models/text_format.h"
#include "ui/theme.h"

#include <QCoreApplication>
#include <QGridLayout>
#include <QVBoxLayout>

#include <cmath>

namespace mocoscope::ui {

using training::DatasetFacts;

namespace {

constexpr int estimateDelayMs = 350;

/// In the words of the engine, which has no Qt: listed for lupdate.
[[maybe_unused]] constexpr const char* kindsOfData[]
    = {QT_TRANSLATE_NOOP("Dataset", "folder"), QT_TRANSLATE_NOOP("Dataset", "tar archive"),
       QT_TRANSLATE_NOOP("Dataset", "embedded demo")};

QString factsText(const DatasetFacts& facts)
{
    QStringList parts {EstimatePanel::tr("%1 images").arg(countText(facts.trainImages))};
    parts << (facts.testImages > 0
                  ? EstimatePanel::tr("%1 to test").arg(countText(facts.testImages))
                  : EstimatePanel::tr("none to test, so no accuracy"));
    parts << (facts.classes.empty() ? EstimatePanel::tr("unlabelled")
                                    : EstimatePanel::tr("%1 classes").arg(facts.classes.size()));
    return parts.join(", ")
        + QStringLiteral(" (%1)").arg(QCoreApplication::translate("Dataset", facts.kind.c_str()));
}

/// What the name of the backbone and the options that change it come to.
QString dimensionsText(const training::ModelConfig& config)
{
    if (training::isResNet(config)) {
        const auto blocks = training::resNetShape(config).blocks;
        return EstimatePanel::tr("%1 + %2 + %3 + %4 blocks, feature of %5")
            .arg(blocks[0])
            .arg(blocks[1])
            .arg(blocks[2])
            .arg(blocks[3])
            .arg(training::featureWidth(config));
    }
    const training::VitShape shape = training::vitShape(config);
    return EstimatePanel::tr("%1 blocks, %2 wide, %3 heads, %4 tokens")
        .arg(shape.depth)
        .arg(shape.width)
        .arg(shape.heads)
        .arg(shape.tokens());
}

} // namespace

EstimatePanel::EstimatePanel(training::DatasetInspector& inspector,
                             training::WeightsInspector& weights, QWidget* parent)
    : Card(tr("What it needs"), parent)
    , m_inspector(inspector)
    , m_weights(weights)
    , m_grid(new QGridLayout) // a form would cut off the second line of a figure
{
    m_grid->setHorizontalSpacing(spacing(4));
    m_grid->setVerticalSpacing(spacing(1));
    m_data = addFigure(tr("Data"), tr("What is found at the path"));
    m_steps = addFigure(tr("Steps"), tr("The last incomplete batch of an epoch is dropped"));
    m_time = addFigure(tr("Time"),
                       tr("Measured in a past run with the same model, batch and device setting"));
    m_backbone = addFigure(
        tr("Backbone"), tr("As named, with the depth, width, heads and patches set under Model"));
    m_parameters = addFigure(tr("Parameters"), tr("Backbone, and projector + predictor"));
    m_trainable = addFigure(tr("Trained"), tr("Without frozen ones and the momentum encoder"));
    m_flops
        = addFigure(tr("Computation"), tr("Multiply-adds of the backbone for one image, forward"));
    m_memory = addFigure(tr("Memory"),
                         tr("Estimate for weights, optimizer state and activations of one step"));
    content().addLayout(m_grid);
    arrange();
    m_delay.setSingleShot(true);
    connect(&m_delay, &QTimer::timeout, this, &EstimatePanel::lookUpData);
    m_weightsDelay.setSingleShot(true);
    connect(&m_weightsDelay, &QTimer::timeout, this, &EstimatePanel::lookUpWeights);
}

QLabel* EstimatePanel::addFigure(const QString& name, const QString& toolTip)
{
    QLabel* caption = makeMutedLabel(name);
    caption->setWordWrap(false);
    auto* value = new QLabel(nothingText);
    value->setWordWrap(true);
    value->setTextInteractionFlags(Qt::TextSelectableByMouse);
    value->setAccessibleName(name);
    caption->setToolTip(toolTip);
    value->setToolTip(toolTip);
    m_figures.push_back({caption, value});
    return value;
}

void EstimatePanel::arrange()
{
    int row = 0;
    for (const auto& [caption, value] : m_figures) {
        m_grid->addWidget(caption, row, 0, Qt::AlignLeft | Qt::AlignTop);
        m_grid->addWidget(value, m_isNarrow ? row + 1 : row, m_isNarrow ? 0 : 1);
        row += m_isNarrow ? 2 : 1;
    }
    m_grid->setColumnStretch(0, m_isNarrow ? 1 : 0);
    m_grid->setColumnStretch(1, m_isNarrow ? 0 : 1);
}

void EstimatePanel::resizeEvent(QResizeEvent* event)
{
    Card::resizeEvent(event);
    constexpr int letters = 40; // beside fewer, the figures would be columns of single words
    const bool isNarrow = width() < letters * fontMetrics().averageCharWidth();
    if (isNarrow != m_isNarrow) {
        m_isNarrow = isNarrow;
        arrange();
    }
}

void EstimatePanel::setConfig(const training::TrainingConfig& config)
{
    m_config = config;
    if (m_lookedUp != config.data) {
        m_lookedUp = config.data;
        m_facts.reset();
        m_dataProblem.clear();
        m_data->setText(tr("looking\u2026"));
        m_delay.start(estimateDelayMs);
    }
    if (const std::pair parts {config.model, config.method}; m_fitted != parts) {
        m_fitted = parts;
        m_weightsProblem.clear();
        m_weightsJob.cancel();
        m_weightsDelay.start(estimateDelayMs);
    }
    showFigures();
}

QString EstimatePanel::problem() const
{
    if (!m_dataProblem.isEmpty()) {
        return m_dataProblem;
    }
    if (m_facts) {
        if (const auto usable = training::checkImages(m_config, *m_facts); !usable) {
            return QString::fromStdString(toText(usable.error()));
        }
    }
    return m_weightsProblem;
}

bool EstimatePanel::isLookingUp() const
{
    return m_delay.isActive() || m_job.isBusy() || m_weightsDelay.isActive()
        || m_weightsJob.isBusy();
}

void EstimatePanel::hurry()
{
    for (QTimer* delay : {&m_delay, &m_weightsDelay}) {
        if (delay->isActive()) {
            delay->start(0);
        }
    }
}

void EstimatePanel::setRuns(std::span<const storage::RunRecord> runs)
{
    m_runs.assign(runs.begin(), runs.end());
    showSteps();
}

void EstimatePanel::lookUpData()
{
    m_job.run([this, data = m_config.data](const std::stop_token& stop) {
        auto facts = m_inspector.inspect(data, stop);
        return [this, facts = std::move(facts)] {
            if (facts) {
                m_facts = *facts;
            } else {
                m_dataProblem = QString::fromStdString(toText(facts.error()));
            }
            showData();
            showSteps();
            Q_EMIT lookedUp();
        };
    });
}

void EstimatePanel::lookUpWeights()
{
    m_weightsJob.run([this, config = m_config](const std::stop_token&) {
        auto fits = m_weights.check(config);
        return [this, fits = std::move(fits)] {
            m_weightsProblem = fits ? QString() : QString::fromStdString(toText(fits.error()));
            Q_EMIT lookedUp();
        };
    });
}

void EstimatePanel::showFigures()
{
    const training::CostEstimate cost = training::estimateCost(m_config);
    m_backbone->setText(dimensionsText(m_config.model));
    m_parameters->setText(cost.headParameters == 0
                              ? tr("%1 backbone").arg(compactText(double(cost.backboneParameters)))
                              : tr("%1 backbone, %2 heads")
                                    .arg(compactText(double(cost.backboneParameters)),
                                         compactText(double(cost.headParameters))));
    m_trainable->setText(m_config.task.name == "linear" ? tr("the classifiers alone")
                             : m_config.task.name == "knn"
                             ? tr("nothing")
                             : compactText(double(cost.trainableParameters)));
    m_flops->setText(tr("%1FLOPs an image").arg(compactText(cost.backboneFlops)));
    m_memory->setText(tr("about %1").arg(bytesText(cost.memoryBytes)));
    showSteps();
}

void EstimatePanel::showData()
{
    m_data->setText(m_facts ? factsText(*m_facts) : m_dataProblem);
}

void EstimatePanel::showSteps()
{
    if (!m_facts) {
        m_steps->setText(nothingText);
        m_time->setText(nothingText);
        return;
    }
    const std::int64_t perEpoch = training::stepsPerEpoch(m_config, m_facts->trainImages);
    const std::int64_t total = training::totalSteps(m_config, m_facts->trainImages);
    m_steps->setText(tr("%1 in all, %2 an epoch").arg(countText(total), countText(perEpoch)));
    const auto measured = m_speed.find(m_config, m_runs);
    if (!measured) {
        m_time->setText(tr("not measured yet"));
        return;
    }
    const auto duration = [&measured](std::int64_t steps) {
        return durationText(std::llround(measured->milliseconds * double(steps)));
    };
    m_time->setText(tr("%1, %2 an epoch, as measured in \u201c%3\u201d")
                        .arg(duration(total), duration(perEpoch), measured->run));
}

} // namespace mocoscope::ui
