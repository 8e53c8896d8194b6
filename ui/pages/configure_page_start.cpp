// SPDX-License-Identifier: GPL-3.0-or-later
// Whether the configured run can be started, and its start.
#include "training/api/devices.h"
#include "training/api/task.h"
#include "ui/pages/config_form.h"
#include "ui/pages/configure_page.h"
#include "ui/pages/estimate_panel.h"
#include "ui/pages/sweep_panel.h"
#include "ui/pages/widgets.h"
#include "ui/session/run_library.h"
#include "ui/session/session.h"
#include "ui/theme.h"

#include <QLineEdit>

#include <algorithm>

namespace mocoscope::ui {

using training::TrainingConfig;

QString ConfigurePage::reasonNotToQueue() const
{
    const auto& violations = m_form->draft().violations();
    if (violations.size() == 1) {
        return tr("1 option needs attention");
    }
    if (!violations.empty()) {
        return tr("%1 options need attention").arg(violations.size());
    }
    for (const std::string& name : training::deviceNames(m_form->draft().config().train.device)) {
        if (!m_deviceIds.empty() && name != "auto"
            && std::ranges::find(m_deviceIds, name) == m_deviceIds.end()) {
            return tr("This machine has no device %1.").arg(QString::fromStdString(name));
        }
    }
    if (const QString problem = m_estimate->problem(); !problem.isEmpty()) {
        return problem;
    }
    return m_library.readOnlyReason() ? tr("The run history cannot be written.") : QString();
}

QString ConfigurePage::reasonNotToStart() const
{
    const QString reason = reasonNotToQueue();
    if (!reason.isEmpty() || !m_session.isActive()) {
        return reason;
    }
    return m_source.fork ? tr("A run is on. Stop it first, or wait for its end.")
                         : tr("A run is on. Wait for its end, or queue this one under Sweep.");
}

void ConfigurePage::updateStart()
{
    m_sweep->setReasonNotToQueue(m_source.fork ? tr("A fork is a single run.")
                                               : reasonNotToQueue());
    const QString reason = reasonNotToStart();
    m_start->setText(training::isEvaluation(m_form->draft().config()) ? tr("Start evaluation")
                                                                      : tr("Start training"));
    setReason(*m_start, reason, tr("Store the run and start it (Ctrl+Return)"));
    m_problems->setText(reason.size() > 70 ? reason.left(69) + QStringLiteral("\u2026") : reason);
    m_problems->setVisible(!reason.isEmpty());
    const bool isOption = !m_form->draft().isValid();
    m_problems->setIcon(themedIcon(isOption ? "warning" : "info"));
    m_problems->setToolTip(isOption ? tr("Go to the first option that needs attention") : reason);
    Q_EMIT reasonChanged();
}

void ConfigurePage::refuse(const QString& what, const QString& reason)
{
    Message message;
    message.tone = Tone::Attention;
    message.text = what;
    message.detail = reason;
    Q_EMIT messageRaised(message);
}

/// What was typed just now is looked at first: a run that fails at once would be in the history.
/// Not for long, as the images of a large data set take their time.
void ConfigurePage::start()
{
    constexpr int patienceMs = 2000;
    if (!m_estimate->isLookingUp()) {
        startNow();
        return;
    }
    m_estimate->hurry();
    m_startPatience.start(patienceMs);
}

void ConfigurePage::onLookedUp()
{
    updateStart();
    if (m_startPatience.isActive() && !m_estimate->isLookingUp()) {
        startNow();
    }
}

void ConfigurePage::startNow()
{
    m_startPatience.stop();
    if (const QString reason = reasonNotToStart(); !reason.isEmpty()) {
        refuse(tr("The run cannot be started."), reason);
        return;
    }
    const TrainingConfig& config = m_form->draft().config();
    Q_EMIT startRequested(config, m_name->text().trimmed(),
                          training::isEvaluation(config) ? QString::fromStdString(config.task.name)
                                                         : m_source.preset,
                          originOf(config));
    m_name->clear();
}

/// Other weights, or another task, are no longer those of the run that was to be evaluated.
std::optional<RunOrigin> ConfigurePage::originOf(const TrainingConfig& config) const
{
    const bool isOfRun = m_source.fork
        || (training::isEvaluation(config)
            && config.model.initialWeights == m_source.config.model.initialWeights);
    return isOfRun ? m_source.origin : std::nullopt;
}

} // namespace mocoscope::ui
