// SPDX-License-Identifier: GPL-3.0-or-later
// Why there is nothing to see on the page.
#include "ui/pages/diagnose_page.h"
#include "ui/pages/diagnosed_run.h"
#include "ui/session/run_library.h"
#include "ui/session/session.h"

namespace mocoscope::ui {

QString DiagnosePage::emptyText() const
{
    if (m_shown->isReading()) {
        return tr("Reading the run…");
    }
    const auto run = m_shown->run();
    const storage::RunRecord* record = run ? m_library.find(*run) : nullptr;
    const bool isToCome = (m_shown == m_live && m_session.isActive())
        || (record && record->state == training::RunState::Created);
    return isToCome
        ? tr("The gradient of each layer appears with the first step of the run.")
        : tr("This run has recorded no gradients. A kNN evaluation and a linear probing train no "
             "backbone: choose the run that they evaluate.");
}

QString DiagnosePage::noIncidentText() const
{
    if (m_shown->isReading()) {
        return tr("Looking for gradient spikes…");
    }
    if (m_shown->options().spikeThreshold <= 0) {
        return tr("Gradient spikes are not watched in this run. Set monitor.spike_threshold above "
                  "0 to find them.");
    }
    return tr("No gradient spike so far. A layer is judged after %1 steps (monitor.spike_warmup); "
              "a spike lies %2 robust deviations above its running median "
              "(monitor.spike_threshold) and is %3 times as large (monitor.spike_factor).")
        .arg(m_shown->options().spikeWarmup)
        .arg(m_shown->options().spikeThreshold)
        .arg(m_shown->options().spikeFactor);
}

} // namespace mocoscope::ui
