// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/live_page.h"

#include "training/api/config_json.h"
#include "training/api/task.h"
#include "ui/pages/empty_state.h"
#include "ui/pages/live_header.h"
#include "ui/pages/live_notice.h"
#include "ui/pages/live_plots.h"
#include "ui/pages/live_texts.h"
#include "ui/plot/export_dialog.h"
#include "ui/plot/tick_text.h"
#include "ui/session/run_library.h"
#include "ui/session/session.h"

#include <QPushButton>
#include <QStackedLayout>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace mocoscope::ui {
namespace {

using training::RunState;

QWidget* makeEmptyState(LivePage* page)
{
    auto* empty = new EmptyState(
        "live", LivePage::tr("No run yet"),
        LivePage::tr(
            "Loss, accuracy and the gradient of every layer are drawn here while a run is on."),
        page);
    QObject::connect(empty->addButton("configure", LivePage::tr("Set up a run")),
                     &QPushButton::clicked, page, &LivePage::configurationRequested);
    return empty;
}

} // namespace

LivePage::LivePage(Session& session, RunLibrary& library, QWidget* parent)
    : QWidget(parent)
    , m_session(session)
    , m_library(library)
    , m_stack(new QStackedLayout(this))
    , m_empty(makeEmptyState(this))
    , m_header(new LiveHeader)
    , m_notice(new LiveNotice)
    , m_plots(new LivePlots(m_curves))
{
    auto* content = new QWidget(this);
    auto* column = new QVBoxLayout(content);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_header);
    column->addWidget(m_notice);
    column->addWidget(m_plots, 1);
    m_stack->addWidget(m_empty);
    m_stack->addWidget(content);
    connect(m_header, &LiveHeader::pauseRequested, &session, &Session::pause);
    connect(m_header, &LiveHeader::resumeRequested, &session, &Session::resume);
    connect(m_header, &LiveHeader::stopRequested, &session, &Session::stop);
    connect(&library, &RunLibrary::runsChanged, this, &LivePage::onRunsChanged);
    connectSession();
    onRunsChanged();
}

LivePage::~LivePage() = default;

void LivePage::connectSession()
{
    connect(&m_session, &Session::started, this, &LivePage::onStarted);
    connect(&m_session, &Session::prepared, this, &LivePage::onPrepared);
    connect(&m_session, &Session::stateChanged, this, &LivePage::onState);
    connect(&m_session, &Session::metricsDeclared, this,
            [this](const std::vector<training::MetricDescription>& metrics) {
                m_curves.declare(metrics);
            });
    connect(&m_session, &Session::metricsArrived, this, &LivePage::onBatches);
    connect(&m_session, &Session::incidentHappened, this, &LivePage::onIncident);
    connect(&m_session, &Session::checkpointSaved, this,
            [this](const training::CheckpointSaved& saved) {
                addMark(
                    {static_cast<double>(saved.step), MarkKind::Checkpoint,
                     tr("Checkpoint at step %1").arg(stepText(static_cast<double>(saved.step)))});
            });
    connect(&m_session, &Session::progressed, m_header, &LiveHeader::setPhase);
    connect(&m_session, &Session::failed, this, [this](const training::Error& error) {
        m_notice->show(LiveNotice::Kind::Failure, QString::fromStdString(error.message),
                       QString::fromStdString(error.detail));
    });
    connect(&m_session, &Session::ended, this, &LivePage::onEnded);
}

bool LivePage::isSessionRun() const
{
    return m_run && m_session.isActive() && m_session.run() == m_run;
}

void LivePage::beginRun(storage::RunId run)
{
    m_run = run;
    m_isListed = m_library.find(run) != nullptr;
    m_facts = {};
    m_marks.clear();
    m_spikeMarks.clear();
    m_waiting.clear();
    m_readStep = -1;
    m_isReading = false;
    m_curves.clear();
    m_notice->clear();
    m_plots->reset();
    m_plots->setMarks({});
    m_stack->setCurrentIndex(1);
}

void LivePage::onStarted(storage::RunId run)
{
    beginRun(run);
    m_config = m_session.config();
    m_state = m_session.state();
    m_header->setState(m_state);
    m_header->setControllable(true);
    m_header->setPhase({});
    m_plots->setLive(true);
    const storage::RunRecord* record = m_library.find(run);
    if (record && record->startedAt) { // resumed: its past is in the database
        readStored();
        readEvents();
    }
    showRecord();
    showHints();
    showFigures();
}

void LivePage::onPrepared(const training::RunFacts& facts)
{
    m_facts = facts;
    showRecord();
    showHints();
    showFigures();
}

void LivePage::onState(RunState state, const QString& reason)
{
    if (!m_session.run()) {
        return; // not stored yet, or it could not be: there is nothing to show of it
    }
    m_state = state;
    m_header->setState(state);
    if (state == RunState::Running) {
        m_notice->clear();
    } else if (state == RunState::Paused && !reason.isEmpty() && m_notice->isHidden()) {
        m_notice->show(LiveNotice::Kind::Warning, tr("Paused"), reason);
    }
}

void LivePage::onBatches(const std::vector<training::MetricBatch>& batches)
{
    if (m_isReading) {
        m_waiting.insert(m_waiting.end(), batches.begin(), batches.end());
        return;
    }
    m_curves.append(batches);
    m_plots->refresh();
    showFigures();
}

