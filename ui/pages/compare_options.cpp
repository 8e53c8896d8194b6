// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/compare_options.h"

#include "ui/models/text_format.h"
#include "ui/plot/tick_text.h"

namespace mocoscope::ui {

QString optionTitle(const std::string& key)
{
    const training::FieldDescription* field = training::findField(key);
    return field && !field->label.empty() ? optionWord(field->label) : QString::fromStdString(key);
}

QString optionValueText(const training::FieldValue& value)
{
    const double* number = std::get_if<double>(&value);
    return number ? settingText(*number) : QString::fromStdString(training::toText(value));
}

QString optionValueText(const std::string& key, const std::string& value)
{
    if (const training::FieldDescription* field = training::findField(key)) {
        if (const auto parsed = training::parseField(*field, value)) {
            return optionValueText(*parsed);
        }
    }
    return QString::fromStdString(value);
}

std::optional<double> optionNumber(const training::FieldValue& value)
{
    if (const auto* whole = std::get_if<std::int64_t>(&value)) {
        return static_cast<double>(*whole);
    }
    const auto* real = std::get_if<double>(&value);
    return real ? std::optional(*real) : std::nullopt;
}

QString optionText(const std::string& key, const training::TrainingConfig& config)
{
    const training::FieldDescription* field = training::findField(key);
    if (!field) {
        return QStringLiteral("?");
    }
    const QString text = optionValueText(field->get(config));
    return field->unit.empty() ? text : text + QLatin1Char(' ') + optionWord(field->unit);
}

} // namespace mocoscope::ui
