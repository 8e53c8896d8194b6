// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/pages/compare_view.h"

#include <QStringList>

#include <set>

class QLabel;
class QMenu;
class QToolButton;

namespace mocoscope::ui {

class ParallelPlot;
struct AxisChoice;

/// Options and results as parallel axes, a line for each run. What is left by brushing can be made
/// the choice of runs.
class ParallelView final : public CompareView
{
    Q_OBJECT

public:
    explicit ParallelView(CompareModel& compared, QWidget* parent = nullptr);

    [[nodiscard]] ParallelPlot& plot() { return *m_plot; }
    [[nodiscard]] QComboBox& colour() { return *m_colour; }
    [[nodiscard]] QToolButton& keepButton() { return *m_keep; }
    /// Keys of the axes from left to right, as AxisChoice has them.
    [[nodiscard]] const QStringList& axes() const { return m_axes; }
    void setAxisShown(const QString& key, bool isShown);

protected:
    void rebuild() override;
    void showSelected(int run) override;

private:
    QWidget* makeBar();
    void chooseAxes(const std::vector<AxisChoice>& options, const std::vector<AxisChoice>& results);
    void fillMenu();
    void showPlot();
    void showCount();
    void keepBrushed();
    [[nodiscard]] std::vector<AxisChoice> choices() const;

    ParallelPlot* m_plot;
    QToolButton* m_axesButton = nullptr;
    QMenu* m_menu;
    QComboBox* m_colour;
    QLabel* m_count;
    QToolButton* m_keep = nullptr;
    QToolButton* m_clear = nullptr;
    QString m_usualColour; ///< what was chosen for want of anything better
    QStringList m_axes; ///< keys, from left to right
    std::set<QString> m_added; ///< by the user's hand
    std::set<QString> m_removed;
};

} // namespace mocoscope::ui
