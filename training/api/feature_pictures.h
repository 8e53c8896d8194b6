// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "training/api/ports.h"
#include "training/api/trainer.h"

#include <array>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

namespace mocoscope::training {

/// The images of a run that pictures of its features are made of: the same for all its checkpoints.
struct PictureSample
{
    std::vector<std::int64_t> indices; ///< among the training images
    std::vector<std::string> names;
    std::vector<std::int64_t> labels; ///< -1: unlabelled
    std::vector<std::string> classNames; ///< empty: unlabelled
    std::vector<RgbImage> images; ///< as the network sees them, small; square, all of one size

    [[nodiscard]] std::size_t size() const { return indices.size(); }
    /// Class of an image; empty: unlabelled.
    [[nodiscard]] std::string classOf(std::size_t image) const;
};

/// Another image of the sample and how near it is.
struct Neighbour
{
    std::int32_t image = 0; ///< its place in the sample
    float cosine = 0; ///< of the two features, -1 to 1
};

/// What the class token attends to in one block, for each image of the sample.
struct AttentionMaps
{
    std::int64_t block = 0; ///< from 0
    std::int64_t blocks = 0; ///< of the network
    std::int64_t heads = 0;
    std::int64_t grid = 0; ///< patches a side
    /// [images, heads, 1 + grid²]: softmax(q·kᵀ/√d) of the class token's query. The first weight of
    /// each row is on the class token itself, the others on the patches, row by row; sum 1.
    std::vector<float> weights;

    [[nodiscard]] bool isEmpty() const { return weights.empty(); }
    /// The 1 + grid² weights of a head.
    [[nodiscard]] const float* row(std::size_t image, std::int64_t head) const;
};

/// How a sample is laid out in a plane.
enum class Projection : std::uint8_t
{
    Pca,
    Tsne,
};

/// A layout by t-SNE, turned towards that of the checkpoint nearest in steps that has one.
struct TsnePlane
{
    std::vector<std::array<float, 2>> points;
    double perplexity = 0; ///< below defaultPerplexity where the sample is small
    double divergence = 0; ///< Kullback-Leibler, nats: what of the neighbourhoods is lost

    static constexpr double defaultPerplexity = 30;
};

/// Features of the sample as one checkpoint has them.
struct FeaturePicture
{
    std::int64_t step = 0;
    std::shared_ptr<const PictureSample> sample;
    /// Of each image, the nearest first; the image itself is left out. By the cosine.
    std::vector<std::vector<Neighbour>> neighbours;
    /// The unit features in the plane in which they vary most (PCA), turned and mirrored within
    /// that plane so that they lie as near as possible to those of the checkpoint that was computed
    /// first.
    std::vector<std::array<float, 2>> points;
    double planeShare = 0; ///< of the variance of all dimensions that the plane has, 0 to 1
    std::optional<TsnePlane> tsne; ///< of the unit features; empty: has not been computed yet
    /// How many of the neighbours have their image's label, 0 to 1; NaN: no labels.
    double sameLabelShare = 0;
    AttentionMaps attention; ///< empty: the network has none of a class token
    std::string reasonWithoutAttention; ///< as the function below; empty: it has
};

/// A file that was written beside a run's checkpoints, to be recorded with it.
struct Artifact
{
    std::string kind; ///< `sample`, `features`, `attention`, `tsne`
    std::int64_t step = 0; ///< of the checkpoint; 0 for what belongs to all
    std::filesystem::path path;
    std::string sha256; ///< lower-case hex
    std::int64_t bytes = 0;
};

struct PictureRequest
{
    CheckpointFile checkpoint;
    /// Where artifacts of the run lie; made when needed. What is there is read instead of computed.
    std::filesystem::path folder;
    std::int64_t images = defaultPictureImages; ///< of the sample, at most
    std::int64_t block = lastBlock; ///< whose attention; from 0
    std::string device = "auto"; ///< as train.device
    bool mayCompute = true; ///< false: NotFound where something would have to be computed
    bool wantsTsne = false; ///< computes it where it is missing; what is there is read anyway

    static constexpr std::int64_t defaultPictureImages = 500;
    static constexpr std::int64_t lastBlock = -1;
};

struct PictureAnswer
{
    FeaturePicture picture;
    std::vector<Artifact> written; ///< empty: all of it was there
};

/// What is being done for a picture.
enum class PictureWork : std::uint8_t
{
    Images, ///< the network looks at them
    Tsne, ///< counted in its iterations
};

/// How much of it is done, and of how much; images of 0: the data set is being opened. Called from
/// the thread that asked, only while something is computed.
using PictureProgress
    = std::function<void(PictureWork work, std::int64_t done, std::int64_t total)>;

/// What checkpoints of a run make of its images. Any thread but the window's; calls are
/// independent.
class FeaturePictures
{
public:
    virtual ~FeaturePictures() = default;
    /// Takes the backbone of the base encoder. Reads what was computed before, for which neither
    /// checkpoint nor images need to exist any more, and computes the rest in one forward pass over
    /// the sample; t-SNE from the features alone, also from those that were there. Errors: what
    /// cannot be read or written, a block that the network does not have, Cancelled after a stop;
    /// what had been written by then is found the next time.
    [[nodiscard]] virtual Result<PictureAnswer>
    make(const PictureRequest& request, const PictureProgress& progress, std::stop_token stop) = 0;

protected:
    FeaturePictures() = default;
    FeaturePictures(const FeaturePictures&) = default;
    FeaturePictures& operator=(const FeaturePictures&) = default;
};

/// Why a network has no attention of a class token, as a sentence; empty: it has.
[[nodiscard]] std::string reasonWithoutAttention(const ModelConfig& config);

} // namespace mocoscope::training
