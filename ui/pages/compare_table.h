// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/pages/compare_model.h"

#include <QWidget>

class QCheckBox;
class QComboBox;
class QTableView;
class QToolButton;

namespace mocoscope::ui {

/// The table of a comparison with what can be done with it: choose the baseline, show all options,
/// copy, start from one of the configurations.
class CompareTable final : public QWidget
{
    Q_OBJECT

public:
    explicit CompareTable(CompareModel& model, QWidget* parent = nullptr);

    [[nodiscard]] QComboBox& baselineChoice() { return *m_baseline; }
    [[nodiscard]] QCheckBox& allOptions() { return *m_all; }
    [[nodiscard]] QCheckBox& means() { return *m_means; }

Q_SIGNALS:
    /// A column of the model.
    void configurationRequested(int column);
    /// All that is compared, as one web page.
    void reportRequested();
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
    void showHeaderMenu(const QPoint& position);

    CompareModel& m_model;
    QTableView* m_view;
    QComboBox* m_baseline;
    QCheckBox* m_all;
    QCheckBox* m_means;
};

} // namespace mocoscope::ui
