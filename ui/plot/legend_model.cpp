// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plot/legend_model.h"

#include <algorithm>
#include <cassert>

namespace mocoscope::ui {

void LegendModel::setRows(std::vector<Row> rows)
{
    beginResetModel();
    m_rows = std::move(rows);
    endResetModel();
}

void LegendModel::allChanged(const QList<int>& roles)
{
    if (!m_rows.empty()) {
        Q_EMIT dataChanged(index(0), index(rowCount() - 1), roles);
    }
}

void LegendModel::setStyles(const std::vector<SeriesStyle>& styles)
{
    assert(styles.size() == m_rows.size());
    for (std::size_t i = 0; i < m_rows.size(); ++i) {
        m_rows[i].style = styles[i];
    }
    allChanged({ColourRole, DashRole});
}

void LegendModel::setValues(const std::vector<QString>& values)
{
    assert(values.size() == m_rows.size());
    bool changed = false;
    for (std::size_t i = 0; i < m_rows.size(); ++i) {
        changed = changed || m_rows[i].value != values[i];
        m_rows[i].value = values[i];
    }
    if (changed) {
        allChanged({ValueRole});
    }
}

void LegendModel::setVisible(int row, bool visible)
{
    Row& changed = m_rows.at(static_cast<std::size_t>(row));
    if (changed.isVisible != visible) {
        changed.isVisible = visible;
        Q_EMIT dataChanged(index(row), index(row), {Qt::CheckStateRole});
        Q_EMIT visibilityChanged();
    }
}

void LegendModel::isolate(int row)
{
    const auto chosen = static_cast<std::size_t>(row);
    const bool wasAlone = m_rows.at(chosen).isVisible
        && std::count_if(m_rows.begin(), m_rows.end(), [](const Row& r) { return r.isVisible; })
            == 1;
    for (std::size_t i = 0; i < m_rows.size(); ++i) {
        m_rows[i].isVisible = wasAlone || i == chosen;
    }
    allChanged({Qt::CheckStateRole});
    Q_EMIT visibilityChanged();
}

int LegendModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

QVariant LegendModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) {
        return {};
    }
    const Row& row = m_rows[static_cast<std::size_t>(index.row())];
    switch (role) {
    case Qt::DisplayRole:
    case Qt::AccessibleTextRole:
        return row.name;
    case Qt::ToolTipRole:
        return row.toolTip;
    case Qt::CheckStateRole:
        return row.isVisible ? Qt::Checked : Qt::Unchecked;
    case ValueRole:
        return row.value;
    case ColourRole:
        return row.style.colour;
    case DashRole:
        return static_cast<int>(row.style.dash);
    default:
        return {};
    }
}

bool LegendModel::setData(const QModelIndex& index, const QVariant& value, int role)
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid) || role != Qt::CheckStateRole) {
        return false;
    }
    setVisible(index.row(), value.toInt() == Qt::Checked);
    return true;
}

Qt::ItemFlags LegendModel::flags(const QModelIndex& index) const
{
    return index.isValid() ? Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemIsUserCheckable
            | Qt::ItemNeverHasChildren
                           : Qt::NoItemFlags;
}

} // namespace mocoscope::ui
