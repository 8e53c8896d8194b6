// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/headless/follow_run.h"

#include <mutex>

namespace mocoscope::headless {

using training::ErrorCode;

namespace {

/// Keeps how the run ended. Published to by any thread of the trainer.
class Ending final : public training::EventSink
{
public:
    void publish(training::TrainingEvent event) override
    {
        const std::scoped_lock lock(m_mutex);
        m_hasStarted = m_hasStarted || std::holds_alternative<training::RunFacts>(event);
        if (const auto* failed = std::get_if<training::Failed>(&event)) {
            m_error = failed->error;
        } else if (const auto* finished = std::get_if<training::Finished>(&event)) {
            m_isStopped = finished->stopped;
        }
    }

    /// After the run.
    [[nodiscard]] int conclude(const training::LaunchedProcess& process, const Console& console)
    {
        if (!m_error) {
            return m_isStopped ? Interrupted : Done;
        }
        m_error->message = "rank " + std::to_string(process.rank) + ": " + m_error->message;
        const int code = report(console, *m_error);
        return m_hasStarted ? FailedWhileRunning : code;
    }

private:
    std::mutex m_mutex;
    std::optional<training::Error> m_error;
    bool m_hasStarted = false;
    bool m_isStopped = false;
};

} // namespace

bool isFollower(const std::optional<training::LaunchedProcess>& process)
{
    return process && process->rank > 0;
}

int followRun(const training::TrainingConfig& config, const training::LaunchedProcess& process,
              StopSignals& signals, const Program& program)
{
    training::RunRequest request;
    request.config = config;
    request.nonFinite = training::NonFinitePolicy::Fail;
    request.process = process;
    Ending ending;
    program.makeTrainer()->run(request, ending, signals.control());
    return ending.conclude(process, program.console);
}

std::optional<int> refuseProcesses(const std::string& command, const Program& program)
{
    const auto process = training::launchedProcess();
    if (!process) {
        return report(program.console, process.error());
    }
    if (!*process) {
        return std::nullopt;
    }
    return report(program.console,
                  {ErrorCode::BadArgument,
                   (*process)->launcher + " has started " + std::to_string((*process)->worldSize)
                       + " processes of '" + command + "'",
                   "only pretraining (train, resume) can use more than one"});
}

} // namespace mocoscope::headless
