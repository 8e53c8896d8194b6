// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/compare_table.h"

#include "ui/pages/compare_rows_view.h"
#include "ui/pages/compare_table_parts.h"
#include "ui/pages/widgets.h"
#include "ui/plot/plot_theme.h"
#include "ui/plot/table_text.h"

#include <QCheckBox>
#include <QComboBox>
#include <QEvent>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QMenu>
#include <QStackedLayout>
#include <QTableView>
#include <QToolButton>
#include <QVBoxLayout>

namespace mocoscope::ui {

CompareTable::CompareTable(CompareModel& model, QWidget* parent)
    : QWidget(parent)
    , m_model(model)
    , m_stack(new QStackedLayout)
    , m_view(new QTableView(this))
    , m_rows(new CompareRowsView(model, this))
    , m_baseline(new QComboBox(this))
    , m_all(new QCheckBox(tr("&All options"), this))
    , m_means(new QCheckBox(tr("&Mean over seeds"), this))
    , m_runsAsRows(new QCheckBox(tr("Runs as &rows"), this))
{
    makeView();
    m_stack->addWidget(m_view);
    m_stack->addWidget(m_rows);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(makeBar());
    column->addLayout(m_stack, 1);
    connect(&model, &QAbstractItemModel::modelReset, this, &CompareTable::onReset);
    connect(&model, &QAbstractItemModel::dataChanged, this, &CompareTable::fitColumns);
    connect(&model, &CompareModel::baselineMarked, m_baseline,
            [this] { m_baseline->setCurrentIndex(m_model.baseline()); });
    connect(m_baseline, &QComboBox::activated, &model, &CompareModel::setBaseline);
    connect(m_all, &QCheckBox::toggled, &model, &CompareModel::setShowsAllOptions);
    connect(m_means, &QCheckBox::toggled, &model, &CompareModel::setShowsMeans);
    connect(m_runsAsRows, &QCheckBox::toggled, this, [this](bool asRows) {
        m_stack->setCurrentIndex(asRows ? 1 : 0);
        fitColumns();
    });
    connect(m_rows, &CompareRowsView::runMenuRequested, this, &CompareTable::showRunMenu);
    connect(m_rows, &CompareRowsView::titleMenuRequested, this, &CompareTable::showTitleMenu);
    connect(m_rows, &CompareRowsView::baselineRequested, &model, &CompareModel::setBaseline);
    model.setDark(isDark(palette()));
}

void CompareTable::makeView()
{
    m_view->setModel(&m_model);
    m_view->setItemDelegate(new CompareDelegate(m_view));
    m_view->setHorizontalHeader(new RunHeader(Qt::Horizontal, m_view));
    m_view->setVerticalHeader(new TitleHeader(Qt::Vertical, m_view));
    m_view->verticalHeader()->setDefaultSectionSize(fontMetrics().height() + 6);
    m_view->horizontalHeader()->setMinimumSectionSize(14 * fontMetrics().averageCharWidth());
    m_view->setFrameShape(QFrame::NoFrame);
    m_view->setShowGrid(false);
    m_view->setCornerButtonEnabled(false);
    m_view->setStyleSheet(
        QStringLiteral("QTableCornerButton::section { background: palette(base); border: none; }"));
    m_view->setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_view->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_view->setAccessibleName(tr("Results and options of the runs"));
    QHeaderView* runs = m_view->horizontalHeader();
    connect(runs, &QHeaderView::customContextMenuRequested, this,
            [this, runs](const QPoint& position) {
                showRunMenu(runs->logicalIndexAt(position), runs->mapToGlobal(position));
            });
    connect(runs, &QHeaderView::sectionDoubleClicked, &m_model, &CompareModel::setBaseline);
    QHeaderView* titles = m_view->verticalHeader();
    connect(titles, &QHeaderView::customContextMenuRequested, this,
            [this, titles](const QPoint& position) {
                showTitleMenu(titles->logicalIndexAt(position), titles->mapToGlobal(position));
            });
}

void CompareTable::onReset()
{
    fillBaselineChoice();
    m_means->setVisible(m_model.haveSeeds());
    spanSections();
    fitColumns();
}

/// Of the part that is shown: each cell of a column is measured.
void CompareTable::fitColumns()
{
    if (m_runsAsRows->isChecked()) {
        m_rows->fitColumns();
    } else {
        m_view->resizeColumnsToContents();
    }
}

QWidget* CompareTable::makeBar()
{
    auto* bar = new QWidget(this);
    auto* row = new QHBoxLayout(bar);
    row->setContentsMargins(8, 3, 8, 3);
    auto* label = new QLabel(tr("&Baseline"), bar);
    label->setBuddy(m_baseline);
    m_baseline->setToolTip(tr("The run that the others are measured against (✓ better, ✗ worse)"));
    letShrink(*m_baseline);
    m_all->setToolTip(tr("Also list the options that are the same in all runs"));
    m_means->setToolTip(
        tr("Mean ± standard deviation of the sample (number of runs) for finished runs "
           "that differ in nothing but the seed"));
    m_means->setChecked(m_model.showsMeans());
    m_means->hide();
    auto* runs = new QMenu;
    connect(runs, &QMenu::aboutToShow, runs, [this, runs] {
        runs->clear();
        for (int i = 0; i < m_model.columnCount(); ++i) {
            const ComparedRun& run = m_model.runOf(i);
            runs->addAction(m_model.titleOf(i), this,
                            [this, i] { Q_EMIT configurationRequested(i); })
                ->setEnabled(run.config.has_value());
        }
    });
    m_runsAsRows->setToolTip(tr("A row for each run, sorted by a click on a column; otherwise a "
                                "column for each"));
    row->addWidget(label);
    row->addWidget(m_baseline);
    row->addSpacing(14);
    row->addWidget(m_all);
    row->addSpacing(14);
    row->addWidget(m_means);
    row->addSpacing(14);
    row->addWidget(m_runsAsRows);
    row->addStretch(1);
    row->addWidget(makeMenuButton(tr("New run from ▾"),
                                  tr("Set up a run with the configuration of one of these"), runs,
                                  bar));
    row->addWidget(makeCopyTableButton(
        [this](QChar separator) { return m_model.toText(separator, m_runsAsRows->isChecked()); },
        [this] { return markdownTable(m_model.table(m_runsAsRows->isChecked()), 1); }, bar));
    row->addWidget(makeSaveButton(bar));
    return bar;
}

QToolButton* CompareTable::makeSaveButton(QWidget* bar)
{
    auto* files = new QMenu;
    files->addAction(tr("Report as one web page\u2026"), this,
                     [this] { Q_EMIT reportRequested(false); });
    files->addAction(tr("Report as PDF\u2026"), this, [this] { Q_EMIT reportRequested(true); });
    files->addAction(tr("Curves of all runs as one table (CSV)\u2026"), this,
                     &CompareTable::dataRequested);
    return makeMenuButton(tr("Save \u25be"), {}, files, bar);
}

void CompareTable::fillBaselineChoice()
{
    m_baseline->clear();
    for (int column = 0; column < m_model.columnCount(); ++column) {
        m_baseline->addItem(m_model.titleOf(column));
    }
    m_baseline->setCurrentIndex(m_model.runs().empty() ? -1 : m_model.baseline());
}

void CompareTable::select(int column)
{
    m_view->clearSelection();
    if (column >= 0 && column < m_model.columnCount() && m_model.rowCount() > 1) {
        m_view->selectColumn(column);
        m_view->scrollTo(m_model.index(1, column)); // the first row is a heading
    }
    m_rows->markRun(column);
}

void CompareTable::spanSections()
{
    m_view->clearSpans();
    for (int row = 0; row < m_model.rowCount() && m_model.columnCount() > 1; ++row) {
        if (m_model.index(row, 0).data(CompareModel::SectionRole).toBool()) {
            m_view->setSpan(row, 0, 1, m_model.columnCount());
        }
    }
}

void CompareTable::showRunMenu(int column, const QPoint& globalPosition)
{
    if (column < 0) {
        return;
    }
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->addAction(tr("Use as baseline"), this, [this, column] { m_model.setBaseline(column); });
    menu->addAction(tr("New run from this configuration"), this,
                    [this, column] { Q_EMIT configurationRequested(column); })
        ->setEnabled(m_model.runOf(column).config.has_value());
    menu->popup(globalPosition);
}

/// Of an option: whether it is pinned. Others have no menu.
void CompareTable::showTitleMenu(int row, const QPoint& globalPosition)
{
    const std::string key
        = m_model.headerData(row, Qt::Vertical, CompareModel::KeyRole).toString().toStdString();
    if (key.empty()) {
        return;
    }
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    const bool isPinned = m_model.isPinned(key);
    menu->addAction(isPinned ? tr("Unpin") : tr("Pin: always shown, before the others"), this,
                    [this, key, isPinned] { m_model.setPinned(key, !isPinned); });
    menu->popup(globalPosition);
}

void CompareTable::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange) {
        m_model.setDark(isDark(palette()));
    }
}

} // namespace mocoscope::ui
