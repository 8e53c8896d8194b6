// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/command_search.h"

#include "ui/models/word_filter.h"

#include <algorithm>
#include <functional>

namespace mocoscope::ui {

namespace {

/// Ranks, so far apart that what is subtracted within one does not reach the next.
enum Rank
{
    LettersInOrder = 1000,
    InGroup = 2000,
    StartOfGroup = 3000,
    Initials = 4000,
    Part = 5000,
    StartOfWord = 6000,
    StartOfTitle = 7000,
    WholeTitle = 8000
};
constexpr int mostLost = 900;

bool startsWord(const QString& text, qsizetype place)
{
    return place == 0 || !text[place - 1].isLetterOrNumber()
        || (text[place].isUpper() && text[place - 1].isLower());
}

/// Place of the first occurrence at the beginning of a word; −1: none.
qsizetype wordStart(const QString& word, const QString& text)
{
    for (qsizetype at = 0; (at = text.indexOf(word, at, Qt::CaseInsensitive)) >= 0; ++at) {
        if (startsWord(text, at)) {
            return at;
        }
    }
    return -1;
}

bool isInitials(const QString& word, const QString& text)
{
    qsizetype next = 0;
    for (qsizetype i = 0; i < text.size() && next < word.size(); ++i) {
        if (startsWord(text, i) && text[i].toLower() == word[next].toLower()) {
            ++next;
        }
    }
    return word.size() > 1 && next == word.size();
}

/// Letters between those of `word`, taken as they come from `start` on, where its first one is; −1:
/// they are not all there.
qsizetype gapsFrom(qsizetype start, const QString& word, const QString& text)
{
    qsizetype next = 0;
    for (qsizetype i = start; i < text.size(); ++i) {
        if (text[i].toLower() == word[next].toLower() && ++next == word.size()) {
            return i + 1 - start - word.size();
        }
    }
    return -1;
}

/// The fewest; nothing: they are not all there, or so far apart that nobody means them.
std::optional<qsizetype> gapsBetween(const QString& word, const QString& text)
{
    std::optional<qsizetype> fewest;
    for (qsizetype i = 0; i < text.size(); ++i) {
        const bool isStart = text[i].toLower() == word[0].toLower();
        const qsizetype gaps = isStart ? gapsFrom(i, word, text) : -1;
        if (gaps >= 0 && gaps <= 3 * word.size()) {
            fewest = std::min(gaps, fewest.value_or(gaps));
        }
    }
    return fewest;
}

int less(Rank rank, qsizetype by)
{
    return rank - static_cast<int>(std::min<qsizetype>(by, mostLost));
}

std::optional<int> scoreInTitle(const QString& word, const QString& title)
{
    if (title.startsWith(word, Qt::CaseInsensitive)) {
        const qsizetype rest = title.size() - word.size();
        return rest == 0 ? int(WholeTitle) : less(StartOfTitle, rest);
    }
    if (const qsizetype at = wordStart(word, title); at >= 0) {
        return less(StartOfWord, at);
    }
    if (const qsizetype at = title.indexOf(word, 0, Qt::CaseInsensitive); at >= 0) {
        return less(Part, at);
    }
    if (isInitials(word, title)) {
        return less(Initials, title.size());
    }
    const auto gaps = gapsBetween(word, title);
    return gaps ? std::optional(less(LettersInOrder, *gaps)) : std::nullopt;
}

std::optional<int> scoreOfWord(const QString& word, const QString& title, const QString& group)
{
    const auto inTitle = scoreInTitle(word, title);
    std::optional<int> inGroup;
    if (const qsizetype at = wordStart(word, group); at >= 0) {
        inGroup = less(StartOfGroup, at);
    } else if (const qsizetype part = group.indexOf(word, 0, Qt::CaseInsensitive); part >= 0) {
        inGroup = less(InGroup, part);
    }
    return std::max(inTitle, inGroup); // nothing is less than any
}

} // namespace

std::optional<int> matchScore(const QString& query, const QString& title, const QString& group)
{
    const QString whole = query.simplified();
    const QStringList words = searchWords(query);
    if (words.isEmpty()) {
        return 0;
    }
    int worst = WholeTitle;
    for (const QString& word : words) {
        const auto score = scoreOfWord(word, title, group);
        if (!score) {
            return std::nullopt;
        }
        worst = std::min(worst, *score);
    }
    // Several words count as one where they stand like this in the title.
    return std::max(worst, scoreInTitle(whole, title).value_or(0));
}

std::vector<std::size_t> findCommands(const QString& query, const std::vector<Command>& commands)
{
    constexpr int ofDisabled = mostLost / 2;
    std::vector<std::pair<int, std::size_t>> found;
    for (std::size_t i = 0; i < commands.size(); ++i) {
        auto score = matchScore(query, commands[i].title, commands[i].group);
        for (const QString& name : commands[i].otherNames) {
            score = std::max(score, matchScore(query, name, commands[i].group));
        }
        if (score) {
            const bool isLess = *score > 0 && !commands[i].reasonNotTo.isEmpty();
            found.emplace_back(*score - (isLess ? ofDisabled : 0), i);
        }
    }
    std::ranges::stable_sort(found, std::greater(), &std::pair<int, std::size_t>::first);
    std::vector<std::size_t> indices(found.size());
    std::ranges::transform(found, indices.begin(), &std::pair<int, std::size_t>::second);
    return indices;
}

} // namespace mocoscope::ui
