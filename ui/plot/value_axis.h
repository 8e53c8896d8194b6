// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringList>

#include <cstddef>
#include <functional>
#include <optional>
#include <utility>
#include <vector>

namespace mocoscope::ui {

/// What items have on one axis: numbers, or one of some categories.
struct ValueAxis
{
    QString title;
    std::vector<double> values; ///< one an item; NaN: it has none. With categories: which of them
    QStringList categories; ///< empty: numbers
    bool isLogarithmic = false; ///< of numbers, all of which are positive
    /// How a number is told; empty: four digits.
    std::function<QString(double)> text {};
    /// From where to where it goes, of numbers; empty: as far as there are values.
    std::optional<std::pair<double, double>> range {};
    QString key {}; ///< tells axes apart that have the same title

    [[nodiscard]] bool isCategorical() const { return !categories.isEmpty(); }
    /// The value of an item for people; a dash where it has none.
    [[nodiscard]] QString textOf(std::size_t item) const;
    /// The same for another program: all digits, nothing where it has none.
    [[nodiscard]] QString exactTextOf(std::size_t item) const;
};

/// Whether a logarithmic axis can show them: one is there, and all that are there are positive.
[[nodiscard]] bool allPositive(const std::vector<double>& values);

/// A label on an axis.
struct AxisTick
{
    double place = 0; ///< 0 … 1
    QString text;
};

/// Where values lie on an axis, 0 at its start and 1 at its end.
class AxisPlaces
{
public:
    explicit AxisPlaces(const ValueAxis& axis);

    /// NaN for what has no place.
    [[nodiscard]] double place(double value) const;
    /// What lies at a place of this axis, as a place of another one: the same number or category.
    /// Both are logarithmic or both are not.
    [[nodiscard]] double placeOn(const AxisPlaces& other, double place) const;
    /// The values that are there where they are few, else tidy numbers; about `count` of them.
    /// Categories have a tick each, however many they are.
    [[nodiscard]] std::vector<AxisTick> ticks(int count) const;

private:
    [[nodiscard]] std::vector<double> distinctValues() const;
    [[nodiscard]] std::vector<AxisTick> tidyTicks(int count) const;
    [[nodiscard]] double scaled(double value) const;

    const ValueAxis& m_axis; ///< outlives this
    double m_minimum = 0; ///< scaled, with some room
    double m_maximum = 1;
};

} // namespace mocoscope::ui
