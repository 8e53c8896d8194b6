// SPDX-License-Identifier: GPL-3.0-or-later
// How a row of the table of options is written. For config_fields*.cpp only.
#pragma once

#include "training/api/config_schema.h"

#include <string>
#include <type_traits>
#include <utility>
#include <vector>

namespace mocoscope::training::config_rows {

template <typename Value> constexpr FieldType typeOf()
{
    if constexpr (std::is_same_v<Value, bool>) {
        return FieldType::Boolean;
    } else if constexpr (std::is_same_v<Value, std::int64_t>) {
        return FieldType::Integer;
    } else if constexpr (std::is_same_v<Value, double>) {
        return FieldType::Real;
    } else {
        return FieldType::Text;
    }
}

/// Fills in one row; each setter returns the row so that a row reads as one sentence.
class Row
{
public:
    template <typename Section, typename Value>
    Row(std::string key, Section TrainingConfig::*section, Value Section::*member,
        std::string group, std::string label, std::string help)
    {
        m_field.key = std::move(key);
        m_field.group = std::move(group);
        m_field.label = std::move(label);
        m_field.help = std::move(help);
        m_field.type = typeOf<Value>();
        m_field.get = [section, member](const TrainingConfig& config) {
            return FieldValue(config.*section.*member);
        };
        m_field.set = [section, member](TrainingConfig& config, const FieldValue& value) {
            config.*section.*member = std::get<Value>(value);
        };
        m_field.defaultValue = m_field.get(TrainingConfig {});
    }

    Row&& range(double minimum, double maximum) &&
    {
        m_field.minimum = minimum;
        m_field.maximum = maximum;
        return std::move(*this);
    }
    Row&& unit(std::string text) &&
    {
        m_field.unit = std::move(text);
        return std::move(*this);
    }
    Row&& symbol(std::string text) &&
    {
        m_field.symbol = std::move(text);
        return std::move(*this);
    }
    Row&& zeroMeans(std::string text) &&
    {
        m_field.zeroMeans = std::move(text);
        return std::move(*this);
    }
    Row&& choices(std::vector<FieldChoice> all) &&
    {
        m_field.type = FieldType::Choice;
        m_field.choices = std::move(all);
        return std::move(*this);
    }
    Row&& path() &&
    {
        m_field.type = FieldType::Path;
        return std::move(*this);
    }
    Row&& advanced() &&
    {
        m_field.advanced = true;
        return std::move(*this);
    }
    [[nodiscard]] FieldDescription take() && { return std::move(m_field); }

private:
    FieldDescription m_field;
};

using T = TrainingConfig;
using Rows = std::vector<FieldDescription>;

/// config_fields.cpp has the groups that say how is trained.
void addTask(Rows& rows);
void addMethod(Rows& rows);
void addModel(Rows& rows);
void addOptimizer(Rows& rows);
void addLinear(Rows& rows);
void addFinetune(Rows& rows);
void addMonitor(Rows& rows);

} // namespace mocoscope::training::config_rows
