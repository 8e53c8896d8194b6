// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/api/cluster_job.h"

#include "embedded/cluster_texts.h"
#include "training/api/devices.h"
#include "training/api/shell_word.h"
#include "training/api/task.h"

#include <algorithm>
#include <regex>

namespace mocoscope::training {

namespace {

namespace fs = std::filesystem;

/// A line of a template that starts so, and what stands there instead; empty: nothing does.
struct FilledLine
{
    std::string start;
    std::string text;
};

constexpr std::string_view exampleStart = "#   ";

std::string_view templateOf(JobLauncher launcher)
{
    const std::string name = toText(launcher) + ".sh";
    const auto texts = embedded::cluster_texts();
    const auto found = std::find_if(texts.begin(), texts.end(),
                                    [&](const auto& file) { return file.name == name; });
    return found == texts.end() ? std::string_view {} : found->text;
}

bool isOnGpus(const TrainingConfig& config)
{
    const auto names = deviceNames(config.train.device);
    return names.empty() || names.front() != "cpu";
}

/// Slurm takes no quotes here.
std::string plainName(const std::string& name)
{
    std::string plain;
    for (const char letter : name) {
        const bool isPlain = (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z')
            || (letter >= '0' && letter <= '9') || letter == '-' || letter == '.';
        plain += isPlain ? letter : '_';
    }
    return plain;
}

bool hasControlLetter(const std::string& text)
{
    return std::any_of(text.begin(), text.end(),
                       [](unsigned char letter) { return letter < 32 || letter == 127; });
}

/// As sbatch reads it: minutes, minutes:seconds, hours:minutes:seconds, or days- before hours.
bool isTimeLimit(const std::string& text)
{
    static const std::regex form(
        "[0-9]{1,6}(:[0-9]{1,2}){0,2}|[0-9]{1,4}-[0-9]{1,2}(:[0-9]{1,2}){0,2}");
    return std::regex_match(text, form) && text.find_first_of("123456789") != std::string::npos;
}

std::string absolutePath(const std::string& path)
{
    std::error_code error;
    const fs::path whole = fs::absolute(path, error);
    return path.empty() || error ? path : whole.lexically_normal().string();
}

std::string absolutePath(const fs::path& path)
{
    return absolutePath(path.string());
}

void checkNumber(std::vector<Violation>& found, const char* key, std::int64_t value,
                 std::int64_t most)
{
    if (value < 1 || value > most) {
        found.push_back({key, std::to_string(value), "expected 1 to " + std::to_string(most)});
    }
}

void checkText(std::vector<Violation>& found, const char* key, const std::string& text)
{
    if (text.empty()) {
        found.push_back({key, text, "expected a text"});
    } else if (hasControlLetter(text)) {
        found.push_back({key, text, "expected no line breaks or control characters"});
    }
}

void checkScript(std::vector<Violation>& found, const fs::path& script)
{
    checkText(found, "script", script.string());
    if (script.extension() == ".json") {
        found.push_back({"script", script.string(),
                         "expected another ending: the configuration beside it is the .json"});
    } else if (!script.empty() && !script.has_filename()) {
        found.push_back({"script", script.string(), "expected the name of a file"});
    }
}

/// A name is looked for in PATH, a path has to hold in another folder too.
std::string programOf(const ClusterJob& job)
{
    return job.program.find('/') == std::string::npos ? job.program : absolutePath(job.program);
}

std::string argumentsLine(const ClusterJob& job)
{
    return "job=(train --config " + shellWord(configurationFile(job).string())
        + " --name=" + shellWord(job.name) + " --store " + shellWord(absolutePath(job.store)) + ")";
}

std::vector<FilledLine> filledLines(const ClusterJob& job)
{
    const std::string processes = std::to_string(job.processes);
    std::vector<FilledLine> lines {
        {"job=(", argumentsLine(job)},
        {"program=", "program=${MOCOSCOPE_TRAIN:-" + shellWord(programOf(job)) + "}"}};
    if (job.launcher == JobLauncher::Torchrun) {
        lines.push_back({"replicas=", "replicas=${REPLICAS:-" + processes + "}"});
        return lines;
    }
    const auto option = [&](const std::string& name, const std::string& value) {
        lines.push_back(
            {"#SBATCH --" + name + "=", value.empty() ? value : "#SBATCH --" + name + "=" + value});
    };
    option("job-name", plainName(job.name));
    option("nodes", std::to_string(job.machines));
    option("ntasks-per-node", processes);
    option("gpus-per-node", isOnGpus(job.config) ? processes : std::string());
    option("cpus-per-task", std::to_string(job.cores));
    option("time", job.timeLimit);
    return lines;
}

std::string examples(const ClusterJob& job)
{
    const JobCommands commands = jobCommands(job);
    std::string text;
    for (const std::string& command : {commands.start, commands.resume, commands.watch}) {
        text += std::string(exampleStart) + command + "\n";
    }
    return text;
}

/// The template with those lines, each of which has to be there, and with the job's own examples.
Result<std::string> fill(std::string_view text, std::vector<FilledLine> lines,
                         std::string exampleLines)
{
    std::string filled;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('\n'), text.size() - 1) + 1;
        const std::string_view line = text.substr(0, end);
        text.remove_prefix(end);
        const auto found = std::find_if(lines.begin(), lines.end(), [&](const FilledLine& one) {
            return line.starts_with(one.start);
        });
        if (line.starts_with(exampleStart)) {
            filled += exampleLines;
            exampleLines.clear();
        } else if (found != lines.end()) {
            filled += found->text.empty() ? "" : found->text + "\n";
            lines.erase(found);
        } else {
            filled += line;
        }
    }
    if (!lines.empty() || !exampleLines.empty()) {
        return failure(ErrorCode::Internal, "a job template lacks what has to be filled in",
                       lines.empty() ? "its examples" : lines.front().start);
    }
    return filled;
}

} // namespace

