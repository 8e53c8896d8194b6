// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/found_runs.h"

#include "storage/run_filter.h"
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

bool FoundRuns::filterAcceptsRow(int row, const QModelIndex& /*parent*/) const
{
    const storage::RunRecord& run = m_runs.run(row);
    return m_search.finds(run, [&run](const std::string& word) {
        return storage::containsIgnoringCase(storage::searchText(run), word);
    });
}

} // namespace mocoscope::ui
