// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "training/api/config_schema.h"
#include "training/api/fork.h"

#include <QString>

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace mocoscope::ui {

/// A configuration while it is typed: each option as its text, right or wrong, beside the preset
/// that it started from.
class ConfigDraft
{
public:
    ConfigDraft();

    /// Takes over all values; changes are told relative to `reference`. What the checkpoint of
    /// `forkOf` does not allow to change is told with the violations.
    void reset(const training::TrainingConfig& config, const training::TrainingConfig& reference,
               std::optional<training::ForkOrigin> forkOf = {});
    [[nodiscard]] const training::TrainingConfig& reference() const { return m_reference; }

    void setText(const std::string& key, const QString& text);
    [[nodiscard]] const QString& text(const std::string& key) const { return m_texts.at(key); }
    [[nodiscard]] QString referenceText(const std::string& key) const;

    /// Whether its value is another one than the reference's; `0.1` and `1e-1` are the same.
    [[nodiscard]] bool isChanged(const std::string& key) const;
    [[nodiscard]] std::vector<std::string> changedKeys() const;

    /// All that is wrong, in the form's order; empty: config() can be used.
    [[nodiscard]] const std::vector<training::Violation>& violations() const
    {
        return m_violations;
    }
    /// Empty when nothing is wrong with the option.
    [[nodiscard]] QString problem(const std::string& key) const;
    /// What should be known of an option with which nothing is wrong: that its value has no effect.
    [[nodiscard]] QString note(const std::string& key) const;
    /// Options that cannot be read have the reference's values.
    [[nodiscard]] const training::TrainingConfig& config() const { return m_config; }
    [[nodiscard]] bool isValid() const { return m_violations.empty(); }

private:
    void evaluate();

    std::optional<training::ForkOrigin> m_forkOf;
    training::TrainingConfig m_reference;
    training::TrainingConfig m_config;
    std::map<std::string, QString> m_texts;
    std::vector<training::Violation> m_violations;
    std::vector<training::Violation> m_unused;
};

} // namespace mocoscope::ui
