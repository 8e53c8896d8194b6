// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "storage/run_record.h"
#include "ui/models/run_search.h"
#include "ui/models/sorted_runs.h"

#include <optional>

namespace mocoscope::ui {

/// The runs of a sweep, or all, that fit a search; sorted by numbers where the column shows
/// numbers. Works on a RunTableModel.
class RunFilterModel final : public SortedRuns
{
    Q_OBJECT

public:
    explicit RunFilterModel(QObject* parent = nullptr);
    /// Words, or an expression (storage::RunFilter). While it cannot be read the search before it
    /// stays, and problem() says why.
    void setSearch(const QString& text);
    /// What is wrong with the search, the place underlined, as rich text; empty: nothing.
    [[nodiscard]] const QString& problem() const { return m_search.problem(); }
    /// Only the runs of this sweep; empty: all runs.
    void setSweep(std::optional<storage::SweepId> sweep);
    /// Also the runs that were put into the archive; at first they are left out.
    void setShowsArchived(bool shows);

protected:
    [[nodiscard]] bool filterAcceptsRow(int row, const QModelIndex& parent) const override;

private:
    RunSearch m_search;
    std::optional<storage::SweepId> m_sweep;
    bool m_showsArchived = false;
};

} // namespace mocoscope::ui
