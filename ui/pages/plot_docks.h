// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QMainWindow>

#include <map>
#include <vector>

class QDockWidget;

namespace mocoscope::ui {

class CurvePlot;

/// Plots that the user arranges: beside each other, over each other as tabs, or in windows of their
/// own. A plot is taken by its heading. At first they lie under each other.
class PlotDocks final : public QMainWindow
{
    Q_OBJECT

public:
    explicit PlotDocks(QWidget* parent = nullptr);

    /// Below the others. Arrangements are kept under `name`, which stays the same in any language.
    void add(CurvePlot& plot, const QString& name);
    void setShown(CurvePlot& plot, bool shown);
    /// Under each other again. Those that are shown stay shown.
    void resetLayout();
    /// For the settings.
    [[nodiscard]] QByteArray layoutState() const;
    /// Those that are shown stay shown. What no layoutState() gave changes nothing.
    void restoreLayoutState(const QByteArray& state);

protected:
    void showEvent(QShowEvent* event) override;

private:
    void shareHeight();

    std::vector<QDockWidget*> m_docks; ///< in the order in which they were added
    std::map<const CurvePlot*, QDockWidget*> m_dockOf;
    std::map<const QDockWidget*, bool> m_isShown; ///< as setShown() said
    bool m_isArranged = false; ///< by the user, or once by default
};

} // namespace mocoscope::ui
