// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "storage/run_record.h"
#include "training/api/fork.h"
#include "ui/pages/message_bar.h"
#include "ui/session/background_job.h"

#include <QObject>

namespace mocoscope::ui {

class RunLibrary;

/// A fork that only has to be looked over and started.
struct PreparedFork
{
    training::ForkOrigin origin; ///< with the run's own options
    training::CheckpointFile checkpoint;
    storage::RunId run; ///< that it goes on from
    QString runName;
};

/// Finds the checkpoint that a new run is to go on from. Lives on the window's thread; looks for
/// the checkpoint on another.
class ForkStart final : public QObject
{
    Q_OBJECT

public:
    /// Both outlive this.
    ForkStart(RunLibrary& library, QObject* parent);
    ~ForkStart() override;

    /// From the newest checkpoint.
    void prepare(storage::RunId run);
    void prepareFrom(storage::RunId run, std::int64_t step);

Q_SIGNALS:
    void prepared(const mocoscope::ui::PreparedFork& fork);
    void messageRaised(const mocoscope::ui::Message& message);

private:
    void look(storage::RunId run, std::optional<std::int64_t> step);

    RunLibrary& m_library;
    BackgroundJob m_job;
};

} // namespace mocoscope::ui
