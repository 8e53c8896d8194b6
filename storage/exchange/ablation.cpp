// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/exchange/ablation.h"

#include "training/api/config_schema.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <utility>

namespace mocoscope::storage {

namespace {

using training::TrainingConfig;

/// An option in which settings differ, with its value in each of the runs.
struct Factor
{
    std::string key;
    std::vector<training::FieldValue> values; ///< one a run; not used where it is left out
};

/// The options that differ, of the runs that are compared.
std::vector<Factor> factorsOf(std::span<const AblatedRun> runs,
                              const std::vector<std::size_t>& compared)
{
    std::vector<Factor> factors;
    for (const training::FieldDescription& field : training::configFields()) {
        if (!isFactor(field.key)) {
            continue;
        }
        const training::FieldValue first = field.get(*runs[compared.front()].config);
        const bool differs = std::ranges::any_of(
            compared, [&](std::size_t run) { return field.get(*runs[run].config) != first; });
        if (!differs) {
            continue;
        }
        Factor factor {field.key, std::vector<training::FieldValue>(runs.size())};
        for (const std::size_t run : compared) {
            factor.values[run] = field.get(*runs[run].config);
        }
        factors.push_back(std::move(factor));
    }
    return factors;
}

std::vector<ChangedOption> changesOf(const std::vector<Factor>& factors, std::size_t baseline,
                                     std::size_t run)
{
    std::vector<ChangedOption> changes;
    for (const Factor& factor : factors) {
        if (factor.values[run] != factor.values[baseline]) {
            changes.push_back({factor.key, training::toText(factor.values[baseline]),
                               training::toText(factor.values[run])});
        }
    }
    return changes;
}

std::int64_t seedOf(const AblatedRun& run)
{
    return run.config->train.seed;
}

/// Runs of one setting, each seed once; a seed that is there again begins another one.
std::vector<std::vector<std::size_t>> settingsOf(std::span<const AblatedRun> runs,
                                                 const std::vector<std::size_t>& compared,
                                                 const std::vector<Factor>& factors)
{
    std::map<std::vector<training::FieldValue>, std::vector<std::size_t>>
        known; // indices of settings
    std::vector<std::vector<std::size_t>> settings;
    for (const std::size_t run : compared) {
        std::vector<training::FieldValue> values;
        for (const Factor& factor : factors) {
            values.push_back(factor.values[run]);
        }
        std::vector<std::size_t>& same = known[values];
        const auto joined = std::ranges::find_if(same, [&](std::size_t setting) {
            return std::ranges::none_of(settings[setting], [&](std::size_t member) {
                return seedOf(runs[member]) == seedOf(runs[run]);
            });
        });
        if (joined == same.end()) {
            same.push_back(settings.size());
            settings.push_back({run});
        } else {
            settings[*joined].push_back(run);
        }
    }
    return settings;
}

std::size_t neighboursOf(std::size_t setting, const std::vector<std::vector<std::size_t>>& settings,
                         const std::vector<Factor>& factors)
{
    const std::size_t one = settings[setting].front();
    return static_cast<std::size_t>(std::ranges::count_if(settings, [&](const auto& other) {
        return std::ranges::count_if(factors,
                                     [&](const Factor& factor) {
                                         return factor.values[one] != factor.values[other.front()];
                                     })
            == 1;
    }));
}

std::size_t baselineOf(const std::vector<std::vector<std::size_t>>& settings,
                       const std::vector<Factor>& factors, std::optional<std::size_t> chosen)
{
    std::size_t best = 0;
    std::pair<std::size_t, std::size_t> bestRank; // neighbours, runs
    for (std::size_t i = 0; i < settings.size(); ++i) {
        if (chosen && std::ranges::find(settings[i], *chosen) != settings[i].end()) {
            return i;
        }
        const std::pair rank {neighboursOf(i, settings, factors), settings[i].size()};
        if (i == 0 || rank > bestRank) {
            best = i;
            bestRank = rank;
        }
    }
    return best;
}

std::optional<training::Spread> spreadOver(std::span<const AblatedRun> runs,
                                           const std::vector<std::size_t>& members)
{
    std::vector<std::optional<double>> values;
    for (const std::size_t run : members) {
        values.push_back(runs[run].value);
    }
    return training::spreadOf(values);
}

ValuesBySeed valuesBySeed(std::span<const AblatedRun> runs, const std::vector<std::size_t>& members)
{
    ValuesBySeed values;
    for (const std::size_t run : members) {
        if (runs[run].value) {
            values[seedOf(runs[run])] = *runs[run].value;
        }
    }
    return values;
}

void addDifference(std::span<const AblatedRun> runs, const AblationRow& baseline, AblationRow& row)
{
    if (!row.value || !baseline.value) {
        return;
    }
    row.difference = row.value->mean - baseline.value->mean;
    const auto spread
        = spreadOfDifference(valuesBySeed(runs, row.runs), valuesBySeed(runs, baseline.runs));
    row.differenceDeviation = spread.deviation;
    row.isPaired = spread.isPaired;
}

std::vector<training::StudyValue> studyOf(const AblatedRun& run)
{
    return training::studyValues(run.run->preset, *run.config);
}

void addPublished(std::span<const AblatedRun> runs, Ablation& ablation)
{
    std::vector<AblationRow*> rows {&ablation.baseline};
    for (auto* list : {&ablation.single, &ablation.several, &ablation.repeated}) {
        for (AblationRow& row : *list) {
            rows.push_back(&row);
        }
    }
    for (AblationRow* row : rows) {
        for (training::StudyValue& value : studyOf(runs[row->runs.front()])) {
            auto label = std::ranges::find(ablation.labels, value.label);
            if (label == ablation.labels.end()) {
                label = ablation.labels.insert(label, value.label);
            }
            row->published.resize(ablation.labels.size());
            row->published[static_cast<std::size_t>(label - ablation.labels.begin())]
                = std::move(value);
        }
    }
    for (AblationRow* row : rows) {
        row->published.resize(ablation.labels.size());
    }
}

void sortRows(const std::vector<Factor>& factors, Ablation& ablation)
{
    const auto place = [&factors](const AblationRow& row) {
        return std::ranges::find(factors, row.changes.front().key, &Factor::key);
    };
    std::ranges::stable_sort(
        ablation.single, [&place](const AblationRow& one, const AblationRow& other) {
            const auto factor = place(one);
            return factor != place(other)
                ? factor < place(other)
                : factor->values[one.runs.front()] < factor->values[other.runs.front()];
        });
    std::ranges::stable_sort(ablation.several, {},
                             [](const AblationRow& row) { return row.changes.size(); });
}

} // namespace

DifferenceSpread spreadOfDifference(const ValuesBySeed& ours, const ValuesBySeed& theirs)
{
    const auto sameSeed
        = [](const auto& one, const auto& other) { return one.first == other.first; };
    DifferenceSpread spread;
    spread.isPaired = ours.size() > 1 && std::ranges::equal(ours, theirs, sameSeed);
    std::vector<std::optional<double>> differences;
    std::vector<std::optional<double>> values;
    std::vector<std::optional<double>> others;
    for (const auto& [seed, value] : ours) {
        values.emplace_back(value);
        if (spread.isPaired) {
            differences.emplace_back(value - theirs.at(seed));
        }
    }
    for (const auto& [seed, value] : theirs) {
        others.emplace_back(value);
    }
    if (spread.isPaired) {
        spread.deviation = training::spreadOf(differences)->deviation;
    } else if (values.size() > 1 && others.size() > 1) {
        spread.deviation = std::hypot(*training::spreadOf(values)->deviation,
                                      *training::spreadOf(others)->deviation);
    }
    return spread;
}

bool isFactor(std::string_view key)
{
    constexpr std::array<std::string_view, 5> neutral {
        "train.seed", "train.device", "train.threads", "data.workers", "data.prefetch"};
    // What is done about a spike may change the run; what is called one does not.
    const bool isWatching = key.starts_with("monitor.") && key != "monitor.on_spike";
    return std::ranges::find(neutral, key) == neutral.end() && !isWatching
        && !key.starts_with("checkpoint.");
}

std::optional<double> AblationRow::publishedDifference(const AblationRow& baseline,
                                                       std::size_t label) const
{
    const auto& ours = published[label];
    const auto& theirs = baseline.published[label];
    return ours && theirs && ours->study.row == theirs->study.row
        ? std::optional(ours->value - theirs->value)
        : std::nullopt;
}

std::optional<Ablation> ablate(std::span<const AblatedRun> runs,
                               std::optional<std::size_t> baseline)
{
    Ablation ablation;
    std::vector<std::size_t> compared;
    for (std::size_t i = 0; i < runs.size(); ++i) {
        const bool isFinished = runs[i].run->state == training::RunState::Finished;
        (isFinished && runs[i].config != nullptr ? compared : ablation.leftOut).push_back(i);
    }
    if (compared.empty()) {
        return std::nullopt;
    }
    const auto factors = factorsOf(runs, compared);
    const auto settings = settingsOf(runs, compared, factors);
    const std::size_t base = baselineOf(settings, factors, baseline);
    ablation.baseline.runs = settings[base];
    ablation.baseline.value = spreadOver(runs, settings[base]);
    for (std::size_t i = 0; i < settings.size(); ++i) {
        if (i == base) {
            continue;
        }
        AblationRow row;
        row.runs = settings[i];
        row.changes = changesOf(factors, settings[base].front(), settings[i].front());
        row.value = spreadOver(runs, row.runs);
        addDifference(runs, ablation.baseline, row);
        auto& list = row.changes.empty() ? ablation.repeated
            : row.changes.size() == 1    ? ablation.single
                                         : ablation.several;
        list.push_back(std::move(row));
    }
    sortRows(factors, ablation);
    addPublished(runs, ablation);
    return ablation;
}

std::string changesText(const std::vector<ChangedOption>& changes)
{
    std::string text;
    for (const ChangedOption& change : changes) {
        text += (text.empty() ? "" : ", ") + change.key + "=" + change.value;
    }
    return text;
}

} // namespace mocoscope::storage
