// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/headless/commands.h"
#include "app/headless/record_json.h"
#include "app/headless/run_store.h"
#include "storage/artifacts.h"
#include "training/api/config_json.h"
#include "training/api/model_shape.h"

#include <algorithm>
#include <cmath>
#include <iomanip>
#include <sstream>

namespace mocoscope::headless {

namespace {

using storage::Database;
using storage::Result;
using storage::RunRecord;
using training::CheckpointFile;
using training::ErrorCode;
using training::failure;
using training::PictureAnswer;
using training::PictureWork;

/// Which checkpoints are looked at, the oldest first.
Result<std::vector<CheckpointFile>> chooseCheckpoints(Database& database, const RunRecord& run,
                                                      const FeaturesArguments& arguments)
{
    if (storage::artifactFolder(database.file(), run.uuid).empty()) {
        return failure(ErrorCode::Unreadable,
                       "run " + std::to_string(run.id.value) + " has no valid uuid in the history",
                       "there is no place for its pictures");
    }
    return checkpointsOf(database, run)
        .and_then([&](std::vector<CheckpointFile> files) -> Result<std::vector<CheckpointFile>> {
            if (arguments.step >= 0) {
                return checkpointAtStep(files, arguments.step).map([](const CheckpointFile& file) {
                    return std::vector {file};
                });
            }
            std::erase_if(files, [](const CheckpointFile& file) {
                std::error_code ignored;
                return !std::filesystem::is_regular_file(file.path, ignored);
            });
            if (files.empty()) {
                return failure(ErrorCode::NotFound, "the run has no checkpoint yet",
                               "it gets one when it is stopped or at its end");
            }
            if (!arguments.all) {
                files.resize(1); // the newest
            }
            std::ranges::reverse(files);
            return files;
        });
}

/// A block of whose attention there is none to show.
Result<void> checkBlock(const RunRecord& run, const FeaturesArguments& arguments)
{
    const auto config = training::fromJson(run.configJson);
    if (arguments.block < 0 || !config) {
        return {};
    }
    const training::ModelConfig& model = config->model;
    if (training::isResNet(model)) {
        return failure(ErrorCode::BadArgument, "--block: a ResNet has no class token",
                       "leave it out for the other pictures");
    }
    if (!training::vitShape(model).hasClassToken()) {
        return failure(ErrorCode::BadArgument,
                       "--block: model.pooling = " + model.pooling
                           + " leaves no class token whose attention could be shown",
                       "leave it out for the other pictures");
    }
    return {};
}

std::string number(double value, int digits)
{
    std::ostringstream text;
    text << std::fixed << std::setprecision(digits) << value;
    return text.str();
}

std::string percent(double share)
{
    return number(100 * share, 1) + " %";
}

void print(const PictureAnswer& answer, bool asJson, std::ostream& out)
{
    const training::FeaturePicture& picture = answer.picture;
    if (asJson) {
        nlohmann::ordered_json object {{"type", "features"},
                                       {"step", picture.step},
                                       {"images", picture.sample->size()},
                                       {"plane_share", picture.planeShare},
                                       {"same_label_share", nullptr},
                                       {"block", nullptr},
                                       {"tsne", nullptr},
                                       {"written", nlohmann::json::array()}};
        if (!std::isnan(picture.sameLabelShare)) {
            object["same_label_share"] = picture.sameLabelShare;
        }
        if (!picture.attention.isEmpty()) {
            object["block"] = picture.attention.block;
        }
        if (picture.tsne) {
            object["tsne"] = {{"perplexity", picture.tsne->perplexity},
                              {"divergence", picture.tsne->divergence}};
        }
        for (const training::Artifact& each : answer.written) {
            object["written"].push_back(each.path.string());
        }
        out << dump(object) << '\n' << std::flush;
        return;
    }
    out << "step " << picture.step << ": " << percent(picture.planeShare)
        << " of the variance in the plane";
    if (!std::isnan(picture.sameLabelShare)) {
        out << ", " << percent(picture.sameLabelShare) << " of the nearest neighbours with the "
            << "same label";
    }
    if (picture.tsne) {
        out << ", t-SNE with a divergence of " << number(picture.tsne->divergence, 3);
    }
    if (picture.attention.isEmpty()) {
        out << ", no attention of a class token";
    }
    out << (answer.written.empty() ? "; was there" : "") << '\n' << std::flush;
}

/// A line that is written over on a terminal; nothing elsewhere.
training::PictureProgress progressOn(const Console& console, std::int64_t step)
{
    return [&console, step](PictureWork work, std::int64_t done, std::int64_t total) {
        if (console.outIsTerminal && total > 0) {
            console.err << "\rstep " << step << ": " << done << " of " << total
                        << (work == PictureWork::Tsne ? " iterations of t-SNE" : " images")
                        << (done == total ? "\n" : "") << std::flush;
        }
    };
}

} // namespace

int run(const FeaturesArguments& arguments, const Program& program)
{
    auto database = openHistory(arguments.store);
    if (!database) {
        return report(program.console, database.error());
    }
    storage::RunRepository runs(*database);
    const auto run = findRun(runs, arguments.run);
    const auto checkpoints = run.and_then([&](const RunRecord& found) {
        return checkBlock(found, arguments).and_then([&] {
            return chooseCheckpoints(*database, found, arguments);
        });
    });
    if (!checkpoints) {
        return report(program.console, checkpoints.error());
    }
    const auto pictures = program.makeFeaturePictures();
    int code = Done;
    for (const CheckpointFile& checkpoint : *checkpoints) {
        training::PictureRequest request;
        request.checkpoint = checkpoint;
        request.folder = storage::artifactFolder(database->file(), run->uuid);
        request.block = arguments.block;
        request.wantsTsne = arguments.tsne;
        request.device = arguments.device.empty() ? "auto" : arguments.device;
        const auto answer
            = pictures->make(request, progressOn(program.console, checkpoint.step), {});
        const auto recorded = answer ? storage::recordArtifacts(*database, run->id, answer->written)
                                     : tl::unexpected(answer.error());
        if (!recorded) { // which does not keep the others from theirs
            code = report(program.console, recorded.error());
            continue;
        }
        print(*answer, arguments.json, program.console.out);
    }
    return code;
}

} // namespace mocoscope::headless
