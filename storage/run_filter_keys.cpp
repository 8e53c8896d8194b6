// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/run_filter_keys.h"

#include "training/api/config_schema.h"
#include "training/api/edit_distance.h"

#include <algorithm>
#include <array>
#include <ctime>
#include <optional>

namespace mocoscope::storage {

using training::FieldDescription;
using training::FieldType;
using training::RunState;

namespace {

using Kind = FilterKey::Kind;
using Texts = std::vector<std::string>;
using OfRun = FilterValue (*)(const RunRecord& run);

/// Something that every run has, whatever its options are.
struct OwnKey
{
    std::string_view name;
    std::string_view otherName;
    Kind kind;
    OfRun get;
};

FilterValue text(const std::string& value)
{
    return value.empty() ? FilterValue(Texts {}) : FilterValue(Texts {value});
}

FilterValue number(std::optional<double> value)
{
    return value ? FilterValue(*value) : FilterValue();
}

FilterValue whole(std::int64_t value)
{
    return static_cast<double>(value);
}

FilterValue time(std::optional<UtcMilliseconds> milliseconds)
{
    if (!milliseconds) {
        return {};
    }
    const auto seconds = static_cast<std::time_t>(*milliseconds / 1000);
    std::tm local {};
    std::array<char, 32> written {};
    if (localtime_r(&seconds, &local) == nullptr
        || std::strftime(written.data(), written.size(), "%Y-%m-%d %H:%M", &local) == 0) {
        return {};
    }
    return Texts {written.data()};
}

constexpr OwnKey ownKeys[] {
    {"id", "run", Kind::Number, [](const RunRecord& run) { return whole(run.id.value); }},
    {"name", "", Kind::Text, [](const RunRecord& run) { return text(run.name); }},
    {"state", "", Kind::Choice,
     [](const RunRecord& run) { return text(std::string(training::toText(run.state))); }},
    {"preset", "", Kind::Text, [](const RunRecord& run) { return text(run.preset); }},
    {"tag", "tags", Kind::Text, [](const RunRecord& run) { return FilterValue(run.tags); }},
    {"notes", "note", Kind::Text, [](const RunRecord& run) { return text(run.notes); }},
    {"device", "", Kind::Text, [](const RunRecord& run) { return text(run.device); }},
    {"software", "", Kind::Text, [](const RunRecord& run) { return text(run.software); }},
    {"sweep", "", Kind::Text,
     [](const RunRecord& run) { return text(run.sweep ? run.sweep->name : std::string()); }},
    {"setting", "", Kind::Text,
     [](const RunRecord& run) { return text(run.sweep ? run.sweep->setting : std::string()); }},
    {"seed", "", Kind::Number, [](const RunRecord& run) { return whole(run.seed); }},
    {"loss", "train/loss", Kind::Number, [](const RunRecord& run) { return number(run.lastLoss); }},
    {"knn_top1", "eval/knn_top1", Kind::Number,
     [](const RunRecord& run) { return number(run.lastKnnTop1); }},
    {"best_knn_top1", "best_knn", Kind::Number,
     [](const RunRecord& run) { return number(run.bestKnnTop1); }},
    {"linear_top1", "eval/linear_top1", Kind::Number,
     [](const RunRecord& run) { return number(run.linearTop1); }},
    {"finetune_top1", "eval/finetune_top1", Kind::Number,
     [](const RunRecord& run) { return number(run.finetuneTop1); }},
    {"steps", "step", Kind::Number, [](const RunRecord& run) { return whole(run.stepsDone); }},
    {"total_steps", "", Kind::Number,
     [](const RunRecord& run) {
         return run.totalSteps > 0 ? whole(run.totalSteps) : FilterValue();
     }},
    {"seconds", "duration", Kind::Number,
     [](const RunRecord& run) {
         return FilterValue(static_cast<double>(run.durationMs) / 1000.0);
     }},
    {"incidents", "incident", Kind::Number,
     [](const RunRecord& run) { return whole(run.incidents); }},
    {"created", "", Kind::Time, [](const RunRecord& run) { return time(run.createdAt); }},
    {"started", "", Kind::Time, [](const RunRecord& run) { return time(run.startedAt); }},
    {"finished", "", Kind::Time, [](const RunRecord& run) { return time(run.finishedAt); }},
};

FilterKey ownKey(const OwnKey& own)
{
    FilterKey key;
    key.name = own.name;
    key.kind = own.kind;
    key.get = [get = own.get](const RunRecord& run, const training::TrainingConfig*) {
        return get(run);
    };
    if (own.kind == Kind::Choice) {
        for (const RunState state :
             {RunState::Created, RunState::Running, RunState::Paused, RunState::Finished,
              RunState::Stopped, RunState::Failed, RunState::Interrupted}) {
            key.choices.emplace_back(training::toText(state));
        }
    }
    return key;
}

FilterValue valueOf(const FieldDescription& field, const training::TrainingConfig& config)
{
    const training::FieldValue value = field.get(config);
    if (const auto* real = std::get_if<double>(&value)) {
        return *real;
    }
    if (const auto* integer = std::get_if<std::int64_t>(&value)) {
        return static_cast<double>(*integer);
    }
    return text(training::toText(value));
}

FilterKey optionKey(const FieldDescription& field)
{
    FilterKey key;
    key.name = field.key;
    key.isOption = true;
    const bool isNumber = field.type == FieldType::Integer || field.type == FieldType::Real;
    if (field.type == FieldType::Boolean) {
        key.choices = {"true", "false"};
    }
    for (const training::FieldChoice& choice : field.choices) {
        key.choices.push_back(choice.value);
    }
    key.kind = isNumber ? Kind::Number : key.choices.empty() ? Kind::Text : Kind::Choice;
    key.get = [&field](const RunRecord&, const training::TrainingConfig* config) {
        return config != nullptr ? valueOf(field, *config) : FilterValue();
    };
    return key;
}

std::string_view lastPart(std::string_view key)
{
    return key.substr(key.find('.') + 1);
}

/// Options of what is done with a trained backbone, whose names repeat those of pretraining.
bool isOfEvaluation(const FieldDescription& field)
{
    return field.key.starts_with("linear.") || field.key.starts_with("finetune.")
        || field.key.starts_with("evaluation.");
}

std::vector<const FieldDescription*> fieldsNamed(std::string_view name)
{
    std::vector<const FieldDescription*> found;
    std::vector<const FieldDescription*> ofEvaluation;
    for (const FieldDescription& field : training::configFields()) {
        if (lastPart(field.key) == name) {
            (isOfEvaluation(field) ? ofEvaluation : found).push_back(&field);
        }
    }
    return found.empty() ? ofEvaluation : found;
}

std::string listed(const std::vector<const FieldDescription*>& fields)
{
    std::string keys;
    for (const FieldDescription* field : fields) {
        keys += (keys.empty() ? "" : ", ") + field->key;
    }
    return keys;
}

/// What the form calls an option, as a key is written: `learning_rate`.
std::string labelAsKey(const FieldDescription& field)
{
    std::string label = lowerCase(field.label);
    std::replace(label.begin(), label.end(), ' ', '_');
    return label;
}

/// The known key, in whichever of its forms, that is spelt most like `name`.
std::string nearestName(const std::string& name)
{
    std::string nearest;
    std::size_t smallest = name.size() + 1;
    const auto offerAs = [&](std::string_view known, std::string_view key) {
        if (const std::size_t distance = training::editDistance(name, known); distance < smallest) {
            smallest = distance;
            nearest = key;
        }
    };
    const auto offer = [&](std::string_view known) { offerAs(known, known); };
    for (const OwnKey& own : ownKeys) {
        offer(own.name);
    }
    for (const FieldDescription& field : training::configFields()) {
        const std::string_view last = lastPart(field.key);
        const auto group = std::string_view(field.key).substr(0, field.key.find('.'));
        offer(last == "name" ? group : last);
        offer(field.key);
        offerAs(labelAsKey(field), field.key);
    }
    return nearest;
}

} // namespace

std::string lowerCase(std::string_view text)
{
    std::string lower(text);
    std::transform(lower.begin(), lower.end(), lower.begin(), [](char letter) {
        return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter;
    });
    return lower;
}

tl::expected<FilterKey, std::string> findFilterKey(std::string_view text)
{
    const std::string name = lowerCase(text);
    for (const OwnKey& own : ownKeys) {
        if (own.name == name || (!own.otherName.empty() && own.otherName == name)) {
            return ownKey(own);
        }
    }
    for (const std::string& key : {name, name + ".name"}) {
        if (const FieldDescription* field = training::findField(key)) {
            return optionKey(*field);
        }
    }
    const auto fields = fieldsNamed(name);
    if (fields.size() == 1) {
        return optionKey(*fields.front());
    }
    if (!fields.empty()) {
        return tl::unexpected("'" + name + "' could be " + listed(fields));
    }
    return tl::unexpected("there is no '" + std::string(text) + "', did you mean '"
                          + nearestName(name) + "'?");
}

} // namespace mocoscope::storage
