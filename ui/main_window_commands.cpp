// SPDX-License-Identifier: GPL-3.0-or-later
// All that the window can do, gathered from its actions: for the palette and the list of shortcuts.
#include "training/api/presets.h"
#include "ui/main_window.h"
#include "ui/models/command_search.h"
#include "ui/models/text_format.h"
#include "ui/pages/command_palette.h"
#include "ui/pages/configure_page.h"
#include "ui/pages/diagnose_page.h"
#include "ui/pages/live_page.h"
#include "ui/pages/runs_page.h"
#include "ui/pages/shortcut_list.h"
#include "ui/pages/state_look.h"
#include "ui/plot/canvas_mouse.h"
#include "ui/session/run_library.h"
#include "ui/session/session.h"
#include "ui/theme.h"

#include <QMenu>
#include <QMenuBar>

namespace mocoscope::ui {

using storage::RunId;
using storage::RunRecord;

namespace {

/// Where it is found, and whether it is on where it can be off.
QString groupText(const QAction& action, const QString& group)
{
    if (!action.isCheckable() || action.actionGroup()) {
        return group;
    }
    return action.isChecked() ? MainWindow::tr("%1, on").arg(group)
                              : MainWindow::tr("%1, off").arg(group);
}

/// "&Load configuration…" → "Load configuration…"
QString plainText(const QAction& action)
{
    return action.text().remove('&');
}

} // namespace

void MainWindow::newRun()
{
    showPage(Configure);
    m_configure->focusName();
}

void MainWindow::openConfiguration()
{
    showPage(Configure);
    m_configure->openFile();
}

void MainWindow::saveConfiguration()
{
    showPage(Configure);
    m_configure->saveFile();
}

void MainWindow::saveJob()
{
    showPage(Configure);
    m_configure->saveJob();
}

struct MainWindow::NamedAction
{
    QAction* action;
    QString group; ///< "View › Theme"
    QString reasonNotTo; ///< empty: it is enabled
    bool isOfRunsPage = false;
};

/// Adds those of menus in menus as well; what opens a menu is no action of its own.
void MainWindow::gather(const QList<QAction*>& actions, const NamedAction& parent,
                        std::vector<NamedAction>& all)
{
    for (QAction* action : actions) {
        NamedAction named = parent;
        named.action = action;
        if (parent.reasonNotTo.isEmpty() && !action->isEnabled()) {
            named.reasonNotTo = action->toolTip();
        }
        if (const QMenu* menu = action->menu()) {
            named.group += QStringLiteral(" \u203a ") + plainText(*action);
            gather(menu->actions(), named, all);
        } else if (!action->isSeparator() && action->isVisible()) {
            all.push_back(named);
        }
    }
}

std::vector<MainWindow::NamedAction> MainWindow::namedActions() const
{
    std::vector<NamedAction> all;
    for (const QAction* title : menuBar()->actions()) {
        gather(title->menu()->actions(), {nullptr, plainText(*title), {}}, all);
    }
    gather(m_runs->commands(), {nullptr, tr("Runs"), {}, true}, all);
    return all;
}

std::vector<Command> MainWindow::commands()
{
    std::vector<Command> all;
    for (const NamedAction& named : namedActions()) {
        if (named.action == m_openPalette) {
            continue;
        }
        const QList<QKeySequence> keys = named.action->shortcuts();
        all.push_back({plainText(*named.action), groupText(*named.action, named.group),
                       keys.isEmpty() ? QString() : keysText({keys.front()}), named.reasonNotTo,
                       named.action->icon(), [this, named] {
                           if (named.isOfRunsPage) { // it is about what is selected there
                               showPage(Runs);
                           }
                           named.action->trigger();
                       }});
    }
    for (const training::Preset& preset : training::presets()) {
        const QString name = QString::fromStdString(preset.name);
        all.push_back(
            {presetWord(preset.title),
             tr("Preset"),
             {},
             {},
             themedIcon("configure"),
             [this, name] {
                 m_configure->choosePreset(name);
                 showPage(Configure);
             },
             {name, QString::fromStdString(preset.title)}}); // as mocoscope-train and papers say
    }
    for (const RunRecord& run : m_library.runs()) {
        all.push_back({QString::fromStdString(run.name),
                       tr("Run, %1").arg(stateName(run.state).toLower()),
                       {},
                       {},
                       stateIcon(run.state, palette()),
                       [this, id = run.id] { openRun(id); }});
    }
    return all;
}

void MainWindow::openRun(RunId run)
{
    if (m_session.isActive() && m_session.run() != run) { // which the Live page shows
        m_runs->select(run);
        showPage(Runs);
        return;
    }
    m_live->showRun(run);
    m_diagnose->showRun(run);
    showPage(Live);
}

void MainWindow::togglePalette()
{
    m_palette->toggle(commands());
}

void MainWindow::toggleShortcutList()
{
    std::vector<ShortcutGroup> groups;
    for (const NamedAction& named : namedActions()) {
        if (named.action->shortcuts().isEmpty()) {
            continue;
        }
        const QString group = named.isOfRunsPage ? tr("In the table of runs") : named.group;
        if (groups.empty() || groups.back().title != group) {
            groups.push_back({group, {}});
        }
        groups.back().shortcuts << Shortcut {named.action->shortcuts(),
                                             plainText(*named.action).remove(u'\u2026')};
    }
    ShortcutGroup plots {tr("In a plot"), {}};
    for (const PlotKey& key : plotKeys()) {
        plots.shortcuts << Shortcut {key.keys, key.meaning};
    }
    groups.push_back(plots);
    m_shortcuts->toggle(groups);
}

} // namespace mocoscope::ui
