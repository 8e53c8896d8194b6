// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/compare_run_list.h"

#include "ui/models/curve_style.h"
#include "ui/models/text_format.h"

#include <QDateTime>
#include <QLocale>
#include <QTextDocument>

#include <algorithm>

namespace mocoscope::ui {
namespace {

bool areTheSame(const storage::RunRecord& a, const storage::RunRecord& b)
{
    return a.id == b.id && a.createdAt == b.createdAt;
}

QString toolTip(const storage::RunRecord& run)
{
    const QDateTime created = QDateTime::fromMSecsSinceEpoch(run.createdAt);
    QString text = QStringLiteral("%1\n%2 · %3")
                       .arg(QString::fromStdString(run.name), stateName(run.state).toLower(),
                            QLocale().toString(created, QLocale::ShortFormat));
    if (!run.notes.empty()) {
        text += QLatin1Char('\n') + QString::fromStdString(run.notes);
    }
    return Qt::convertFromPlainText(text); // a name with brackets is no markup
}

} // namespace

void CompareRunList::setRuns(const std::vector<storage::RunRecord>& runs)
{
    std::vector<storage::RunRecord> sorted = runs;
    std::stable_sort(sorted.begin(), sorted.end(),
                     [](const auto& a, const auto& b) { return a.createdAt > b.createdAt; });
    if (std::equal(sorted.begin(), sorted.end(), m_runs.begin(), m_runs.end(), areTheSame)) {
        // keeps the selection and the scroll position
        m_runs = std::move(sorted);
        if (!m_runs.empty()) {
            Q_EMIT dataChanged(index(0), index(rowCount() - 1));
        }
        return;
    }
    const auto before = checked();
    beginResetModel();
    m_runs = std::move(sorted);
    endResetModel();
    if (checked() != before) {
        Q_EMIT checkedChanged();
    }
}

void CompareRunList::setDark(bool dark)
{
    m_isDark = dark;
    if (!m_runs.empty()) {
        Q_EMIT dataChanged(index(0), index(rowCount() - 1), {Qt::DecorationRole});
    }
}

void CompareRunList::setChecked(std::vector<storage::RunId> runs)
{
    const auto before = checked();
    m_checked = std::move(runs);
    if (!m_runs.empty()) {
        Q_EMIT dataChanged(index(0), index(rowCount() - 1), {Qt::CheckStateRole});
    }
    if (checked() != before) {
        Q_EMIT checkedChanged();
    }
}

std::vector<storage::RunId> CompareRunList::checked() const
{
    std::vector<storage::RunId> present;
    for (const storage::RunId id : m_checked) {
        if (std::any_of(m_runs.begin(), m_runs.end(),
                        [id](const auto& run) { return run.id == id; })) {
            present.push_back(id);
        }
    }
    return present;
}

bool CompareRunList::isChecked(storage::RunId run) const
{
    return std::find(m_checked.begin(), m_checked.end(), run) != m_checked.end();
}

int CompareRunList::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_runs.size());
}

QVariant CompareRunList::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) {
        return {};
    }
    const storage::RunRecord& run = m_runs[static_cast<std::size_t>(index.row())];
    switch (role) {
    case Qt::DisplayRole:
        return QString::fromStdString(run.name);
    case Qt::ToolTipRole:
        return toolTip(run);
    case Qt::DecorationRole:
        return runStyle(run, m_isDark).colour;
    case Qt::CheckStateRole:
        return isChecked(run.id) ? Qt::Checked : Qt::Unchecked;
    default:
        return {};
    }
}

bool CompareRunList::setData(const QModelIndex& index, const QVariant& value, int role)
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid) || role != Qt::CheckStateRole) {
        return false;
    }
    const storage::RunId run = m_runs[static_cast<std::size_t>(index.row())].id;
    const bool check = value.toInt() == Qt::Checked;
    if (check != isChecked(run)) {
        if (check) {
            m_checked.push_back(run);
        } else {
            std::erase(m_checked, run);
        }
        Q_EMIT dataChanged(index, index, {Qt::CheckStateRole});
        Q_EMIT checkedChanged();
    }
    return true;
}

Qt::ItemFlags CompareRunList::flags(const QModelIndex& index) const
{
    return index.isValid() ? Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemIsUserCheckable
            | Qt::ItemNeverHasChildren
                           : Qt::NoItemFlags;
}

} // namespace mocoscope::ui
