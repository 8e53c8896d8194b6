// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/models/sorted_runs.h"
#include "ui/pages/compare_model.h"

#include <QTableView>
#include <QTransposeProxyModel>

namespace mocoscope::ui {

/// A comparison with a row for each run, sorted by whichever column is clicked. Pinned options
/// stay at the left while the others are scrolled.
class CompareRowsView final : public QTableView
{
    Q_OBJECT

public:
    /// `compared` outlives this.
    explicit CompareRowsView(CompareModel& compared, QWidget* parent = nullptr);

    /// Makes all columns as wide as what they show.
    void fitColumns();
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
    SortedRuns m_sorted;
    QTableView* m_pinned;
};

} // namespace mocoscope::ui
