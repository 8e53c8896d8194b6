// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/status_strip.h"

#include "ui/models/text_format.h"
#include "ui/pages/live_texts.h"
#include "ui/pages/state_look.h"
#include "ui/pages/widgets.h"
#include "ui/session/run_library.h"
#include "ui/theme.h"

#include <QAction>
#include <QEvent>
#include <QHBoxLayout>
#include <QPainter>
#include <QProgressBar>

#include <cmath>

namespace mocoscope::ui {

using training::RunState;

namespace {

constexpr int barRange = 1000;

QToolButton* makeControl(QAction& action)
{
    auto* button = new QToolButton;
    button->setDefaultAction(&action);
    button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    button->setFocusPolicy(Qt::TabFocus);
    return button;
}

} // namespace

StatusStrip::StatusStrip(Session& session, RunLibrary& library, QAction& pause, QAction& stop,
                         QWidget* parent)
    : QWidget(parent)
    , m_session(session)
    , m_library(library)
    , m_icon(new QLabel)
    , m_name(new QToolButton)
    , m_state(new QLabel)
    , m_bar(new QProgressBar)
    , m_figures(new QLabel)
{
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(spacing(3), spacing(1), spacing(3), spacing(1));
    row->setSpacing(spacing(2));
    m_name->setAutoRaise(true);
    m_name->setFocusPolicy(Qt::TabFocus);
    m_name->setToolTip(tr("Show this run on the Live page"));
    m_bar->setTextVisible(false);
    m_bar->setRange(0, barRange);
    m_bar->setMaximumHeight(spacing(2));
    m_bar->setMinimumWidth(spacing(30));
    m_bar->setAccessibleName(tr("Progress of the run"));
    m_figures->setForegroundRole(QPalette::PlaceholderText);
    row->addWidget(m_icon);
    row->addWidget(m_state);
    row->addWidget(m_name);
    row->addWidget(m_bar, 1);
    row->addWidget(m_figures);
    row->addStretch(m_session.isActive() ? 0 : 1);
    row->addWidget(makeControl(pause));
    row->addWidget(makeControl(stop));
    m_ofRun = {m_icon, m_name, m_bar, m_figures};
    connect(m_name, &QToolButton::clicked, this, &StatusStrip::runClicked);
    connectSession();
    updateState();
}

void StatusStrip::connectSession()
{
    connect(&m_session, &Session::stateChanged, this, &StatusStrip::updateState);
    connect(&m_session, &Session::ended, this, [this] {
        m_phase.clear();
        m_isStopping = false;
        updateState();
    });
    connect(&m_session, &Session::started, this, [this] {
        m_progress = {};
        updateState();
    });
    connect(&m_session, &Session::prepared, this, [this](const training::RunFacts& facts) {
        m_progress.begin(facts);
        updateFigures();
    });
    connect(&m_session, &Session::metricsDeclared, this,
            [this](const auto& metrics) { m_progress.declare(metrics); });
    connect(&m_session, &Session::metricsArrived, this, [this](const auto& batches) {
        for (const training::MetricBatch& batch : batches) {
            m_progress.take(batch);
        }
        updateFigures();
    });
    connect(&m_session, &Session::progressed, this, [this](const training::Progress& progress) {
        m_phase = phaseText(progress);
        updateState();
    });
    connect(&m_library, &RunLibrary::runsChanged, this, &StatusStrip::updateState);
}

void StatusStrip::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::PaletteChange) {
        updateState();
    }
    QWidget::changeEvent(event);
}

void StatusStrip::showStopping()
{
    m_isStopping = m_session.isActive();
    updateState();
}

void StatusStrip::updateState()
{
    const bool hasRun = m_session.run().has_value() || m_session.isActive();
    for (QWidget* widget : m_ofRun) {
        widget->setVisible(hasRun);
    }
    m_state->setText(hasRun ? stateText() : tr("No run is on"));
    m_state->setForegroundRole(hasRun ? QPalette::WindowText : QPalette::PlaceholderText);
    if (!hasRun) {
        return;
    }
    const RunState state = m_session.state();
    const int side = spacing(4);
    m_icon->setPixmap(stateIcon(state, palette()).pixmap(QSize(side, side), devicePixelRatioF()));
    const auto* run = m_session.run() ? m_library.find(*m_session.run()) : nullptr;
    m_name->setText(run ? QString::fromStdString(run->name) : tr("new run"));
    updateFigures();
}

QString StatusStrip::stateText() const
{
    const RunState state = m_session.state();
    if (m_isStopping) {
        return m_phase.isEmpty() ? tr("Stopping") : tr("Stopping: %1").arg(m_phase);
    }
    if (m_session.isActive() && state == RunState::Created) {
        return m_phase.isEmpty() ? tr("Starting") : tr("Starting: %1").arg(m_phase);
    }
    return m_session.isActive() && !m_phase.isEmpty() ? stateName(state) + ", " + m_phase
                                                      : stateName(state);
}

void StatusStrip::updateFigures()
{
    m_bar->setValue(static_cast<int>(barRange * m_progress.share()));
    if (m_progress.totalSteps() == 0) {
        m_figures->clear();
        return;
    }
    QStringList parts {
        tr("step %1 of %2").arg(countText(m_progress.step()), countText(m_progress.totalSteps()))};
    if (m_session.isActive()) {
        if (const auto rate = m_progress.imagesPerSecond()) {
            parts << tr("%1 images/s").arg(countText(std::llround(*rate)));
        }
        if (const auto left = m_progress.remainingMs()) {
            parts << tr("%1 left").arg(durationText(*left));
        }
    }
    m_figures->setText(parts.join(QStringLiteral("  \u00b7  ")));
}

} // namespace mocoscope::ui
