// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/models/run_search.h"

#include <QSortFilterProxyModel>

namespace mocoscope::ui {

class CompareRunList;

/// The runs of a comparison's list that fit a search: words, or an expression
/// (storage::RunFilter). Those of the archive only where they are compared already.
class FoundRuns final : public QSortFilterProxyModel
{
    Q_OBJECT

public:
    /// `runs` outlives this.
    explicit FoundRuns(CompareRunList& runs, QObject* parent = nullptr);

    /// While it cannot be read the search before it stays.
    void setSearch(const QString& text);
    /// Why the search cannot be read, as rich text; empty: it can.
    [[nodiscard]] const QString& problem() const { return m_search.problem(); }

    /// How many there are without a search.
    [[nodiscard]] int offered() const;

protected:
    [[nodiscard]] bool filterAcceptsRow(int row, const QModelIndex& parent) const override;

private:
    [[nodiscard]] bool isOffered(int row) const;
    CompareRunList& m_runs;
    RunSearch m_search;
};

} // namespace mocoscope::ui
