// SPDX-License-Identifier: GPL-3.0-or-later
// What can be done with runs, and why not.
#include "storage/run_tags.h"
#include "training/api/config_json.h"
#include "training/api/fork.h"
#include "ui/pages/evaluation_start.h"
#include "ui/pages/run_files.h"
#include "ui/pages/runs_page.h"
#include "ui/pages/undo_list.h"
#include "ui/pages/widgets.h"
#include "ui/session/resumable_run.h"
#include "ui/session/run_library.h"
#include "ui/session/session.h"
#include "ui/theme.h"

#include <QAction>
#include <QMenu>
#include <QTreeView>

namespace mocoscope::ui {

using storage::RunId;
using storage::RunRecord;

void RunsPage::makeActions()
{
    m_show = addAction("live", tr("Show curves"), tr("Show the run on the Live page (Return)"),
                       Qt::Key_Return, &RunsPage::showSelected);
    m_show->setShortcuts({Qt::Key_Return, Qt::Key_Enter});
    m_check = addAction("compare", tr("Check for comparison"),
                        tr("Check the selected runs, which are laid side by side (Space)"),
                        Qt::Key_Space, &RunsPage::checkSelected);
    for (QAction* action : {m_show, m_check}) { // not while a name is typed into the table
        action->setShortcutContext(Qt::WidgetShortcut);
    }
    m_compare = addAction("compare", tr("Compare"), tr("Lay the selected runs side by side"), {},
                          &RunsPage::compareSelected);
    m_resume = addAction("start", tr("Resume"), tr("Go on from the newest checkpoint"), {},
                         &RunsPage::resumeSelected);
    m_fork = addAction(
        "fork", tr("Fork\u2026"),
        tr("Train a new run from its newest checkpoint with other options: opens the form"), {},
        &RunsPage::forkSelected);
    m_useConfiguration
        = addAction("copy", tr("Use configuration"), tr("Load its options into the form"), {},
                    &RunsPage::useConfiguration);
    m_export = addAction("save", tr("Export weights\u2026"),
                         tr("Write the encoder for timm and other programs"), {},
                         &RunsPage::exportWeights);
    m_rename = addAction("rename", tr("Rename"), tr("Rename the run (F2)"), Qt::Key_F2,
                         &RunsPage::renameSelected);
    m_colour = addAction("colour", tr("Colour\u2026"), tr("Choose the colour of its curves"), {},
                         &RunsPage::chooseColour);
    m_star = addAction("star", tr("Star"), tr("Mark the selected runs with a star, or take it off"),
                       {}, &RunsPage::toggleStar);
    m_archive = addAction("archive", tr("Archive"),
                          tr("Keep the selected runs out of the table, or bring them back"), {},
                          &RunsPage::toggleArchived);
    m_delete = addAction("trash", tr("Delete"), tr("Delete the selected runs (Del)"),
                         Qt::Key_Delete, &RunsPage::deleteSelected);
    makeFileMenus();
}

QList<QAction*> RunsPage::commands() const
{
    return {m_show,   m_check,  m_compare,          m_evaluation->action(),
            m_resume, m_fork,   m_useConfiguration, m_rename,
            m_colour, m_star,   m_archive,          m_delete,
            m_export, m_import, m_exportCurves,     &m_undo->action()};
}

void RunsPage::makeFileMenus()
{
    m_exportCurves = new QAction(themedIcon("save"), tr("Export"), this);
    m_exportCurves->setData(tr("Write the selected runs for other programs, or as a report"));
    auto* formats = new QMenu(this);
    const std::pair<RunFiles::Format, QString> texts[]
        = {{RunFiles::Format::Csv, tr("Curves as a table (CSV)\u2026")},
           {RunFiles::Format::JsonLines, tr("Curves as JSON lines\u2026")},
           {RunFiles::Format::TensorBoard, tr("Curves for TensorBoard\u2026")},
           {RunFiles::Format::Report, tr("Report as one web page\u2026")},
           {RunFiles::Format::ReportPdf, tr("Report as PDF\u2026")}};
    for (const auto& [format, text] : texts) {
        formats->addAction(text, this,
                           [this, format = format] { m_files->askExport(format, selectedRuns()); });
    }
    m_exportCurves->setMenu(formats);
    m_import = new QAction(themedIcon("load"), tr("Import"), this);
    m_import->setToolTip(tr("Take in curves that other programs recorded"));
    auto* sources = new QMenu(this);
    sources->addAction(tr("Event files of TensorBoard, or CSV\u2026"), m_files,
                       &RunFiles::askImportFiles);
    sources->addAction(tr("A folder of TensorBoard\u2026"), m_files, &RunFiles::askImportFolder);
    m_import->setMenu(sources);
}

QAction* RunsPage::addAction(const QString& iconName, const QString& text, const QString& toolTip,
                             const QKeySequence& key, void (RunsPage::*slot)())
{
    auto* action = new QAction(themedIcon(iconName), text, this);
    action->setToolTip(toolTip);
    action->setData(toolTip); // what the tooltip is while the action is possible
    action->setShortcut(key);
    action->setShortcutContext(Qt::WidgetWithChildrenShortcut);
    connect(action, &QAction::triggered, this, slot);
    return action;
}

void RunsPage::openContextMenu(const QPoint& position)
{
    QMenu menu(this);
    menu.setToolTipsVisible(true);
    menu.addActions({m_show, m_compare, m_evaluation->action()});
    menu.addSeparator();
    menu.addActions({m_resume, m_fork, m_useConfiguration, m_exportCurves, m_export});
    menu.addSeparator();
    menu.addActions({m_rename, m_colour, m_star, m_archive, m_delete, &m_undo->action()});
    menu.exec(m_table->viewport()->mapToGlobal(position));
}

void RunsPage::updateActions()
{
    const auto selected = selectedRuns();
    const QString one = selected.size() == 1 ? QString() : tr("Select one run.");
    const auto set = [](QAction& action, const QString& reason) {
        setReason(action, reason, action.data().toString());
    };
    set(*m_show, one);
    set(*m_check, selected.empty() ? tr("Select a run.") : QString());
    set(*m_compare,
        selected.size() >= 2 ? QString() : tr("Select two or more runs (Ctrl or Shift + click)."));
    set(*m_evaluation->action(), one);
    set(*m_resume, one.isEmpty() ? reasonNotToResume() : one);
    set(*m_fork, one.isEmpty() ? reasonNotToFork() : one);
    set(*m_useConfiguration, one);
    set(*m_export, one);
    set(*m_exportCurves, selected.empty() ? tr("Select a run.") : QString());
    set(*m_rename, one);
    set(*m_colour, selected.empty() ? tr("Select a run.") : QString());
    set(*m_star, selected.empty() ? tr("Select a run.") : QString());
    set(*m_archive, selected.empty() ? tr("Select a run.") : QString());
    m_star->setText(haveAll(storage::starredTag) ? tr("Remove star") : tr("Star"));
    m_archive->setText(haveAll(storage::archivedTag) ? tr("Unarchive") : tr("Archive"));
    set(*m_delete, reasonNotToDelete());
}

QString RunsPage::reasonNotToResume() const
{
    if (m_session.isActive()) {
        return tr("A run is on. Stop it first.");
    }
    const RunRecord* run = singleRun();
    return run ? QString::fromStdString(ui::reasonNotToResume(*run)) : QString();
}

QString RunsPage::reasonNotToFork() const
{
    const RunRecord* run = singleRun();
    const auto config = run
        ? training::fromJson(run->configJson)
        : training::Result<training::TrainingConfig>(training::TrainingConfig {});
    return QString::fromStdString(config ? training::reasonNotToFork(*config)
                                         : "Its options cannot be read.");
}

QString RunsPage::reasonNotToDelete() const
{
    const auto selected = selectedRuns();
    if (selected.empty()) {
        return tr("Select a run.");
    }
    for (const RunId id : selected) {
        const RunRecord* run = m_library.find(id);
        const bool isOn = run
            && (run->state == training::RunState::Running
                || run->state == training::RunState::Paused);
        if (isOn || (m_session.isActive() && m_session.run() == id)) {
            return tr("A selected run is on. Stop it first.");
        }
    }
    return {};
}

} // namespace mocoscope::ui
