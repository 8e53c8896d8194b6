// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plot/tick_text.h"

#include <QCoreApplication>
#include <QLocale>
#include <QStringList>

#include <algorithm>
#include <cmath>

namespace mocoscope::ui {
namespace {

constexpr QChar minusSign(0x2212);
constexpr QChar thinSpace(0x2009);

QString withMinus(QString text)
{
    if (text.startsWith(QLatin1Char('-'))) {
        text[0] = minusSign;
    }
    return text;
}

/// So many that neighbouring ticks differ and 2.5 does not become 3.
int decimalsOf(double tickStep)
{
    const int digits
        = std::clamp(static_cast<int>(-std::floor(std::log10(tickStep) + 1e-9)), 0, 12);
    const double scaled = tickStep * std::pow(10.0, digits);
    return std::abs(scaled - std::round(scaled)) < 1e-6 * scaled ? digits : digits + 1;
}

/// `1.50e-04` to `1.5e-4`.
QString tidyExponent(const QString& text)
{
    const qsizetype e = text.indexOf(QLatin1Char('e'));
    if (e < 0) {
        return withMinus(text);
    }
    QString mantissa = text.left(e);
    if (mantissa.contains(QLatin1Char('.'))) {
        while (mantissa.endsWith(QLatin1Char('0'))) {
            mantissa.chop(1);
        }
        if (mantissa.endsWith(QLatin1Char('.'))) {
            mantissa.chop(1);
        }
    }
    const int exponent = text.mid(e + 1).toInt();
    return withMinus(mantissa) + QLatin1Char('e') + withMinus(QString::number(exponent));
}

QString grouped(const QString& digits)
{
    QString text = digits;
    for (qsizetype at = text.size() - 3; at > (text.startsWith(minusSign) ? 1 : 0); at -= 3) {
        text.insert(at, thinSpace);
    }
    return text;
}

} // namespace

QString tickText(double value, double tickStep, double largest)
{
    if (std::abs(value) < tickStep * 1e-6) {
        return QStringLiteral("0");
    }
    if (largest < 1e-3) {
        const double digits = std::log10(std::abs(value) / tickStep);
        return tidyExponent(QString::number(
            value, 'e', std::clamp(static_cast<int>(std::ceil(digits - 1e-9)), 1, 8)));
    }
    struct Suffix
    {
        double from, unit;
        const char* text;
    };
    static constexpr Suffix suffixes[] {
        {1e12, 1e12, "T"}, {1e9, 1e9, "G"}, {1e6, 1e6, "M"}, {1e4, 1e3, "k"}, {0, 1, ""}};
    const auto* suffix = std::find_if(std::begin(suffixes), std::end(suffixes),
                                      [&](const Suffix& s) { return largest >= s.from; });
    return withMinus(
               QString::number(value / suffix->unit, 'f', decimalsOf(tickStep / suffix->unit)))
        + QLatin1String(suffix->text);
}

QString logTickText(double value)
{
    const bool isPlain = value >= 0.999e-3 && value < 1e4;
    return isPlain ? QString::number(value, 'g', 4) : tidyExponent(QString::number(value, 'e', 0));
}

QString durationText(double seconds, double tickStep)
{
    struct Part
    {
        double seconds;
        const char* text;
    };
    static constexpr Part parts[] {{86400, "d"}, {3600, "h"}, {60, "min"}};
    const QString sign = seconds < 0 ? QString(minusSign) : QString();
    double rest = std::abs(seconds);
    QStringList texts;
    for (const Part& part : parts) {
        const double whole = std::floor((rest + 1e-6 * tickStep) / part.seconds);
        if (whole > 0) {
            texts << QStringLiteral("%1 %2").arg(whole, 0, 'f', 0).arg(QLatin1String(part.text));
            rest -= whole * part.seconds;
        }
    }
    const int decimals = tickStep < 1 ? decimalsOf(tickStep) : 0;
    if (texts.isEmpty() || (tickStep < 60 && rest > 0.5 * std::min(1.0, tickStep))) {
        texts << QStringLiteral("%1 s").arg(std::max(0.0, rest), 0, 'f', decimals);
    }
    return sign + texts.mid(0, 2).join(QLatin1Char(' '));
}

QString valueText(double value)
{
    if (std::isnan(value)) {
        return QStringLiteral("NaN");
    }
    const double size = std::abs(value);
    if (size != 0 && size < 1e-3) {
        return tidyExponent(QString::number(value, 'e', 3));
    }
    if (size >= 1e7) {
        return tidyExponent(QString::number(value, 'e', 3));
    }
    if (size >= 1e3) {
        return grouped(withMinus(QString::number(value, 'f', 0)));
    }
    const int whole = size >= 1 ? static_cast<int>(std::floor(std::log10(size))) + 1 : 0;
    const int zeros
        = size > 0 && size < 1 ? static_cast<int>(-std::floor(std::log10(size))) - 1 : 0;
    return withMinus(QString::number(value, 'f', 4 - whole + zeros));
}

QString settingText(double value)
{
    return tidyExponent(QString::number(value, 'g', 9));
}

QString stepText(double step)
{
    return grouped(withMinus(QString::number(step, 'f', 0)));
}

QString axisTitle(AxisUnit unit)
{
    switch (unit) {
    case AxisUnit::Step:
        return QCoreApplication::translate("Plot", "Step");
    case AxisUnit::Epoch:
        return QCoreApplication::translate("Plot", "Epoch");
    case AxisUnit::Time:
        break;
    }
    return QCoreApplication::translate("Plot", "Training time");
}

} // namespace mocoscope::ui
