// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/evaluation_start.h"

#include "storage/database.h"
#include "training/api/config_json.h"
#include "training/api/task.h"
#include "ui/session/resumable_run.h"
#include "ui/session/run_library.h"
#include "ui/theme.h"

#include <QAction>
#include <QMenu>
#include <QWidget>

namespace mocoscope::ui {

using storage::RunRecord;
using training::Result;

namespace {

/// On the background thread.
Result<PreparedEvaluation> prepareFrom(const RunRecord& run, const std::filesystem::path& history,
                                       const std::string& task)
{
    const auto config = training::fromJson(run.configJson);
    if (!config) {
        return tl::unexpected(config.error());
    }
    auto database = storage::Database::open(history, storage::Database::Access::ReadOnly);
    if (!database) {
        return tl::unexpected(database.error());
    }
    const auto checkpoint = newestCheckpoint(*database, run);
    if (!checkpoint) {
        return tl::unexpected(checkpoint.error());
    }
    if (checkpoint->empty()) {
        return training::failure(training::ErrorCode::NotFound,
                                 "\"" + run.name + "\" has no checkpoint yet",
                                 "It gets one when it is paused or stopped, or at its end.");
    }
    return PreparedEvaluation {training::evaluationConfig(*config, task, checkpoint->string()),
                               run.id, QString::fromStdString(run.name)};
}

} // namespace

EvaluationStart::EvaluationStart(RunLibrary& library, QWidget* parent)
    : QObject(parent)
    , m_library(library)
    , m_menu(std::make_unique<QMenu>())
    , m_action(new QAction(themedIcon("evaluate"), tr("Evaluate"), this))
{
    const QString toolTip = tr("Find out what its features are worth: opens the form, filled in");
    m_action->setToolTip(toolTip);
    m_action->setData(toolTip); // what the tooltip is while the action is possible
    m_action->setMenu(m_menu.get());
    const std::pair<const char*, QString> tasks[] = {{"knn", tr("&kNN on frozen features\u2026")},
                                                     {"linear", tr("&Linear probing\u2026")},
                                                     {"finetune", tr("&Fine-tuning\u2026")}};
    for (const auto& [task, text] : tasks) {
        connect(m_menu->addAction(text), &QAction::triggered, this,
                [this, name = QString::fromLatin1(task)] { Q_EMIT taskChosen(name); });
    }
}

EvaluationStart::~EvaluationStart() = default;

void EvaluationStart::prepare(const RunRecord* run, const QString& task)
{
    if (!run) {
        return;
    }
    const std::filesystem::path history = m_library.file();
    m_job.run([this, run = *run, history,
               task = task.toStdString()](const std::stop_token&) -> BackgroundJob::Answer {
        const auto evaluation = prepareFrom(run, history, task);
        return [this, evaluation] {
            if (evaluation) {
                Q_EMIT prepared(*evaluation);
            } else {
                Q_EMIT messageRaised(messageOf(evaluation.error()));
            }
        };
    });
}

} // namespace mocoscope::ui
