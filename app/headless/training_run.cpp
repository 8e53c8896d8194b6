// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/headless/training_run.h"

#include "storage/roll_back.h"
#include "storage/run_repository.h"
#include "training/api/event_queue.h"
#include "training/api/event_tee.h"

#include <chrono>
#include <cstdlib>
#include <optional>
#include <thread>
#include <utility>

namespace mocoscope::headless {

namespace {

using namespace std::chrono_literals;
using training::ErrorCode;
using training::EventQueue;
using training::TrainingEvent;

constexpr auto drainInterval = 100ms;
constexpr auto flushInterval = 500ms;
/// A step on a slow machine may take longer; "stop now" does not wait for it.
constexpr auto abortPatience = 3s;

/// How the run went, from its events.
struct Outcome
{
    bool hasStarted = false;
    std::optional<training::Finished> finished;
    std::optional<training::Error> error;
    std::optional<training::CheckpointSaved> checkpoint; ///< the last one

    void note(const TrainingEvent& event)
    {
        if (std::holds_alternative<training::RunFacts>(event)) {
            hasStarted = true;
        } else if (const auto* saved = std::get_if<training::CheckpointSaved>(&event)) {
            checkpoint = *saved;
        } else if (const auto* end = std::get_if<training::Finished>(&event)) {
            finished = *end;
        } else if (const auto* failed = std::get_if<training::Failed>(&event)) {
            error = failed->error;
        }
    }
};

std::int64_t steadyMilliseconds()
{
    const auto now = std::chrono::steady_clock::now().time_since_epoch();
    return std::chrono::duration_cast<std::chrono::milliseconds>(now).count();
}

/// The run while it is on; lives on the calling thread.
class RunningRun
{
public:
    RunningRun(const PreparedRun& run, storage::MetricRecorder& recorder, StopSignals& signals,
               const Program& program)
        : m_run(run)
        , m_recorder(recorder)
        , m_signals(signals)
        , m_program(program)
        , m_output(run.json ? makeJsonOutput(program.console) : makeBarOutput(program.console))
        , m_recorded(recorder.record(run.heading.id))
    {
    }

    int toEnd()
    {
        m_output->begin(m_run.heading);
        const std::unique_ptr<training::Trainer> trainer = m_program.makeTrainer();
        std::jthread thread([this, &trainer] {
            training::EventTee events(*m_recorded, m_shown);
            trainer->run(m_run.request, events, m_signals.control());
            m_recorded->close();
            m_shown.close();
        });
        while (!m_shown.isExhausted()) {
            showEvents();
            followSignals();
        }
        thread.join();
        m_output->end();
        const int code = conclude();
        return recordRest() ? code : FailedWhileRunning;
    }

    /// The step from which a fork is to go on; empty: the run's end is the end.
    [[nodiscard]] std::optional<std::int64_t> rollBackTo() const
    {
        const bool isAsked
            = !m_outcome.error && m_outcome.finished && m_signals.level() == StopLevel::None;
        return isAsked ? m_outcome.finished->rollBackTo : std::nullopt;
    }

private:
    void showEvents()
    {
        for (const TrainingEvent& event : m_shown.waitAndDrain(1, drainInterval)) {
            m_outcome.note(event);
            m_output->show(event);
        }
        m_output->refresh(steadyMilliseconds());
        if (!m_program.console.out && !m_isOutputGone) {
            m_isOutputGone = true;
            m_program.console.err << "mocoscope-train: nobody reads the output any more; the run "
                                     "goes on and is recorded\n"
                                  << std::flush;
        }
    }

    void followSignals()
    {
        const StopLevel level = m_signals.level();
        if (level != m_levelShown) {
            m_levelShown = level;
            m_output->note(level == StopLevel::Stop
                               ? "stopping with a checkpoint; Ctrl-C once more stops at once"
                               : "stopping at once");
        }
        if (level == StopLevel::Abort && !m_abortDeadline) {
            m_abortDeadline = std::chrono::steady_clock::now() + abortPatience;
        }
        if (m_abortDeadline && std::chrono::steady_clock::now() > *m_abortDeadline) {
            leaveTrainerBehind();
        }
    }

