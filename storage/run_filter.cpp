// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/run_filter.h"

#include "storage/run_filter_keys.h"
#include "storage/run_filter_syntax.h"

#include <algorithm>
#include <functional>

namespace mocoscope::storage {

namespace {

bool equalsIgnoringCase(const std::string& one, const std::string& other)
{
    return lowerCase(one) == lowerCase(other);
}

template <typename Value> bool compares(const Value& left, Operator comparison, const Value& right)
{
    switch (comparison) {
    case Operator::Equal:
        return left == right;
    case Operator::NotEqual:
        return left != right;
    case Operator::Less:
        return left < right;
    case Operator::LessOrEqual:
        return left <= right;
    case Operator::Greater:
        return left > right;
    case Operator::GreaterOrEqual:
        return left >= right;
    case Operator::Contains:
        break; // of texts only, which the parser has made sure of
    }
    return false;
}

bool holdsForTexts(const std::vector<std::string>& texts, const Condition& condition)
{
    if (condition.comparison == Operator::Contains) {
        return std::any_of(texts.begin(), texts.end(), [&](const std::string& text) {
            return containsIgnoringCase(text, condition.operand);
        });
    }
    const bool isThere = std::any_of(texts.begin(), texts.end(), [&](const std::string& text) {
        return equalsIgnoringCase(text, condition.operand);
    });
    return isThere == (condition.comparison == Operator::Equal);
}

/// A day is later than another day, and no minute of it is: as much is compared as was written.
bool holdsForTime(const std::string& time, const Condition& condition)
{
    return compares(time.substr(0, condition.operand.size()), condition.comparison,
                    condition.operand);
}

bool isMissing(const FilterValue& value)
{
    const auto* texts = std::get_if<std::vector<std::string>>(&value);
    return std::holds_alternative<std::monostate>(value) || (texts != nullptr && texts->empty());
}

/// What is unknown fits no condition but that it is unknown.
bool holds(const Condition& condition, const FilterSubject& subject)
{
    const FilterValue value = condition.key.get(subject.run, subject.config);
    if (condition.isAboutNone) {
        return isMissing(value) == (condition.comparison == Operator::Equal);
    }
    if (const auto* number = std::get_if<double>(&value)) {
        return compares(*number, condition.comparison, condition.number);
    }
    if (const auto* texts = std::get_if<std::vector<std::string>>(&value)) {
        return condition.key.kind == FilterKey::Kind::Time ? holdsForTime(texts->front(), condition)
                                                           : holdsForTexts(*texts, condition);
    }
    return false;
}

bool holds(const RunFilter::Node& node, const FilterSubject& subject)
{
    const auto isTrue = [&](const auto& part) { return holds(*part, subject); };
    switch (node.kind) {
    case RunFilter::Node::Kind::All:
        return std::all_of(node.parts.begin(), node.parts.end(), isTrue);
    case RunFilter::Node::Kind::Any:
        return std::any_of(node.parts.begin(), node.parts.end(), isTrue);
    case RunFilter::Node::Kind::Not:
        return !isTrue(node.parts.front());
    case RunFilter::Node::Kind::Word:
        return subject.contains(node.word);
    case RunFilter::Node::Kind::Condition:
        return holds(*node.condition, subject);
    }
    return false;
}

bool looksAtOptions(const RunFilter::Node& node)
{
    return (node.condition && node.condition->key.isOption)
        || std::any_of(node.parts.begin(), node.parts.end(),
                       [](const auto& part) { return looksAtOptions(*part); });
}

} // namespace

tl::expected<RunFilter, FilterProblem> RunFilter::parse(std::string_view text)
{
    return parseFilter(text).map([](std::shared_ptr<const Node> root) {
        RunFilter filter;
        filter.m_needsOptions = root && looksAtOptions(*root);
        filter.m_root = std::move(root);
        return filter;
    });
}

bool RunFilter::matches(const FilterSubject& subject) const
{
    return !m_root || holds(*m_root, subject);
}

std::string searchText(const RunRecord& run)
{
    std::string text = run.name + '\n' + run.preset + '\n'
        + std::string(training::toText(run.state)) + '\n' + run.notes + '\n' + run.device + '\n';
    for (const std::string& tag : run.tags) {
        text += tag + '\n';
    }
    return run.sweep ? text + run.sweep->name : text;
}

bool containsIgnoringCase(std::string_view text, std::string_view word)
{
    return lowerCase(text).find(lowerCase(word)) != std::string::npos;
}

} // namespace mocoscope::storage
