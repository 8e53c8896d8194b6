// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/found_runs.h"

#include "storage/run_filter.h"
#include "storage/run_tags.h"
#include "ui/pages/compare_run_list.h"

namespace mocoscope::ui {

FoundRuns::FoundRuns(CompareRunList& runs, QObject* parent)
    : QSortFilterProxyModel(parent)
    , m_runs(runs)
{
    setSourceModel(&runs);
}

void FoundRuns::setSearch(const QString& text)
{
    if (m_search.set(text)) {
        invalidateFilter();
    }
}

bool FoundRuns::isOffered(int row) const
{
    const storage::RunRecord& run = m_runs.run(row);
    return m_runs.isChecked(run.id) || !storage::hasTag(run, storage::archivedTag);
}

int FoundRuns::offered() const
{
    int count = 0;
    for (int row = 0; row < m_runs.rowCount(); ++row) {
        count += isOffered(row) ? 1 : 0;
    }
    return count;
}

bool FoundRuns::filterAcceptsRow(int row, const QModelIndex& /*parent*/) const
{
    const storage::RunRecord& run = m_runs.run(row);
    return isOffered(row) && m_search.finds(run, [&run](const std::string& word) {
        return storage::containsIgnoringCase(storage::searchText(run), word);
    });
}

} // namespace mocoscope::ui
