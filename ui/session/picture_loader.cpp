// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/session/picture_loader.h"

#include "storage/artifacts.h"
#include "ui/session/run_library.h"

#include <algorithm>
#include <utility>

namespace mocoscope::ui {

using training::CheckpointFile;
using training::Error;
using training::ErrorCode;
using training::FeaturePicture;
using training::PictureRequest;

namespace {

/// Attention maps take megabytes each; the rest of a picture takes little.
constexpr std::size_t mostWithAttention = 24;

PictureRequest requestOf(const CheckpointFile& checkpoint, std::int64_t block)
{
    PictureRequest request;
    request.checkpoint = checkpoint;
    request.block = block;
    return request;
}

FeaturePicture withoutAttention(const FeaturePicture& picture)
{
    return {picture.step,
            picture.sample,
            picture.neighbours,
            picture.points,
            picture.planeShare,
            picture.tsne,
            picture.sameLabelShare,
            {},
            picture.reasonWithoutAttention};
}

} // namespace

PictureLoader::PictureLoader(RunLibrary& library, training::FeaturePictures& pictures,
                             QObject* parent)
    : QObject(parent)
    , m_library(library)
    , m_source(pictures)
    , m_mailbox(this)
{
}

void PictureLoader::setPlace(const PicturePlace& place)
{
    if (m_place.run != place.run) {
        ++m_generation;
        m_reading.cancel();
        cancel();
        m_pictures.clear();
    }
    m_place = place;
}

void PictureLoader::setBlock(std::int64_t block)
{
    if (std::exchange(m_block, block) == block) {
        return;
    }
    ++m_generation;
    m_reading.cancel();
    cancel();
    for (auto& [step, picture] : m_pictures) {
        picture = std::make_shared<const FeaturePicture>(withoutAttention(*picture));
    }
}

PictureLoader::Picture PictureLoader::whole(std::int64_t step) const
{
    const auto found = m_pictures.find(step);
    const bool isWhole = found != m_pictures.end()
        && (!found->second->attention.isEmpty() || !found->second->reasonWithoutAttention.empty());
    return isWhole ? found->second : nullptr;
}

bool PictureLoader::isComplete(std::int64_t step) const
{
    const Picture picture = whole(step);
    return picture && (picture->tsne || !m_wantsTsne);
}

void PictureLoader::post(quint64 generation, std::function<void()> call) const
{
    m_mailbox.post([this, generation, call = std::move(call)] {
        if (generation == m_generation) {
            call();
        }
    });
}

/// Background thread.
PictureLoader::Answer PictureLoader::readAnywhere(PictureRequest request,
                                                  const std::vector<std::filesystem::path>& folders,
                                                  const std::stop_token& stop) const
{
    request.mayCompute = false;
    Answer answer = training::failure(ErrorCode::NotFound, "the run has no folder for pictures");
    for (const auto& folder : folders) {
        request.folder = folder;
        answer = m_source.make(
            request, [](training::PictureWork, std::int64_t, std::int64_t) {}, stop);
        if (answer) {
            break;
        }
    }
    return answer;
}

void PictureLoader::read(Checkpoints checkpoints)
{
    m_reading.run([this, checkpoints = std::move(checkpoints), place = m_place, block = m_block,
                   generation = m_generation](const std::stop_token& stop) {
        for (const CheckpointFile& checkpoint : checkpoints) {
            if (stop.stop_requested()) {
                break;
            }
            auto answer = readAnywhere(requestOf(checkpoint, block), place.folders, stop);
            if (answer) {
                auto picture = std::make_shared<FeaturePicture>(std::move(answer->picture));
                post(generation, [this, picture] { take(std::move(*picture)); });
            } else {
                post(generation, [this, step = checkpoint.step] { Q_EMIT missing(step); });
            }
        }
        return BackgroundJob::Answer {};
    });
}

/// Background thread. Where what is computed is written: the run's own folder, but where the
/// features of a checkpoint that has gone are, since t-SNE needs no more than those.
std::filesystem::path PictureLoader::folderOf(const PictureRequest& request,
                                              const std::vector<std::filesystem::path>& folders,
                                              const std::stop_token& stop) const
{
    if (request.checkpoint.path.empty()) {
        for (const auto& folder : folders) {
            if (readAnywhere(request, {folder}, stop)) {
                return folder;
            }
        }
    }
    return folders.front();
}

/// Background thread.
std::optional<Error> PictureLoader::computeOne(const PictureRequest& request,
                                               const Numbers& numbers, storage::RunId run,
                                               const std::stop_token& stop)
{
    const std::int64_t step = request.checkpoint.step;
    const auto progress = [&](training::PictureWork work, std::int64_t done, std::int64_t total) {
        post(numbers.generation,
             [this, step, work, done, total, computation = numbers.computation] {
                 if (computation == m_computation) {
                     Q_EMIT progressed(step, work, done, total);
                 }
             });
    };
    auto answer = m_source.make(request, progress, stop);
    if (!answer) {
        return answer.error();
    }
    if (!answer->written.empty() && !m_library.readOnlyReason()) {
        m_library.recorder().post([run, written = answer->written](storage::Database& database) {
            // The files are there: without their rows they are still found, and deleted with the
            // run.
            static_cast<void>(storage::recordArtifacts(database, run, written));
        });
    }
    auto picture = std::make_shared<FeaturePicture>(std::move(answer->picture));
    post(numbers.generation, [this, picture] { take(std::move(*picture)); });
    return std::nullopt;
}

void PictureLoader::compute(Checkpoints checkpoints, const std::string& device)
{
    if (m_place.folders.empty() || checkpoints.empty()) {
        return;
    }
    m_isComputing = true;
    m_device = device;
    ++m_computation;
    const std::int64_t first = checkpoints.front().step;
    Q_EMIT progressed(
        first, whole(first) ? training::PictureWork::Tsne : training::PictureWork::Images, 0, 0);
    m_computing.run([this, checkpoints = std::move(checkpoints), device, place = m_place,
                     block = m_block, wantsTsne = m_wantsTsne,
                     numbers = Numbers {m_generation, m_computation}](
                        const std::stop_token& stop) -> BackgroundJob::Answer {
        std::optional<Error> problem;
        for (const CheckpointFile& checkpoint : checkpoints) {
            if (stop.stop_requested()) {
                break;
            }
            PictureRequest request = requestOf(checkpoint, block);
            request.device = device;
            request.folder = folderOf(request, place.folders, stop);
            // One that cannot be computed does not keep the others from it.
            auto error = computeOne(request, numbers, place.run, stop);
            if (!error && wantsTsne) { // by itself: the rest is shown meanwhile
                request.wantsTsne = true;
                error = computeOne(request, numbers, place.run, stop);
            }
            if (error) {
                problem = std::move(error);
            }
        }
        // Behind the progress and the pictures, which an answer of the job might overtake.
        post(numbers.generation, [this, problem, computation = numbers.computation] {
            if (computation == m_computation) {
                m_isComputing = false;
                Q_EMIT ended(problem);
            }
        });
        return {};
    });
}

void PictureLoader::cancel()
{
    if (std::exchange(m_isComputing, false)) {
        ++m_computation;
        m_computing.cancel();
        Q_EMIT ended(std::nullopt);
    }
}

void PictureLoader::take(FeaturePicture picture)
{
    const std::int64_t step = picture.step;
    m_pictures[step] = std::make_shared<const FeaturePicture>(std::move(picture));
    dropFarAttention(step);
    Q_EMIT arrived(step);
}

/// Of the checkpoints farthest from this one: they are read again when they are looked at.
void PictureLoader::dropFarAttention(std::int64_t step)
{
    std::vector<std::int64_t> steps;
    for (const auto& [each, picture] : m_pictures) {
        if (!picture->attention.isEmpty()) {
            steps.push_back(each);
        }
    }
    if (steps.size() <= mostWithAttention) {
        return;
    }
    const auto farthest = std::ranges::max_element(
        steps, {}, [step](std::int64_t each) { return std::abs(each - step); });
    Picture& picture = m_pictures[*farthest];
    picture = std::make_shared<const FeaturePicture>(withoutAttention(*picture));
}

} // namespace mocoscope::ui
