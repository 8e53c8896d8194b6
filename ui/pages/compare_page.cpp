// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/compare_page.h"

#include "ui/pages/ablation_view.h"
#include "ui/pages/compare_chooser.h"
#include "ui/pages/compare_plots.h"
#include "ui/pages/compare_store.h"
#include "ui/pages/compare_table.h"
#include "ui/pages/multiples_view.h"
#include "ui/pages/parallel_view.h"
#include "ui/pages/run_files.h"
#include "ui/pages/scatter_view.h"
#include "ui/plot/plot_theme.h"
#include "ui/session/run_library.h"

#include <QCheckBox>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QSettings>
#include <QSplitter>
#include <QStackedLayout>
#include <QTabWidget>

#include <algorithm>

namespace mocoscope::ui {

ComparePage::ComparePage(RunLibrary& library, QWidget* parent)
    : QWidget(parent)
    , m_library(library)
    , m_list(new CompareRunList(this))
    , m_model(new CompareModel(this))
    , m_store(new CompareStore(library, this))
    , m_chooser(new CompareChooser(*m_list))
    , m_stack(new QStackedLayout(this))
    , m_splitter(new QSplitter(Qt::Horizontal, this))
    , m_viewsAndTable(new QSplitter(Qt::Vertical))
    , m_views(new QTabWidget)
    , m_plots(new ComparePlots(*m_store))
    , m_multiples(new MultiplesView(*m_model, *m_store))
    , m_scatter(new ScatterView(*m_model))
    , m_parallel(new ParallelView(*m_model))
    , m_ablation(new AblationView(*m_model))
    , m_table(new CompareTable(*m_model))
    , m_files(new RunFiles(library, this))
{
    m_list->setDark(isDark(palette()));
    makeViews();
    m_viewsAndTable->addWidget(m_views);
    m_viewsAndTable->addWidget(m_table);
    m_viewsAndTable->setStretchFactor(0, 5);
    m_viewsAndTable->setStretchFactor(1, 3);
    m_viewsAndTable->setChildrenCollapsible(false);
    m_viewsAndTable->setSizes({560, 240}); // shares, not pixels: Qt spreads them over what there is
    m_splitter->addWidget(m_chooser);
    m_splitter->addWidget(m_viewsAndTable);
    m_splitter->setStretchFactor(0, 0);
    m_splitter->setStretchFactor(1, 1);
    m_splitter->setChildrenCollapsible(false);
    m_splitter->setSizes({m_chooser->minimumWidth(), 150 * fontMetrics().averageCharWidth()});
    m_stack->addWidget(makeEmptyState());
    m_stack->addWidget(m_splitter);
    connect(m_list, &CompareRunList::checkedChanged, this, [this] {
        showRuns();
        Q_EMIT runsChosen(m_list->checked());
    });
    connect(&library, &RunLibrary::runsChanged, this, &ComparePage::onRunsChanged);
    connect(m_store, &CompareStore::curvesRead, this, [this](const std::vector<RunCurves>& runs) {
        for (const RunCurves& run : runs) {
            m_summaries[run.run.id] = run.summaries;
        }
        showTable();
    });
    constexpr int growEveryMs = 3000;
    m_growTimer.setSingleShot(true);
    m_growTimer.setInterval(growEveryMs);
    connect(&m_growTimer, &QTimer::timeout, this, &ComparePage::showRuns);
    connectTable();
    onRunsChanged();
}

void ComparePage::makeViews()
{
    m_views->setDocumentMode(true);
    m_views->setAccessibleName(tr("Views of the runs"));
    m_views->addTab(m_plots, tr("Curves"));
    addView(*m_multiples, tr("Small plots"));
    addView(*m_scatter, tr("Scatter"));
    addView(*m_parallel, tr("Parallel axes"));
    addView(*m_ablation, tr("Ablation"));
    connect(m_chooser, &CompareChooser::currentChosen, this, &ComparePage::select);
    // Beside the names of the views, where there is room for it.
    auto* corner = new QWidget;
    auto* row = new QHBoxLayout(corner);
    row->setContentsMargins(0, 0, 0, 0);
    row->addWidget(&m_plots->viewChoices());
    row->addWidget(&m_multiples->viewChoices());
    m_multiples->viewChoices().hide();
    m_views->setCornerWidget(corner);
    connect(m_views, &QTabWidget::currentChanged, this, [this] {
        m_plots->viewChoices().setVisible(m_views->currentWidget() == m_plots);
        m_multiples->viewChoices().setVisible(m_views->currentWidget() == m_multiples);
    });
}

void ComparePage::addView(CompareView& view, const QString& title)
{
    m_views->addTab(&view, title);
    connect(&view, &CompareView::runsRequested, this, &ComparePage::setRuns);
    connect(&view, &CompareView::runSelected, this, &ComparePage::select);
}

/// The same run is marked in all views, in the list and in the table.
void ComparePage::select(std::optional<storage::RunId> run)
{
    for (CompareView* view : std::initializer_list<CompareView*> {m_scatter, m_parallel}) {
        view->select(run);
    }
    if (run) {
        m_chooser->setCurrent(*run);
    }
    m_table->select(run ? m_model->columnOf(*run) : -1);
}

void ComparePage::connectTable()
{
    connect(m_table, &CompareTable::configurationRequested, this, [this](int run) {
        if (const auto& config = m_model->runOf(run).config) {
            Q_EMIT configurationChosen(*config);
        }
    });
    connect(m_table, &CompareTable::reportRequested, this, [this](bool isPdf) {
        m_files->askExport(isPdf ? RunFiles::Format::ReportPdf : RunFiles::Format::Report,
                           m_list->checked(), m_plots->metrics());
    });
    connect(m_table, &CompareTable::dataRequested, this,
            [this] { m_files->askExport(RunFiles::Format::Csv, m_list->checked()); });
    connect(m_files, &RunFiles::messageRaised, this, &ComparePage::messageRaised);
}

ComparePage::~ComparePage() = default;

QWidget* ComparePage::makeEmptyState()
{
    auto* label = new QLabel(
        tr("No runs yet. Once two or more have been trained, their curves can be laid over each "
           "other here, with what their configurations differ in."),
        this);
    label->setAlignment(Qt::AlignCenter);
    label->setWordWrap(true);
    label->setMargin(60);
    return label;
}

void ComparePage::saveLayout(QSettings& settings) const
{
    QStringList pinned;
    for (const std::string& key : m_model->pinned()) {
        pinned << QString::fromStdString(key);
    }
    settings.setValue("compare/pinned", pinned);
    settings.setValue("compare/runs as rows", m_table->runsAsRows().isChecked());
    settings.setValue("compare/view", m_views->currentIndex());
    settings.setValue("compare/splitter", m_splitter->saveState());
    settings.setValue("compare/views and table", m_viewsAndTable->saveState());
}

void ComparePage::restoreLayout(const QSettings& settings)
{
    std::vector<std::string> pinned;
    for (const QString& key : settings.value("compare/pinned").toStringList()) {
        pinned.push_back(key.toStdString());
    }
    m_model->setPinned(std::move(pinned)); // without those that are no longer there
    m_table->runsAsRows().setChecked(settings.value("compare/runs as rows").toBool());
    m_views->setCurrentIndex(settings.value("compare/view").toInt());
    m_splitter->restoreState(settings.value("compare/splitter").toByteArray());
    m_viewsAndTable->restoreState(settings.value("compare/views and table").toByteArray());
}

void ComparePage::setRuns(std::vector<storage::RunId> runs)
{
    m_list->setChecked(std::move(runs));
}

void ComparePage::onRunsChanged()
{
    m_list->setRuns(m_library.runs());
    m_stack->setCurrentIndex(m_library.runs().empty() ? 0 : 1);
    const auto now = records();
    const auto looksTheSame = [](const storage::RunRecord& a, const storage::RunRecord& b) {
        return a.id == b.id && a.name == b.name && a.colour == b.colour && a.state == b.state;
    };
    const auto hasAsMany = [](const storage::RunRecord& a, const storage::RunRecord& b) {
        return a.lastStep == b.lastStep;
    };
    if (!std::equal(now.begin(), now.end(), m_shown.begin(), m_shown.end(), looksTheSame)) {
        showRuns();
    } else if (!std::equal(now.begin(), now.end(), m_shown.begin(), hasAsMany)
               && !m_growTimer.isActive()) {
        m_growTimer.start(); // a run that is on: its curves are read again now and then
    }
}

std::vector<storage::RunRecord> ComparePage::records() const
{
    std::vector<storage::RunRecord> found;
    for (const storage::RunId id : m_list->checked()) {
        if (const storage::RunRecord* record = m_library.find(id)) {
            found.push_back(*record);
        }
    }
    return found;
}

void ComparePage::showRuns()
{
    m_shown = records();
    m_isStale = !isVisible();
    if (m_isStale) {
        return;
    }
    showTable();
    m_plots->setGroupings(m_model->differingKeys());
    m_store->setRuns(overlaidRuns(*m_model));
}

void ComparePage::showTable()
{
    std::vector<ComparedRun> compared;
    for (const storage::RunRecord& record : m_shown) {
        compared.push_back(comparedRun(record, m_summaries[record.id]));
    }
    m_model->setRuns(std::move(compared));
    m_table->setVisible(!m_shown.empty());
}

void ComparePage::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    if (m_isStale) {
        showRuns();
    }
}

void ComparePage::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange) {
        m_list->setDark(isDark(palette()));
    }
}

} // namespace mocoscope::ui
