// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/compare_series.h"

#include "ui/models/curve_style.h"
#include "ui/pages/compare_store.h"

#include <QCoreApplication>
#include <QStringList>

namespace mocoscope::ui {
namespace {

std::shared_ptr<const CurveData> shownCurve(const CompareStore& store, std::size_t run,
                                            const std::string& metric, bool best)
{
    auto curve = store.curve(run, metric);
    const Better better = betterOf(metric);
    return curve && best && better != Better::Unknown ? bestSoFar(*curve, better) : curve;
}

SeriesSpec runSeries(const CompareStore& store, std::size_t run, const std::string& metric,
                     bool best)
{
    const OverlaidRun& overlaid = store.runs()[run];
    SeriesSpec spec;
    spec.name = QString::fromStdString(overlaid.record.name);
    spec.note = overlaid.distinction;
    spec.style = [record = overlaid.record](bool dark) {
        const CurveStyle style = runStyle(record, dark);
        return SeriesStyle {style.colour, style.dash, 1.6};
    };
    spec.data = shownCurve(store, run, metric, best);
    spec.timeline = store.timeline(run);
    spec.isSmoothable = !metric.starts_with("eval/") && !best;
    return spec;
}

/// Empty where fewer than two of the runs have such values.
std::optional<SeriesSpec> meanSeries(const CompareStore& store, const CurveGroup& group,
                                     const std::string& metric, bool best)
{
    std::vector<std::shared_ptr<const CurveData>> kept;
    std::vector<const CurveData*> curves;
    QStringList names;
    std::optional<std::size_t> first;
    for (const std::size_t run : group.runs) {
        const auto curve = shownCurve(store, run, metric, best);
        if (curve && !curve->isEmpty()) {
            first = first ? first : run;
            curves.push_back(curve.get());
            kept.push_back(curve);
            names << QString::fromStdString(store.runs()[run].record.name);
        }
    }
    if (curves.size() < 2) {
        return std::nullopt;
    }
    const MeanCurve mean = meanOf(curves);
    SeriesSpec spec = runSeries(store, *first, metric, best);
    spec.name = QCoreApplication::translate("CompareCurves", "%1 (%2)")
                    .arg(group.title)
                    .arg(curves.size());
    spec.note = QCoreApplication::translate("CompareCurves", "Mean ± standard deviation of %1")
                    .arg(names.join(QStringLiteral(", ")));
    spec.data = mean.mean;
    spec.low = mean.low;
    spec.high = mean.high;
    return spec;
}

} // namespace

std::vector<CurveGroup> groupsOf(const CompareStore& store, const SeriesChoice& choice)
{
    return groupsOf(store.runs(), choice.grouping);
}

std::vector<SeriesSpec> seriesOf(const CompareStore& store, const std::string& metric,
                                 const SeriesChoice& choice, const std::vector<CurveGroup>& all,
                                 const std::vector<std::size_t>& groups)
{
    std::vector<SeriesSpec> series;
    for (const std::size_t g : groups) {
        const auto add = [&](SeriesSpec spec) {
            if (choice.grouping != groupByRun) {
                spec.style = [index = static_cast<int>(g)](bool dark) {
                    const CurveStyle look = curveStyle(index, dark);
                    return SeriesStyle {look.colour, look.dash, 1.6};
                };
            }
            series.push_back(std::move(spec));
        };
        if (auto mean
            = choice.means ? meanSeries(store, all[g], metric, choice.best) : std::nullopt) {
            add(std::move(*mean));
            continue;
        }
        for (const std::size_t run : all[g].runs) {
            if (SeriesSpec spec = runSeries(store, run, metric, choice.best); spec.data) {
                add(std::move(spec));
            }
        }
    }
    return series;
}

std::vector<SeriesSpec> seriesOf(const CompareStore& store, const std::string& metric,
                                 const SeriesChoice& choice)
{
    const auto all = groupsOf(store, choice);
    std::vector<std::size_t> groups;
    for (std::size_t g = 0; g < all.size(); ++g) {
        groups.push_back(g);
    }
    return seriesOf(store, metric, choice, all, groups);
}

} // namespace mocoscope::ui
