// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "storage/run_filter.h"
#include "training/api/training_config.h"

#include <QSortFilterProxyModel>

#include <map>
#include <optional>
#include <string>

namespace mocoscope::ui {

class CompareRunList;

/// The runs of a comparison's list that fit a search: words, or an expression
/// (storage::RunFilter).
class FoundRuns final : public QSortFilterProxyModel
{
    Q_OBJECT

public:
    /// `runs` outlives this.
    explicit FoundRuns(CompareRunList& runs, QObject* parent = nullptr);

    /// While it cannot be read the search before it stays.
    void setSearch(const QString& text);
    /// Why the search cannot be read, as rich text; empty: it can.
    [[nodiscard]] const QString& problem() const { return m_problem; }

protected:
    [[nodiscard]] bool filterAcceptsRow(int row, const QModelIndex& parent) const override;

private:
    /// nullptr: cannot be read.
    [[nodiscard]] const training::TrainingConfig* configOf(const storage::RunRecord& run) const;

    CompareRunList& m_runs;
    storage::RunFilter m_search;
    QString m_problem;
    /// Read when a search first asks for options, which never change.
    mutable std::map<std::string, std::optional<training::TrainingConfig>> m_configs; ///< by uuid
};

} // namespace mocoscope::ui
