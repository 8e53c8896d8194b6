// SPDX-License-Identifier: GPL-3.0-or-later
// What can be done with the selected runs.
#include "training/api/config_json.h"
#include "ui/models/curve_style.h"
#include "ui/pages/runs_page.h"
#include "ui/pages/weights_export.h"
#include "ui/plot/plot_theme.h"
#include "ui/session/run_library.h"

#include <QColorDialog>
#include <QTreeView>

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
    message.detail = tr("Curves and checkpoints are kept until Mocoscope is closed.");
    message.actionText = tr("Undo");
    message.action = [this, runs] { m_library.restore(runs); };
    const int row = m_table->currentIndex().row();
    m_library.moveToTrash(runs);
    m_table->setCurrentIndex(m_filter.index(qMin(row, m_filter.rowCount() - 1), 0));
    Q_EMIT messageRaised(message);
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

void RunsPage::resumeSelected()
{
    if (const RunRecord* run = singleRun()) {
        Q_EMIT resumeRequested(run->id);
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
