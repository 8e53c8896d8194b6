// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/headless/command_line.h"

#include "app/headless/command_line_parts.h"
#include "app/headless/console.h"
#include "app/headless/nearest.h"
#include "storage/database.h"

#include <algorithm>

namespace mocoscope::headless {

namespace {

constexpr auto deviceHelp = "Where to compute: auto, cpu, cuda:0; `devices` lists them";

/// The tree of commands; each one fills its own arguments and becomes `chosen` when it is used.
class CommandLine
{
public:
    CommandLine();
    Command parse(std::vector<std::string> arguments);

private:
    template <typename Arguments>
    CLI::App* addCommand(CLI::App& parent, const char* name, const char* description,
                         Arguments& arguments)
    {
        return headless::addCommand(parent, name, description, arguments, m_chosen);
    }
    template <typename Arguments>
    static void addRunOptions(CLI::App& command, Arguments& arguments, const char* nameHelp);
    static void addStart(CLI::App& command, TrainArguments& arguments);
    void addTrain();
    void addJob();
    void addEvaluate();
    void addResume();
    void addFork();
    void addExportModel();
    void addFeatures();
    void addSweep();
    void addCatalogs();
    UsageText usageError(const CLI::ParseError& error) const;
    std::string problem(const CLI::ParseError& error) const;
    std::string suggestion() const;
    const CLI::App& deepestCommand() const;
    std::string pathTo(const CLI::App& command) const;
    UsageText help() const;

