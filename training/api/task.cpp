// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/api/task.h"

#include "training/api/config_schema.h"

namespace mocoscope::training {

bool isEvaluation(const TrainingConfig& config)
{
    return config.task.name != "pretrain";
}

std::string taskTitle(const TrainingConfig& config)
{
    for (const FieldChoice& choice : findField("task.name")->choices) {
        if (choice.value == config.task.name) {
            return choice.label;
        }
    }
    return config.task.name;
}

std::int64_t taskBatchSize(const TrainingConfig& config)
{
    if (config.task.name == "linear") {
        return config.linear.batchSize;
    }
    if (config.task.name == "finetune") {
        return config.finetune.batchSize;
    }
    return config.task.name == "knn" ? config.evaluation.batchSize : config.train.batchSize;
}

std::int64_t taskEpochs(const TrainingConfig& config)
{
    if (config.task.name == "linear") {
        return config.linear.epochs;
    }
    if (config.task.name == "finetune") {
        return config.finetune.epochs;
    }
    return config.task.name == "knn" ? 1 : config.train.epochs;
}

std::string_view batchSizeKey(const TrainingConfig& config)
{
    if (config.task.name == "linear") {
        return "linear.batch_size";
    }
    if (config.task.name == "finetune") {
        return "finetune.batch_size";
    }
    return config.task.name == "knn" ? "evaluation.batch_size" : "train.batch_size";
}

TrainingConfig evaluationConfig(TrainingConfig evaluated, std::string_view task,
                                const std::string& weights)
{
    evaluated.task.name = task;
    evaluated.model.initialWeights = weights;
    evaluated.train.maxSteps = 0; // cut the pretraining short, not this
    return evaluated;
}

TrainingConfig onOtherData(TrainingConfig config, const std::string& path)
{
    const DataConfig plain;
    config.data.path = path;
    config.data.testPath = plain.testPath;
    config.data.perClassLimit = plain.perClassLimit;
    config.data.testPerClassLimit = plain.testPerClassLimit;
    return config;
}

} // namespace mocoscope::training