void LivePage::onIncident(const training::Incident& incident)
{
    const QString step = stepText(static_cast<double>(incident.step));
    const QString layer = QString::fromStdString(incident.layer);
    const QString message = QString::fromStdString(incident.message);
    const QString place
        = layer.isEmpty() ? tr("Step %1").arg(step) : tr("Step %1, layer %2").arg(step, layer);
    PlotMark mark {static_cast<double>(incident.step), MarkKind::Incident,
                   place + QStringLiteral(": ") + message};
    if (!incident.spike) {
        addMark(std::move(mark));
    } else if (!addSpikeMark(std::move(mark))) {
        return; // has been told
    }
    const bool isNonFinite = incident.kind == "non_finite";
    m_notice->show(LiveNotice::Kind::Warning,
                   isNonFinite ? tr("Loss or gradient is not finite. %1").arg(place) : place,
                   message);
}

void LivePage::onEnded()
{
    if (!m_session.run()) {
        return;
    }
    m_header->setControllable(false);
    m_header->setPhase({});
    m_header->setState(m_session.state());
    m_state = m_session.state();
    m_plots->setLive(false);
    showFigures();
    showHints();
}

bool LivePage::addSpikeMark(PlotMark mark)
{
    const auto [known, isNew] = m_spikeMarks.try_emplace(mark.step, m_marks.size());
    if (isNew) {
        addMark(std::move(mark));
    } else {
        m_marks[known->second] = std::move(mark);
        m_plots->setMarks(m_marks);
    }
    return isNew;
}

void LivePage::addMark(PlotMark mark)
{
    m_marks.push_back(std::move(mark));
    m_plots->setMarks(m_marks);
}

void LivePage::showRun(storage::RunId run)
{
    if (m_session.isActive() || !m_library.find(run)) {
        return;
    }
    beginRun(run);
    if (m_session.run() == run) {
        m_config = m_session.config();
        m_facts = m_session.facts();
        m_state = m_session.state();
        m_header->setState(m_state);
    }
    m_header->setControllable(false);
    m_plots->setLive(false);
    readStored();
    readEvents();
    showRecord();
    showFigures();
    showHints();
}

void LivePage::onRunsChanged()
{
    const bool isListed = m_run && m_library.find(*m_run);
    if (std::exchange(m_isListed, isListed) && !isListed && !m_session.isActive()) { // deleted
        m_run.reset();
        m_stack->setCurrentIndex(0);
    }
    if (!m_run && !m_session.isActive() && !m_library.runs().empty()) {
        // The newest; one that waits for its turn in a sweep has nothing to show.
        const auto newest
            = std::ranges::max_element(m_library.runs(), {}, [](const storage::RunRecord& run) {
                  return std::pair(run.state != RunState::Created, run.createdAt);
              });
        showRun(newest->id);
        return;
    }
    showRecord();
    followElsewhere();
}

/// Of a run of another process. What comes while it is read is read afterwards: the next change may
/// be the last one.
void LivePage::followElsewhere()
{
    const storage::RunRecord* record = m_run ? m_library.find(*m_run) : nullptr;
    const bool grewElsewhere = record && !isSessionRun() && record->lastStep > m_readStep;
    if (grewElsewhere && !m_isReading && m_session.run() != m_run) {
        readStored();
        readEvents();
    }
}

void LivePage::showRecord()
{
    const storage::RunRecord* record = m_run ? m_library.find(*m_run) : nullptr;
    if (!record) {
        return;
    }
    if (m_session.run() != m_run) { // what the session says is newer than what was read
        m_config = training::fromJson(record->configJson).value_or(training::TrainingConfig());
        if (std::exchange(m_state, record->state) != record->state) {
            readEvents(); // of another process: why it has failed
            showHints();
        }
        m_header->setState(m_state);
        m_facts.totalSteps = record->totalSteps;
        m_facts.device = record->device;
    }
    const QString name = QString::fromStdString(record->name);
    const std::string& device = m_facts.device.empty() ? record->device : m_facts.device;
    m_header->setRun(name,
                     describeRun(m_config, QString::fromStdString(record->preset),
                                 QString::fromStdString(device), m_facts.trainableParameters));
    m_plots->setFileName(asFileName(name));
}

double LivePage::totalEpochs() const
{
    if (m_facts.stepsPerEpoch > 0 && m_facts.totalSteps > 0) {
        return static_cast<double>(m_facts.totalSteps) / static_cast<double>(m_facts.stepsPerEpoch);
    }
    return m_config.train.maxSteps > 0 ? 0 : static_cast<double>(training::taskEpochs(m_config));
}

void LivePage::showFigures()
{
    m_header->setFigures(liveFigures(m_curves, m_facts.totalSteps, m_facts.firstStep),
                         m_facts.totalSteps, totalEpochs());
}

void LivePage::showHints()
{
    const bool isUnlabelled = isSessionRun() && m_facts.totalSteps > 0
        && (m_facts.classes == 0 || m_facts.testImages == 0);
    const bool hasEnded = !isSessionRun() && !m_isReading && training::isEnded(m_state);
    m_plots->setHints(liveHints(m_config, isUnlabelled, hasEnded));
}

} // namespace mocoscope::ui