    CLI::App m_app {"Trains Vision Transformers without labels (MoCo v3) and keeps every run's "
                    "curves and checkpoints in a history that the mocoscope window shows too."};
    Command m_chosen = UsageText {};
    TrainArguments m_train;
    JobArguments m_job;
    EvaluateArguments m_evaluate;
    ResumeArguments m_resume;
    ForkArguments m_fork;
    ExportModelArguments m_exportModel;
    FeaturesArguments m_features;
    SweepArguments m_sweep;
    RunsArguments m_runs;
    PresetsArguments m_presets;
    DevicesArguments m_devices;
    OptionsArguments m_options;
    bool m_markdown = false;
};

CommandLine::CommandLine()
{
    m_app.name("mocoscope-train");
    m_app.set_version_flag("--version", "mocoscope-train " MOCOSCOPE_VERSION);
    m_app.require_subcommand(1);
    addTrain();
    addJob();
    addEvaluate();
    addResume();
    addFork();
    addExportModel();
    addFeatures();
    addSweep();
    addRunsCommands(m_app, m_runs, m_chosen);
    addCatalogs();
    // Last: commands would inherit it.
    m_app.footer(
        "\nExit codes: 0 done, 1 failed while running, 2 bad arguments or configuration,\n"
        "130 interrupted (Ctrl-C once: checkpoint and stop; twice: stop now).\n\n"
        "  mocoscope-train train --preset demo\n"
        "  mocoscope-train train --preset cifar10-vit-tiny --set data.path=cifar10.tar.gz\n"
        "  mocoscope-train evaluate linear demo\n"
        "  mocoscope-train COMMAND --help\n");
}

/// Of each command that makes a run.
template <typename Arguments>
void CommandLine::addRunOptions(CLI::App& command, Arguments& arguments, const char* nameHelp)
{
    command.add_option("--set", arguments.settings, "Change one option; may be given many times")
        ->type_name("KEY=VALUE")
        ->allow_extra_args(false);
    command.add_option("--name", arguments.name, nameHelp);
    command.add_option("--device", arguments.device, deviceHelp);
    command.add_flag("--dry-run", arguments.dryRun,
                     "Check configuration, data and device, say what would run, and end");
}

void CommandLine::addStart(CLI::App& command, TrainArguments& arguments)
{
    CLI::Option* preset
        = command.add_option("--preset", arguments.preset, "Start from this preset")
              ->type_name("NAME");
    command
        .add_option("--config", arguments.configFile, "Start from this JSON file; - reads stdin")
        ->type_name("FILE")
        ->excludes(preset);
}

void CommandLine::addTrain()
{
    CLI::App* train = addCommand(m_app, "train", "Train a new run", m_train);
    addStart(*train, m_train);
    addRunOptions(*train, m_train, "Name of the run; made from the preset otherwise");
    train->footer("\nThe options that --set takes are listed in docs/options.md; `presets NAME`\n"
                  "prints those of a preset. On a terminal the progress is a bar, otherwise (and\n"
                  "with --json) one JSON object a line, see docs/command-line.md.\n\n"
                  "  mocoscope-train train --preset demo --set optimizer.lr=3e-4 --name hotter\n"
                  "  mocoscope-train presets demo > my.json\n"
                  "  mocoscope-train train --config my.json --device cpu\n");
}

void CommandLine::addJob()
{
    CLI::App* job = addCommand(m_app, "job",
                               "Write a script that trains a new run in several processes, by "
                               "torchrun or Slurm",
                               m_job);
    job->add_option("LAUNCHER", m_job.launcher, "torchrun (one machine) or slurm")
        ->type_name("")
        ->required()
        ->check(CLI::IsMember({"torchrun", "slurm"}));
    job->add_option("FILE", m_job.script, "The script; its configuration is written beside it")
        ->type_name("")
        ->required();
    addStart(*job, m_job);
    addRunOptions(*job, m_job, "Name of the run; made from the preset otherwise");
    job->add_option("--machines", m_job.machines, "Slurm's nodes (1)")->type_name("N");
    job->add_option("--processes", m_job.processes,
                    "On each machine, one a GPU; as many as --device names, or this machine has, "
                    "otherwise")
        ->type_name("N");
    job->add_option("--cores", m_job.cores, "Of each process, for Slurm (8)")->type_name("N");
    job->add_option("--time", m_job.timeLimit, "Slurm's time limit (24:00:00)")->type_name("T");
    job->add_option("--program", m_job.program, "mocoscope-train where the job runs")
        ->type_name("FILE");
    job->add_flag("--force", m_job.force, "Replace files that are there");
    job->footer("\nPaths in the script are absolute; images may lie on other machines only.\n\n"
                "  mocoscope-train job slurm big.sh --preset moco-v3-vit-base --machines 2\n"
                "    --processes 4 --name big --store /shared/runs.db\n"
                "  sbatch big.sh\n");
}

void CommandLine::addEvaluate()
{
    CLI::App* evaluate = addCommand(m_app, "evaluate",
                                    "Find out what a run's backbone, or one from elsewhere, is "
                                    "worth on labelled images",
                                    m_evaluate);
    evaluate->add_option("TASK", m_evaluate.task, "knn, linear or finetune")
        ->type_name("")
        ->required()
        ->check(CLI::IsMember({"knn", "linear", "finetune"}));
    CLI::Option* run = evaluate->add_option("RUN", m_evaluate.run, runHelp)->type_name("");
    evaluate
        ->add_option("--weights", m_evaluate.weights,
                     "Weights instead: .safetensors, .pth.tar, .pth")
        ->type_name("FILE");
    CLI::Option* preset
        = evaluate->add_option("--preset", m_evaluate.preset, "Without a run: the weights' model")
              ->type_name("NAME")
              ->excludes(run);
    evaluate->add_option("--config", m_evaluate.configFile, "The same from a JSON file")
        ->type_name("FILE")
        ->excludes(run)
        ->excludes(preset);
    evaluate->add_option("--step", m_evaluate.step, "Checkpoint of this step; else the newest")
        ->type_name("N")
        ->check(CLI::NonNegativeNumber)
        ->needs(run);
    evaluate->add_option("--data", m_evaluate.dataPath, "Other images: a transfer")
        ->type_name("PATH");
    addRunOptions(*evaluate, m_evaluate, "Name of the evaluation");
    evaluate->footer("\nThe evaluation is a run of its own, with the options of the run that it\n"
                     "evaluates; linear.* and finetune.* in docs/options.md are its own.\n\n"
                     "  mocoscope-train evaluate linear demo --set linear.augment=false\n"
                     "  mocoscope-train evaluate finetune demo --data flowers/\n"
                     "  mocoscope-train evaluate knn --weights vit.safetensors --preset demo\n");
}

void CommandLine::addResume()
{
    CLI::App* resume = addCommand(m_app, "resume",
                                  "Go on with a run that was stopped, killed or failed", m_resume);
    resume->add_option("RUN", m_resume.run, runHelp)->type_name("")->required();
    resume->add_option("--device", m_resume.device, deviceHelp);
    resume->footer("\nContinues from the newest checkpoint; without one, from the first step.\n");
}

void CommandLine::addFork()
{
    CLI::App* fork = addCommand(m_app, "fork", "Go on from a checkpoint as a new run", m_fork);
    fork->add_option("RUN", m_fork.run, runHelp)->type_name("")->required();
    fork->add_option("--checkpoint", m_fork.checkpoint, "Of this step; else the newest")
        ->type_name("STEP")
        ->check(CLI::NonNegativeNumber);
    addRunOptions(*fork, m_fork, "Name of the new run");
    fork->footer("\n  mocoscope-train fork demo --checkpoint 500 --set train.epochs=200\n");
}

void CommandLine::addExportModel()
{
    CLI::App* exporting = addCommand(
        m_app, "export", "Write the weights or the features of a run for other programs",
        m_exportModel);
    exporting->add_option("RUN", m_exportModel.run, runHelp)->type_name("")->required();
    exporting
        ->add_option("FILE", m_exportModel.file,
                     ".safetensors: the backbone with timm's names; .npy: its features")
        ->type_name("")
        ->required();
    exporting
        ->add_option("--step", m_exportModel.step, "The checkpoint of this step; default: newest")
        ->type_name("N")
        ->check(CLI::NonNegativeNumber);
    exporting->add_option("--encoder", m_exportModel.encoder, "base (the default) or momentum")
        ->type_name("NAME")
        ->check(CLI::IsMember({"base", "momentum"}));
    exporting
        ->add_option("--split", m_exportModel.split, "Features of: test (the default) or train")
        ->type_name("NAME")
        ->check(CLI::IsMember({"test", "train"}));
    exporting->add_option("--device", m_exportModel.device, deviceHelp);
    exporting->footer("\nFeatures come with their labels in FILE.labels.npy.\n\n"
                      "  mocoscope-train export 3 vit.safetensors\n"
                      "  mocoscope-train export 3 features.npy --split train\n");
}

void CommandLine::addFeatures()
{
    CLI::App* features = addCommand(
        m_app, "features", "Compute what a run's features see, for the window to show", m_features);
    features->add_option("RUN", m_features.run, runHelp)->type_name("")->required();
    CLI::Option* step
        = features
              ->add_option("--step", m_features.step, "Checkpoint of this step; else the newest")
              ->type_name("N")
              ->check(CLI::NonNegativeNumber);
    features->add_flag("--all", m_features.all, "All checkpoints")->excludes(step);
    features->add_option("--block", m_features.block, "Whose attention, from 0; else the last")
        ->type_name("N")
        ->check(CLI::NonNegativeNumber);
    features->add_flag("--tsne", m_features.tsne, "Also lay the images out by t-SNE");
    features->add_option("--device", m_features.device, deviceHelp);
}

void CommandLine::addSweep()
{
    CLI::App* sweep
        = addCommand(m_app, "sweep", "Train a grid or list of runs, over seeds", m_sweep);
    CLI::Option* file = sweep
                            ->add_option("FILE", m_sweep.file,
                                         "A JSON file, or the name of a sweep that is built in")
                            ->type_name("");
    sweep->add_option("--resume", m_sweep.resume, "Go on with this sweep of the history")
        ->type_name("NAME")
        ->excludes(file);
    sweep->add_flag("--list", m_sweep.list,
                    "The sweeps that are built in, one for each of the study's tables");
    sweep->add_option("--name", m_sweep.name, "Name of the sweep; as the file says otherwise");
    sweep->add_option("--device", m_sweep.device, deviceHelp);
    sweep->add_flag("--dry-run", m_sweep.dryRun,
                    "Check all runs and the data, list the runs, and end");
    sweep->parse_complete_callback([this] {
        if (m_sweep.file.empty() && m_sweep.resume.empty() && !m_sweep.list) {
            throw CLI::ValidationError("FILE", "a file, --resume NAME or --list is needed");
        }
    });
    sweep->footer(
        "\nThe runs are stored at once and trained one after another. Ctrl-C leaves the rest\n"
        "waiting; the same command again goes on. docs/command-line.md describes the file.\n\n"
        "  mocoscope-train sweep frameworks-vit-small\n"
        "  mocoscope-train runs compare --sweep frameworks-vit-small\n");
}

void CommandLine::addCatalogs()
{
    CLI::App* presets = addCommand(m_app, "presets", "Starting points for train", m_presets);
    presets->add_option("NAME", m_presets.name, "Print the configuration of this preset")
        ->type_name("");
    addCommand(m_app, "devices", "What --device can use on this machine", m_devices);
    CLI::App* options = addCommand(m_app, "options", "All options that --set takes", m_options);
    options->add_flag("--markdown", m_markdown, "The text of docs/options.md")->required();
    options->group(""); // not in the help: for the project's own documentation
}

const CLI::App& CommandLine::deepestCommand() const
{
    const CLI::App* app = &m_app;
    for (;;) {
        const auto used = app->get_subcommands();
        const auto named = std::find_if(used.begin(), used.end(), [](const CLI::App* command) {
            return !command->get_name().empty(); // others are groups of options
        });
        if (named == used.end()) {
            return *app;
        }
        app = *named;
    }
}

/// CLI11 says of a misspelt command only that one is required.
std::string CommandLine::problem(const CLI::ParseError& error) const
{
    const std::vector<std::string> unknown = m_app.remaining(true);
    const bool isUnknownCommand
        = dynamic_cast<const CLI::RequiredError*>(&error) != nullptr && !unknown.empty();
    return isUnknownCommand ? "unknown command '" + unknown.front() + "'" : error.what();
}

/// What an unknown argument was probably meant to be; empty when nothing is near.
std::string CommandLine::suggestion() const
{
    const std::vector<std::string> unknown = m_app.remaining(true);
    std::vector<std::string> known;
    const CLI::App& command = deepestCommand();
    for (const CLI::Option* option : command.get_options()) {
        for (const std::string& name : option->get_lnames()) {
            known.push_back("--" + name);
        }
    }
    for (const CLI::App* child : command.get_subcommands(nullptr)) {
        if (!child->get_group().empty()) {
            known.push_back(child->get_name());
        }
    }
    if (unknown.empty()) {
        return {};
    }
    const auto near = nearestWords(unknown.front(), known, 2);
    return near.empty() ? "" : "  did you mean " + quotedAlternatives(near) + "?\n";
}

/// `mocoscope-train runs` for `runs` and for the commands below it.
std::string CommandLine::pathTo(const CLI::App& command) const
{
    std::string path;
    for (const CLI::App* app = &command; app != nullptr; app = app->get_parent()) {
        path = app->get_name() + (path.empty() ? "" : " ") + path;
    }
    return path;
}

UsageText CommandLine::help() const
{
    const CLI::App& command = deepestCommand();
    const CLI::App* parent = command.get_parent();
    return {Done, command.help(parent != nullptr ? pathTo(*parent) : std::string())};
}

UsageText CommandLine::usageError(const CLI::ParseError& error) const
{
    const std::string path = pathTo(deepestCommand());
    return {BadArguments,
            path + ": " + problem(error) + "\n" + suggestion() + "  see " + path + " --help\n"};
}

Command CommandLine::parse(std::vector<std::string> arguments)
{
    std::reverse(arguments.begin(), arguments.end()); // as CLI11 wants a vector
    try {
        m_app.parse(arguments);
    } catch (const CLI::CallForHelp&) {
        return help();
    } catch (const CLI::CallForVersion& version) {
        return UsageText {Done, std::string(version.what()) + "\n"};
    } catch (const CLI::ParseError& error) {
        return usageError(error);
    }
    return m_chosen;
}

} // namespace

Command parseCommandLine(std::vector<std::string> arguments)
{
    return CommandLine().parse(std::move(arguments));
}

} // namespace mocoscope::headless
