// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/text_format.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QLocale>

#include <array>
#include <cmath>

namespace mocoscope::ui {

using training::RunState;

namespace {

struct StateWords
{
    const char* name;
    const char* icon;
};

StateWords wordsOf(RunState state)
{
    switch (state) {
    case RunState::Created:
        return {QT_TRANSLATE_NOOP("State", "Created"), "state_created"};
    case RunState::Running:
        return {QT_TRANSLATE_NOOP("State", "Running"), "state_running"};
    case RunState::Paused:
        return {QT_TRANSLATE_NOOP("State", "Paused"), "state_paused"};
    case RunState::Finished:
        return {QT_TRANSLATE_NOOP("State", "Finished"), "state_finished"};
    case RunState::Stopped:
        return {QT_TRANSLATE_NOOP("State", "Stopped"), "state_stopped"};
    case RunState::Failed:
        return {QT_TRANSLATE_NOOP("State", "Failed"), "state_failed"};
    case RunState::Interrupted:
        return {QT_TRANSLATE_NOOP("State", "Interrupted"), "state_interrupted"};
    }
    return {"", ""};
}

QString twoParts(std::int64_t large, const char* largeUnit, std::int64_t small,
                 const char* smallUnit)
{
    return QStringLiteral("%1 %2 %3 %4")
        .arg(large)
        .arg(QLatin1String(largeUnit))
        .arg(small, 2, 10, QLatin1Char('0'))
        .arg(QLatin1String(smallUnit));
}

/// `value` in steps of `base`, with three digits and the unit of the step.
template <std::size_t count>
QString scaledText(double value, double base, const std::array<const char*, count>& units)
{
    std::size_t unit = 0;
    while (value >= base && unit + 1 < count) {
        value /= base;
        ++unit;
    }
    const int decimals = unit == 0 || value >= 100 ? 0 : value >= 10 ? 1 : 2;
    return QString::number(value, 'f', decimals) + QLatin1String(units[unit]);
}

} // namespace

QString stateName(RunState state)
{
    return QCoreApplication::translate("State", wordsOf(state).name);
}

QString stateIconName(RunState state)
{
    return QString::fromLatin1(wordsOf(state).icon);
}

QString durationText(std::int64_t milliseconds)
{
    const std::int64_t seconds = milliseconds / 1000;
    if (seconds < 60) {
        return QStringLiteral("%1 s").arg(seconds);
    }
    if (seconds < 3600) {
        return twoParts(seconds / 60, "min", seconds % 60, "s");
    }
    if (seconds < 24 * 3600) {
        return twoParts(seconds / 3600, "h", seconds / 60 % 60, "min");
    }
    return QStringLiteral("%1 d %2 h").arg(seconds / 86400).arg(seconds / 3600 % 24);
}

QString countText(std::int64_t count)
{
    // Measured values have a decimal point in every language, as options and files do: where it
    // separates thousands, 2.000 images would stand beside a loss of 2.031.
    constexpr QChar narrowSpace(0x202F);
    const QLocale locale;
    QString text = locale.toString(static_cast<qlonglong>(count));
    return locale.groupSeparator() == QLatin1String(".")
        ? text.replace(QLatin1Char('.'), narrowSpace)
        : text;
}

QString stepsText(const storage::RunRecord& run)
{
    if (run.state == RunState::Finished && run.totalSteps > 0) {
        return countText(run.totalSteps);
    }
    const QString done = countText(run.stepsDone);
    return run.totalSteps > 0
        ? QCoreApplication::translate("Steps", "%1 of %2").arg(done, countText(run.totalSteps))
        : done;
}

QString compactText(double value)
{
    return scaledText(value, 1000, std::array {"", " k", " M", " G", " T", " P"});
}

QString bytesText(double bytes)
{
    return scaledText(bytes, 1024, std::array {" B", " KiB", " MiB", " GiB", " TiB", " PiB"});
}

QString percentText(std::optional<double> percent)
{
    return percent ? QString::number(*percent, 'f', 1) + QStringLiteral(" %") : nothingText;
}

QString lossText(std::optional<double> loss)
{
    return loss ? QString::number(*loss, 'g', 4) : nothingText;
}

QString timeText(std::optional<storage::UtcMilliseconds> time)
{
    if (!time) {
        return nothingText;
    }
    const QDateTime local = QDateTime::fromMSecsSinceEpoch(*time);
    const bool isThisYear = local.date().year() == QDate::currentDate().year();
    return QLocale().toString(
        local, isThisYear ? QStringLiteral("d MMM HH:mm") : QStringLiteral("d MMM yyyy HH:mm"));
}

QString optionWord(const std::string& english)
{
    return english.empty() ? QString() : QCoreApplication::translate("Option", english.c_str());
}

QString presetWord(const std::string& english)
{
    return english.empty() ? QString() : QCoreApplication::translate("Preset", english.c_str());
}

QString fieldText(const training::FieldValue& value)
{
    const double* number = std::get_if<double>(&value);
    const double size = number ? std::abs(*number) : 0;
    if (!number || size == 0 || (size >= 1e-3 && size < 1e7)) {
        return QString::fromStdString(training::toText(value));
    }
    // Shortest digits that give the same number; "1.5e-04" is written "1.5e-4".
    QString text = QString::number(*number, 'e', QLocale::FloatingPointShortest);
    const auto exponent = text.indexOf('e') + 1;
    return text.left(exponent) + QString::number(text.mid(exponent).toInt());
}

} // namespace mocoscope::ui
