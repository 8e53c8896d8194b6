// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/exchange/number_text.h"

#include <array>
#include <charconv>
#include <cmath>
#include <cstdio>
#include <ctime>

namespace mocoscope::storage {

namespace {

template <typename... Arguments> std::string printed(const char* format, Arguments... arguments)
{
    std::array<char, 96> buffer {};
    std::snprintf(buffer.data(), buffer.size(), format, arguments...);
    return buffer.data();
}

} // namespace

std::string formatDuration(std::int64_t milliseconds)
{
    if (milliseconds < 0) {
        return "-";
    }
    const long long seconds = (milliseconds + 500) / 1000;
    if (seconds < 60) {
        return printed("%lld s", seconds);
    }
    if (seconds < 3600) {
        return printed("%lld:%02lld", seconds / 60, seconds % 60);
    }
    if (seconds < 86400) {
        return printed("%lld:%02lld:%02lld", seconds / 3600, seconds / 60 % 60, seconds % 60);
    }
    return printed("%lld d %02lld:%02lld", seconds / 86400, seconds / 3600 % 24, seconds / 60 % 60);
}

std::string formatBytes(std::int64_t bytes)
{
    static constexpr std::array<const char*, 5> units {"kB", "MB", "GB", "TB", "PB"};
    if (bytes < 1000) {
        return printed("%lld B", static_cast<long long>(bytes));
    }
    double value = static_cast<double>(bytes) / 1000.0;
    std::size_t unit = 0;
    while (value >= 999.95 && unit + 1 < units.size()) {
        value /= 1000.0;
        ++unit;
    }
    return printed("%.1f %s", value, units.at(unit));
}

std::string formatNumber(std::optional<double> value)
{
    return value ? printed("%.5g", *value) : "-";
}

std::string formatDifference(std::optional<double> value)
{
    return value ? printed("%+.4g", *value) : "-";
}

std::string formatDifference(std::optional<double> value, std::optional<double> deviation)
{
    return formatDifference(value)
        + (value && deviation ? printed(" ± %.2g", *deviation) : std::string());
}

std::string exactNumber(double value)
{
    if (!std::isfinite(value)) {
        return "nan";
    }
    std::array<char, 32> buffer {};
    const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value).ptr;
    return {buffer.data(), end};
}

std::string formatSpread(const std::optional<training::Spread>& spread)
{
    if (!spread) {
        return "-";
    }
    const std::string count = " (" + std::to_string(spread->count) + ")";
    return formatNumber(spread->mean)
        + (spread->deviation ? printed(" ± %.2g", *spread->deviation) : "") + count;
}

std::string formatPublished(std::optional<double> value, const std::string& unit)
{
    return value ? printed("%.1f ", *value) + unit : "-";
}

std::string formatTime(std::optional<std::int64_t> utcMilliseconds)
{
    if (!utcMilliseconds) {
        return "-";
    }
    const std::time_t seconds = *utcMilliseconds / 1000;
    std::tm local {};
    std::array<char, 32> buffer {};
    if (localtime_r(&seconds, &local) == nullptr) {
        return "-";
    }
    std::strftime(buffer.data(), buffer.size(), "%Y-%m-%d %H:%M", &local);
    return buffer.data();
}

std::string isoTime(std::int64_t utcMilliseconds)
{
    const std::time_t seconds = utcMilliseconds / 1000;
    std::tm utc {};
    std::array<char, 32> buffer {};
    if (gmtime_r(&seconds, &utc) == nullptr) {
        return {};
    }
    std::strftime(buffer.data(), buffer.size(), "%Y-%m-%dT%H:%M:%S", &utc);
    return printed("%s.%03dZ", buffer.data(), static_cast<int>(utcMilliseconds % 1000));
}

} // namespace mocoscope::storage
