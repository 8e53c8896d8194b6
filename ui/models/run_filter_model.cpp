// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/run_filter_model.h"

#include "ui/models/run_table_model.h"

#include <algorithm>

namespace mocoscope::ui {

RunFilterModel::RunFilterModel(QObject* parent)
    : QSortFilterProxyModel(parent)
{
    setSortRole(RunTableModel::SortRole);
    setDynamicSortFilter(true);
}

void RunFilterModel::setSearch(const QString& text)
{
    m_words = text.simplified().split(' ', Qt::SkipEmptyParts);
    invalidateFilter();
}

void RunFilterModel::setSweep(std::optional<storage::SweepId> sweep)
{
    if (sweep != m_sweep) {
        m_sweep = sweep;
        invalidateFilter();
    }
}

bool RunFilterModel::filterAcceptsRow(int row, const QModelIndex& parent) const
{
    const QVariant sweep = sourceModel()->index(row, 0, parent).data(RunTableModel::SweepRole);
    if (m_sweep && (!sweep.isValid() || sweep.toLongLong() != m_sweep->value)) {
        return false;
    }
    const QString text
        = sourceModel()->index(row, 0, parent).data(RunTableModel::SearchRole).toString();
    return std::ranges::all_of(
        m_words, [&text](const QString& word) { return text.contains(word, Qt::CaseInsensitive); });
}

bool RunFilterModel::lessThan(const QModelIndex& left, const QModelIndex& right) const
{
    const QVariant one = left.data(sortRole());
    const QVariant other = right.data(sortRole());
    if (one.isValid() != other.isValid()) {
        return one.isValid() == (sortOrder() == Qt::AscendingOrder);
    }
    return QSortFilterProxyModel::lessThan(left, right);
}

} // namespace mocoscope::ui
