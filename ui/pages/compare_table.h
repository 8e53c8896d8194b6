// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/pages/compare_model.h"

#include <QWidget>

class QCheckBox;
class QComboBox;
class QStackedLayout;
class QTableView;
class QToolButton;

namespace mocoscope::ui {

class CompareRowsView;

/// The table of a comparison with what can be done with it: choose the baseline, show all options,
/// copy, start from one of the configurations.
class CompareTable final : public QWidget
{
    Q_OBJECT

public:
    explicit CompareTable(CompareModel& model, QWidget* parent = nullptr);

    /// Marks a column and scrolls to it; −1: none.
    void select(int column);
    [[nodiscard]] QComboBox& baselineChoice() { return *m_baseline; }
    [[nodiscard]] QCheckBox& allOptions() { return *m_all; }
    [[nodiscard]] QCheckBox& means() { return *m_means; }
    [[nodiscard]] QCheckBox& runsAsRows() const { return *m_runsAsRows; }
    [[nodiscard]] CompareRowsView& rows() { return *m_rows; }

Q_SIGNALS:
    /// A column of the model.
    void configurationRequested(int column);
    /// All that is compared, as one web page or for paper.
    void reportRequested(bool isPdf);
    /// Every recorded value of all runs, as one table.
    void dataRequested();

protected:
    void changeEvent(QEvent* event) override;

private:
    QWidget* makeBar();
    QToolButton* makeSaveButton(QWidget* bar);
    void makeView();
    void fillBaselineChoice();
    void spanSections();
    void onReset();
    void fitColumns();
    void showRunMenu(int column, const QPoint& globalPosition);
    void showTitleMenu(int row, const QPoint& globalPosition);

    CompareModel& m_model;
    QStackedLayout* m_stack;
    QTableView* m_view; ///< a column for each run
    CompareRowsView* m_rows;
    QComboBox* m_baseline;
    QCheckBox* m_all;
    QCheckBox* m_means;
    QCheckBox* m_runsAsRows;
};

} // namespace mocoscope::ui
