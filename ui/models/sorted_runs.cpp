// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/sorted_runs.h"

namespace mocoscope::ui {

bool SortedRuns::lessThan(const QModelIndex& left, const QModelIndex& right) const
{
    const QVariant one = left.data(sortRole());
    const QVariant other = right.data(sortRole());
    if (one.isValid() != other.isValid()) {
        return one.isValid() == (sortOrder() == Qt::AscendingOrder);
    }
    return QSortFilterProxyModel::lessThan(left, right);
}

} // namespace mocoscope::ui
