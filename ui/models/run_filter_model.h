// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "storage/run_record.h"

#include <QSortFilterProxyModel>

#include <optional>

namespace mocoscope::ui {

/// The runs of a sweep, or all, that contain all words of a search; sorted by numbers where the
/// column shows numbers.
class RunFilterModel final : public QSortFilterProxyModel
{
    Q_OBJECT

public:
    explicit RunFilterModel(QObject* parent = nullptr);
    /// Words between blanks; case does not matter.
    void setSearch(const QString& text);
    /// Only the runs of this sweep; empty: all runs.
    void setSweep(std::optional<storage::SweepId> sweep);

protected:
    [[nodiscard]] bool filterAcceptsRow(int row, const QModelIndex& parent) const override;
    /// What has no value comes last, whichever way is sorted.
    [[nodiscard]] bool lessThan(const QModelIndex& left, const QModelIndex& right) const override;

private:
    QStringList m_words;
    std::optional<storage::SweepId> m_sweep;
};

} // namespace mocoscope::ui
