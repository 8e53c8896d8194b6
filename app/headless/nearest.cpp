// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/headless/nearest.h"

#include "training/api/edit_distance.h"

#include <algorithm>
#include <utility>

namespace mocoscope::headless {

namespace {

/// Small is near; a word that contains the other is nearer than any misspelling.
std::size_t farness(std::string_view word, std::string_view candidate)
{
    const bool contained = !word.empty() && candidate.find(word) != std::string_view::npos;
    return contained ? 0 : training::editDistance(word, candidate);
}

} // namespace

std::vector<std::string> nearestWords(std::string_view word,
                                      std::span<const std::string> candidates, std::size_t count)
{
    std::vector<std::pair<std::size_t, std::string>> ranked;
    const std::size_t limit = std::max<std::size_t>(2, word.size() / 2);
    for (const std::string& candidate : candidates) {
        const std::size_t distance = farness(word, candidate);
        if (distance <= limit) {
            ranked.emplace_back(distance, candidate);
        }
    }
    std::sort(ranked.begin(), ranked.end());
    ranked.erase(std::unique(ranked.begin(), ranked.end()), ranked.end());
    std::vector<std::string> words;
    for (std::size_t i = 0; i < std::min(count, ranked.size()); ++i) {
        words.push_back(ranked[i].second);
    }
    return words;
}

std::string quotedAlternatives(std::span<const std::string> words)
{
    std::string text;
    for (std::size_t i = 0; i < words.size(); ++i) {
        text += (i == 0 ? "" : i + 1 == words.size() ? " or " : ", ");
        text += "'" + words[i] + "'";
    }
    return text;
}

} // namespace mocoscope::headless
