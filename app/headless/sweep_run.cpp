// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/headless/sweep_run.h"

#include "app/headless/configuration.h"
#include "app/headless/format.h"
#include "app/headless/record_json.h"
#include "app/headless/run_store.h"
#include "app/headless/training_run.h"
#include "training/api/config_json.h"
#include "training/api/config_schema.h"

#include <optional>
#include <utility>

namespace mocoscope::headless {

namespace {

using storage::Database;
using storage::MetricRecorder;
using storage::Result;
using storage::RunRecord;
using storage::SweepRecord;
using storage::SweepRepository;

/// The run that is next, as far as it was trained before.
struct NextRun
{
    RunRecord run;
    std::vector<training::CheckpointFile> checkpoints; ///< empty: from the first step
};

/// On the recorder thread.
Result<std::optional<NextRun>> claimNext(Database& database, storage::SweepId sweep)
{
    auto run = SweepRepository(database).claimNext(sweep);
    if (!run) {
        return tl::unexpected(run.error());
    }
    if (!*run) {
        return std::nullopt;
    }
    return checkpointsOf(database, **run).map([&](const auto& checkpoints) {
        return std::optional(NextRun {**run, checkpoints});
    });
}

/// One sweep while it is on; lives on the calling thread.
class RunningSweep
{
    template <typename Work> auto onRecorder(Work work) { return m_recorder.submit(work).get(); }

public:
    RunningSweep(const SweepArguments& arguments, SweepRecord sweep, MetricRecorder& recorder,
                 StopSignals& signals, const Program& program)
        : m_arguments(arguments)
        , m_sweep(std::move(sweep))
        , m_recorder(recorder)
        , m_signals(signals)
        , m_program(program)
        , m_isJson(arguments.json || !program.console.outIsTerminal)
    {
    }

    int toEnd()
    {
        while (m_signals.level() == StopLevel::None) {
            const auto next = onRecorder(
                [id = m_sweep.id](Database& database) { return claimNext(database, id); });
            if (!next) {
                return report(m_program.console, next.error());
            }
            if (!*next) {
                return conclude();
            }
            const int code = train(**next);
            if (code == BadArguments || code == Interrupted) {
                return code == Interrupted ? tellInterrupted() : code;
            }
        }
        return tellInterrupted();
    }

private:
    /// As stored, with this call's device.
    [[nodiscard]] Result<training::TrainingConfig> configOf(const RunRecord& run) const
    {
        return training::fromJson(run.configJson)
            .and_then([this](const training::TrainingConfig& config) {
                return m_arguments.device.empty()
                    ? Result<training::TrainingConfig>(config)
                    : training::withOption(config, "train.device", m_arguments.device);
            })
            .and_then([](const training::TrainingConfig& config) {
                return checkConfiguration(config).map([&] { return config; });
            });
    }

    int train(const NextRun& next)
    {
        const auto config = configOf(next.run);
        if (!config) { // the same would be wrong with the other runs: nothing is used up
            const auto released = onRecorder([id = next.run.id](Database& database) {
                return SweepRepository(database).release(id);
            });
            static_cast<void>(released); // found as interrupted at the next start otherwise
            report(m_program.console, config.error());
            return BadArguments;
        }
        tellNext(next.run);
        PreparedRun prepared = prepareRun(next.run, *config, m_arguments.store, m_isJson);
        prepared.request.resumeFrom = next.checkpoints;
        prepared.request.mayRollBack = false; // a fork would not be one of the sweep's runs
        const int code = trainToEnd(prepared, m_recorder, m_signals, m_program);
        // A run that could not even be started counts as failed like any other.
        return code == BadArguments ? static_cast<int>(FailedWhileRunning) : code;
    }

    void tellNext(const RunRecord& run)
    {
        refresh();
        if (m_isJson) {
            m_program.console.out << dump({{"type", "sweep"},
                                           {"name", m_sweep.name},
                                           {"run", run.id.value},
                                           {"place", run.sweep->place},
                                           {"setting", run.sweep->setting},
                                           {"total", m_sweep.total},
                                           {"finished", m_sweep.finished},
                                           {"failed", m_sweep.failed}})
                                  << '\n';
        } else {
            m_program.console.out << "sweep '" << printable(m_sweep.name) << "', "
                                  << m_sweep.finished + m_sweep.failed + 1 << " of "
                                  << m_sweep.total << '\n';
        }
    }

    /// The counts as they are now; the last known ones when they cannot be read.
    void refresh()
    {
        const auto flushed = m_recorder.flush(); // the run before has told its end
        const auto now = onRecorder(
            [id = m_sweep.id](Database& database) { return SweepRepository(database).find(id); });
        if (flushed && now) {
            m_sweep = *now;
        }
    }

    [[nodiscard]] std::string named() const
    {
        return shellWord(m_sweep.name)
            + (m_arguments.store.empty() ? ""
                                         : " --store " + shellWord(m_arguments.store.string()));
    }

    void tell(const std::string& text)
    {
        m_program.console.err << "mocoscope-train: " << text << '\n' << std::flush;
    }

    int tellInterrupted()
    {
        refresh();
        tell(std::to_string(m_sweep.waiting) + " of " + std::to_string(m_sweep.total)
             + " runs are left; go on with `mocoscope-train sweep --resume " + named() + "`");
        return Interrupted;
    }

    int conclude()
    {
        refresh();
        const std::string total = std::to_string(m_sweep.total);
        if (m_sweep.failed > 0) {
            tell(std::to_string(m_sweep.failed) + " of " + total
                 + " runs failed; `mocoscope-train resume RUN` tries one again");
        }
        if (m_sweep.active > 0) {
            tell(std::to_string(m_sweep.active) + " of " + total
                 + " runs are on in another process");
        }
        tell(std::to_string(m_sweep.finished) + " of " + total
             + " runs are finished; `mocoscope-train runs compare --sweep " + named()
             + "` shows their means");
        return m_sweep.failed > 0 ? FailedWhileRunning : Done;
    }

    const SweepArguments& m_arguments;
    SweepRecord m_sweep;
    MetricRecorder& m_recorder;
    StopSignals& m_signals;
    const Program& m_program;
    const bool m_isJson;
};

} // namespace

int trainSweep(const SweepArguments& arguments, const FindSweep& findSweep, const Program& program)
{
    StopSignals signals; // before the recorder's thread
    const auto recorder
        = startRecorder(databasePath(arguments.store), program.console, signals.control());
    if (!recorder) {
        return report(program.console, recorder.error());
    }
    const auto sweep = (*recorder)->submit(findSweep).get();
    if (!sweep) {
        return report(program.console, sweep.error());
    }
    return RunningSweep(arguments, *sweep, **recorder, signals, program).toEnd();
}

} // namespace mocoscope::headless
