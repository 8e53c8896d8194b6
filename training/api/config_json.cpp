// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/api/config_json.h"

#include <nlohmann/json.hpp>
#include <set>

namespace mocoscope::training {

namespace {

using Json = nlohmann::ordered_json;

Json toJsonValue(const FieldValue& value)
{
    return std::visit([](const auto& v) { return Json(v); }, value);
}

/// `{"optimizer": {"lr": 1}}` and `{"optimizer.lr": 1}` both give ("optimizer.lr", 1).
void flatten(const Json& node, const std::string& prefix,
             std::vector<std::pair<std::string, const Json*>>& leaves)
{
    for (const auto& [name, child] : node.items()) {
        const std::string key = prefix.empty() ? name : prefix + "." + name;
        if (child.is_object()) {
            flatten(child, key, leaves);
        } else {
            leaves.emplace_back(key, &child);
        }
    }
}

std::string_view typeName(FieldType type)
{
    switch (type) {
    case FieldType::Boolean:
        return "true or false";
    case FieldType::Integer:
        return "a whole number";
    case FieldType::Real:
        return "a number";
    case FieldType::Text:
    case FieldType::Choice:
    case FieldType::Path:
        return "a text in quotes";
    }
    return "";
}

bool hasType(const Json& value, FieldType type)
{
    switch (type) {
    case FieldType::Boolean:
        return value.is_boolean();
    case FieldType::Integer:
        return value.is_number_integer();
    case FieldType::Real:
        return value.is_number();
    case FieldType::Text:
    case FieldType::Choice:
    case FieldType::Path:
        return value.is_string();
    }
    return false;
}

/// An empty text when the option could be set.
std::string setOption(TrainingConfig& config, const std::string& key, const Json& value)
{
    const FieldDescription* field = findField(key);
    if (field == nullptr) {
        return "unknown option '" + key + "', did you mean '" + nearestKey(key) + "'?";
    }
    if (!hasType(value, field->type)) {
        return key + " = " + value.dump() + ": expected " + std::string(typeName(field->type));
    }
    const std::string text = value.is_string() ? value.get<std::string>() : value.dump();
    const Result<FieldValue> parsed = parseField(*field, text);
    if (!parsed) {
        return toText(parsed.error());
    }
    field->set(config, *parsed);
    return {};
}

} // namespace

std::string toJson(const TrainingConfig& config)
{
    Json root = Json::object();
    for (const FieldDescription& field : configFields()) {
        const auto dot = field.key.find('.');
        root[field.key.substr(0, dot)][field.key.substr(dot + 1)] = toJsonValue(field.get(config));
    }
    // Bytes that are not UTF-8 (a path from an old disk) are replaced rather than thrown over.
    return root.dump(2, ' ', false, Json::error_handler_t::replace);
}

Result<TrainingConfig> fromJson(std::string_view json, const TrainingConfig& base)
{
    Json root;
    try {
        root = Json::parse(json);
    } catch (const Json::exception& error) { // also of a number that none holds
        return failure(ErrorCode::BadConfiguration, "the configuration is not valid JSON",
                       error.what());
    }
    if (!root.is_object()) {
        return failure(ErrorCode::BadConfiguration, "the configuration is not a JSON object",
                       "expected {\"optimizer\": {\"lr\": 0.00015}, …}");
    }
    std::vector<std::pair<std::string, const Json*>> leaves;
    flatten(root, {}, leaves);
    TrainingConfig config = base;
    std::string problems;
    std::set<std::string> given;
    for (const auto& [key, value] : leaves) {
        const std::string problem = given.insert(key).second
            ? setOption(config, key, *value)
            : "'" + key + "' is given twice, with a dot and in an object: leave one out";
        if (!problem.empty()) {
            problems += (problems.empty() ? "" : "\n") + problem;
        }
    }
    if (!problems.empty()) {
        return failure(ErrorCode::BadConfiguration, "the configuration has errors", problems);
    }
    return config;
}

} // namespace mocoscope::training
