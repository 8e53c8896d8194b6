// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/pages/ablation_model.h"
#include "ui/pages/compare_view.h"

class QComboBox;
class QStackedLayout;
class QTableView;

namespace mocoscope::ui {

/// The runs of a comparison as an ablation: choose figure and baseline, sort, copy. Shares the
/// baseline with the comparison once somebody has marked one.
class AblationView final : public CompareView
{
    Q_OBJECT

public:
    explicit AblationView(CompareModel& compared, QWidget* parent = nullptr);

    [[nodiscard]] AblationModel& model() { return *m_model; }
    [[nodiscard]] QComboBox& figureChoice() { return *m_figure; }
    [[nodiscard]] QComboBox& baselineChoice() { return *m_baseline; }
    [[nodiscard]] QTableView& table() { return *m_table; }

protected:
    void rebuild() override;

private:
    QWidget* makeBar();
    void makeTable();
    void onModelReset();
    void fillFigures();
    void fillBaselines();
    void markBaseline(std::optional<storage::RunId> run);
    void showMenu(const QPoint& position);

    AblationModel* m_model;
    QStackedLayout* m_stack;
    QTableView* m_table;
    QComboBox* m_figure;
    QComboBox* m_baseline;
};

} // namespace mocoscope::ui
