// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/run_filter_model.h"

#include "storage/run_tags.h"
#include "training/api/config_json.h"
#include "ui/models/run_table_model.h"

#include <utility>

namespace mocoscope::ui {

QString searchProblemText(const std::string& search, const storage::FilterProblem& problem)
{
    const auto part = [&search](std::size_t from, std::size_t count) {
        return QString::fromStdString(search.substr(from, count)).toHtmlEscaped();
    };
    const std::size_t end = problem.position + problem.length;
    const QString place = problem.length > 0 ? part(problem.position, problem.length)
                                             : QStringLiteral("\u00a0\u00a0");
    return RunFilterModel::tr("%1 \u2014 %2<u><b>%3</b></u>%4")
        .arg(QString::fromStdString(problem.message).toHtmlEscaped(), part(0, problem.position),
             place, part(end, std::string::npos));
}

RunFilterModel::RunFilterModel(QObject* parent)
    : QSortFilterProxyModel(parent)
{
    setSortRole(RunTableModel::SortRole);
    setDynamicSortFilter(true);
}

void RunFilterModel::setSearch(const QString& text)
{
    const std::string search = text.toStdString();
    auto parsed = storage::RunFilter::parse(search);
    m_problem = parsed ? QString() : searchProblemText(search, parsed.error());
    if (parsed) {
        m_search = std::move(*parsed);
        invalidateFilter();
    }
}

const training::TrainingConfig* RunFilterModel::configOf(const storage::RunRecord& run) const
{
    auto known = m_configs.find(run.uuid);
    if (known == m_configs.end()) {
        auto config = training::fromJson(run.configJson);
        known = m_configs.emplace(run.uuid, config ? std::optional(*config) : std::nullopt).first;
    }
    return known->second ? &*known->second : nullptr;
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
    return m_search.matches(
        {run, m_search.needsOptions() ? configOf(run) : nullptr, [&](const std::string& word) {
             return table->index(row, 0)
                 .data(RunTableModel::SearchRole)
                 .toString()
                 .contains(QString::fromStdString(word), Qt::CaseInsensitive);
         }});
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
