// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/diagnose_page.h"

#include "training/api/config_json.h"
#include "ui/pages/collapse_panel.h"
#include "ui/pages/diagnose_plots.h"
#include "ui/pages/diagnosed_run.h"
#include "ui/pages/empty_state.h"
#include "ui/pages/features_view.h"
#include "ui/pages/spike_table_model.h"
#include "ui/plot/export_dialog.h"
#include "ui/session/run_library.h"
#include "ui/session/session.h"
#include "ui/theme.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLineEdit>
#include <QSplitter>
#include <QStackedLayout>
#include <QTabWidget>
#include <QTableView>
#include <QVBoxLayout>

#include <algorithm>
#include <map>
#include <utility>

namespace mocoscope::ui {
namespace {

training::MonitorConfig monitorOf(const storage::RunRecord& run)
{
    return training::fromJson(run.configJson).value_or(training::TrainingConfig()).monitor;
}

} // namespace

DiagnosePage::DiagnosePage(Session& session, RunLibrary& library,
                           training::FeaturePictures& pictures, QWidget* parent)
    : QWidget(parent)
    , m_session(session)
    , m_library(library)
    , m_live(new DiagnosedRun(library, this))
    , m_past(new DiagnosedRun(library, this))
    , m_model(new SpikeTableModel(this))
    , m_stack(new QStackedLayout(this))
    , m_features(new FeaturesView(library, session, pictures))
    , m_views(new QTabWidget)
{
    constexpr int growEveryMs = 3000;
    m_stack->addWidget(makeEmptyState());
    m_stack->addWidget(makeContent());
    m_growTimer.setSingleShot(true);
    m_growTimer.setInterval(growEveryMs);
    connect(&m_growTimer, &QTimer::timeout, m_past, [this] {
        if (m_past->run()) {
            m_past->readStored();
        }
    });
    for (DiagnosedRun* run : {m_live, m_past}) {
        connect(run, &DiagnosedRun::grew, this, [this, run] {
            if (run == m_shown) {
                showGrowth();
            }
        });
        connect(run, &DiagnosedRun::incidentsChanged, this, [this, run] {
            if (run == m_shown) {
                showIncidents();
            }
        });
    }
    connect(&library, &RunLibrary::runsChanged, this, &DiagnosePage::onRunsChanged);
    connectSession();
    onRunsChanged();
}

DiagnosePage::~DiagnosePage()
{
    m_chooser->lineEdit()->disconnect(this); // closing takes the focus from it
}

void DiagnosePage::saveLayout(QSettings& settings) const
{
    m_features->saveLayout(settings);
}

void DiagnosePage::restoreLayout(const QSettings& settings)
{
    m_features->restoreLayout(settings);
}

QWidget* DiagnosePage::makeEmptyState()
{
    auto* empty = new EmptyState(
        "diagnose", tr("No run to diagnose"),
        tr("The gradients of all layers, their spikes and what came of them are shown here, of a "
           "run that is on or of a past one."),
        this);
    connect(empty->addButton("configure", tr("Set up a run")), &QPushButton::clicked, this,
            &DiagnosePage::configurationRequested);
    return empty;
}

QWidget* DiagnosePage::makeGradients()
{
    m_plots = new DiagnosePlots;
    m_collapse = new CollapsePanel;
    auto* below = new QSplitter(Qt::Horizontal);
    below->addWidget(makeTable());
    below->addWidget(m_collapse);
    below->setStretchFactor(0, 3);
    below->setStretchFactor(1, 2);
    below->setChildrenCollapsible(false);
    auto* all = new QSplitter(Qt::Vertical);
    all->addWidget(m_plots);
    all->addWidget(below);
    all->setStretchFactor(0, 4);
    all->setStretchFactor(1, 1);
    all->setChildrenCollapsible(false);
    all->setSizes({600, 190}); // shares, not pixels: Qt spreads them over what there is
    return all;
}

QWidget* DiagnosePage::makeContent()
{
    m_views->setDocumentMode(true);
    m_views->setAccessibleName(tr("Views of the run"));
    m_views->addTab(makeGradients(), tr("Gradients"));
    m_views->addTab(m_features, tr("What the features see"));
    connect(m_views, &QTabWidget::currentChanged, this, [this](int tab) {
        m_summary->setVisible(tab == 0); // it speaks of the table there
    });
    auto* content = new QWidget(this);
    auto* column = new QVBoxLayout(content);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(makeHeader());
    column->addWidget(m_views, 1);
    return content;
}

QWidget* DiagnosePage::makeHeader()
{
    auto* header = new QWidget;
    auto* label = new QLabel(tr("&Run"));
    m_chooser = new QComboBox;
    m_chooser->setMinimumContentsLength(28);
    m_chooser->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    m_chooser->setMaximumWidth(fontMetrics().averageCharWidth() * 64);
    m_chooser->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_chooser->setMaxVisibleItems(24);
    m_chooser->setToolTip(tr("The run to diagnose: the one that is on, or a past one"));
    makeSearchable(*m_chooser, tr("Search the runs"));
    label->setBuddy(m_chooser);
    m_summary = makeMutedLabel({});
    QSizePolicy policy = m_summary->sizePolicy();
    policy.setRetainSizeWhenHidden(true); // else the chooser would take its place
    m_summary->setSizePolicy(policy);
    connect(m_chooser, &QComboBox::activated, this, [this](int index) {
        showRun(storage::RunId {m_chooser->itemData(index).toLongLong()});
    });
    connect(m_chooser->lineEdit(), &QLineEdit::editingFinished, this, &DiagnosePage::updateChooser);
    auto* row = new QHBoxLayout(header);
    row->setContentsMargins(spacing(3), spacing(2), spacing(3), spacing(1));
    row->setSpacing(spacing(2));
    row->addWidget(label);
    row->addWidget(m_chooser, 1);
    row->addSpacing(spacing(2));
    row->addWidget(m_summary, 1);
    return header;
}

QWidget* DiagnosePage::makeTable()
{
    m_table = new QTableView;
    m_table->setModel(m_model);
    m_table->setFrameShape(QFrame::NoFrame);
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setShowGrid(false);
    m_table->setAlternatingRowColors(true);
    m_table->verticalHeader()->hide();
    m_table->horizontalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
    m_table->horizontalHeader()->setStretchLastSection(true);
    m_table->setAccessibleName(tr("Incidents"));
    m_table->setToolTip(tr("Click on an incident to zoom to it"));
    const auto zoom = [this](const QModelIndex& index) {
        if (index.isValid()) {
            m_plots->zoomTo(m_model->incidents()[static_cast<std::size_t>(index.row())]);
        }
    };
    connect(m_table, &QAbstractItemView::clicked, this, zoom);
    connect(m_table, &QAbstractItemView::activated, this, zoom);
    m_noIncident = makeMutedLabel({});
    m_noIncident->setAlignment(Qt::AlignCenter);
    m_noIncident->setMargin(spacing(4));
    auto* place = new QWidget;
    auto* stack = new QStackedLayout(place);
    stack->addWidget(m_noIncident);
    stack->addWidget(m_table);
    const auto choose = [this, stack] { stack->setCurrentIndex(m_model->rowCount() > 0 ? 1 : 0); };
    connect(m_model, &QAbstractItemModel::rowsInserted, stack, choose);
    connect(m_model, &QAbstractItemModel::rowsRemoved, stack, choose);
    return place;
}

void DiagnosePage::connectSession()
{
    connect(&m_session, &Session::started, this, [this](storage::RunId run) {
        m_live->begin(run, m_session.config().monitor);
        m_wanted.reset();
        if (!m_isChosen || m_past->run() == run) {
            follow(m_live);
        }
        updateChooser();
    });
    connect(&m_session, &Session::prepared, this, [this](const training::RunFacts& facts) {
        if (!m_session.run()) {
            return;
        }
        m_live->begin(*m_session.run(), m_session.config().monitor, facts.layers);
        if (facts.firstStep > 0) { // resumed: its past is in the database
            m_live->readStored(facts.firstStep);
        }
        if (m_shown == m_live) {
            showShown();
        }
    });
    connect(&m_session, &Session::metricsDeclared, m_live, &DiagnosedRun::declare);
    connect(&m_session, &Session::metricsArrived, m_live, &DiagnosedRun::append);
    connect(&m_session, &Session::ended, this, [this] {
        m_plots->setLive(false);
        updateChooser();
    });
}

void DiagnosePage::follow(DiagnosedRun* run)
{
    m_shown = run;
    showShown();
}

std::optional<storage::RunId> DiagnosePage::shownRun() const
{
    return m_shown ? m_shown->run() : std::nullopt;
}

void DiagnosePage::showRun(storage::RunId run)
{
    if (!isVisible()) {
        m_wanted = run;
        return;
    }
    m_wanted.reset();
    const storage::RunRecord* record = m_library.find(run);
    if (m_live->run() == run) {
        m_isChosen = false;
        follow(m_live);
    } else if (record) {
        m_isChosen = true;
        m_past->begin(run, monitorOf(*record));
        m_past->readStored();
        follow(m_past);
    }
    updateChooser();
}

void DiagnosePage::showNewest()
{
    const auto& runs = m_library.runs();
    // One that has steps before one that waits for its turn.
    const auto newest = std::max_element(
        runs.begin(), runs.end(), [](const auto& a, const auto& b) {
            return std::pair(a.lastStep > 0, a.createdAt) < std::pair(b.lastStep > 0, b.createdAt);
        });
    if (newest != runs.end()) {
        showRun(newest->id);
        m_isChosen = false;
    }
}

void DiagnosePage::onRunsChanged()
{
    if (m_wanted && isVisible()) {
        showRun(*m_wanted);
    } else if (isVisible() && (!m_shown || isShownDeleted())) {
        showNewest();
    }
    updateChooser();
    if (m_shown != m_past || !isVisible() || m_past->isReading() || m_growTimer.isActive()) {
        return;
    }
    const storage::RunRecord* record = m_library.find(*m_past->run());
    if (record && record->lastStep > m_past->lastStep()) {
        m_growTimer.start();
    }
}

bool DiagnosePage::isShownDeleted() const
{
    return m_shown == m_past && m_past->run() && !m_library.find(*m_past->run());
}

void DiagnosePage::updateChooser()
{
    const bool hasRuns = !m_library.runs().empty() || m_live->run();
    m_stack->setCurrentIndex(hasRuns ? 1 : 0);
    std::vector<storage::RunRecord> runs = m_library.runs();
    std::stable_sort(runs.begin(), runs.end(),
                     [](const auto& a, const auto& b) { return a.createdAt > b.createdAt; });
    std::map<std::string, int> namesakes;
    std::ranges::for_each(runs, [&](const auto& run) { ++namesakes[run.name]; });
    const auto shown = shownRun();
    std::vector<std::pair<QString, qlonglong>> entries;
    for (const storage::RunRecord& run : runs) {
        const bool isWaiting = run.state == training::RunState::Created;
        const bool isOn = (m_session.isActive() && m_session.run() == run.id)
            || (!isWaiting && !training::isEnded(run.state)); // in another process
        if (isWaiting && !isOn && shown != run.id) {
            continue; // for its turn in a sweep: there is nothing to diagnose
        }
        QString name = QString::fromStdString(run.name);
        if (namesakes[run.name] > 1) {
            name = tr("%1 (run %2)").arg(name).arg(run.id.value);
        }
        entries.emplace_back(isOn ? tr("● %1").arg(name) : name, run.id.value);
    }
    if (isBeingSearched(*m_chooser)) {
        return;
    }
    if (entries != m_entries) { // else an open list would close under the mouse
        m_entries = std::move(entries);
        m_chooser->clear();
        for (const auto& [name, id] : m_entries) {
            m_chooser->addItem(name, id);
        }
    }
    m_chooser->setCurrentIndex(shown ? m_chooser->findData(qlonglong {shown->value}) : -1);
    if (shown) {
        if (const storage::RunRecord* record = m_library.find(*shown)) {
            m_plots->setFileName(asFileName(QString::fromStdString(record->name)));
        }
    }
}

void DiagnosePage::showShown()
{
    m_features->setRun(m_shown->run());
    m_plots->setRun(m_shown);
    m_plots->setLive(m_shown == m_live && m_session.isActive());
    showGrowth();
    showIncidents();
}

void DiagnosePage::showGrowth()
{
    m_isStale = !isVisible();
    if (m_isStale) {
        return;
    }
    m_plots->setEmptyText(emptyText());
    m_plots->refresh();
    m_collapse->setFigures(collapseFigures(m_shown->curves()));
    if (m_model->rowCount() == 0) {
        m_noIncident->setText(noIncidentText());
    }
}

void DiagnosePage::showIncidents()
{
    m_model->setIncidents(m_shown->watch(), *m_shown->curves().timeline());
    m_plots->updateMarks();
    m_noIncident->setText(noIncidentText());
    const int count = m_model->rowCount();
    m_summary->setText(
        count == 0       ? QString()
            : count == 1 ? tr("1 incident. Click on it in the table to zoom to it.")
                         : tr("%1 incidents. Click on one in the table to zoom to it.").arg(count));
}

void DiagnosePage::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    onRunsChanged();
    if (m_shown && m_isStale) {
        showGrowth();
    }
}

} // namespace mocoscope::ui
