// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/sweep_estimate.h"

#include "training/api/model_shape.h"

#include <map>

namespace mocoscope::ui {

std::optional<SweepEstimate> estimateSweep(std::span<const training::SweepMember> members,
                                           const ImageCount& imageCount, MeasuredSpeed& speed,
                                           std::span<const storage::RunRecord> runs)
{
    SweepEstimate estimate;
    // A seed costs nothing: looked up once a setting (and preset, whose labels may be alike).
    std::map<std::pair<std::string, std::string>, std::optional<MeasuredStep>> known;
    for (const training::SweepMember& member : members) {
        const auto images = imageCount(member.config.data);
        if (!images) {
            return std::nullopt;
        }
        const std::int64_t steps = training::totalSteps(member.config, *images);
        const auto [measured, isNew] = known.try_emplace({member.preset, member.setting});
        if (isNew) {
            measured->second = speed.find(member.config, runs);
        }
        ++estimate.runs;
        estimate.steps += steps;
        if (measured->second) {
            ++estimate.measuredRuns;
            estimate.measuredMs += measured->second->milliseconds * static_cast<double>(steps);
        }
    }
    return estimate;
}

} // namespace mocoscope::ui
