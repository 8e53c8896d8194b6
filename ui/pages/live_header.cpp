// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/live_header.h"

#include "ui/models/text_format.h"
#include "ui/pages/live_texts.h"
#include "ui/pages/widgets.h"
#include "ui/plot/plot_theme.h"
#include "ui/plot/tick_text.h"

#include <QCoreApplication>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QVBoxLayout>

#include <cmath>

namespace mocoscope::ui {
namespace {

using training::RunState;

struct StateLook
{
    const char* text;
    QRgb onLight;
    QRgb onDark;
};

/// The sign makes states differ without colour.
StateLook lookOf(RunState state)
{
    switch (state) {
    case RunState::Created:
        return {QT_TRANSLATE_NOOP("State", "○ starting"), 0xff5f6368, 0xffb0b5ba};
    case RunState::Running:
        return {QT_TRANSLATE_NOOP("State", "● running"), 0xff1b7f3b, 0xff5ccb7f};
    case RunState::Paused:
        return {QT_TRANSLATE_NOOP("State", "❙❙ paused"), 0xff9a5b00, 0xffffb74d};
    case RunState::Finished:
        return {QT_TRANSLATE_NOOP("State", "✓ finished"), 0xff1a5fb4, 0xff82b4f2};
    case RunState::Stopped:
        return {QT_TRANSLATE_NOOP("State", "■ stopped"), 0xff5f6368, 0xffb0b5ba};
    case RunState::Failed:
        return {QT_TRANSLATE_NOOP("State", "✕ failed"), 0xffb3261e, 0xffff8a80};
    case RunState::Interrupted:
        break;
    }
    return {QT_TRANSLATE_NOOP("State", "⚡ interrupted"), 0xff9a5b00, 0xffffb74d};
}

QString percent(double share)
{
    return QStringLiteral("%1 %").arg(100 * share, 0, 'f', share < 0.0995 ? 1 : 0);
}

const QString noValue = QStringLiteral("–");

} // namespace

QString stateText(RunState state)
{
    return QCoreApplication::translate("State", lookOf(state).text);
}

QColor stateColour(RunState state, bool dark)
{
    return QColor(dark ? lookOf(state).onDark : lookOf(state).onLight);
}

LiveHeader::LiveHeader(QWidget* parent)
    : QWidget(parent)
    , m_name(new ElidedLabel(Qt::ElideMiddle, this))
    , m_stateLabel(new QLabel(this))
    , m_description(new ElidedLabel(Qt::ElideRight, this))
    , m_progress(new QProgressBar(this))
    , m_pause(new QPushButton(tr("Pause"), this))
    , m_stop(new QPushButton(tr("Stop"), this))
{
    QFont large = font();
    large.setPointSizeF(1.35 * large.pointSizeF());
    large.setWeight(QFont::DemiBold);
    m_name->setFont(large);
    m_description->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    m_name->setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Preferred);
    m_progress->setTextVisible(false);
    m_progress->setMaximumHeight(4);
    m_progress->setAccessibleName(tr("Steps done"));
    m_stop->setToolTip(tr("Save a checkpoint and end; the run can be resumed later"));
    connect(m_stop, &QPushButton::clicked, this, &LiveHeader::stopRequested);
    connect(m_pause, &QPushButton::clicked, this, [this] {
        m_state == RunState::Paused ? Q_EMIT resumeRequested() : Q_EMIT pauseRequested();
    });

    auto* nameRow = new QHBoxLayout;
    nameRow->setSpacing(10);
    nameRow->addWidget(m_name);
    nameRow->addWidget(m_stateLabel);
    nameRow->addStretch(1);
    auto* names = new QVBoxLayout;
    names->setSpacing(2);
    names->addLayout(nameRow);
    names->addWidget(m_description);

    auto* row = new QHBoxLayout;
    row->setContentsMargins(12, 8, 12, 6);
    row->setSpacing(22);
    row->addLayout(names, 1);
    m_step = addFigure(*row, tr("Step"), tr("Updates done, of all"));
    m_epoch = addFigure(*row, tr("Epoch"), tr("Passes over the training images"));
    m_elapsed = addFigure(*row, tr("Trained"), tr("Training time, pauses left out"));
    m_left = addFigure(*row, tr("Left"),
                       tr("At the pace of the last 200 steps, evaluations included"));
    m_speed = addFigure(*row, tr("Images/s"), tr("Mean of the last 50 steps"));
    m_wait = addFigure(*row, tr("Data wait"),
                       tr("Share of the last 50 steps that was spent waiting for images. Above "
                          "a few per cent, more loader workers may help."));
    row->addWidget(m_pause);
    row->setSpacing(20);
    row->addWidget(m_stop);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addLayout(row);
    column->addWidget(m_progress);
    updateState();
}

