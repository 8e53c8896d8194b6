// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/live_curves.h"

#include "ui/models/run_progress.h"
#include "ui/session/run_library.h"

#include <algorithm>
#include <cmath>

namespace mocoscope::ui {
namespace {

/// Sum of the finite ones of the last `count` values, and how many these are.
struct Sum
{
    double value = 0;
    int count = 0;
};
Sum sumOfLast(const std::shared_ptr<const CurveData>& curve, std::size_t count)
{
    Sum sum;
    const std::size_t size = curve ? curve->size() : 0;
    for (std::size_t i = size - std::min(size, count); i < size; ++i) {
        if (!std::isnan(curve->value(i))) {
            sum.value += curve->value(i);
            ++sum.count;
        }
    }
    return sum;
}

/// Of all images in all of the time: the rates of batches of one size have a harmonic mean.
std::optional<double> meanRate(const std::shared_ptr<const CurveData>& curve, std::size_t count)
{
    double seconds = 0; // an image's, summed over the steps
    int steps = 0;
    const std::size_t size = curve ? curve->size() : 0;
    for (std::size_t i = size - std::min(size, count); i < size; ++i) {
        if (curve->value(i) > 0) {
            seconds += 1.0 / curve->value(i);
            ++steps;
        }
    }
    return steps > 0 ? std::optional(steps / seconds) : std::nullopt;
}

} // namespace

const std::vector<std::string>& mainMetrics()
{
    static const std::vector<std::string> metrics {
        "train/loss",        "eval/knn_top1",        "eval/knn_top5",       "train/lr",
        "train/momentum",    "train/grad_norm",      "train/images_per_s",  "train/step_s",
        "train/data_wait_s", "eval/feature_std",     "eval/effective_rank", "eval/alignment",
        "eval/uniformity",   "eval/dead_dimensions", "linear/top1",         "linear/top5",
        "linear/loss",       "finetune/top1",        "finetune/top5",       "finetune/loss"};
    return metrics;
}

LiveCurves::LiveCurves()
    : m_timeline(std::make_shared<Timeline>())
{
}

void LiveCurves::clear()
{
    *this = LiveCurves();
}

void LiveCurves::declare(const std::vector<training::MetricDescription>& metrics)
{
    for (const training::MetricDescription& metric : metrics) {
        m_declared.push_back(metric.name);
        m_byIndex.push_back(nullptr);
        m_units[metric.name] = metric.unit;
    }
}

CurveData& LiveCurves::curve(const std::string& metric)
{
    auto& data = m_curves[metric];
    if (!data) {
        data = std::make_shared<CurveData>();
        m_names.push_back(metric);
    }
    return *data;
}

void LiveCurves::append(const std::vector<training::MetricBatch>& batches)
{
    for (const training::MetricBatch& batch : batches) {
        if (batch.step > m_timeline->lastStep()) {
            m_timeline->append(batch.step, batch.epoch, static_cast<double>(batch.wallMs) / 1000.0);
        }
        for (const training::MetricValue& value : batch.values) {
            if (value.metric >= m_byIndex.size()) {
                continue; // not declared: a defect of the trainer, which the recorder reports
            }
            CurveData*& data = m_byIndex[value.metric];
            if (!data) {
                data = &curve(m_declared[value.metric]);
            }
            if (batch.step <= data->lastStep()) {
                data->truncateFrom(batch.step);
            }
            data->append(batch.step, value.value);
        }
    }
}

void LiveCurves::load(const RunCurves& stored)
{
    m_timeline->truncateFrom(0);
    for (std::size_t i = 0; i < stored.times.steps.size(); ++i) {
        m_timeline->append(stored.times.steps[i], stored.times.epochs[i], stored.times.seconds[i]);
    }
    for (const storage::MetricSummary& summary : stored.summaries) {
        m_units[summary.name] = summary.unit;
    }
    for (const storage::Curve& recorded : stored.curves) {
        if (recorded.steps.empty()) {
            continue;
        }
        CurveData& data = curve(recorded.metric);
        data.truncateFrom(0);
        for (std::size_t i = 0; i < recorded.steps.size(); ++i) {
            data.append(recorded.steps[i], recorded.values[i]);
        }
    }
}

void LiveCurves::restartFrom(std::int64_t step)
{
    m_timeline->truncateFrom(step);
    for (auto& [name, data] : m_curves) {
        data->truncateFrom(step);
    }
}

std::shared_ptr<const CurveData> LiveCurves::find(const std::string& metric) const
{
    const auto found = m_curves.find(metric);
    return found == m_curves.end() ? nullptr : found->second;
}

std::string LiveCurves::unit(const std::string& metric) const
{
    const auto found = m_units.find(metric);
    return found == m_units.end() ? std::string() : found->second;
}

std::string GradientCurves::prefix(Norm norm)
{
    return norm == Norm::L2 ? "grad/l2/" : "grad/max/";
}

std::vector<GradientCurves::Layer> GradientCurves::layers(const LiveCurves& curves, Norm norm,
                                                          bool isRelative)
{
    const std::string start = prefix(norm);
    std::vector<Layer> result;
    m_shown.clear();
    for (const std::string& name : curves.names()) {
        if (!name.starts_with(start)) {
            continue;
        }
        auto data = curves.find(name);
        if (isRelative) {
            Derived& derived = m_derived[name];
            if (derived.source != data) {
                derived = {data, std::make_shared<RelativeCurve>()};
            }
            derived.relative->update(*derived.source);
            m_shown.push_back(derived);
            data = {derived.relative, &derived.relative->data()};
        }
        result.push_back({name.substr(start.size()), std::move(data)});
    }
    return result;
}

void GradientCurves::update()
{
    for (const Derived& derived : m_shown) {
        derived.relative->update(*derived.source);
    }
}

void GradientCurves::clear()
{
    m_derived.clear();
    m_shown.clear();
}

LiveFigures liveFigures(const LiveCurves& curves, std::int64_t totalSteps, std::int64_t firstStep)
{
    LiveFigures figures;
    const Timeline& timeline = *curves.timeline();
    if (timeline.isEmpty()) {
        return figures;
    }
    const auto loss = curves.find("train/loss");
    const std::int64_t last = timeline.lastStep();
    figures.step = loss && !loss->isEmpty() ? loss->lastStep() + 1 : last;
    figures.epoch = timeline.position(static_cast<double>(last), AxisUnit::Epoch);
    figures.seconds = timeline.position(static_cast<double>(last), AxisUnit::Time);
    figures.imagesPerSecond = meanRate(curves.find("train/images_per_s"), rateSteps);
    const Sum steps = sumOfLast(curves.find("train/step_s"), rateSteps);
    const Sum waits = sumOfLast(curves.find("train/data_wait_s"), rateSteps);
    if (steps.value > 0 && waits.count > 0) {
        figures.dataWaitShare = std::clamp(waits.value / steps.value, 0.0, 1.0);
    }
    const std::int64_t first = std::max(firstStep, last - paceSteps);
    const double before = timeline.position(static_cast<double>(first), AxisUnit::Time);
    if (last > first && totalSteps > 0) {
        const double pace = (figures.seconds - before) / static_cast<double>(last - first);
        figures.secondsLeft
            = pace * static_cast<double>(std::max<std::int64_t>(0, totalSteps - figures.step));
    }
    return figures;
}

} // namespace mocoscope::ui
