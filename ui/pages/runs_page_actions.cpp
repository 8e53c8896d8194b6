// SPDX-License-Identifier: GPL-3.0-or-later
// What can be done with the selected runs.
#include "storage/folder_size.h"
#include "storage/run_tags.h"
#include "training/api/config_json.h"
#include "ui/models/curve_style.h"
#include "ui/models/text_format.h"
#include "ui/pages/fork_start.h"
#include "ui/pages/runs_page.h"
#include "ui/pages/undo_list.h"
#include "ui/pages/weights_export.h"
#include "ui/plot/plot_theme.h"
#include "ui/session/run_library.h"

#include <QColorDialog>
#include <QTreeView>

#include <algorithm>

namespace mocoscope::ui {

using storage::RunId;
using storage::RunRecord;

void RunsPage::renameSelected()
{
    const auto rows = m_table->selectionModel()->selectedRows();
    if (rows.size() == 1) {
        m_table->edit(rows.front().siblingAtColumn(RunTableModel::Name));
    }
}

void RunsPage::deleteSelected()
{
    const auto runs = selectedRuns();
    const RunRecord* single = singleRun();
    Message message;
    message.text = single
        ? tr("\u201c%1\u201d is deleted.").arg(QString::fromStdString(single->name))
        : tr("%1 runs are deleted.").arg(runs.size());
    message.detail = tr("Curves and files are kept until Mocoscope is closed.");
    message = m_undo->offer(std::move(message), [this, runs] {
        m_sizes.cancel(); // the message would come again
        m_library.restore(runs);
    });
    tellFreed(message, runs);
    const int row = m_table->currentIndex().row();
    m_library.moveToTrash(runs);
    m_table->setCurrentIndex(m_filter.index(qMin(row, m_filter.rowCount() - 1), 0));
    Q_EMIT messageRaised(message);
}

/// The message again with what closing frees, as soon as that is known.
void RunsPage::tellFreed(Message message, const std::vector<RunId>& runs)
{
    std::vector<std::filesystem::path> folders;
    for (const RunId id : runs) {
        if (const RunRecord* run = m_library.find(id)) {
            folders.push_back(m_library.runFolder(run->uuid));
        }
    }
    m_sizes.run([this, message, folders](const std::stop_token&) -> BackgroundJob::Answer {
        std::int64_t bytes = 0;
        for (const auto& folder : folders) {
            bytes += folder.empty() ? 0 : storage::folderBytes(folder);
        }
        return [this, message, bytes]() mutable {
            message.detail = tr("Curves and %1 of files are kept until Mocoscope is closed.")
                                 .arg(bytesText(static_cast<double>(bytes)));
            Q_EMIT messageRaised(message);
        };
    });
}

void RunsPage::compareSelected()
{
    m_model.setShownRuns(selectedRuns());
    Q_EMIT compareRequested();
}

void RunsPage::showSelected()
{
    if (const RunRecord* run = singleRun()) {
        Q_EMIT showRequested(run->id);
    }
}

/// All of them, unless all are checked already.
void RunsPage::checkSelected()
{
    const auto selected = selectedRuns();
    std::vector<RunId> shown = m_model.shownRuns();
    const auto isShown
        = [&shown](RunId run) { return std::ranges::find(shown, run) != shown.end(); };
    if (std::ranges::all_of(selected, isShown)) {
        std::erase_if(shown, [&selected](RunId run) {
            return std::ranges::find(selected, run) != selected.end();
        });
    } else {
        std::ranges::copy_if(selected, std::back_inserter(shown),
                             [&isShown](RunId run) { return !isShown(run); });
    }
    m_model.setShownRuns(shown);
}

void RunsPage::resumeSelected()
{
    if (const RunRecord* run = singleRun()) {
        Q_EMIT resumeRequested(run->id);
    }
}

void RunsPage::forkSelected()
{
    if (const RunRecord* run = singleRun()) {
        m_forkStart->prepare(run->id);
    }
}

void RunsPage::useConfiguration()
{
    const RunRecord* run = singleRun();
    if (!run) {
        return;
    }
    if (const auto config = training::fromJson(run->configJson)) {
        Q_EMIT configurationChosen(*config, QString::fromStdString(run->name));
    } else {
        Q_EMIT messageRaised(messageOf(config.error()));
    }
}

void RunsPage::exportWeights()
{
    m_weightsExport->ask(singleRun());
}

bool RunsPage::haveAll(std::string_view tag) const
{
    const auto selected = selectedRuns();
    return !selected.empty() && std::ranges::all_of(selected, [&](RunId id) {
        const RunRecord* run = m_library.find(id);
        return run && storage::hasTag(*run, tag);
    });
}

/// On all of the selected runs, unless all have it already.
void RunsPage::toggleStar()
{
    const QStringList star {QString::fromLatin1(storage::starredTag)};
    const bool adds = !haveAll(storage::starredTag);
    m_library.changeTags(selectedRuns(), adds ? star : QStringList(), adds ? QStringList() : star);
}

/// What is archived leaves the table, so that it is said, and can be taken back.
void RunsPage::toggleArchived()
{
    const QStringList archived {QString::fromLatin1(storage::archivedTag)};
    auto runs = selectedRuns();
    if (haveAll(storage::archivedTag)) {
        m_library.changeTags(runs, {}, archived);
        return;
    }
    std::erase_if(runs, [this](RunId id) {
        const RunRecord* run = m_library.find(id);
        return !run || storage::hasTag(*run, storage::archivedTag);
    });
    if (runs.empty()) {
        return;
    }
    Message message;
    message.text = runs.size() == 1
        ? tr("\u201c%1\u201d is archived.")
              .arg(QString::fromStdString(m_library.find(runs.front())->name))
        : tr("%1 runs are archived.").arg(runs.size());
    message.detail = tr("Archived runs are kept, and shown where \u201c"
                        "Archived\u201d is ticked.");
    m_library.changeTags(runs, archived, {});
    Q_EMIT messageRaised(m_undo->offer(
        std::move(message), [this, runs, archived] { m_library.changeTags(runs, {}, archived); }));
}

void RunsPage::chooseColour()
{
    const auto runs = selectedRuns();
    const RunRecord* first = runs.empty() ? nullptr : m_library.find(runs.front());
    if (!first) {
        return;
    }
    for (int i = 0; i < curveColours; ++i) {
        QColorDialog::setCustomColor(i, curveStyle(i, isDark(palette())).colour);
    }
    const QColor colour = QColorDialog::getColor(runStyle(*first, isDark(palette())).colour, this,
                                                 tr("Colour of the curves"));
    if (colour.isValid()) {
        for (const RunId run : runs) {
            m_library.setColour(run, colour.name());
        }
    }
}

} // namespace mocoscope::ui
