// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/plot_docks.h"

#include "ui/plot/curve_plot.h"

#include <QDockWidget>

namespace mocoscope::ui {

PlotDocks::PlotDocks(QWidget* parent)
    : QMainWindow(parent)
{
    setWindowFlags(Qt::Widget); // a part of the page
    setDockOptions(QMainWindow::AllowNestedDocks | QMainWindow::AllowTabbedDocks);
    setContextMenuPolicy(Qt::NoContextMenu); // Qt's own would hide plots
}

void PlotDocks::add(CurvePlot& plot, const QString& name)
{
    auto* dock = new QDockWidget(plot.title(), this);
    dock->setObjectName(name);
    dock->setFeatures(QDockWidget::DockWidgetMovable | QDockWidget::DockWidgetFloatable);
    dock->setTitleBarWidget(plot.takeHeading());
    dock->setWidget(&plot);
    connect(&plot, &CurvePlot::titleChanged, dock, &QDockWidget::setWindowTitle);
    addDockWidget(Qt::TopDockWidgetArea, dock, Qt::Vertical);
    m_docks.push_back(dock);
    m_dockOf[&plot] = dock;
    m_isShown[dock] = true;
}

void PlotDocks::setShown(CurvePlot& plot, bool shown)
{
    QDockWidget* dock = m_dockOf.at(&plot);
    m_isShown[dock] = shown;
    plot.setVisible(shown);
    dock->setVisible(shown);
}

void PlotDocks::resetLayout()
{
    for (QDockWidget* dock : m_docks) {
        removeDockWidget(dock);
    }
    for (QDockWidget* dock : m_docks) {
        dock->setFloating(false);
        addDockWidget(Qt::TopDockWidgetArea, dock, Qt::Vertical);
        dock->setVisible(m_isShown[dock]);
    }
    shareHeight();
}

void PlotDocks::shareHeight()
{
    QList<QDockWidget*> shown;
    QList<int> shares;
    for (QDockWidget* dock : m_docks) {
        if (m_isShown[dock] && !dock->isFloating()) {
            shown << dock;
            shares << 1;
        }
    }
    resizeDocks(shown, shares, Qt::Vertical);
}

QByteArray PlotDocks::layoutState() const
{
    return saveState();
}

void PlotDocks::restoreLayoutState(const QByteArray& state)
{
    if (!restoreState(state)) {
        return;
    }
    m_isArranged = true;
    for (QDockWidget* dock : m_docks) {
        dock->setVisible(m_isShown[dock]);
    }
}

void PlotDocks::showEvent(QShowEvent* event)
{
    QMainWindow::showEvent(event);
    if (!m_isArranged) { // now their height is known
        m_isArranged = true;
        shareHeight();
    }
}

} // namespace mocoscope::ui
