// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/headless/commands.h"
#include "app/headless/format.h"
#include "app/headless/record_json.h"
#include "app/headless/run_store.h"

namespace mocoscope::headless {

namespace {

using storage::Result;
using storage::RunRecord;
using training::Encoder;
using training::ErrorCode;
using training::ExportedFile;
using training::failure;

bool isFeatures(const ExportModelArguments& arguments)
{
    return arguments.file.extension() == ".npy";
}

/// What the kind of file decides.
Result<void> checkFile(const ExportModelArguments& arguments)
{
    if (!isFeatures(arguments) && arguments.file.extension() != ".safetensors") {
        return failure(ErrorCode::BadArgument,
                       "'" + arguments.file.string() + "' has an unknown ending",
                       "expected .safetensors for weights or .npy for features");
    }
    if (!isFeatures(arguments) && (!arguments.split.empty() || !arguments.device.empty())) {
        return failure(ErrorCode::BadArgument, "--split and --device are for features",
                       "weights (.safetensors) are the same for all images and devices");
    }
    return {};
}

struct Source
{
    RunRecord run;
    std::filesystem::path checkpoint;
};

Result<Source> findSource(storage::Database& database, const ExportModelArguments& arguments)
{
    storage::RunRepository runs(database);
    const auto run = findRun(runs, arguments.run);
    if (!run) {
        return tl::unexpected(run.error());
    }
    const auto files = checkpointsOf(database, *run);
    if (!files) {
        return tl::unexpected(files.error());
    }
    if (arguments.step >= 0) {
        return checkpointAtStep(*files, arguments.step)
            .map([&](const training::CheckpointFile& file) {
                return Source {*run, file.path};
            });
    }
    const auto newest = storage::newestExisting(*files);
    if (!newest) {
        return failure(ErrorCode::NotFound, "the run has no checkpoint yet",
                       "it gets one when it is stopped or at its end");
    }
    return Source {*run, newest->path};
}

Encoder encoderOf(const ExportModelArguments& arguments)
{
    return arguments.encoder == "momentum" ? Encoder::Momentum : Encoder::Base;
}

/// A line that is written over on a terminal; nothing elsewhere.
void showProgress(const Console& console, std::int64_t done, std::int64_t total)
{
    if (console.outIsTerminal) {
        console.err << '\r' << done << " of " << total << " images" << std::flush;
    }
}

Result<ExportedFile> exportFrom(const Source& source, const ExportModelArguments& arguments,
                                const Program& program)
{
    const auto exporter = program.makeExporter();
    if (!isFeatures(arguments)) {
        return exporter->exportWeights({source.checkpoint, arguments.file, encoderOf(arguments),
                                        source.run.name + " (" + source.run.uuid + ")"});
    }
    auto written = exporter->exportFeatures(
        {source.checkpoint, arguments.file, encoderOf(arguments),
         arguments.split == "train" ? training::DataSplit::Train : training::DataSplit::Test,
         arguments.device.empty() ? "auto" : arguments.device},
        [&](std::int64_t done, std::int64_t total) { showProgress(program.console, done, total); },
        {});
    if (program.console.outIsTerminal) {
        program.console.err << '\n' << std::flush;
    }
    return written;
}

void print(const ExportedFile& written, const ExportModelArguments& arguments, std::ostream& out)
{
    const bool hasLabels = isFeatures(arguments);
    if (arguments.json) {
        nlohmann::ordered_json object {{"type", "export"},       {"file", written.file.string()},
                                       {"bytes", written.bytes}, {"sha256", written.sha256},
                                       {"step", written.step},   {"encoder", arguments.encoder}};
        if (hasLabels) {
            object["shape"] = written.shape;
            object["labels"] = training::labelsFile(written.file).string();
        } else {
            object["architecture"] = written.architecture;
        }
        out << dump(object) << '\n' << std::flush;
        return;
    }
    out << written.file.string() << ": " << formatBytes(written.bytes) << ", " << arguments.encoder
        << " encoder at step " << written.step;
    if (hasLabels) {
        out << ", " << written.shape.at(0) << " images x " << written.shape.at(1) << "; labels in "
            << training::labelsFile(written.file).string();
    } else if (!written.architecture.empty()) {
        out << "; in timm: " << written.architecture << " with timm_arguments of its metadata";
    }
    out << '\n' << std::flush;
}

} // namespace

int run(const ExportModelArguments& arguments, const Program& program)
{
    const auto checked = checkFile(arguments);
    if (!checked) {
        return report(program.console, checked.error());
    }
    auto database = openHistory(arguments.store);
    if (!database) {
        return report(program.console, database.error());
    }
    const auto written = findSource(*database, arguments).and_then([&](const Source& source) {
        return exportFrom(source, arguments, program);
    });
    if (!written) {
        return report(program.console, written.error());
    }
    print(*written, arguments, program.console.out);
    return Done;
}

} // namespace mocoscope::headless
