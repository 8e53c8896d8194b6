// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/engine/picture_layout.h"

#include "training/evaluation/feature_space.h"
#include "training/evaluation/tsne.h"

namespace mocoscope::training {

Result<StoredTsne> layOutPicture(const PictureRequest& request, const StoredFeatures& features,
                                 const PictureProgress& progress, const std::stop_token& stop,
                                 std::vector<Artifact>& written)
{
    TsneOptions options;
    options.perplexity = TsnePlane::defaultPerplexity;
    const auto layout = layOutByTsne(
        unitRows(features.vectors), features.points, options,
        [&](std::int64_t done, std::int64_t total) { progress(PictureWork::Tsne, done, total); },
        stop);
    if (!layout) {
        return tl::unexpected(layout.error());
    }
    StoredTsne stored;
    stored.checkpointSha256 = features.checkpointSha256;
    stored.sampleSha256 = features.sampleSha256;
    stored.step = stored.alignedTo = features.step;
    stored.perplexity = layout->perplexity;
    stored.divergence = layout->divergence;
    stored.points = layout->points;
    // Each begins from its own PCA, so that it is the same whatever was looked at before, and is
    // then turned. To begin from the layout of the checkpoint before makes no less movement: over
    // five checkpoints of the demo 26, 27, 36 and 8 % of the spread against 26, 27, 36 and 5 % so,
    // as the exaggeration undoes the start; without that, 26, 33, 17 and 3 %, but each layout then
    // depends on all before it, and its divergence was 3 to 4 % larger.
    if (const auto before
        = nearestTsneIn(request.folder, stored.sampleSha256, stored.points.size(0), stored.step)) {
        stored.points = alignedPoints(stored.points, before->points);
        stored.alignedTo = before->step;
    }
    stored.points = stored.points.to(torch::kFloat32).contiguous();
    return writeTsne(PicturePaths(request).tsne, stored).map([&](Artifact artifact) {
        written.push_back(std::move(artifact));
        return std::move(stored);
    });
}

} // namespace mocoscope::training
