// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/metric_order.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>
#include <compare>
#include <iterator>
#include <optional>

namespace mocoscope::storage {

namespace {

bool isDigit(char letter)
{
    return std::isdigit(static_cast<unsigned char>(letter)) != 0;
}

/// Takes a number's digits off the front of `text`, leading zeros left out.
std::string_view takeNumber(std::string_view& text)
{
    const auto end = std::ranges::find_if_not(text, isDigit);
    const auto length = static_cast<std::size_t>(std::distance(text.begin(), end));
    std::string_view digits = text.substr(0, length);
    text.remove_prefix(length);
    digits.remove_prefix(std::min(digits.find_first_not_of('0'), digits.size()));
    return digits;
}

/// `blocks.10` after `blocks.9`.
std::strong_ordering compareNaturally(std::string_view left, std::string_view right)
{
    while (!left.empty() && !right.empty()) {
        if (isDigit(left.front()) && isDigit(right.front())) {
            const std::string_view a = takeNumber(left), b = takeNumber(right);
            if (a.size() != b.size())
                return a.size() <=> b.size();
            if (a != b)
                return a <=> b;
        } else if (left.front() != right.front()) {
            return left.front() <=> right.front();
        } else {
            left.remove_prefix(1);
            right.remove_prefix(1);
        }
    }
    return left.size() <=> right.size();
}

template <std::size_t N>
std::size_t indexOfPrefix(const std::array<std::string_view, N>& prefixes, std::string_view text)
{
    const auto fits = [text](std::string_view prefix) { return text.starts_with(prefix); };
    return static_cast<std::size_t>(std::ranges::find_if(prefixes, fits) - prefixes.begin());
}

/// Where a layer lies in the network: stem, body, norm, heads.
std::size_t depthOf(std::string_view layer)
{
    constexpr std::array<std::string_view, 4> stem {"patch_embed", "cls_token", "stem", "conv1"};
    constexpr std::array<std::string_view, 5> end {"norm", "head", "projector", "predictor",
                                                   "prototypes"};
    const std::size_t inStem = indexOfPrefix(stem, layer);
    if (inStem < stem.size())
        return inStem;
    const std::size_t inEnd = indexOfPrefix(end, layer);
    return stem.size() + (inEnd < end.size() ? 1 + inEnd : 0);
}

std::size_t groupOf(std::string_view name)
{
    constexpr std::array<std::string_view, 3> first {"train/loss", "train/", "eval/"};
    return name.starts_with("grad/") ? first.size() + 1 : indexOfPrefix(first, name);
}

/// Of `linear/top1/lr_0.03`, where the point is that of a decimal. Empty: it has none.
std::optional<double> rateOf(std::string_view name)
{
    constexpr std::string_view mark = "/lr_";
    const std::size_t at = name.rfind(mark);
    double rate = 0;
    if (at == std::string_view::npos)
        return std::nullopt;
    const char* end = name.data() + name.size();
    const auto read = std::from_chars(name.data() + at + mark.size(), end, rate);
    return read.ec == std::errc() && read.ptr == end ? std::optional(rate) : std::nullopt;
}

/// `grad/l2/` of `grad/l2/blocks.3`.
std::string_view kindOf(std::string_view name)
{
    return name.substr(0, name.rfind('/') + 1);
}

} // namespace

bool metricComesBefore(std::string_view left, std::string_view right)
{
    const std::size_t group = groupOf(left);
    if (group != groupOf(right))
        return group < groupOf(right);
    const std::string_view kind = kindOf(left);
    const bool isOneKind = kind == kindOf(right);
    const auto leftRate = rateOf(left), rightRate = rateOf(right);
    if (isOneKind && leftRate && rightRate)
        return *leftRate < *rightRate;
    if (!left.starts_with("grad/"))
        return compareNaturally(left, right) < 0;
    if (!isOneKind)
        return compareNaturally(kind, kindOf(right)) < 0;
    const std::string_view a = left.substr(kind.size()), b = right.substr(kind.size());
    return depthOf(a) != depthOf(b) ? depthOf(a) < depthOf(b) : compareNaturally(a, b) < 0;
}

bool isOfMany(std::string_view metric)
{
    return metric.starts_with("grad/") || metric.starts_with("system/");
}

} // namespace mocoscope::storage
