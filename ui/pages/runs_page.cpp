// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/runs_page.h"

#include "storage/run_tags.h"
#include "ui/models/text_format.h"
#include "ui/pages/empty_state.h"
#include "ui/pages/evaluation_start.h"
#include "ui/pages/fork_start.h"
#include "ui/pages/run_files.h"
#include "ui/pages/run_panel.h"
#include "ui/pages/run_row_delegate.h"
#include "ui/pages/sweep_bar.h"
#include "ui/pages/undo_list.h"
#include "ui/pages/weights_export.h"
#include "ui/pages/widgets.h"
#include "ui/plot/plot_theme.h"
#include "ui/session/run_library.h"
#include "ui/session/session.h"
#include "ui/session/sweep_queue.h"
#include "ui/theme.h"

#include <QAction>
#include <QCheckBox>
#include <QEvent>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLineEdit>
#include <QSettings>
#include <QSplitter>
#include <QStackedLayout>
#include <QStyle>
#include <QToolBar>
#include <QToolButton>
#include <QTreeView>

#include <algorithm>

namespace mocoscope::ui {

using storage::RunId;
using storage::RunRecord;

RunsPage::RunsPage(RunLibrary& library, Session& session, SweepQueue& queue,
                   training::Exporter& exporter, QWidget* parent)
    : QWidget(parent)
    , m_library(library)
    , m_session(session)
    , m_queue(queue)
    , m_weightsExport(new WeightsExport(library, exporter, this))
    , m_evaluation(new EvaluationStart(library, this))
    , m_forkStart(new ForkStart(library, this))
    , m_files(new RunFiles(library, this))
    , m_undo(new UndoList(this))
    , m_stack(new QStackedLayout(this))
{
    m_model.setDark(isDark(palette()));
    m_filter.setSourceModel(&m_model);
    makeActions();
    auto* page = new QWidget;
    auto* column = new QVBoxLayout(page);
    column->setContentsMargins(spacing(4), spacing(4), spacing(4), spacing(4));
    column->setSpacing(spacing(3));
    column->addWidget(makeHeader());
    column->addWidget(makeSweepBar());
    m_splitter = new QSplitter;
    m_splitter->setChildrenCollapsible(false);
    m_splitter->addWidget(makeTable());
    m_panel = new RunPanel(library);
    m_splitter->addWidget(m_panel);
    m_splitter->setStretchFactor(0, 1);
    m_splitter->setStretchFactor(1, 0);
    column->addWidget(m_splitter, 1);
    m_stack->addWidget(makeEmptyState());
    m_stack->addWidget(page);

    connect(m_weightsExport, &WeightsExport::messageRaised, this, &RunsPage::messageRaised);
    connect(m_files, &RunFiles::messageRaised, this, &RunsPage::messageRaised);
    connect(m_undo, &UndoList::messageRaised, this, &RunsPage::messageRaised);
    QWidget::addAction(&m_undo->action());
    connect(m_evaluation, &EvaluationStart::messageRaised, this, &RunsPage::messageRaised);
    connect(m_evaluation, &EvaluationStart::prepared, this, &RunsPage::evaluationPrepared);
    connect(m_evaluation, &EvaluationStart::taskChosen, this,
            [this](const QString& task) { m_evaluation->prepare(singleRun(), task); });
    connect(m_forkStart, &ForkStart::messageRaised, this, &RunsPage::messageRaised);
    connect(m_forkStart, &ForkStart::prepared, this, &RunsPage::forkPrepared);
    connect(m_panel, &RunPanel::forkRequested, m_forkStart, &ForkStart::prepareFrom);
    connect(&m_library, &RunLibrary::runsChanged, this, &RunsPage::updateRuns);
    connect(&m_model, &RunTableModel::renameRequested, &m_library, &RunLibrary::rename);
    connect(&m_model, &RunTableModel::shownRunsChanged, this,
            [this] { Q_EMIT shownRunsChanged(m_model.shownRuns()); });
    connect(&m_session, &Session::stateChanged, this, &RunsPage::updateActions);
    connect(&m_session, &Session::ended, this, &RunsPage::updateActions);
    updateRuns();
}

void RunsPage::makeSearch()
{
    m_search = new QLineEdit;
    m_search->setPlaceholderText(tr("Search, or lr > 1e-4 and method = byol (Ctrl+F)"));
    m_search->setToolTip(
        tr("<qt>Words are looked for in name, tag, note and state. Conditions compare any option, "
           "<i>state</i>, <i>name</i>, <i>tag</i> or figure (<i>loss</i>, <i>knn_top1</i>, "
           "<i>best_knn_top1</i>, <i>linear_top1</i>, <i>finetune_top1</i>, <i>incidents</i>, "
           "<i>steps</i>, <i>created</i>):<br><b>=&nbsp; !=&nbsp; &lt;&nbsp; &lt;=&nbsp; "
           "&gt;&nbsp; &gt;=&nbsp; "
           "~</b> (contains), joined by <b>and</b>, <b>or</b>, <b>not</b>, brackets.</qt>"));
    m_search->setAccessibleName(tr("Search the runs"));
    m_search->setClearButtonEnabled(true);
    addSearchIcon(*m_search);
    m_search->setMinimumWidth(fontMetrics().averageCharWidth() * 48);
    connect(m_search, &QLineEdit::textChanged, this, [this](const QString& text) {
        m_filter.setSearch(text);
        m_searchProblem->setText(m_filter.problem());
        m_searchProblem->setVisible(!m_filter.problem().isEmpty());
        m_search->setAccessibleDescription(m_filter.problem());
        updateRuns();
    });
}

QWidget* RunsPage::makeHeader()
{
    auto* header = new QWidget;
    auto* column = new QVBoxLayout(header);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(spacing(2));
    auto* row = new QHBoxLayout;
    row->setSpacing(spacing(3));
    row->addWidget(makeHeading(tr("Runs"), 3));
    m_count = makeMutedLabel({});
    m_count->setWordWrap(false);
    row->addWidget(m_count);
    row->addStretch(1);
    m_showArchived = new QCheckBox(tr("&Archived"));
    m_showArchived->setToolTip(tr("Show the runs of the archive too"));
    connect(m_showArchived, &QCheckBox::toggled, this, [this](bool shows) {
        m_filter.setShowsArchived(shows);
        updateRuns();
    });
    row->addWidget(m_showArchived);
    makeSearch();
    row->addWidget(m_search);
    column->addLayout(row);
    m_searchProblem = new QLabel;
    m_searchProblem->setTextFormat(Qt::RichText);
    m_searchProblem->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    m_searchProblem->setWordWrap(true);
    m_searchProblem->hide();
    column->addWidget(m_searchProblem);
    updateProblemColour();
    auto* tools = new QToolBar(tr("What can be done with runs"));
    tools->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    tools->setIconSize(QSize(spacing(4), spacing(4)));
    tools->addActions(
        {m_show, m_compare, m_evaluation->action(), m_resume, m_fork, m_useConfiguration});
    auto* evaluate = qobject_cast<QToolButton*>(tools->widgetForAction(m_evaluation->action()));
    evaluate->setPopupMode(QToolButton::InstantPopup);
    tools->addSeparator();
    tools->addActions({m_rename, m_colour, m_star, m_archive, m_delete});
    tools->addSeparator();
    for (QAction* action : {m_exportCurves, m_import}) {
        tools->addAction(action);
        qobject_cast<QToolButton*>(tools->widgetForAction(action))
            ->setPopupMode(QToolButton::InstantPopup);
    }
    column->addWidget(tools);
    return header;
}

QWidget* RunsPage::makeSweepBar()
{
    m_sweeps = new SweepBar;
    connect(m_sweeps, &SweepBar::sweepChosen, this, [this] {
        m_filter.setSweep(m_sweeps->chosen());
        updateQueue();
        updateRuns();
    });
    connect(m_sweeps, &SweepBar::continueRequested, &m_queue, &SweepQueue::resume);
    connect(m_sweeps, &SweepBar::stopRequested, &m_queue, &SweepQueue::stop);
    connect(m_sweeps, &SweepBar::compareRequested, this, [this](const std::vector<RunId>& runs) {
        m_model.setShownRuns(runs);
        Q_EMIT compareRequested();
    });
    connect(&m_queue, &SweepQueue::changed, this, &RunsPage::updateQueue);
    updateQueue();
    return m_sweeps;
}

void RunsPage::updateQueue()
{
    m_sweeps->setQueue(m_queue.sweeps(),
                       m_library.readOnlyReason() ? tr("The run history cannot be written.")
                                                  : QString());
}

QWidget* RunsPage::makeTable()
{
    auto* holder = new QWidget;
    auto* column = new QVBoxLayout(holder);
    column->setContentsMargins(0, 0, 0, 0);
    m_table = new QTreeView;
    m_table->setObjectName("runs");
    m_table->setModel(&m_filter);
    m_table->setItemDelegate(new RunRowDelegate(m_table));
    m_table->setRootIsDecorated(false);
    m_table->setUniformRowHeights(true);
    m_table->setAlternatingRowColors(true);
    m_table->setSortingEnabled(true);
    m_table->sortByColumn(RunTableModel::Started, Qt::DescendingOrder);
    m_table->setSelectionMode(QAbstractItemView::ExtendedSelection);
    m_table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_table->setAllColumnsShowFocus(true);
    m_table->setTextElideMode(Qt::ElideMiddle); // names of a sweep's runs differ at their end
    m_table->setContextMenuPolicy(Qt::CustomContextMenu);
    m_table->setAccessibleName(tr("Runs"));
    m_table->header()->setStretchLastSection(true);
    m_table->header()->setSectionsMovable(true);
    setColumnWidths();
    m_table->addActions({m_show, m_check, m_rename, m_delete});
    connect(m_table, &QTreeView::customContextMenuRequested, this, &RunsPage::openContextMenu);
    connect(m_table, &QTreeView::activated, this, &RunsPage::showSelected);
    connect(m_table->selectionModel(), &QItemSelectionModel::selectionChanged, this, [this] {
        m_panel->setSelection(selectedRuns());
        updateActions();
    });
    m_nothingFound = makeMutedLabel({});
    m_nothingFound->setAlignment(Qt::AlignCenter);
    column->addWidget(m_nothingFound);
    column->addWidget(m_table, 1);
    return holder;
}

/// Those of usual values, where titles and states are not longer in the window's language.
void RunsPage::setColumnWidths()
{
    const int letter = fontMetrics().averageCharWidth();
    const int widths[] = {31, 17, 11, 18, 12, 12, 12, 13, 9, 14, 14, 17};
    for (int section = 0; section < RunTableModel::Tags; ++section) {
        const QString title
            = m_model.headerData(section, Qt::Horizontal, Qt::DisplayRole).toString();
        m_table->setColumnWidth(section,
                                std::max(letter * widths[section],
                                         fontMetrics().horizontalAdvance(title) + 3 * letter));
    }
    int width = m_table->columnWidth(RunTableModel::State);
    const int iconAndSpace = style()->pixelMetric(QStyle::PM_SmallIconSize) + 3 * letter;
    for (int state = 0; state <= static_cast<int>(training::RunState::Interrupted); ++state) {
        const QString name = stateName(static_cast<training::RunState>(state));
        width = std::max(width, fontMetrics().horizontalAdvance(name) + iconAndSpace);
    }
    m_table->setColumnWidth(RunTableModel::State, width);
}

QWidget* RunsPage::makeEmptyState()
{
    auto* empty = new EmptyState(
        "runs", tr("No runs yet"),
        tr("Train a small Vision Transformer on the built-in images to see how it works: it needs "
           "nothing and takes about a minute. Or point Mocoscope at images of your own."));
    m_demo = empty->addButton("start", tr("Start the demo"));
    connect(m_demo, &QPushButton::clicked, this, &RunsPage::demoRequested);
    connect(empty->addButton("configure", tr("Configure a run")), &QPushButton::clicked, this,
            &RunsPage::newRunRequested);
    connect(empty->addButton("load", tr("Import runs\u2026")), &QPushButton::clicked, m_files,
            &RunFiles::askImportFiles);
    return empty;
}

void RunsPage::updateRuns()
{
    m_model.setRuns(m_library.runs());
    m_sweeps->setRuns(m_library.runs());
    hideEmptyColumns();
    m_showArchived->setVisible(std::ranges::any_of(m_library.runs(), [](const RunRecord& run) {
        return storage::hasTag(run, storage::archivedTag);
    }));
    const bool isEmpty = m_library.runs().empty();
    m_stack->setCurrentIndex(isEmpty ? 0 : 1);
    setFocusProxy(isEmpty ? static_cast<QWidget*>(m_demo) : m_table);
    if (!m_table->currentIndex().isValid() && m_filter.rowCount() > 0) {
        m_table->setCurrentIndex(m_filter.index(0, 0));
    }
    const int shown = m_filter.rowCount();
    const int all = m_model.rowCount();
    m_count->setText(shown == all ? QString::number(all) : tr("%1 of %2").arg(shown).arg(all));
    m_nothingFound->setText(nothingShownText());
    m_nothingFound->setVisible(shown == 0 && all > 0 && m_filter.problem().isEmpty());
    updateActions();
}

/// Those that most histories never fill; at usual widths they would push the others out of sight.
void RunsPage::hideEmptyColumns()
{
    const auto hideUnless = [this](int column, const auto& isFilled) {
        m_table->setColumnHidden(column, std::ranges::none_of(m_library.runs(), isFilled));
    };
    hideUnless(RunTableModel::Sweep, [](const RunRecord& run) { return run.sweep.has_value(); });
    hideUnless(RunTableModel::Linear,
               [](const RunRecord& run) { return run.linearTop1.has_value(); });
    hideUnless(RunTableModel::Finetuned,
               [](const RunRecord& run) { return run.finetuneTop1.has_value(); });
}

QString RunsPage::nothingShownText() const
{
    const bool isSearching = !m_search->text().trimmed().isEmpty() || m_sweeps->chosen();
    return isSearching ? tr("No run fits this search.")
                       : tr("All runs are in the archive: tick \u201c"
                            "Archived\u201d to see them.");
}

std::vector<RunId> RunsPage::selectedRuns() const
{
    std::vector<RunId> runs;
    if (m_table) {
        for (const QModelIndex& index : m_table->selectionModel()->selectedRows()) {
            runs.push_back({index.data(RunTableModel::RunIdRole).toLongLong()});
        }
    }
    return runs;
}

const RunRecord* RunsPage::singleRun() const
{
    const auto selected = selectedRuns();
    return selected.size() == 1 ? m_library.find(selected.front()) : nullptr;
}

void RunsPage::select(RunId run)
{
    const int row = m_model.rowOf(run);
    if (row >= 0) {
        // Whatever keys are held: setCurrentIndex() of the view would take Ctrl for "this one too".
        m_table->selectionModel()->setCurrentIndex(m_filter.mapFromSource(m_model.index(row, 0)),
                                                   QItemSelectionModel::ClearAndSelect
                                                       | QItemSelectionModel::Rows);
    }
}

void RunsPage::focusSearch()
{
    m_search->setFocus();
    m_search->selectAll();
}

void RunsPage::saveLayout(QSettings& settings) const
{
    settings.setValue("runs/splitter", m_splitter->saveState());
    settings.setValue("runs/columns with sweeps", m_table->header()->saveState());
}

void RunsPage::restoreLayout(const QSettings& settings)
{
    m_splitter->restoreState(settings.value("runs/splitter").toByteArray());
    m_table->header()->restoreState(settings.value("runs/columns with sweeps").toByteArray());
}

void RunsPage::updateProblemColour()
{
    m_searchProblem->setStyleSheet(
        QStringLiteral("color: %1").arg(toneColour(Tone::Bad, isDark(palette())).name()));
}

void RunsPage::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::PaletteChange) {
        m_model.setDark(isDark(palette()));
        updateProblemColour();
    }
    QWidget::changeEvent(event);
}

} // namespace mocoscope::ui
