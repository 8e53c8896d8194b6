// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/compare_rows_view.h"

#include "ui/pages/compare_table_parts.h"

#include <QScrollBar>

#include <algorithm>

namespace mocoscope::ui {

CompareRowsView::CompareRowsView(CompareModel& compared, QWidget* parent)
    : QTableView(parent)
    , m_compared(compared)
    , m_pinned(new QTableView(this))
{
    m_transposed.setSourceModel(&compared);
    m_sorted.setSourceModel(&m_transposed);
    m_sorted.setSortRole(CompareModel::SortRole);
    setModel(&m_sorted);
    setVerticalHeader(new RunHeader(Qt::Vertical, this));
    setUp(*this);
    setAccessibleName(tr("Results and options of the runs, a run in each row"));
    makePinnedPart();
    connect(verticalHeader(), &QHeaderView::customContextMenuRequested, this,
            [this](const QPoint& position) {
                if (const int row = verticalHeader()->logicalIndexAt(position); row >= 0) {
                    Q_EMIT runMenuRequested(columnOfRow(row),
                                            verticalHeader()->mapToGlobal(position));
                }
            });
    connect(verticalHeader(), &QHeaderView::sectionDoubleClicked, this,
            [this](int row) { Q_EMIT baselineRequested(columnOfRow(row)); });
    connect(&m_sorted, &QAbstractItemModel::modelReset, this, &CompareRowsView::onReset);
    onReset();
}

void CompareRowsView::setUp(QTableView& view)
{
    view.setItemDelegate(new CompareDelegate(&view));
    auto* titles = new TitleHeader(Qt::Horizontal, &view);
    view.setHorizontalHeader(titles);
    titles->setSortIndicator(-1, Qt::AscendingOrder);
    titles->setSortIndicatorClearable(true);
    view.verticalHeader()->setDefaultSectionSize(fontMetrics().height() + 6);
    view.setFrameShape(QFrame::NoFrame);
    view.setShowGrid(false);
    view.setCornerButtonEnabled(false);
    view.setStyleSheet(
        QStringLiteral("QTableCornerButton::section { background: palette(base); border: none; }"));
    view.setSelectionBehavior(QAbstractItemView::SelectRows);
    view.setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    view.setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    view.setSortingEnabled(true);
    connect(titles, &QHeaderView::customContextMenuRequested, this,
            [this, titles](const QPoint& position) {
                // A title stands in the row of the comparison that has become a column here.
                if (const int row = titles->logicalIndexAt(position); row >= 0) {
                    Q_EMIT titleMenuRequested(row, titles->mapToGlobal(position));
                }
            });
}

/// A second view of the same columns, over those of this one.
void CompareRowsView::makePinnedPart()
{
    m_pinned->setModel(&m_sorted);
    setUp(*m_pinned);
    // An edge, behind which the others are scrolled.
    m_pinned->setStyleSheet(
        QStringLiteral("QTableView { border: none; border-right: 1px solid palette(mid); }"));
    m_pinned->verticalHeader()->hide();
    m_pinned->setFocusPolicy(Qt::NoFocus);
    m_pinned->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_pinned->setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_pinned->setSelectionModel(selectionModel());
    m_pinned->setAccessibleName(tr("Pinned options"));
    connect(m_pinned->verticalScrollBar(), &QScrollBar::valueChanged, verticalScrollBar(),
            &QScrollBar::setValue);
    connect(verticalScrollBar(), &QScrollBar::valueChanged, m_pinned->verticalScrollBar(),
            &QScrollBar::setValue);
    connect(horizontalHeader(), &QHeaderView::sectionResized, this,
            [this](int column, int /*before*/, int width) {
                if (!m_pinned->isColumnHidden(column)) {
                    m_pinned->setColumnWidth(column, width);
                    placePinnedPart();
                }
            });
    connect(verticalHeader(), &QHeaderView::geometriesChanged, this,
            &CompareRowsView::placePinnedPart);
    // Both headers show by what is sorted.
    const auto follow = [](QHeaderView* one, QHeaderView* other) {
        connect(
            one, &QHeaderView::sortIndicatorChanged, other,
            [other](int column, Qt::SortOrder order) { other->setSortIndicator(column, order); });
    };
    follow(horizontalHeader(), m_pinned->horizontalHeader());
    follow(m_pinned->horizontalHeader(), horizontalHeader());
}

int CompareRowsView::columnOfRow(int row) const
{
    return m_sorted.mapToSource(m_sorted.index(row, 0)).row();
}

void CompareRowsView::onReset()
{
    const int columns = m_sorted.columnCount();
    for (int column = 0; column < columns; ++column) {
        const auto role
            = [&](int which) { return m_sorted.headerData(column, Qt::Horizontal, which); };
        const std::string key = role(CompareModel::KeyRole).toString().toStdString();
        setColumnHidden(column, role(CompareModel::SectionRole).toBool());
        m_pinned->setColumnHidden(column, key.empty() || !m_compared.isPinned(key));
    }
    placePinnedPart();
}

void CompareRowsView::fitColumns()
{
    resizeColumnsToContents();
    for (int column = 0; column < m_sorted.columnCount(); ++column) {
        m_pinned->setColumnWidth(column, columnWidth(column));
    }
    placePinnedPart();
}

void CompareRowsView::placePinnedPart()
{
    int width = 0;
    for (int column = 0; column < m_sorted.columnCount(); ++column) {
        width += m_pinned->isColumnHidden(column) ? 0 : columnWidth(column);
    }
    m_pinned->horizontalHeader()->setFixedHeight(horizontalHeader()->height());
    m_pinned->setGeometry(verticalHeader()->width() + frameWidth(), frameWidth(),
                          std::min(width, viewport()->width()),
                          viewport()->height() + horizontalHeader()->height());
    m_pinned->setVisible(width > 0);
    m_pinned->raise();
}

void CompareRowsView::resizeEvent(QResizeEvent* event)
{
    QTableView::resizeEvent(event);
    placePinnedPart();
}

void CompareRowsView::markRun(int column)
{
    clearSelection();
    const QModelIndex index = m_sorted.mapFromSource(m_transposed.index(column, 0));
    if (column >= 0 && index.isValid()) {
        selectRow(index.row());
        scrollTo(m_sorted.index(index.row(), horizontalHeader()->logicalIndexAt(0)));
    }
}

} // namespace mocoscope::ui
