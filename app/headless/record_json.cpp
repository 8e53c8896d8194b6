// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/headless/record_json.h"

#include "app/headless/format.h"

namespace mocoscope::headless {

namespace {

using Json = nlohmann::ordered_json;

Json time(std::optional<storage::UtcMilliseconds> at)
{
    return at ? Json(isoTime(*at)) : Json(nullptr);
}

} // namespace

Json toJson(const storage::RunRecord& run)
{
    return {{"run", run.id.value},
            {"uuid", run.uuid},
            {"name", run.name},
            {"preset", run.preset},
            {"state", training::toText(run.state)},
            {"reason", run.stateReason},
            {"created_at", time(run.createdAt)},
            {"started_at", time(run.startedAt)},
            {"finished_at", time(run.finishedAt)},
            {"device", run.device},
            {"software", run.software},
            {"seed", run.seed},
            {"parent", run.parent ? Json(run.parent->value) : Json(nullptr)},
            {"fork_step", run.forkStep ? Json(*run.forkStep) : Json(nullptr)},
            {"sweep", run.sweep ? Json(run.sweep->name) : Json(nullptr)},
            {"setting", run.sweep ? Json(run.sweep->setting) : Json(nullptr)},
            {"notes", run.notes},
            {"tags", run.tags},
            {"step", run.stepsDone},
            {"total_steps", run.totalSteps},
            {"seconds", static_cast<double>(run.durationMs) / 1000.0},
            {"last_loss", orNull(run.lastLoss)},
            {"last_knn_top1", orNull(run.lastKnnTop1)},
            {"best_knn_top1", orNull(run.bestKnnTop1)},
            {"linear_top1", orNull(run.linearTop1)},
            {"finetune_top1", orNull(run.finetuneTop1)}};
}

Json toJson(const storage::MetricSummary& summary)
{
    return {{"name", summary.name},
            {"unit", summary.unit},
            {"count", summary.count},
            {"last", orNull(summary.last)},
            {"last_step", summary.lastStep},
            {"minimum", orNull(summary.minimum)},
            {"minimum_step", summary.minimumStep},
            {"maximum", orNull(summary.maximum)},
            {"maximum_step", summary.maximumStep}};
}

Json toJson(const storage::CheckpointRecord& checkpoint)
{
    return {{"step", checkpoint.step},
            {"path", checkpoint.path},
            {"sha256", checkpoint.sha256},
            {"bytes", checkpoint.bytes},
            {"knn_top1", orNull(checkpoint.accuracy)},
            {"saved_at", time(checkpoint.savedAt)}};
}

Json toJson(const storage::EventRecord& event)
{
    Json json {{"step", event.step},
               {"at", time(event.at)},
               {"kind", event.kind},
               {"layer", event.layer},
               {"message", event.message}};
    if (event.spike) {
        json["spike"] = toJson(*event.spike);
    }
    return json;
}

Json toJson(const training::SpikeFacts& spike)
{
    Json json {{"peak", spike.peak}, {"layers", spike.layers}, {"lag", nullptr}, {"dip", nullptr}};
    if (spike.lag) {
        json["lag"] = *spike.lag;
    }
    if (spike.dip) {
        json["dip"] = *spike.dip;
    }
    return json;
}

Json orNull(std::optional<double> value)
{
    return value ? Json(*value) : Json(nullptr);
}

Json toJson(const storage::Ancestor& ancestor)
{
    return {{"run", ancestor.id.value},
            {"name", ancestor.name.empty() ? Json(nullptr) : Json(ancestor.name)},
            {"fork_step", ancestor.forkStep ? Json(*ancestor.forkStep) : Json(nullptr)}};
}

Json configJson(const storage::RunRecord& run)
{
    Json config = Json::parse(run.configJson, nullptr, false);
    return config.is_discarded() ? Json(run.configJson) : config;
}

std::string dump(const Json& value)
{
    return value.dump(-1, ' ', false, Json::error_handler_t::replace);
}

} // namespace mocoscope::headless