QLabel* LiveHeader::addFigure(QHBoxLayout& row, const QString& caption, const QString& toolTip)
{
    auto* captionLabel = new QLabel(caption, this);
    QFont small = font();
    small.setPointSizeF(0.85 * small.pointSizeF());
    captionLabel->setFont(small);
    auto* value = new QLabel(noValue, this);
    value->setAccessibleName(caption);
    for (QLabel* label : {captionLabel, value}) {
        label->setToolTip(toolTip);
        label->setAlignment(Qt::AlignLeft);
    }
    auto* column = new QVBoxLayout;
    column->setSpacing(2);
    column->addWidget(captionLabel);
    column->addWidget(value);
    row.addLayout(column);
    m_captions << captionLabel;
    return value;
}

void LiveHeader::setRun(const QString& name, const QString& description)
{
    m_name->setText(name);
    m_name->setToolTip(name);
    m_description->setText(description);
    m_description->setToolTip(description);
}

void LiveHeader::setState(RunState state)
{
    m_state = state;
    updateState();
}

void LiveHeader::setPhase(const training::Progress& progress)
{
    m_phase = phaseText(progress);
    updateState();
}

void LiveHeader::setControllable(bool controllable)
{
    m_isControllable = controllable;
    updateState();
}

void LiveHeader::updateState()
{
    const bool dark = isDark(palette());
    QString text = stateText(m_state);
    if (m_state == RunState::Running && !m_phase.isEmpty()) {
        text += QStringLiteral(" · ") + m_phase;
    }
    m_stateLabel->setText(text);
    QPalette coloured = palette();
    coloured.setColor(QPalette::WindowText, stateColour(m_state, dark));
    m_stateLabel->setPalette(coloured);
    QPalette dim = palette();
    dim.setColor(
        QPalette::WindowText,
        mixed(palette().color(QPalette::WindowText), palette().color(QPalette::Window), 0.65));
    m_description->setPalette(dim);
    for (QLabel* caption : m_captions) {
        caption->setPalette(dim);
    }
    const bool isPaused = m_state == RunState::Paused;
    m_pause->setVisible(m_isControllable);
    m_stop->setVisible(m_isControllable);
    m_pause->setText(isPaused ? tr("Resume") : tr("Pause"));
    m_pause->setToolTip(isPaused ? tr("Go on with the next step")
                                 : tr("Wait after the present step; nothing is lost"));
    m_pause->setEnabled(isPaused || m_state == RunState::Running);
}

void LiveHeader::setFigures(const LiveFigures& figures, std::int64_t totalSteps, double totalEpochs)
{
    const auto ofTotal = [](const QString& value, const QString& total) {
        return total.isEmpty() ? value : QStringLiteral("%1 / %2").arg(value, total);
    };
    m_step->setText(
        ofTotal(countText(figures.step), totalSteps > 0 ? countText(totalSteps) : QString()));
    m_epoch->setText(ofTotal(QString::number(figures.epoch, 'f', 2),
                             totalEpochs > 0 ? QString::number(totalEpochs, 'g', 6) : QString()));
    m_elapsed->setText(durationText(figures.seconds));
    const bool isOn = !training::isEnded(m_state);
    m_left->setText(isOn && figures.secondsLeft ? durationText(*figures.secondsLeft) : noValue);
    m_speed->setText(figures.imagesPerSecond ? valueText(*figures.imagesPerSecond) : noValue);
    m_wait->setText(figures.dataWaitShare ? percent(*figures.dataWaitShare) : noValue);
    m_progress->setRange(0, 1000);
    const double done
        = totalSteps > 0 ? static_cast<double>(figures.step) / static_cast<double>(totalSteps) : 0;
    m_progress->setValue(static_cast<int>(std::lround(1000 * std::min(1.0, done))));
}

void LiveHeader::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange) {
        updateState();
    }
}

} // namespace mocoscope::ui
