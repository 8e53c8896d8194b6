// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plot/tick_places.h"

#include <algorithm>
#include <cmath>
#include <iterator>

namespace mocoscope::ui {

double linearStep(double wanted)
{
    const double power = std::pow(10.0, std::floor(std::log10(wanted)));
    for (const double digit : {1.0, 2.0, 5.0}) {
        if (digit * power >= wanted * (1 - 1e-9)) {
            return digit * power;
        }
    }
    return 10 * power;
}

double durationStep(double wanted)
{
    static constexpr double steps[] {1,     2,     5,     10,    15,     30,     60,
                                     120,   300,   600,   900,   1800,   3600,   7200,
                                     10800, 21600, 43200, 86400, 172800, 432000, 864000};
    if (wanted < 0.5) {
        return std::pow(10.0, std::floor(std::log10(wanted) + 1));
    }
    const auto* step = std::lower_bound(std::begin(steps), std::end(steps), wanted);
    return step == std::end(steps) ? 864000 * std::ceil(wanted / 864000) : *step;
}

double stepOfTwoTicks(double lower, double upper, double step)
{
    const auto holdsTwo = [&] { return std::floor(upper / step) - std::ceil(lower / step) >= 1; };
    // A range is at least as long as the coarser step in use, so two refinements are enough.
    for (int i = 0; i < 3 && upper > lower && !holdsTwo(); ++i) {
        const double decade = std::pow(10.0, std::floor(std::log10(step) + 1e-9));
        step = step / decade > 4 ? 2 * decade : step / decade > 1.5 ? decade : decade / 2;
    }
    return step;
}

double wholeStep(double lower, double upper, double step)
{
    const double whole = std::max(1.0, std::floor(step + 1e-9));
    const bool holdsTwo = std::floor(upper / whole) - std::ceil(lower / whole) >= 1;
    return holdsTwo ? whole : step;
}

DecadeTicks decadeTicks(double lower, double upper, int count)
{
    const int first = static_cast<int>(std::floor(std::log10(lower)));
    const int last = static_cast<int>(std::ceil(std::log10(upper)));
    const double decades = std::log10(upper / lower);
    const bool isDivided = 3 * decades <= count + 1;
    const int every = std::max(1, static_cast<int>(std::ceil(decades / (count + 1.0))));
    DecadeTicks ticks;
    for (int exponent = first; exponent <= last; exponent += every) {
        const double decade = std::pow(10.0, exponent);
        ticks.labelled.push_back(decade);
        for (int digit = 2; every == 1 && digit < 10; ++digit) {
            const bool isLabelled = isDivided && (digit == 2 || digit == 5);
            (isLabelled ? ticks.labelled : ticks.between).push_back(digit * decade);
        }
    }
    return ticks;
}

} // namespace mocoscope::ui
