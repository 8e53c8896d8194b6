// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/compare_columns.h"

#include "storage/exchange/ablation.h"
#include "ui/plot/tick_text.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>

namespace mocoscope::ui {

namespace {

std::vector<training::StudyValue> publishedValues(const ComparedRun& run)
{
    return run.config ? training::studyValues(run.record.preset, *run.config)
                      : std::vector<training::StudyValue> {};
}

storage::ValuesBySeed valuesBySeed(const Figure& figure, const CompareColumn& column,
                                   const std::vector<ComparedRun>& runs)
{
    storage::ValuesBySeed values;
    for (const std::size_t run : column.runs) {
        if (const auto value = figure.value(runs[run]); value && runs[run].config) {
            values[runs[run].config->train.seed] = *value;
        }
    }
    return values;
}

} // namespace

std::vector<CompareColumn> compareColumns(const std::vector<ComparedRun>& runs, bool meansOverSeeds)
{
    std::vector<const training::TrainingConfig*> configs;
    for (const ComparedRun& run : runs) {
        // The last value of a run that is not finished is that of another step.
        const bool isFinished = run.record.state == training::RunState::Finished;
        configs.push_back(meansOverSeeds && isFinished && run.config ? &*run.config : nullptr);
    }
    std::vector<CompareColumn> columns;
    for (auto& members : training::groupBySeed(configs)) {
        columns.push_back({std::move(members)});
    }
    return columns;
}

std::optional<training::Spread> spreadOf(const Figure& figure, const CompareColumn& column,
                                         const std::vector<ComparedRun>& runs)
{
    std::vector<std::optional<double>> values;
    for (const std::size_t run : column.runs) {
        values.push_back(figure.value(runs[run]));
    }
    return training::spreadOf(values);
}

bool isWithinSeeds(const Figure& figure, const CompareColumn& column, const CompareColumn& other,
                   const std::vector<ComparedRun>& runs)
{
    const auto values = valuesBySeed(figure, column, runs);
    const auto others = valuesBySeed(figure, other, runs);
    const auto deviation = storage::spreadOfDifference(values, others).deviation;
    return deviation
        && std::abs(spreadOf(figure, column, runs)->mean - spreadOf(figure, other, runs)->mean)
        <= *deviation;
}

QString spreadText(const Figure& figure, const CompareColumn& column,
                   const std::vector<ComparedRun>& runs)
{
    const auto spread = spreadOf(figure, column, runs);
    if (!spread) {
        return QStringLiteral("\u2013");
    }
    if (!column.isMean()) {
        return figure.text(spread->mean);
    }
    const QString deviation = spread->deviation
        ? QStringLiteral(" \u00b1 ") + deviationText(figure, spread->mean, *spread->deviation)
        : QString();
    return QStringLiteral("%1%2 (%3)").arg(figure.text(spread->mean), deviation).arg(spread->count);
}

QString columnTitle(const CompareColumn& column, const std::vector<ComparedRun>& runs)
{
    const storage::RunRecord& first = runs[column.runs.front()].record;
    if (!column.isMean()) {
        return QString::fromStdString(first.name);
    }
    const bool hasSetting = first.sweep && !first.sweep->setting.empty();
    return QCoreApplication::translate("CompareModel", "%1 (%2 seeds)")
        .arg(QString::fromStdString(hasSetting ? first.sweep->setting : first.name))
        .arg(column.runs.size());
}

std::vector<std::string> publishedLabels(const std::vector<ComparedRun>& runs)
{
    std::vector<std::string> labels;
    for (const ComparedRun& run : runs) {
        for (const training::StudyValue& value : publishedValues(run)) {
            if (std::ranges::find(labels, value.label) == labels.end()) {
                labels.push_back(value.label);
            }
        }
    }
    return labels;
}

std::optional<training::StudyValue> publishedValue(const ComparedRun& run, const std::string& label)
{
    for (training::StudyValue& value : publishedValues(run)) {
        if (value.label == label) {
            return std::move(value);
        }
    }
    return std::nullopt;
}

} // namespace mocoscope::ui