std::string toText(JobLauncher launcher)
{
    return launcher == JobLauncher::Slurm ? "slurm" : "torchrun";
}

std::optional<JobLauncher> jobLauncherFromText(std::string_view text)
{
    for (const JobLauncher launcher : {JobLauncher::Torchrun, JobLauncher::Slurm}) {
        if (text == toText(launcher)) {
            return launcher;
        }
    }
    return std::nullopt;
}

ClusterJob proposedJob(const TrainingConfig& config, std::int64_t gpus)
{
    const std::int64_t named = replicaCount(config);
    ClusterJob job;
    job.processes = named == 1 && isOnGpus(config) ? std::max<std::int64_t>(gpus, 1) : named;
    job.config = config;
    return job;
}

std::int64_t processCount(const ClusterJob& job)
{
    return job.launcher == JobLauncher::Slurm ? job.machines * job.processes : job.processes;
}

std::string reasonNoJob(const TrainingConfig& config)
{
    return isEvaluation(config)
        ? "An evaluation runs in one process: start it with `mocoscope-train evaluate`."
        : std::string();
}

std::vector<Violation> violations(const ClusterJob& job)
{
    if (const std::string reason = reasonNoJob(job.config); !reason.empty()) {
        return {{"task.name", job.config.task.name, reason}};
    }
    std::vector<Violation> found = validate(jobConfiguration(job));
    checkNumber(found, "processes", job.processes, 256);
    if (job.launcher == JobLauncher::Slurm) {
        checkNumber(found, "machines", job.machines, 4096);
        checkNumber(found, "cores", job.cores, 1024);
        if (!isTimeLimit(job.timeLimit)) {
            found.push_back(
                {"time", job.timeLimit, "expected 24:00:00, 2-12:00:00 (days-hours) or minutes"});
        }
    }
    checkText(found, "name", job.name);
    checkText(found, "store", job.store.string());
    checkText(found, "program", job.program);
    checkScript(found, job.script);
    if (found.empty()) {
        found = shareViolations(job.config, processCount(job), "processes of the job");
    }
    return found;
}

TrainingConfig jobConfiguration(const ClusterJob& job)
{
    TrainingConfig config = job.config;
    config.train.device = isOnGpus(config) ? "auto" : "cpu";
    for (std::string* images : {&config.data.path, &config.data.testPath}) {
        *images = *images == "demo" ? *images : absolutePath(*images); // built in, not a file
    }
    config.model.initialWeights = absolutePath(config.model.initialWeights);
    return config;
}

fs::path configurationFile(const ClusterJob& job)
{
    return fs::path(absolutePath(job.script)).replace_extension(".json");
}

Result<std::string> jobScript(const ClusterJob& job)
{
    const auto found = violations(job);
    if (!found.empty()) {
        std::string all;
        for (const Violation& one : found) {
            all += (all.empty() ? "" : "\n") + one.key + " = " + one.value + ": " + one.reason;
        }
        return failure(ErrorCode::BadConfiguration, "the job cannot be written", all);
    }
    return fill(templateOf(job.launcher), filledLines(job), examples(job));
}

JobCommands jobCommands(const ClusterJob& job)
{
    const std::string store = shellWord(absolutePath(job.store));
    const std::string start = (job.launcher == JobLauncher::Slurm ? "sbatch " : "bash ")
        + shellWord(absolutePath(job.script));
    return {start, start + " resume " + shellWord(job.name) + " --store " + store,
            "mocoscope " + store};
}

} // namespace mocoscope::training
