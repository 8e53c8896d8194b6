// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/pages/compare_model.h"

#include <QSortFilterProxyModel>
#include <QTableView>
#include <QTransposeProxyModel>

namespace mocoscope::ui {

/// Runs in any order; what has no value comes last, whichever way is sorted.
class RunOrder final : public QSortFilterProxyModel
{
    Q_OBJECT

public:
    using QSortFilterProxyModel::QSortFilterProxyModel;

protected:
    [[nodiscard]] bool lessThan(const QModelIndex& left, const QModelIndex& right) const override;
};

/// A comparison with a row for each run, sorted by whichever column is clicked. Pinned options
/// stay at the left while the others are scrolled.
class CompareRowsView final : public QTableView
{
    Q_OBJECT

public:
    /// `compared` outlives this.
    explicit CompareRowsView(CompareModel& compared, QWidget* parent = nullptr);

    /// Marks the run of a column of the comparison; −1: none.
    void markRun(int column);
    /// The columns that stay.
    [[nodiscard]] QTableView& pinnedPart() { return *m_pinned; }

Q_SIGNALS:
    /// For the run of a column of the comparison.
    void runMenuRequested(int column, const QPoint& globalPosition);
    /// For one of its rows: a figure or an option.
    void titleMenuRequested(int row, const QPoint& globalPosition);
    void baselineRequested(int column);

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void makePinnedPart();
    void setUp(QTableView& view);
    void onReset();
    void placePinnedPart();
    [[nodiscard]] int columnOfRow(int row) const;

    CompareModel& m_compared;
    QTransposeProxyModel m_transposed;
    RunOrder m_sorted;
    QTableView* m_pinned;
};

} // namespace mocoscope::ui
