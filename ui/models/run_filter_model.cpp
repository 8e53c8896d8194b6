// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/run_filter_model.h"

#include "storage/run_tags.h"
#include "ui/models/run_table_model.h"

namespace mocoscope::ui {

RunFilterModel::RunFilterModel(QObject* parent)
    : SortedRuns(parent)
{
    setSortRole(RunTableModel::SortRole);
    setDynamicSortFilter(true);
}

void RunFilterModel::setSearch(const QString& text)
{
    if (m_search.set(text)) {
        invalidateFilter();
    }
}

void RunFilterModel::setSweep(std::optional<storage::SweepId> sweep)
{
    if (sweep != m_sweep) {
        m_sweep = sweep;
        invalidateFilter();
    }
}

void RunFilterModel::setShowsArchived(bool shows)
{
    if (shows != m_showsArchived) {
        m_showsArchived = shows;
        invalidateFilter();
    }
}

bool RunFilterModel::filterAcceptsRow(int row, const QModelIndex& parent) const
{
    const QVariant sweep = sourceModel()->index(row, 0, parent).data(RunTableModel::SweepRole);
    if (m_sweep && (!sweep.isValid() || sweep.toLongLong() != m_sweep->value)) {
        return false;
    }
    const auto* table = qobject_cast<const RunTableModel*>(sourceModel());
    Q_ASSERT(table);
    const storage::RunRecord& run = table->run(row);
    if (!m_showsArchived && storage::hasTag(run, storage::archivedTag)) {
        return false;
    }
    return m_search.finds(run, [&](const std::string& word) {
        return table->index(row, 0)
            .data(RunTableModel::SearchRole)
            .toString()
            .contains(QString::fromStdString(word), Qt::CaseInsensitive);
    });
}

} // namespace mocoscope::ui
