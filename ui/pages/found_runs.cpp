// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/found_runs.h"

#include "training/api/config_json.h"
#include "ui/models/run_filter_model.h"
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
    const std::string search = text.toStdString();
    auto parsed = storage::RunFilter::parse(search);
    m_problem = parsed ? QString() : searchProblemText(search, parsed.error());
    if (parsed) {
        m_search = std::move(*parsed);
        invalidateFilter();
    }
}

const training::TrainingConfig* FoundRuns::configOf(const storage::RunRecord& run) const
{
    auto known = m_configs.find(run.uuid);
    if (known == m_configs.end()) {
        auto config = training::fromJson(run.configJson);
        known = m_configs.emplace(run.uuid, config ? std::optional(*config) : std::nullopt).first;
    }
    return known->second ? &*known->second : nullptr;
}

bool FoundRuns::filterAcceptsRow(int row, const QModelIndex& /*parent*/) const
{
    const storage::RunRecord& run = m_runs.run(row);
    return m_search.matches(
        {run, m_search.needsOptions() ? configOf(run) : nullptr, [&run](const std::string& word) {
             return storage::containsIgnoringCase(storage::searchText(run), word);
         }});
}

} // namespace mocoscope::ui
