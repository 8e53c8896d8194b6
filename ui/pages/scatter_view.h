// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/pages/compare_view.h"

#include <QString>

class QToolButton;

namespace mocoscope::ui {

class ScatterPlot;
struct ValueAxis;

/// An option against a result: a dot for each run, coloured by group.
class ScatterView final : public CompareView
{
    Q_OBJECT

public:
    explicit ScatterView(CompareModel& compared, QWidget* parent = nullptr);

    [[nodiscard]] ScatterPlot& plot() { return *m_plot; }
    [[nodiscard]] QComboBox& xChoice() { return *m_x.choice; }
    [[nodiscard]] QComboBox& yChoice() { return *m_y.choice; }
    [[nodiscard]] QToolButton& xLogarithmic() { return *m_x.logarithmic; }
    [[nodiscard]] QComboBox& grouping() { return *m_grouping; }

protected:
    void rebuild() override;
    void showSelected(int run) override;

private:
    struct Axis
    {
        QComboBox* choice = nullptr;
        QToolButton* logarithmic = nullptr;
        QString shown; ///< the choice that `logarithmic` was set for
        QString usual; ///< what was chosen for want of anything better
    };
    QWidget* makeBar();
    void makeAxis(Axis& axis, const QString& title, QWidget* bar);
    void showPlot();
    [[nodiscard]] ValueAxis valuesOf(Axis& axis) const;

    ScatterPlot* m_plot;
    Axis m_x;
    Axis m_y;
    QComboBox* m_grouping;
};

} // namespace mocoscope::ui
