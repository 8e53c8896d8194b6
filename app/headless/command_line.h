// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <variant>
#include <vector>

namespace mocoscope::headless {

/// An empty `store` means storage::defaultDatabasePath().
struct TrainArguments
{
    std::string preset;
    std::string configFile; ///< `-` is standard input
    std::vector<std::string> settings; ///< `key=value`
    std::string name;
    std::string device;
    std::filesystem::path store;
    bool json = false;
    bool dryRun = false; ///< check everything, store and train nothing
};

/// `job`: writes what a launcher starts. `dryRun`: prints the script, writes nothing.
struct JobArguments : TrainArguments
{
    std::string launcher; ///< `torchrun`, `slurm`
    std::filesystem::path script;
    std::int64_t machines = 1;
    std::int64_t processes = 0; ///< on each machine; 0: as many as the configuration has devices
    std::int64_t cores = 8;
    std::string timeLimit = "24:00:00";
    std::string program = "mocoscope-train";
    bool force = false; ///< replace what is there
};

struct EvaluateArguments
{
    std::string task; ///< `knn`, `linear`, `finetune`
    std::string run; ///< empty: weights without a run
    std::string weights; ///< empty: the run's checkpoint
    std::string preset; ///< without a run: what the weights are of
    std::string configFile; ///< likewise; `-` is standard input
    std::int64_t step = -1; ///< of the checkpoint; -1: the newest
    std::string dataPath; ///< other images; empty: the run's own
    std::vector<std::string> settings; ///< `key=value`
    std::string name;
    std::string device;
    std::filesystem::path store;
    bool json = false;
    bool dryRun = false; ///< check everything, store and compute nothing
};

struct ResumeArguments
{
    std::string run;
    std::string device; ///< empty: as the run began
    std::filesystem::path store;
    bool json = false;
};

/// `fork`: a new run that goes on from a checkpoint of another.
struct ForkArguments
{
    std::string run;
    std::int64_t checkpoint = -1; ///< its step; -1: the newest
    std::vector<std::string> settings; ///< `key=value`
    std::string name;
    std::string device; ///< empty: as the run began
    std::filesystem::path store;
    bool json = false;
    bool dryRun = false; ///< check everything, store and train nothing
};

struct SweepArguments
{
    std::string file; ///< or the name of a built-in one; `-` is standard input
    std::string resume; ///< name of a sweep in the history; then `file` is empty
    std::string name; ///< empty: as the file says
    std::string device; ///< empty: as each run says
    std::filesystem::path store;
    bool json = false;
    bool dryRun = false; ///< check everything, store and train nothing
    bool list = false; ///< of those that are built in
};

struct ListArguments
{
    std::string where; ///< an expression, see storage::RunFilter; empty: all runs
    bool archived = false; ///< those in the archive too
    std::filesystem::path store;
    bool json = false;
};

struct ShowArguments
{
    std::string run;
    std::filesystem::path store;
    bool json = false;
};

struct CompareArguments
{
    std::vector<std::string> runs; ///< at least two, unless there is a sweep
    std::string sweep; ///< all runs of this sweep: their means over seeds
    std::filesystem::path store;
    bool json = false;
    bool allMetrics = false; ///< the gradients of the layers too
    bool ablation = false; ///< what changing one option of a baseline did
    std::string baseline; ///< of the ablation; empty: the setting that most others are next to
    std::string metric; ///< of the ablation; empty: an accuracy where there is one
    bool best = false; ///< its best value in place of the last
};

/// `export`: what a run learnt, for other programs.
struct ExportModelArguments
{
    std::string run;
    std::filesystem::path file; ///< .safetensors: weights, .npy: features
    std::int64_t step = -1; ///< -1: the newest checkpoint
    std::string encoder = "base"; ///< base, momentum
    std::string split; ///< test, train; empty: test
    std::string device; ///< of features; empty: auto
    std::filesystem::path store;
    bool json = false;
};

/// `features`: what the features of a run see, for the window.
struct FeaturesArguments
{
    std::string run;
    std::int64_t step = -1; ///< of the checkpoint; -1: the newest
    bool all = false; ///< all checkpoints
    std::int64_t block = -1; ///< whose attention, from 0; -1: the last
    bool tsne = false; ///< lays the images out by t-SNE as well
    std::string device; ///< empty: auto
    std::filesystem::path store;
    bool json = false;
};

/// `runs export`: their curves.
struct ExportArguments
{
    std::vector<std::string> runs;
    std::string csvFile; ///< one of the four is given; `-` is standard output
    std::string jsonFile; ///< of one run
    std::string jsonLinesFile;
    std::filesystem::path tensorBoardFolder;
    std::filesystem::path store;
};

/// `runs import`: curves of other programs.
struct ImportArguments
{
    std::filesystem::path path;
    std::string name; ///< empty: as the file or its folder
    std::filesystem::path store;
    bool json = false;
};

/// `runs report`: one web page.
struct ReportArguments
{
    std::vector<std::string> runs;
    std::filesystem::path file; ///< `-` is standard output
    std::string title; ///< empty: made from the names of the runs
    std::vector<std::string> metrics; ///< to plot; empty: the usual ones
    std::filesystem::path store;
};

struct TagArguments
{
    std::vector<std::string> runs;
    std::vector<std::string> added;
    std::vector<std::string> removed;
    bool star = false;
    bool unstar = false;
    bool archive = false;
    bool unarchive = false;
    std::filesystem::path store;
};

struct BackupArguments
{
    std::filesystem::path file;
    std::filesystem::path store;
};

struct MergeArguments
{
    std::filesystem::path other;
    std::filesystem::path store;
};

struct DeleteArguments
{
    std::vector<std::string> runs;
    std::filesystem::path store;
    bool yes = false;
};

struct PresetsArguments
{
    std::string name; ///< empty: list all
    bool json = false;
};

struct DevicesArguments
{
    bool json = false;
};

struct OptionsArguments
{
};

/// The command line is done with: help was asked for, or it is wrong.
struct UsageText
{
    int exitCode = 0;
    std::string text; ///< to standard output when the exit code is 0, else to standard error
};

using Command
    = std::variant<UsageText, TrainArguments, JobArguments, EvaluateArguments, ResumeArguments,
                   ForkArguments, SweepArguments, ListArguments, ShowArguments, CompareArguments,
                   ExportModelArguments, FeaturesArguments, ExportArguments, ImportArguments,
                   ReportArguments, TagArguments, BackupArguments, MergeArguments, DeleteArguments,
                   PresetsArguments, DevicesArguments, OptionsArguments>;

/// `arguments` without the program's name.
[[nodiscard]] Command parseCommandLine(std::vector<std::string> arguments);

} // namespace mocoscope::headless
