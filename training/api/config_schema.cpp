// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/api/config_schema.h"

#include "training/api/edit_distance.h"
#include "training/api/model_shape.h"
#include "training/api/parse_number.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace mocoscope::training {

namespace {

std::string realToText(double value)
{
    std::array<char, 64> buffer {};
    const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value);
    return {buffer.data(), end.ptr};
}

std::string rangeText(const FieldDescription& field)
{
    const auto bound = [&](double value) {
        return field.type == FieldType::Integer ? std::to_string(std::llround(value))
                                                : realToText(value);
    };
    return "from " + bound(field.minimum) + " to " + bound(field.maximum);
}

std::string choiceText(const FieldDescription& field)
{
    std::string text = "one of";
    for (const FieldChoice& choice : field.choices) {
        text += (&choice == field.choices.data() ? " " : ", ") + choice.value;
    }
    return text;
}

std::optional<FieldValue> parseValue(FieldType type, std::string_view text)
{
    switch (type) {
    case FieldType::Boolean:
        if (text == "true" || text == "1" || text == "yes" || text == "on") {
            return FieldValue(true);
        }
        if (text == "false" || text == "0" || text == "no" || text == "off") {
            return FieldValue(false);
        }
        return std::nullopt;
    case FieldType::Integer:
        if (std::int64_t number = 0; parseNumber(text, number)) {
            return FieldValue(number);
        }
        return std::nullopt;
    case FieldType::Real:
        if (double number = 0; parseNumber(text, number) && std::isfinite(number)) {
            return FieldValue(number);
        }
        return std::nullopt;
    case FieldType::Text:
    case FieldType::Choice:
    case FieldType::Path:
        return FieldValue(std::string(text));
    }
    return std::nullopt;
}

std::string expectedType(const FieldDescription& field)
{
    switch (field.type) {
    case FieldType::Boolean:
        return "expected true or false";
    case FieldType::Integer:
        return "expected a whole number " + rangeText(field);
    case FieldType::Real:
        return "expected a number " + rangeText(field);
    default:
        return "expected a text";
    }
}

} // namespace

std::string rangeProblem(const FieldDescription& field, const FieldValue& value)
{
    double number = 0;
    switch (field.type) {
    case FieldType::Boolean:
    case FieldType::Text:
    case FieldType::Path:
        return {};
    case FieldType::Choice: {
        const auto& text = std::get<std::string>(value);
        const bool isKnown = std::any_of(field.choices.begin(), field.choices.end(),
                                         [&](const FieldChoice& c) { return c.value == text; });
        return isKnown ? std::string {} : "expected " + choiceText(field);
    }
    case FieldType::Integer:
        number = static_cast<double>(std::get<std::int64_t>(value));
        break;
    case FieldType::Real:
        number = std::get<double>(value);
        break;
    }
    // Written so that NaN is out of range as well.
    const bool isInside = number >= field.minimum && number <= field.maximum;
    return isInside ? std::string {} : "expected " + rangeText(field);
}

const FieldDescription* findField(std::string_view key)
{
    for (const FieldDescription& field : configFields()) {
        if (field.key == key) {
            return &field;
        }
    }
    return nullptr;
}

std::string nearestKey(std::string_view key)
{
    // The part after the dot counts as much as the whole, so that `lr` finds `optimizer.lr`, and
    // nearly as much beside another group, so that `optimizer.epochs` finds `train.epochs`.
    const auto afterDot = [](std::string_view all) { return all.substr(all.find('.') + 1); };
    const auto distance = [&](const FieldDescription& field) {
        const std::string_view name = afterDot(field.key);
        return std::min({editDistance(key, field.key), editDistance(key, name),
                         editDistance(afterDot(key), name) + 1});
    };
    const auto fields = configFields();
    const auto nearest
        = std::min_element(fields.begin(), fields.end(),
                           [&](const auto& a, const auto& b) { return distance(a) < distance(b); });
    return nearest->key;
}

std::string toText(const FieldValue& value)
{
    if (const bool* flag = std::get_if<bool>(&value)) {
        return *flag ? "true" : "false";
    }
    if (const std::int64_t* number = std::get_if<std::int64_t>(&value)) {
        return std::to_string(*number);
    }
    if (const double* number = std::get_if<double>(&value)) {
        return realToText(*number);
    }
    return std::get<std::string>(value);
}

Result<FieldValue> parseField(const FieldDescription& field, std::string_view text)
{
    const std::optional<FieldValue> value = parseValue(field.type, text);
    const std::string problem = value ? rangeProblem(field, *value) : expectedType(field);
    if (!problem.empty()) {
        return failure(ErrorCode::BadConfiguration, field.key + " = " + std::string(text), problem);
    }
    return *value;
}

Result<TrainingConfig> withOption(TrainingConfig config, std::string_view key,
                                  std::string_view text)
{
    const FieldDescription* field = findField(key);
    if (field == nullptr) {
        return failure(ErrorCode::BadConfiguration, "unknown option '" + std::string(key) + "'",
                       "did you mean '" + nearestKey(key) + "'?");
    }
    const Result<FieldValue> value = parseField(*field, text);
    if (!value) {
        return tl::unexpected(value.error());
    }
    field->set(config, *value);
    return config;
}

std::vector<ConfigDifference> difference(const TrainingConfig& left, const TrainingConfig& right)
{
    std::vector<ConfigDifference> all;
    for (const FieldDescription& field : configFields()) {
        const FieldValue a = field.get(left);
        const FieldValue b = field.get(right);
        if (a != b) {
            all.push_back({field.key, toText(a), toText(b)});
        }
    }
    return all;
}

} // namespace mocoscope::training
