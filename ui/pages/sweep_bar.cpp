// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/sweep_bar.h"

#include "ui/pages/widgets.h"
#include "ui/session/sweep_queue.h"
#include "ui/theme.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QSignalBlocker>

#include <algorithm>
#include <map>

namespace mocoscope::ui {

using storage::RunRecord;
using storage::SweepId;
using training::RunState;

namespace {

qlonglong keyOf(const RunRecord& run)
{
    return static_cast<qlonglong>(run.sweep->sweep.value);
}

} // namespace

SweepBar::SweepBar(QWidget* parent)
    : QWidget(parent)
    , m_choice(new QComboBox)
    , m_progress(makeMutedLabel({}))
    , m_continue(makeButton("start", tr("Continue")))
    , m_stop(makeButton("stop", tr("Stop the queue")))
    , m_compare(makeButton("compare", tr("Compare finished")))
{
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(spacing(2));
    auto* label = new QLabel(tr("S&weep"));
    label->setBuddy(m_choice);
    m_choice->setAccessibleName(tr("Sweep"));
    m_choice->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    m_progress->setWordWrap(false);
    setMinimumHeight(m_compare->sizeHint().height()); // the same with and without buttons
    row->addWidget(label);
    row->addWidget(m_choice);
    row->addWidget(m_progress);
    row->addStretch(1);
    row->addWidget(m_continue);
    row->addWidget(m_stop);
    row->addWidget(m_compare);
    connect(m_choice, &QComboBox::currentIndexChanged, this, [this] {
        m_awaited.reset();
        refresh();
        Q_EMIT sweepChosen();
    });
    connect(m_continue, &QPushButton::clicked, this,
            [this] { Q_EMIT continueRequested(*chosen()); });
    connect(m_stop, &QPushButton::clicked, this, &SweepBar::stopRequested);
    connect(m_compare, &QPushButton::clicked, this,
            [this] { Q_EMIT compareRequested(finishedRuns()); });
    setRuns({});
}

void SweepBar::setRuns(const std::vector<RunRecord>& runs)
{
    m_runs.clear();
    std::ranges::copy_if(runs, std::back_inserter(m_runs),
                         [](const RunRecord& run) { return run.sweep.has_value(); });
    fillChoice();
    setVisible(!m_runs.empty());
    refresh();
}

/// The newest first; what was chosen stays chosen as long as it is there.
void SweepBar::fillChoice()
{
    std::map<qlonglong, QString, std::greater<>> sweeps;
    for (const RunRecord& run : m_runs) {
        sweeps[keyOf(run)] = QString::fromStdString(run.sweep->name);
    }
    bool isSame = m_choice->count() == static_cast<int>(sweeps.size()) + 1;
    int place = 1;
    for (const auto& [key, name] : sweeps) {
        isSame = isSame && m_choice->itemData(place++).toLongLong() == key;
    }
    if (isSame) {
        return;
    }
    const auto before = chosen();
    const auto wanted = m_awaited ? m_awaited : before;
    {
        const QSignalBlocker blocker(m_choice);
        m_choice->clear();
        m_choice->addItem(tr("All runs"));
        for (const auto& [key, name] : sweeps) {
            m_choice->addItem(name, key);
        }
        m_choice->setCurrentIndex(indexOf(wanted));
    }
    m_awaited = chosen() == m_awaited ? std::nullopt : m_awaited;
    if (chosen() != before) {
        Q_EMIT sweepChosen();
    }
}

void SweepBar::setQueue(std::vector<SweepId> queued, const QString& reasonNotToContinue)
{
    m_queued = std::move(queued);
    m_reasonNotToContinue = reasonNotToContinue;
    refresh();
}

void SweepBar::choose(std::optional<SweepId> sweep)
{
    m_choice->setCurrentIndex(indexOf(sweep));
    m_awaited = chosen() == sweep ? std::nullopt : sweep;
}

/// Of all runs where it is not there.
int SweepBar::indexOf(std::optional<SweepId> sweep) const
{
    return sweep ? qMax(0, m_choice->findData(static_cast<qlonglong>(sweep->value))) : 0;
}

std::optional<SweepId> SweepBar::chosen() const
{
    const QVariant key = m_choice->currentData();
    return key.isValid() ? std::optional(SweepId {key.toLongLong()}) : std::nullopt;
}

std::vector<storage::RunId> SweepBar::finishedRuns() const
{
    std::vector<const RunRecord*> finished;
    for (const RunRecord& run : m_runs) {
        if (run.sweep->sweep == chosen() && run.state == RunState::Finished) {
            finished.push_back(&run);
        }
    }
    std::ranges::sort(finished, {}, [](const RunRecord* run) { return run->sweep->place; });
    std::vector<storage::RunId> ids;
    ids.reserve(finished.size());
    for (const RunRecord* run : finished) {
        ids.push_back(run->id);
    }
    return ids;
}

bool SweepBar::isQueued() const
{
    return chosen() && std::ranges::find(m_queued, *chosen()) != m_queued.end();
}

QString SweepBar::progressText() const
{
    std::map<RunState, int> counts;
    int total = 0;
    for (const RunRecord& run : m_runs) {
        if (run.sweep->sweep == chosen()) {
            ++counts[run.state];
            ++total;
        }
    }
    QStringList parts {tr("%1 of %2 finished").arg(counts[RunState::Finished]).arg(total)};
    const auto add = [&parts](int count, const QString& text) {
        if (count > 0) {
            parts << text.arg(count);
        }
    };
    add(counts[RunState::Running] + counts[RunState::Paused], tr("%1 on"));
    add(counts[RunState::Created], tr("%1 waiting"));
    add(counts[RunState::Stopped] + counts[RunState::Interrupted], tr("%1 stopped half-way"));
    add(counts[RunState::Failed], tr("%1 failed"));
    return parts.join(QStringLiteral(", "));
}

void SweepBar::refresh()
{
    const bool hasSweep = chosen().has_value();
    m_progress->setText(hasSweep ? progressText() : QString());
    for (QWidget* each : {static_cast<QWidget*>(m_compare), static_cast<QWidget*>(m_continue)}) {
        each->setVisible(hasSweep);
    }
    m_continue->setVisible(hasSweep && !isQueued());
    m_stop->setVisible(!m_queued.empty());
    m_stop->setToolTip(tr("Stop the run with a checkpoint; the rest of the queue waits"));
    const bool hasRest = std::ranges::any_of(m_runs, [this](const RunRecord& run) {
        return run.sweep->sweep == chosen() && isWaiting(run);
    });
    setReason(*m_continue,
              hasRest ? m_reasonNotToContinue : tr("No run of this sweep waits any more."),
              tr("Train the runs that wait, one after another"));
    setReason(*m_compare,
              finishedRuns().size() >= 2 ? QString() : tr("Fewer than two runs are finished."),
              tr("Lay the finished runs side by side, with means over seeds"));
}

} // namespace mocoscope::ui
