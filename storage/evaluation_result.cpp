// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/evaluation_result.h"

#include "storage/statement.h"
#include "training/api/config_json.h"
#include "training/api/task.h"

#include <string>

namespace mocoscope::storage {

using training::TrainingConfig;

namespace {

/// An evaluation beside the run that it evaluates.
struct Pair
{
    RunId evaluation;
    TrainingConfig config;
    RunId parent;
    TrainingConfig parentConfig;
};

std::optional<Pair> findPair(Database& database, RunId evaluation)
{
    Statement row(database,
                  "SELECT run.config_json, parent.id, parent.config_json FROM run"
                  " JOIN run AS parent ON parent.id = run.parent_run WHERE run.id = ?1");
    if (!row.bind(evaluation).step())
        return std::nullopt;
    const auto config = training::fromJson(row.text(0));
    const auto parentConfig = training::fromJson(row.text(2));
    if (!config || !parentConfig || !training::isEvaluation(*config))
        return std::nullopt;
    return Pair {evaluation, *config, {row.integer(1)}, *parentConfig};
}

bool isOnTheSameImages(const Pair& pair)
{
    training::DataConfig data = pair.config.data;
    data.workers = pair.parentConfig.data.workers; // how they are loaded changes nothing
    data.prefetch = pair.parentConfig.data.prefetch;
    return data == pair.parentConfig.data;
}

bool hasTheSameVote(const Pair& pair)
{
    training::EvaluationConfig vote = pair.config.evaluation;
    vote.batchSize = pair.parentConfig.evaluation.batchSize;
    vote.knnEveryEpochs = pair.parentConfig.evaluation.knnEveryEpochs;
    return vote == pair.parentConfig.evaluation;
}

std::optional<std::int64_t> stepOfWeights(Database& database, const Pair& pair)
{
    Statement row(database, "SELECT step FROM checkpoint WHERE run_id = ?1 AND path = ?2");
    row.bind(pair.parent, pair.config.model.initialWeights);
    return row.step() ? std::optional(row.integer(0)) : std::nullopt;
}

std::optional<double> lastValue(Database& database, RunId run, const std::string& metric)
{
    Statement row(database,
                  "SELECT value FROM metric_row WHERE run_id = ?1"
                  " AND name_id = (SELECT id FROM metric_name WHERE name = ?2)"
                  " ORDER BY step DESC LIMIT 1");
    return row.bind(run, metric).step() ? row.finiteReal(0) : std::nullopt;
}

/// A step that has an accuracy but no time of its own gets that of the step before it.
void addTime(Database& database, RunId run, std::int64_t step)
{
    Statement(database,
              "INSERT OR IGNORE INTO step_time (run_id, step, wall_ms, epoch)"
              " SELECT run_id, ?2, wall_ms, iif(step > 0, epoch * ?2 / step, epoch) FROM step_time"
              " WHERE run_id = ?1 AND step <= ?2 ORDER BY step DESC LIMIT 1")
        .run(run, step);
}

/// What the run itself has measured stays; a later evaluation of the same kind replaces an earlier.
void addValue(Database& database, RunId run, const std::string& metric, std::int64_t step,
              double value, bool replaces)
{
    Statement(database, "INSERT OR IGNORE INTO metric_name (name, unit) VALUES (?1, '%')")
        .run(metric);
    Statement(database,
              std::string(replaces ? "INSERT OR REPLACE" : "INSERT OR IGNORE")
                  + " INTO metric_row (run_id, name_id, step, value)"
                    " SELECT ?1, id, ?3, ?4 FROM metric_name WHERE name = ?2")
        .run(run, metric, step, value);
}

} // namespace

std::optional<RunId> tellEvaluatedRun(Database& database, RunId evaluation)
{
    const std::optional<Pair> pair = findPair(database, evaluation);
    if (!pair || !isOnTheSameImages(*pair))
        return std::nullopt;
    const std::string task = pair->config.task.name;
    const bool isKnn = task == "knn";
    const auto step = stepOfWeights(database, *pair);
    const auto value
        = lastValue(database, evaluation, isKnn ? std::string("eval/knn_top1") : task + "/top1");
    if (!step || !value || (isKnn && !hasTheSameVote(*pair)))
        return std::nullopt;
    addValue(database, pair->parent, "eval/" + task + "_top1", *step, *value, !isKnn);
    addTime(database, pair->parent, *step);
    return pair->parent;
}

} // namespace mocoscope::storage
