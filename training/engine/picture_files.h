// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "training/api/feature_pictures.h"

#include <torch/torch.h>

#include <filesystem>
#include <optional>
#include <string>

namespace mocoscope::training {

/// Names of the artifacts in a run's folder, all safetensors:
/// sample-N: the small images, their places in the data set and labels;
/// features-N-step-S: features, neighbours and points of the plane;
/// tsne-N-step-S: points of the layout by t-SNE;
/// attention-N-step-S-block-B: the class token's attention, B counted from 0 or `last`.
struct PicturePaths
{
    std::filesystem::path sample;
    std::filesystem::path features;
    std::filesystem::path attention;
    std::filesystem::path tsne;

    explicit PicturePaths(const PictureRequest& request);
};

/// Features of a sample and what follows from them.
struct StoredFeatures
{
    std::string config; ///< of the checkpoint, as JSON
    std::string checkpointSha256; ///< empty: not known
    std::string sampleSha256; ///< of the file of the sample that they are of
    std::int64_t step = 0;
    std::int64_t alignedTo = 0; ///< step of the checkpoint that the plane was turned towards
    double planeShare = 0;
    torch::Tensor vectors; ///< [N, W] fp32
    torch::Tensor neighbours; ///< [N, K] int64
    torch::Tensor cosines; ///< [N, K] fp32
    torch::Tensor points; ///< [N, 2] fp32
};

/// Made from stored features; of the same checkpoint and sample as they are.
struct StoredTsne
{
    std::string checkpointSha256;
    std::string sampleSha256;
    std::int64_t step = 0;
    std::int64_t alignedTo = 0; ///< step of the layout that it was turned towards, or its own
    double perplexity = 0;
    double divergence = 0;
    torch::Tensor points; ///< [N, 2] fp32
};

struct StoredAttention
{
    std::string checkpointSha256;
    std::string sampleSha256;
    std::int64_t block = 0;
    std::int64_t blocks = 0;
    torch::Tensor weights; ///< [N, heads, T] fp32; fp16 in the file
};

/// Texts as a file keeps them, as JSON. Names of files need not be UTF-8: those come back changed.
[[nodiscard]] std::string storedTexts(const std::vector<std::string>& texts);

/// Errors of reading: Unreadable for whatever is not as it is written here.
[[nodiscard]] Result<Artifact> writeSample(const std::filesystem::path& file,
                                           const PictureSample& sample);
[[nodiscard]] Result<PictureSample> readSample(const std::filesystem::path& file);
[[nodiscard]] Result<Artifact> writeFeatures(const std::filesystem::path& file,
                                             const StoredFeatures& features);
[[nodiscard]] Result<StoredFeatures> readFeatures(const std::filesystem::path& file,
                                                  std::int64_t images);
[[nodiscard]] Result<Artifact> writeTsne(const std::filesystem::path& file, const StoredTsne& tsne);
[[nodiscard]] Result<StoredTsne> readTsne(const std::filesystem::path& file, std::int64_t images);
[[nodiscard]] Result<Artifact> writeAttention(const std::filesystem::path& file, std::int64_t step,
                                              const StoredAttention& attention);
[[nodiscard]] Result<StoredAttention> readAttention(const std::filesystem::path& file,
                                                    std::int64_t images);

/// The features that others are turned towards: those in `folder` of the same sample that were the
/// first, else any. Empty: there are none.
[[nodiscard]] std::optional<StoredFeatures>
anchorIn(const std::filesystem::path& folder, const std::string& sampleSha256, std::int64_t images);

/// The layout in `folder` of the same sample whose step is nearest to `step` but another one; of
/// two that are equally near the earlier. Empty: there is none.
[[nodiscard]] std::optional<StoredTsne> nearestTsneIn(const std::filesystem::path& folder,
                                                      const std::string& sampleSha256,
                                                      std::int64_t images, std::int64_t step);

} // namespace mocoscope::training
