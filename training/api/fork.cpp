// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/api/fork.h"

#include "training/api/task.h"

#include <array>
#include <charconv>
#include <string_view>

namespace mocoscope::training {

namespace {

struct FixedOption
{
    std::string_view key;
    std::string_view why; ///< goes on after "a fork keeps …: "
};

constexpr std::string_view ofModel = "the weights of the checkpoint have this shape";
constexpr std::string_view ofHeads = "the heads of the checkpoint have this shape";

constexpr std::array fixedOptions {
    FixedOption {"task.name", "evaluate its weights with an evaluation instead"},
    FixedOption {"method.name", "the checkpoint has the heads of this framework"},
    FixedOption {"method.projector_layers", ofHeads},
    FixedOption {"method.projector_hidden", ofHeads},
    FixedOption {"method.predictor_layers", ofHeads},
    FixedOption {"method.predictor_hidden", ofHeads},
    FixedOption {"method.output_dim", ofHeads},
    FixedOption {"method.head_norm", ofHeads},
    FixedOption {"method.predictor_output_norm", ofHeads},
    FixedOption {"method.queue_size", "the queue of the checkpoint has this length"},
    FixedOption {"method.prototypes", "the checkpoint has this many"},
    FixedOption {"model.name", ofModel},
    FixedOption {"model.image_size", "the position embedding is for this number of patches"},
    FixedOption {"model.patch_size", ofModel},
    FixedOption {"model.depth", ofModel},
    FixedOption {"model.width", ofModel},
    FixedOption {"model.heads", "the attention was trained with this number"},
    FixedOption {"model.mlp_ratio", ofModel},
    FixedOption {"model.patch_embed_weight_norm", ofModel},
    FixedOption {"model.stem", ofModel},
    FixedOption {"model.mlp_norm", ofModel},
    FixedOption {"model.pooling", ofModel},
    FixedOption {"model.position_embedding", ofModel},
    FixedOption {"model.initial_weights", "its weights are those of the checkpoint"},
    FixedOption {"optimizer.name", "the checkpoint holds the state of this optimizer"},
};

/// The options that say where a run ends.
bool hasSameEnd(const TrainingConfig& a, const TrainingConfig& b)
{
    return a.train.epochs == b.train.epochs && a.train.maxSteps == b.train.maxSteps
        && a.train.batchSize == b.train.batchSize && a.data.path == b.data.path
        && a.data.perClassLimit == b.data.perClassLimit;
}

/// The step at which the fork would end; 0: not known, its images or batches may be others.
std::int64_t endOf(const ForkOrigin& origin, const TrainingConfig& config)
{
    const TrainingConfig& before = origin.config;
    TrainingConfig same = config;
    same.train.epochs = before.train.epochs;
    same.train.maxSteps = before.train.maxSteps;
    if (origin.totalSteps <= 0 || !hasSameEnd(before, same)) {
        return 0;
    }
    if (hasSameEnd(before, config)) {
        return origin.totalSteps;
    }
    const std::int64_t limit = config.train.maxSteps;
    const bool isCut = origin.totalSteps == before.train.maxSteps; // an epoch may be longer
    const std::int64_t ofEpochs
        = isCut ? 0 : origin.totalSteps / before.train.epochs * config.train.epochs;
    return limit > 0 && (ofEpochs == 0 || limit < ofEpochs) ? limit : ofEpochs;
}

void addFixed(const ForkOrigin& origin, const TrainingConfig& config, std::vector<Violation>& all)
{
    for (const FixedOption& option : fixedOptions) {
        const FieldDescription* field = findField(option.key);
        const std::string before = toText(field->get(origin.config));
        const std::string now = toText(field->get(config));
        if (now != before) {
            all.push_back({field->key, now,
                           "a fork keeps " + (before.empty() ? "it empty" : before) + ": "
                               + std::string(option.why)});
        }
    }
}

} // namespace

std::string reasonNotToFork(const TrainingConfig& config)
{
    return isEvaluation(config) ? "It is an evaluation; only what learns without labels is forked."
                                : std::string();
}

TrainingConfig rolledBack(TrainingConfig config)
{
    config.optimizer.lr *= config.monitor.rollBackLr;
    --config.monitor.rollBacks;
    return config;
}

std::string rolledBackName(const std::string& name)
{
    constexpr std::string_view word = " roll-back ";
    const std::size_t place = name.rfind(word);
    const std::string_view number = std::string_view(name).substr(
        place == std::string::npos ? name.size() : place + word.size());
    int count = 0;
    const auto parsed = std::from_chars(number.data(), number.data() + number.size(), count);
    const bool isNumbered = !number.empty() && parsed.ec == std::errc {}
        && parsed.ptr == number.data() + number.size() && count > 0;
    return (isNumbered ? name.substr(0, place) : name) + std::string(word)
        + std::to_string(isNumbered ? count + 1 : 1);
}

std::vector<Violation> forkViolations(const ForkOrigin& origin, const TrainingConfig& config)
{
    std::vector<Violation> all;
    addFixed(origin, config, all);
    if (origin.config.model.freezePatchEmbed && !config.model.freezePatchEmbed) {
        all.push_back({"model.freeze_patch_embed", "false",
                       "a fork keeps true: the checkpoint holds no optimizer state for the patch "
                       "projection"});
    }
    const std::int64_t end = endOf(origin, config);
    if (end > 0 && end <= origin.step) {
        const bool isLimited = config.train.maxSteps > 0 && config.train.maxSteps <= origin.step;
        all.push_back({isLimited ? "train.max_steps" : "train.epochs",
                       std::to_string(isLimited ? config.train.maxSteps : config.train.epochs),
                       "expected more: the run ends with step " + std::to_string(end)
                           + ", the checkpoint is of step " + std::to_string(origin.step)
                           + ": no step would be left"});
    }
    return all;
}

} // namespace mocoscope::training
