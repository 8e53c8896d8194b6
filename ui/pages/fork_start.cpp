// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/fork_start.h"

#include "storage/database.h"
#include "training/api/config_json.h"
#include "ui/session/resumable_run.h"
#include "ui/session/run_library.h"

namespace mocoscope::ui {

using storage::RunRecord;
using training::CheckpointFile;
using training::ErrorCode;
using training::failure;
using training::Result;

namespace {

Result<CheckpointFile> choose(const std::vector<CheckpointFile>& files, const RunRecord& run,
                              std::optional<std::int64_t> step)
{
    const auto found
        = step ? storage::existingAtStep(files, *step) : storage::newestExisting(files);
    if (found) {
        return *found;
    }
    return step ? failure(ErrorCode::NotFound,
                          "The checkpoint of step " + std::to_string(*step) + " of \"" + run.name
                              + "\" is gone",
                          "Choose another one.")
                : failure(ErrorCode::NotFound, "\"" + run.name + "\" has no checkpoint yet",
                          "It gets one when it is paused or stopped, or at its end.");
}

/// On the background thread.
Result<PreparedFork> prepareFork(const RunRecord& run, const std::filesystem::path& history,
                                 std::optional<std::int64_t> step)
{
    const auto config = training::fromJson(run.configJson);
    if (!config) {
        return tl::unexpected(config.error());
    }
    if (const std::string reason = training::reasonNotToFork(*config); !reason.empty()) {
        return failure(ErrorCode::BadArgument, "\"" + run.name + "\" cannot be forked", reason);
    }
    auto database = storage::Database::open(history, storage::Database::Access::ReadOnly);
    if (!database) {
        return tl::unexpected(database.error());
    }
    return storage::checkpointsOf(*database, run)
        .and_then([&](const auto& files) { return choose(files, run, step); })
        .map([&](const CheckpointFile& file) {
            return PreparedFork {{*config, file.step, run.totalSteps},
                                 file,
                                 run.id,
                                 QString::fromStdString(run.name)};
        });
}

} // namespace

ForkStart::ForkStart(RunLibrary& library, QObject* parent)
    : QObject(parent)
    , m_library(library)
{
}

ForkStart::~ForkStart() = default;

void ForkStart::prepare(storage::RunId run)
{
    look(run, std::nullopt);
}

void ForkStart::prepareFrom(storage::RunId run, std::int64_t step)
{
    look(run, step);
}

void ForkStart::look(storage::RunId id, std::optional<std::int64_t> step)
{
    const RunRecord* run = m_library.find(id);
    if (!run) {
        return;
    }
    m_job.run([this, run = *run, history = m_library.file(),
               step](const std::stop_token&) -> BackgroundJob::Answer {
        const auto fork = prepareFork(run, history, step);
        return [this, fork] {
            if (fork) {
                Q_EMIT prepared(*fork);
            } else {
                Q_EMIT messageRaised(messageOf(fork.error()));
            }
        };
    });
}

} // namespace mocoscope::ui
