// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/api/memory_advice.h"

#include "training/api/devices.h"
#include "training/api/model_shape.h"
#include "training/api/task.h"

#include <algorithm>
#include <numeric>

namespace mocoscope::training {

namespace {

std::int64_t halved(std::int64_t rows)
{
    return std::max<std::int64_t>(rows / 2, 1);
}

/// Halves `rows`, an option of `config`, at least once and until the estimate fits; then the
/// largest part of `whole` that is no more, 0: of anything.
std::int64_t fittingRows(TrainingConfig config, std::int64_t TrainConfig::*option,
                         std::int64_t rows, std::int64_t whole, double deviceBytes)
{
    constexpr double usable = 0.8; // what the library keeps in reserve, and other programs
    do {
        rows = halved(rows);
        config.train.*option = rows;
    } while (rows > 1 && deviceBytes > 0
             && estimateCost(config).memoryBytes > usable * deviceBytes);
    while (whole > 0 && whole % rows != 0) {
        --rows;
    }
    return rows;
}

} // namespace

std::string smallerBatchAdvice(const TrainingConfig& config, double deviceBytes)
{
    if (config.task.name == "knn" || config.task.name == "linear") {
        return "lower evaluation.batch_size, which does not change results";
    }
    const std::int64_t replicas = isEvaluation(config) ? 1 : replicaCount(config);
    TrainingConfig share = config; // of one replica
    share.train.batchSize = config.train.batchSize / replicas;
    if (!isEvaluation(config) && hasBatchNorm(config.model)) {
        const std::int64_t rows
            = fittingRows(share, &TrainConfig::batchSize, share.train.batchSize, 0, deviceBytes);
        return "set train.batch_size to " + std::to_string(rows * replicas)
            + " or less: the backbone has batch normalisation, which needs the whole batch at once";
    }
    const std::int64_t tried
        = config.train.microBatch > 0 ? config.train.microBatch : taskBatchSize(share);
    // What validate() wants of a micro-batch.
    const std::int64_t whole = std::gcd(share.train.batchSize, taskBatchSize(share));
    return "set train.micro_batch to "
        + std::to_string(fittingRows(share, &TrainConfig::microBatch, tried, whole, deviceBytes))
        + " or less: loss and gradients stay those of the whole batch of "
        + std::to_string(taskBatchSize(config));
}

} // namespace mocoscope::training
