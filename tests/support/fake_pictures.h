// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "training/api/feature_pictures.h"

#include <functional>
#include <map>
#include <mutex>
#include <set>
#include <string>
#include <tuple>

namespace mocoscope::testing {

struct FakePicturesOptions
{
    std::size_t images = 40;
    bool isLabelled = true;
    std::string reasonWithoutAttention; ///< not empty: a network without it
    std::optional<training::Error> failure; ///< of everything that has to be computed
    /// Called before each of four parts of the work, and of t-SNE as a fifth (`tsnePart`), on the
    /// thread that computes.
    std::function<void(std::int64_t step, int part)> beforePart;
    static constexpr int tsnePart = 4;
    std::optional<training::Error> tsneFailure; ///< of t-SNE alone
};

/// Pictures of coloured patterns whose points turn with the step; remembers in memory what it was
/// asked to compute. The nearest neighbours of an image are those behind it, further ones with
/// later steps; t-SNE moves all points far out. Three blocks of
/// four heads on a grid of 6 × 6.
class FakeFeaturePictures final : public training::FeaturePictures
{
public:
    explicit FakeFeaturePictures(FakePicturesOptions options = {});

    [[nodiscard]] training::Result<training::PictureAnswer>
    make(const training::PictureRequest& request, const training::PictureProgress& progress,
         std::stop_token stop) override;

    [[nodiscard]] int computed() const;
    /// By t-SNE; not among the others.
    [[nodiscard]] int laidOut() const;
    /// Of the newest one that was computed.
    [[nodiscard]] std::string device() const;
    FakePicturesOptions options; ///< changed only while nothing is asked

private:
    using Key = std::tuple<std::string, std::int64_t, std::int64_t>; ///< folder, step, block
    [[nodiscard]] training::FeaturePicture pictureOf(const Key& key) const;
    [[nodiscard]] std::optional<training::Error> compute(const training::PictureRequest& request,
                                                         const training::PictureProgress& progress,
                                                         const std::stop_token& stop) const;
    [[nodiscard]] std::optional<training::Error> layOut(const training::PictureRequest& request,
                                                        const training::PictureProgress& progress,
                                                        const std::stop_token& stop) const;

    std::shared_ptr<const training::PictureSample> m_sample;
    mutable std::mutex m_mutex;
    std::set<Key> m_there; ///< guarded
    std::set<std::pair<std::string, std::int64_t>> m_laidOut; ///< guarded; folder, step
    int m_computed = 0; ///< guarded
    std::string m_device; ///< guarded
};

} // namespace mocoscope::testing