    [[noreturn]] void leaveTrainerBehind()
    {
        m_output->end();
        m_recorder.post([id = m_run.heading.id](storage::Database& database) {
            // When this cannot be written the next start finds that the process is gone.
            static_cast<void>(storage::RunRepository(database).setState(
                id, training::RunState::Interrupted, "stopped at once, in the middle of a step"));
        });
        recordRest();
        std::_Exit(Interrupted); // the trainer's thread cannot be joined
    }

    /// Waits for a disk that is full, unless the user wants the end. False, and told, when the last
    /// values could not be written.
    bool recordRest()
    {
        auto flushed = m_recorder.flush();
        while (!flushed && flushed.error().code == ErrorCode::Unwritable
               && m_signals.level() == StopLevel::None) {
            std::this_thread::sleep_for(flushInterval);
            flushed = m_recorder.flush();
        }
        if (!flushed) {
            report(m_program.console, flushed.error());
        }
        return flushed.has_value();
    }

    int conclude()
    {
        if (m_outcome.error) {
            const int code = report(m_program.console, *m_outcome.error);
            return m_outcome.hasStarted ? FailedWhileRunning : code;
        }
        if (!m_outcome.finished) {
            return report(m_program.console,
                          {ErrorCode::Internal, "the trainer ended without a result", {}});
        }
        const bool isCancelled = m_outcome.finished->stopped;
        m_output->note(rollBackTo()      ? rolledBackText()
                           : isCancelled ? stoppedText()
                                         : finishedText());
        m_output->end();
        return isCancelled ? Interrupted : Done;
    }

    [[nodiscard]] std::string finishedText() const
    {
        return "done after " + std::to_string(m_outcome.finished->step) + " steps; `"
            + "mocoscope-train runs show" + m_run.arguments + "` shows its figures";
    }

    [[nodiscard]] std::string rolledBackText() const
    {
        return "a spike ended the run at step " + std::to_string(m_outcome.finished->step)
            + "; a fork goes on from step " + std::to_string(*m_outcome.finished->rollBackTo);
    }

    [[nodiscard]] std::string stoppedText() const
    {
        const std::int64_t step = m_outcome.finished->step;
        const bool isSaved = m_outcome.checkpoint && m_outcome.checkpoint->step == step;
        return "stopped at step " + std::to_string(step)
            + (isSaved ? ", checkpoint " + m_outcome.checkpoint->path
                       : std::string(" without a new checkpoint"))
            + "; go on with `mocoscope-train resume" + m_run.arguments + "`";
    }

    const PreparedRun& m_run;
    storage::MetricRecorder& m_recorder;
    StopSignals& m_signals;
    const Program& m_program;
    std::unique_ptr<RunOutput> m_output;
    std::shared_ptr<EventQueue> m_recorded;
    EventQueue m_shown; ///< apart, as the output may be as slow as its reader
    Outcome m_outcome;
    StopLevel m_levelShown = StopLevel::None;
    bool m_isOutputGone = false;
    std::optional<std::chrono::steady_clock::time_point> m_abortDeadline;
};

/// Stores the fork of a run that was rolled back, ready to start.
storage::Result<PreparedRun> goOnFrom(std::int64_t step, const PreparedRun& run,
                                      storage::MetricRecorder& recorder)
{
    const auto fork = recorder
                          .submit([&](storage::Database& database) {
                              return storage::forkRolledBack(database, run.heading.id,
                                                             run.request.config, step);
                          })
                          .get();
    if (!fork) {
        return tl::unexpected(fork.error());
    }
    PreparedRun next = prepareRun(fork->run, fork->config, run.store, run.json);
    next.heading.rolledBack = run.heading.id;
    next.request.resumeFrom = fork->checkpoints;
    return next;
}

} // namespace

int trainToEnd(const PreparedRun& first, storage::MetricRecorder& recorder, StopSignals& signals,
               const Program& program)
{
    PreparedRun run = first;
    for (;;) {
        std::optional<std::int64_t> from;
        {
            RunningRun running(run, recorder, signals, program);
            const int code = running.toEnd();
            from = running.rollBackTo();
            if (!from || code == FailedWhileRunning) {
                return code;
            }
        }
        auto fork = goOnFrom(*from, run, recorder);
        if (!fork) {
            report(program.console, fork.error());
            return FailedWhileRunning;
        }
        run = std::move(*fork);
    }
}

} // namespace mocoscope::headless
