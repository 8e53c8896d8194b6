// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/compare_curves.h"

#include "training/api/config_schema.h"
#include "training/api/seed_groups.h"
#include "ui/pages/compare_model.h"
#include "ui/pages/compare_options.h"
#include "ui/pages/live_plots.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>
#include <limits>

namespace mocoscope::ui {
namespace {

QString translated(const char* text)
{
    return QCoreApplication::translate("CompareCurves", text);
}

QString nameOf(const OverlaidRun& run)
{
    return QString::fromStdString(run.record.name);
}

std::vector<CurveGroup> eachRun(const std::vector<OverlaidRun>& runs)
{
    std::vector<CurveGroup> groups;
    for (std::size_t i = 0; i < runs.size(); ++i) {
        groups.push_back({nameOf(runs[i]), {i}});
    }
    return groups;
}

std::vector<CurveGroup> bySeeds(const std::vector<OverlaidRun>& runs)
{
    std::vector<const training::TrainingConfig*> configs;
    for (const OverlaidRun& run : runs) {
        const bool isFinished = run.record.state == training::RunState::Finished;
        configs.push_back(isFinished && run.config ? &*run.config : nullptr);
    }
    std::vector<CurveGroup> groups;
    for (auto& members : training::groupBySeed(configs)) {
        const OverlaidRun& first = runs[members.front()];
        const bool hasSetting
            = members.size() > 1 && first.record.sweep && !first.record.sweep->setting.empty();
        groups.push_back(
            {hasSetting ? QString::fromStdString(first.record.sweep->setting) : nameOf(first),
             std::move(members)});
    }
    return groups;
}

QString valueTitle(const training::FieldDescription& field, const OverlaidRun& run)
{
    if (!run.config) {
        return translated(QT_TRANSLATE_NOOP("CompareCurves", "options not known"));
    }
    const QString value = optionValueText(field.get(*run.config));
    // A word says what it is of; a number or a yes does not.
    return field.choices.empty() ? optionTitle(field.key) + QLatin1Char(' ') + value : value;
}

std::vector<CurveGroup> byOption(const std::vector<OverlaidRun>& runs,
                                 const training::FieldDescription& field)
{
    std::vector<CurveGroup> groups;
    for (std::size_t i = 0; i < runs.size(); ++i) {
        const QString title = valueTitle(field, runs[i]);
        const auto known = std::ranges::find(groups, title, &CurveGroup::title);
        if (known == groups.end()) {
            groups.push_back({title, {i}});
        } else {
            known->runs.push_back(i);
        }
    }
    return groups;
}

void appendAt(std::int64_t step, const std::vector<double>& values, MeanCurve& curve)
{
    const auto count = static_cast<double>(values.size());
    double mean = 0;
    for (const double value : values) {
        mean += value / count;
    }
    double squares = 0;
    for (const double value : values) {
        squares += (value - mean) * (value - mean);
    }
    const double deviation = std::sqrt(squares / (count - 1));
    curve.mean->append(step, mean);
    curve.low->append(step, mean - deviation);
    curve.high->append(step, mean + deviation);
}

} // namespace

std::vector<OverlaidRun> overlaidRuns(const CompareModel& compared)
{
    std::vector<OverlaidRun> runs;
    for (std::size_t i = 0; i < compared.runs().size(); ++i) {
        const ComparedRun& run = compared.runs()[i];
        runs.push_back({run.record, compared.distinction(static_cast<int>(i)), run.config});
    }
    return runs;
}

QString plotTitle(const std::string& metric)
{
    const QString name = QString::fromStdString(metric);
    if (name.startsWith(QLatin1String("grad/l2/"))) {
        return translated("Gradient L2, %1").arg(name.mid(8));
    }
    if (name.startsWith(QLatin1String("grad/max/"))) {
        return translated("Gradient max, %1").arg(name.mid(9));
    }
    return metricTitle(metric);
}

std::vector<CurveGroup> groupsOf(const std::vector<OverlaidRun>& runs, const std::string& key)
{
    if (key == groupBySeeds) {
        return bySeeds(runs);
    }
    const training::FieldDescription* field = training::findField(key);
    return field ? byOption(runs, *field) : eachRun(runs);
}

MeanCurve meanOf(const std::vector<const CurveData*>& curves)
{
    MeanCurve result;
    std::vector<std::size_t> next(curves.size(), 0);
    std::vector<double> values(curves.size());
    for (std::size_t i = 0; i < curves.front()->size(); ++i) {
        const std::int64_t step = curves.front()->step(i);
        bool isShared = true;
        for (std::size_t c = 0; c < curves.size(); ++c) {
            const CurveData& curve = *curves[c];
            while (next[c] < curve.size() && curve.step(next[c]) < step) {
                ++next[c];
            }
            isShared = isShared && next[c] < curve.size() && curve.step(next[c]) == step;
            values[c] = isShared ? curve.value(next[c]) : 0;
        }
        if (isShared) {
            appendAt(step, values, result);
        }
    }
    return result;
}

Better betterOf(const std::string& metric)
{
    if (metric.ends_with("loss")) {
        return Better::Lower;
    }
    const bool isHigher = metric.find("top1") != std::string::npos
        || metric.find("top5") != std::string::npos || metric == "eval/effective_rank";
    return isHigher ? Better::Higher : Better::Unknown;
}

std::shared_ptr<CurveData> bestSoFar(const CurveData& curve, Better better)
{
    auto result = std::make_shared<CurveData>();
    double best = std::numeric_limits<double>::quiet_NaN();
    for (std::size_t i = 0; i < curve.size(); ++i) {
        const double value = curve.value(i);
        const bool isBetter = better == Better::Lower ? value < best : value > best;
        if (isBetter || std::isnan(best)) {
            best = value;
        }
        result->append(curve.step(i), best);
    }
    return result;
}

} // namespace mocoscope::ui
