// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "storage/run_record.h"

#include <QAbstractTableModel>

#include <set>
#include <vector>

namespace mocoscope::ui {

/// All runs, one a row, in the library's order. The check box of a row tells whether the run is
/// laid side by side with others on the compare page.
class RunTableModel final : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column
    {
        Name,
        State,
        Preset,
        Sweep,
        BestKnn,
        LastKnn,
        Linear,
        Finetuned,
        Loss,
        Steps,
        Duration,
        Started,
        Tags,
        ColumnCount
    };
    enum Role
    {
        SortRole = Qt::UserRole, ///< numbers where the column shows numbers
        RunIdRole, ///< qlonglong
        StateRole, ///< int of training::RunState
        SweepRole, ///< qlonglong; invalid where the run belongs to none
        SearchRole, ///< everything that a search looks at
    };

    explicit RunTableModel(QObject* parent = nullptr);

    /// Takes over the runs; rows that stay keep their indices, selection and check boxes.
    void setRuns(const std::vector<storage::RunRecord>& runs);
    void setDark(bool dark);

    [[nodiscard]] const storage::RunRecord& run(int row) const;
    /// -1: there is no such run.
    [[nodiscard]] int rowOf(storage::RunId id) const;

    /// In the order in which they were checked.
    [[nodiscard]] const std::vector<storage::RunId>& shownRuns() const { return m_shown; }
    void setShownRuns(std::vector<storage::RunId> runs);

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role) const override;
    [[nodiscard]] Qt::ItemFlags flags(const QModelIndex& index) const override;
    /// A new name, or whether the run is shown. A name is only asked for: it changes with the
    /// library.
    bool setData(const QModelIndex& index, const QVariant& value, int role) override;

Q_SIGNALS:
    void renameRequested(mocoscope::storage::RunId run, const QString& name);
    void shownRunsChanged();

private:
    void removeMissing(const std::vector<storage::RunRecord>& runs);
    void placeRun(int row, const storage::RunRecord& run);
    void show(storage::RunId id, bool shown);
    [[nodiscard]] QVariant nameData(const storage::RunRecord& run, int role) const;

    std::vector<storage::RunRecord> m_runs;
    std::vector<storage::RunId> m_shown;
    bool m_isDark = false;
};

} // namespace mocoscope::ui
