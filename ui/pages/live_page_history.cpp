// SPDX-License-Identifier: GPL-3.0-or-later
// What the history has of the run that the Live page shows.
#include "ui/pages/live_notice.h"
#include "ui/pages/live_page.h"
#include "ui/pages/live_plots.h"
#include "ui/pages/live_texts.h"
#include "ui/plot/tick_text.h"
#include "ui/session/run_library.h"
#include "ui/session/session.h"

#include <algorithm>
#include <utility>

namespace mocoscope::ui {

using training::RunState;

void LivePage::readStored()
{
    m_isReading = true;
    const storage::RunRecord* record = m_library.find(*m_run);
    m_readStep = record ? record->lastStep : -1;
    m_library.readCurves(&m_curveReader, {*m_run}, mainMetrics(), [this](const auto& answer) {
        if (m_run && answer && !answer->empty()) { // not deleted meanwhile
            readGradients(answer->front());
            takeStored(*answer, false);
        } else {
            m_isReading = false;
            showHints();
        }
    });
}

/// The names of the layers are known only from what the run has recorded.
void LivePage::readGradients(const RunCurves& main)
{
    std::vector<std::string> names;
    for (const storage::MetricSummary& summary : main.summaries) {
        if (std::ranges::find(mainMetrics(), summary.name) == mainMetrics().end()) {
            names.push_back(summary.name);
        }
    }
    m_library.readCurves(&m_curveReader, {*m_run}, names, [this](const auto& answer) {
        if (answer) {
            takeStored(*answer, true);
        } else {
            m_isReading = false;
        }
    });
}

void LivePage::takeStored(const std::vector<RunCurves>& stored, bool isComplete)
{
    if (stored.empty()) {
        return;
    }
    m_curves.load(stored.front());
    if (!isComplete) { // what has come between the two reads is missing in the curves of the first
        m_readStep = std::max(m_readStep, m_curves.timeline()->lastStep());
    }
    if (isComplete) {
        m_isReading = false;
        if (isSessionRun() && m_facts.firstStep > 0) {
            m_curves.restartFrom(m_facts.firstStep);
        }
        onBatches(std::exchange(m_waiting, {}));
        followElsewhere();
    }
    m_plots->refresh();
    showFigures();
    showHints();
}

void LivePage::readEvents()
{
    m_library.readEvents(&m_eventReader, *m_run, [this](const auto& answer) {
        if (!answer) {
            return;
        }
        if (m_session.run() != m_run) { // all its marks come from here
            m_marks.clear();
            m_spikeMarks.clear();
        }
        std::string failure;
        for (const storage::EventRecord& event : *answer) {
            const QString step = stepText(static_cast<double>(event.step));
            PlotMark mark {static_cast<double>(event.step), MarkKind::Incident,
                           tr("Step %1: %2").arg(step, QString::fromStdString(event.message))};
            if (event.spike) {
                addSpikeMark(std::move(mark));
            } else {
                addMark(std::move(mark));
            }
            failure = event.kind == "failed" ? event.message : failure;
        }
        if (m_state == RunState::Failed && !failure.empty() && m_notice->isHidden()) {
            m_notice->show(LiveNotice::Kind::Failure, QString::fromStdString(failure), {});
        }
    });
}

} // namespace mocoscope::ui
