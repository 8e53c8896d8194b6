// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/config_draft.h"

#include "training/api/unused_options.h"
#include "ui/models/text_format.h"

#include <algorithm>
#include <iterator>
#include <utility>

namespace mocoscope::ui {

using namespace training;

namespace {

bool isNumber(const FieldDescription& field)
{
    return field.type == FieldType::Integer || field.type == FieldType::Real;
}

/// What people type around a number: blanks and a plus sign.
std::string cleaned(const FieldDescription& field, const QString& text)
{
    QString clean = isNumber(field) ? text.trimmed() : text;
    if (isNumber(field) && clean.startsWith('+')) {
        clean.remove(0, 1);
    }
    return clean.toStdString();
}

QString reasonOf(const std::string& key, const std::vector<Violation>& all)
{
    const auto found = std::ranges::find(all, key, &Violation::key);
    return found == all.end() ? QString() : QString::fromStdString(found->reason);
}

Result<FieldValue> parsed(const FieldDescription& field, const QString& text)
{
    return parseField(field, cleaned(field, text));
}

} // namespace

ConfigDraft::ConfigDraft()
{
    reset({}, {});
}

void ConfigDraft::reset(const TrainingConfig& config, const TrainingConfig& reference,
                        std::optional<ForkOrigin> forkOf)
{
    m_forkOf = std::move(forkOf);
    m_reference = reference;
    for (const FieldDescription& field : configFields()) {
        m_texts[field.key] = fieldText(field.get(config));
    }
    evaluate();
}

void ConfigDraft::setText(const std::string& key, const QString& text)
{
    m_texts.at(key) = text;
    evaluate();
}

QString ConfigDraft::referenceText(const std::string& key) const
{
    return fieldText(findField(key)->get(m_reference));
}

bool ConfigDraft::isChanged(const std::string& key) const
{
    const FieldDescription* field = findField(key);
    const auto value = parsed(*field, text(key));
    return !value || *value != field->get(m_reference);
}

std::vector<std::string> ConfigDraft::changedKeys() const
{
    std::vector<std::string> keys;
    for (const FieldDescription& field : configFields()) {
        if (isChanged(field.key)) {
            keys.push_back(field.key);
        }
    }
    return keys;
}

QString ConfigDraft::problem(const std::string& key) const
{
    return reasonOf(key, m_violations);
}

QString ConfigDraft::note(const std::string& key) const
{
    return reasonOf(key, m_unused);
}

void ConfigDraft::evaluate()
{
    m_config = m_reference;
    std::map<std::string, Violation> unreadable;
    for (const FieldDescription& field : configFields()) {
        const QString& text = m_texts.at(field.key);
        if (const auto value = parsed(field, text)) {
            field.set(m_config, *value);
        } else {
            unreadable[field.key] = {field.key, text.toStdString(), value.error().detail};
        }
    }
    m_unused = unusedOptions(m_config, m_reference);
    m_violations.clear();
    std::vector<Violation> disagreeing = validate(m_config);
    if (m_forkOf) {
        std::ranges::move(forkViolations(*m_forkOf, m_config), std::back_inserter(disagreeing));
    }
    for (const FieldDescription& field : configFields()) {
        if (const auto found = unreadable.find(field.key); found != unreadable.end()) {
            m_violations.push_back(found->second);
            continue;
        }
        std::ranges::copy_if(disagreeing, std::back_inserter(m_violations),
                             [&](const Violation& other) { return other.key == field.key; });
    }
}

} // namespace mocoscope::ui
