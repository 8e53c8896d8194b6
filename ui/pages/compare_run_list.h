// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "storage/run_record.h"

#include <QAbstractListModel>

#include <vector>

namespace mocoscope::ui {

/// The runs of the library, newest first, with a check mark on those that are compared. Remembers
/// the order in which they were checked.
class CompareRunList final : public QAbstractListModel
{
    Q_OBJECT

public:
    using QAbstractListModel::QAbstractListModel;

    void setRuns(const std::vector<storage::RunRecord>& runs);
    void setDark(bool dark);
    void setChecked(std::vector<storage::RunId> runs);
    /// Those of them that the library still has.
    [[nodiscard]] std::vector<storage::RunId> checked() const;
    [[nodiscard]] bool isChecked(storage::RunId run) const;
    [[nodiscard]] const storage::RunRecord& run(int row) const
    {
        return m_runs[static_cast<std::size_t>(row)];
    }

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    bool setData(const QModelIndex& index, const QVariant& value, int role) override;
    [[nodiscard]] Qt::ItemFlags flags(const QModelIndex& index) const override;

Q_SIGNALS:
    /// By the user or because a checked run is gone.
    void checkedChanged();

private:
    std::vector<storage::RunRecord> m_runs;
    std::vector<storage::RunId> m_checked;
    bool m_isDark = false;
};

} // namespace mocoscope::ui
