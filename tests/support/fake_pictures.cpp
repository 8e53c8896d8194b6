// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/fake_pictures.h"

#include "tests/support/fake_ports.h"

#include <cmath>

namespace mocoscope::testing {

using namespace training;

namespace {

constexpr std::int64_t blocks = 3;
constexpr std::int64_t heads = 4;
constexpr std::int64_t grid = 6;
constexpr std::size_t neighbours = 12;
constexpr int parts = 4;

std::shared_ptr<const PictureSample> makeSample(const FakePicturesOptions& options)
{
    auto sample = std::make_shared<PictureSample>();
    if (options.isLabelled) {
        sample->classNames = {"disc", "ring", "square"};
    }
    for (std::size_t i = 0; i < options.images; ++i) {
        sample->indices.push_back(static_cast<std::int64_t>(3 * i));
        sample->names.push_back("image " + std::to_string(i));
        sample->labels.push_back(options.isLabelled ? static_cast<std::int64_t>(i % 3) : -1);
        sample->images.push_back(fakePattern(32, static_cast<double>(i), 1));
    }
    return sample;
}

AttentionMaps makeAttention(std::size_t images, std::int64_t block)
{
    AttentionMaps maps {block, blocks, heads, grid, {}};
    for (std::size_t image = 0; image < images; ++image) {
        for (std::int64_t head = 0; head < heads; ++head) {
            std::vector<float> row {1.0F};
            float sum = 1;
            for (std::int64_t patch = 0; patch < grid * grid; ++patch) {
                const auto x = static_cast<double>(patch % grid);
                const auto y = static_cast<double>(patch / grid);
                const double away = std::hypot(x - static_cast<double>(head + block),
                                               y - static_cast<double>(image % 6));
                row.push_back(static_cast<float>(std::exp(-away)));
                sum += row.back();
            }
            for (const float weight : row) {
                maps.weights.push_back(weight / sum);
            }
        }
    }
    return maps;
}

TsnePlane makeTsne(const FeaturePicture& picture)
{
    TsnePlane plane;
    plane.perplexity = 13;
    plane.divergence = 0.25;
    for (const auto& [x, y] : picture.points) {
        plane.points.push_back({80 * y, 50 * x});
    }
    return plane;
}

} // namespace

FakeFeaturePictures::FakeFeaturePictures(FakePicturesOptions chosen)
    : options(std::move(chosen))
    , m_sample(makeSample(options))
{
}

int FakeFeaturePictures::computed() const
{
    const std::lock_guard lock(m_mutex);
    return m_computed;
}

std::string FakeFeaturePictures::device() const
{
    const std::lock_guard lock(m_mutex);
    return m_device;
}

int FakeFeaturePictures::laidOut() const
{
    const std::lock_guard lock(m_mutex);
    return static_cast<int>(m_laidOut.size());
}

/// With the lock held.
FeaturePicture FakeFeaturePictures::pictureOf(const Key& key) const
{
    const auto& [folder, step, block] = key;
    FeaturePicture picture;
    picture.step = step;
    picture.sample = m_sample;
    picture.planeShare = 0.4;
    picture.sameLabelShare = options.isLabelled ? 0.25 : std::nan("");
    picture.reasonWithoutAttention = options.reasonWithoutAttention;
    const std::size_t count = m_sample->size();
    for (std::size_t i = 0; i < count; ++i) {
        const double angle = static_cast<double>(i) + 0.01 * static_cast<double>(step);
        picture.points.push_back(
            {static_cast<float>(0.5 * std::cos(angle)), static_cast<float>(0.3 * std::sin(angle))});
        auto& nearest = picture.neighbours.emplace_back();
        for (std::size_t k = 1; k <= std::min(neighbours, count - 1); ++k) {
            const std::size_t other = (i + k + static_cast<std::size_t>(step)) % count;
            nearest.push_back({static_cast<std::int32_t>(other == i ? (i + 1) % count : other),
                               1.0F - 0.02F * static_cast<float>(k)});
        }
    }
    if (options.reasonWithoutAttention.empty()) {
        picture.attention = makeAttention(count, block);
    }
    if (m_laidOut.contains({folder, step})) {
        picture.tsne = makeTsne(picture);
    }
    return picture;
}

std::optional<Error> FakeFeaturePictures::compute(const PictureRequest& request,
                                                  const PictureProgress& progress,
                                                  const std::stop_token& stop) const
{
    for (int part = 0; part < parts; ++part) {
        if (options.beforePart) {
            options.beforePart(request.checkpoint.step, part);
        }
        progress(PictureWork::Images, part * 10, parts * 10);
        if (stop.stop_requested()) {
            return Error {ErrorCode::Cancelled, "the pictures were cancelled", {}};
        }
        if (options.failure) {
            return options.failure;
        }
    }
    return std::nullopt;
}

std::optional<Error> FakeFeaturePictures::layOut(const PictureRequest& request,
                                                 const PictureProgress& progress,
                                                 const std::stop_token& stop) const
{
    progress(PictureWork::Tsne, 10, 1000);
    if (options.beforePart) {
        options.beforePart(request.checkpoint.step, FakePicturesOptions::tsnePart);
    }
    if (stop.stop_requested()) {
        return Error {ErrorCode::Cancelled, "t-SNE was cancelled", {}};
    }
    return options.tsneFailure;
}

Result<PictureAnswer> FakeFeaturePictures::make(const PictureRequest& request,
                                                const PictureProgress& progress,
                                                std::stop_token stop)
{
    const std::int64_t block = request.block < 0 ? blocks - 1 : request.block;
    const Key key {request.folder.string(), request.checkpoint.step, block};
    const auto file = [&](const std::string& kind) {
        const std::string name = kind + "-" + std::to_string(request.checkpoint.step);
        return Artifact {kind, request.checkpoint.step, request.folder / (name + ".safetensors"),
                         "sum", 7};
    };
    std::vector<Artifact> written;
    std::unique_lock lock(m_mutex);
    if (!m_there.contains(key)) {
        if (!request.mayCompute) {
            return failure(ErrorCode::NotFound, "this picture has not been computed yet");
        }
        lock.unlock();
        if (const auto error = compute(request, progress, stop)) {
            return tl::unexpected(*error);
        }
        lock.lock();
        m_there.insert(key);
        ++m_computed;
        m_device = request.device;
        written.push_back(file("features"));
    }
    const std::pair place {request.folder.string(), request.checkpoint.step};
    if (request.wantsTsne && request.mayCompute && !m_laidOut.contains(place)) {
        lock.unlock();
        if (const auto error = layOut(request, progress, stop)) {
            return tl::unexpected(*error);
        }
        lock.lock();
        m_laidOut.insert(place);
        written.push_back(file("tsne"));
    }
    return PictureAnswer {pictureOf(key), std::move(written)};
}

} // namespace mocoscope::testing
