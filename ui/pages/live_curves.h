// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "training/api/training_event.h"
#include "ui/plot/curve_data.h"
#include "ui/plot/derived_curves.h"
#include "ui/plot/timeline.h"

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace mocoscope::ui {

struct RunCurves;

/// Metrics that the page shows by their names; those of the layers are known only from a run.
[[nodiscard]] const std::vector<std::string>& mainMetrics();

/// The curves of one run, filled from the database, from a session's batches, or from both. Window
/// thread, no widgets.
class LiveCurves
{
public:
    LiveCurves();
    void clear();
    /// Metrics that later batches refer to by index, over all declared so far.
    void declare(const std::vector<training::MetricDescription>& metrics);
    void append(const std::vector<training::MetricBatch>& batches);
    /// Adds what the database has; known curves start over.
    void load(const RunCurves& stored);
    /// A run is resumed at `step`: what was recorded from there on is recorded again.
    void restartFrom(std::int64_t step);

    /// Null as long as the metric has no value.
    [[nodiscard]] std::shared_ptr<const CurveData> find(const std::string& metric) const;
    /// Metrics with values, in the order in which they appeared.
    [[nodiscard]] const std::vector<std::string>& names() const { return m_names; }
    [[nodiscard]] std::string unit(const std::string& metric) const;
    [[nodiscard]] const std::shared_ptr<Timeline>& timeline() const { return m_timeline; }

private:
    CurveData& curve(const std::string& metric);
    std::map<std::string, std::shared_ptr<CurveData>> m_curves;
    std::map<std::string, std::string> m_units;
    std::vector<std::string> m_names;
    std::shared_ptr<Timeline> m_timeline;
    std::vector<std::string> m_declared;
    std::vector<CurveData*> m_byIndex; ///< of m_declared; null until the first value
};

/// The gradient curves of a run's layers, as they are or relative to each layer's usual size.
class GradientCurves
{
public:
    enum class Norm : std::uint8_t
    {
        L2,
        Largest
    };
    struct Layer
    {
        std::string name;
        std::shared_ptr<const CurveData> data;
    };
    /// Layers in depth order.
    [[nodiscard]] std::vector<Layer> layers(const LiveCurves& curves, Norm norm, bool isRelative);
    /// After the curves grew: brings the relative ones of the last layers() up to date.
    void update();
    void clear();
    [[nodiscard]] static std::string prefix(Norm norm);

private:
    struct Derived
    {
        std::shared_ptr<const CurveData> source;
        std::shared_ptr<RelativeCurve> relative;
    };
    std::map<std::string, Derived> m_derived;
    std::vector<Derived> m_shown;
};

/// What the header says of a run's pace.
struct LiveFigures
{
    std::int64_t step = 0; ///< updates done
    double epoch = 0;
    double seconds = 0; ///< of training
    std::optional<double> imagesPerSecond;
    std::optional<double> dataWaitShare; ///< 0 … 1, of the recent steps
    std::optional<double> secondsLeft;
};
/// `firstStep`: where the run went on; the pace before that was that of another day.
[[nodiscard]] LiveFigures liveFigures(const LiveCurves& curves, std::int64_t totalSteps,
                                      std::int64_t firstStep = 0);

} // namespace mocoscope::ui
