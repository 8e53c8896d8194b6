// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/checkpoint_list.h"

#include "training/api/config_json.h"
#include "training/api/fork.h"
#include "ui/models/text_format.h"
#include "ui/pages/widgets.h"
#include "ui/session/run_library.h"
#include "ui/theme.h"

#include <QHeaderView>
#include <QPushButton>
#include <QTreeWidget>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace mocoscope::ui {

namespace {

enum Column
{
    Step,
    Accuracy,
    Size,
};

constexpr int shownRows = 5; ///< the list scrolls beyond

/// The highest accuracy of several; the newest of equals.
std::size_t bestOf(const std::vector<ListedCheckpoint>& checkpoints)
{
    std::size_t best = checkpoints.size();
    for (std::size_t i = 0; i < checkpoints.size(); ++i) {
        const bool isBetter = checkpoints[i].accuracy
            && (best == checkpoints.size()
                || *checkpoints[i].accuracy > *checkpoints[best].accuracy);
        best = isBetter ? i : best;
    }
    return checkpoints.size() > 1 ? best : checkpoints.size();
}

} // namespace

CheckpointList::CheckpointList(RunLibrary& library, QWidget* parent)
    : QWidget(parent)
    , m_library(library)
    , m_none(makeMutedLabel(tr("None yet.")))
    , m_tree(new QTreeWidget)
    , m_fork(makeButton("fork", tr("Fork from here\u2026")))
{
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(spacing(1));
    auto* heading = makeHeading(tr("Checkpoints"), 0);
    heading->setBuddy(m_tree);
    column->addWidget(heading);
    column->addWidget(m_none);
    column->addWidget(m_tree);
    column->addWidget(m_fork, 0, Qt::AlignLeft);
    m_tree->setHeaderLabels({tr("Step"), tr("kNN"), tr("Size")});
    m_tree->setRootIsDecorated(false);
    m_tree->setUniformRowHeights(true);
    m_tree->setAllColumnsShowFocus(true);
    m_tree->setAccessibleName(tr("Checkpoints of the run"));
    m_tree->header()->setStretchLastSection(true);
    m_tree->header()->setSectionsMovable(false);
    m_tree->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff); // it would lie over the last row
    connect(m_tree, &QTreeWidget::itemSelectionChanged, this, &CheckpointList::updateButton);
    connect(m_tree, &QTreeWidget::itemActivated, this, &CheckpointList::requestFork);
    connect(m_fork, &QPushButton::clicked, this, &CheckpointList::requestFork);
    show({});
}

void CheckpointList::setRun(const storage::RunRecord& run)
{
    if (run.id == m_run && run.updatedAt == m_readAt) {
        return;
    }
    if (run.id != m_run) {
        show({});
        const auto config = training::fromJson(run.configJson);
        m_reasonNotToFork = QString::fromStdString(config ? training::reasonNotToFork(*config)
                                                          : "Its options cannot be read.");
    }
    m_run = run.id;
    m_readAt = run.updatedAt;
    m_library.readCheckpoints(this, run.id, [this](const auto& checkpoints) {
        show(checkpoints ? *checkpoints : std::vector<ListedCheckpoint> {});
    });
}

void CheckpointList::show(const std::vector<ListedCheckpoint>& checkpoints)
{
    std::vector<std::pair<std::int64_t, std::optional<double>>> shown;
    for (const ListedCheckpoint& each : checkpoints) {
        shown.emplace_back(each.file.step, each.accuracy);
    }
    if (std::exchange(m_shown, shown) == shown && !shown.empty()) {
        return; // a run that is on changes more often than its checkpoints
    }
    const auto before = selectedStep();
    const std::size_t best = bestOf(checkpoints);
    m_tree->clear();
    for (std::size_t i = 0; i < checkpoints.size(); ++i) {
        const ListedCheckpoint& each = checkpoints[i];
        const QString accuracy = percentText(each.accuracy);
        auto* item = new QTreeWidgetItem(m_tree,
                                         {countText(each.file.step),
                                          i == best ? tr("%1, best").arg(accuracy) : accuracy,
                                          bytesText(static_cast<double>(each.bytes))});
        item->setData(Step, Qt::UserRole, QVariant::fromValue(each.file.step));
        item->setToolTip(
            Step,
            tr("Saved %1\n%2")
                .arg(timeText(each.savedAt), QString::fromStdString(each.file.path.string())));
        item->setSizeHint(Step, {0, fontMetrics().height() + spacing(2)});
        item->setSelected(each.file.step == before);
    }
    m_tree->resizeColumnToContents(Step);
    m_tree->resizeColumnToContents(Accuracy);
    fitHeight();
    m_none->setVisible(checkpoints.empty());
    m_tree->setVisible(!checkpoints.empty());
    m_fork->setVisible(!checkpoints.empty());
    updateButton();
}

void CheckpointList::fitHeight()
{
    const int rows = std::min(static_cast<int>(m_shown.size()), shownRows);
    const int rowHeight = rows > 0 ? m_tree->sizeHintForRow(0) : 0;
    m_tree->setFixedHeight(m_tree->header()->sizeHint().height() + rows * rowHeight
                           + 2 * m_tree->frameWidth());
}

/// Only now the style that it will have is known.
void CheckpointList::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    fitHeight();
}

std::optional<std::int64_t> CheckpointList::selectedStep() const
{
    const auto selected = m_tree->selectedItems();
    return selected.isEmpty()
        ? std::nullopt
        : std::optional<std::int64_t>(selected.front()->data(Step, Qt::UserRole).toLongLong());
}

void CheckpointList::updateButton()
{
    const QString reason
        = selectedStep() ? m_reasonNotToFork : tr("Select a checkpoint of the list.");
    setReason(*m_fork, reason,
              tr("Train a new run from this checkpoint with other options: opens the form"));
}

void CheckpointList::requestFork()
{
    if (const auto step = selectedStep(); step && m_reasonNotToFork.isEmpty()) {
        Q_EMIT forkRequested(m_run, *step);
    }
}

} // namespace mocoscope::ui
