// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/models/collapse_verdict.h"
#include "ui/pages/widgets.h"

class QGridLayout;

namespace mocoscope::ui {

class LiveCurves;

/// Whether the features of a run collapse: a sentence, and the numbers behind it.
class CollapsePanel final : public Card
{
    Q_OBJECT

public:
    explicit CollapsePanel(QWidget* parent = nullptr);

    void setFigures(const CollapseFigures& figures);
    [[nodiscard]] QString verdict() const;

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    /// A splitter does not ask how many lines a sentence takes in a width: nothing is cut off.
    void keepRoomForLines();
    QLabel* addFigure(QGridLayout& grid, const QString& name, const QString& explanation);

    QLabel* m_verdict;
    QLabel* m_deviation;
    QLabel* m_rank;
    QLabel* m_alignment;
    QLabel* m_uniformity;
    QLabel* m_dead;
};

/// The newest of what a run's evaluations have measured.
[[nodiscard]] CollapseFigures collapseFigures(const LiveCurves& curves);

} // namespace mocoscope::ui
