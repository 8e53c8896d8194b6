// SPDX-License-Identifier: GPL-3.0-or-later
// What drawing costs: our thinned plots beside plain QCPGraphs with all of the data, in one run.
// Compiled with Qt's keywords, which qcustomplot.h needs. QT_QPA_PLATFORM=offscreen.
#include "ui/plot/curve_plot.h"
#include "ui/plot/derived_curves.h"
#include "ui/plot/plot_canvas.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QWheelEvent>
#include <qcustomplot.h>

#include <algorithm>
#include <benchmark/benchmark.h>
#include <cmath>
#include <ctime>
#include <memory>
#include <random>
#include <vector>

namespace {

using namespace mocoscope::ui;

constexpr QSize plotSize(1000, 300); // logical pixels

double sampleOf(std::size_t i, std::mt19937& random)
{
    std::normal_distribution<double> noise(0, 0.05);
    return 1.0 + 2.0 * std::exp(-static_cast<double>(i) * 1e-5) + noise(random);
}

std::vector<SeriesSpec> makeSeries(std::size_t curves, std::size_t points)
{
    std::vector<SeriesSpec> series;
    std::mt19937 random(1);
    for (std::size_t curve = 0; curve < curves; ++curve) {
        auto samples = std::make_shared<CurveData>();
        for (std::size_t i = 0; i < points; ++i) {
            samples->append(static_cast<std::int64_t>(i), sampleOf(i, random));
        }
        SeriesSpec spec;
        spec.name = QString::number(curve);
        const QColor colour = QColor::fromHsv(static_cast<int>(curve * 37 % 360), 200, 160);
        spec.style = [colour](bool) { return SeriesStyle {colour, Qt::SolidLine, 1.5}; };
        spec.data = std::move(samples);
        series.push_back(std::move(spec));
    }
    return series;
}

double threadSeconds()
{
    timespec now {};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) + 1e-9 * static_cast<double>(now.tv_nsec);
}

/// What one picture costs after another, in milliseconds: median and worst of the window thread's
/// processor time, paint event included.
class PictureTimes
{
public:
    template <typename Draw> void measure(Draw draw)
    {
        const double before = threadSeconds();
        draw();
        QCoreApplication::processEvents();
        m_milliseconds.push_back(1e3 * (threadSeconds() - before));
    }
    void report(benchmark::State& state)
    {
        std::ranges::sort(m_milliseconds);
        state.counters["median_ms"] = m_milliseconds[m_milliseconds.size() / 2];
        state.counters["worst_ms"] = m_milliseconds.back();
    }

private:
    std::vector<double> m_milliseconds;
};

/// The view zooms in from everything to a thousandth of it and out again: each picture differs, and
/// samples are from a hundred a pixel to ten pixels apart.
class Zoom
{
public:
    static constexpr int pictures = 120; ///< there and back
    explicit Zoom(std::size_t points)
        : m_points(static_cast<double>(points))
    {
    }
    AxisRange next()
    {
        constexpr double depth = 1e-3;
        const double turn = std::abs(2.0 * (m_picture++ % pictures) / pictures - 1.0);
        const double size = m_points * std::pow(depth, 1.0 - turn);
        const double place = 0.37 * (m_points - size);
        return {place, place + size};
    }

private:
    double m_points;
    int m_picture = 0;
};

enum View : std::int64_t
{
    Raw,
    Smoothed, ///< with the raw curves behind
    Logarithmic
};

/// Args: curves, points of each, View.
void zoomThinned(benchmark::State& state)
{
    const auto points = static_cast<std::size_t>(state.range(1));
    CurvePlot plot(QStringLiteral("Bench"));
    plot.setSeries(makeSeries(static_cast<std::size_t>(state.range(0)), points));
    plot.setSmoothing(state.range(2) == Smoothed ? 0.98 : 0.0);
    plot.setLogarithmic(state.range(2) == Logarithmic);
    plot.resize(plotSize.width() + 240, plotSize.height());
    plot.show();
    plot.drawNow();
    Zoom zoom(points);
    PictureTimes times;
    for (auto _ : state) {
        times.measure([&] {
            plot.group().choose(zoom.next());
            plot.drawNow();
        });
    }
    times.report(state);
}
BENCHMARK(zoomThinned)
    ->Args({8, 100'000, Raw})
    ->Args({8, 1'000'000, Raw})
    ->Args({8, 100'000, Smoothed})
    ->Args({50, 100'000, Raw})
    ->Args({50, 100'000, Smoothed})
    ->Args({50, 100'000, Logarithmic})
    ->Iterations(Zoom::pictures)
    ->Unit(benchmark::kMillisecond);

/// The plain way: each graph has all of the data, QCustomPlot's adaptive sampling is on.
std::unique_ptr<QCustomPlot> plainPlot(std::size_t curves, std::size_t points)
{
    auto plot = std::make_unique<QCustomPlot>();
    const auto series = makeSeries(curves, points);
    for (const SeriesSpec& spec : series) {
        QVector<QCPGraphData> samples;
        for (std::size_t i = 0; i < points; ++i) {
            samples.append(QCPGraphData(static_cast<double>(i), spec.data->value(i)));
        }
        QCPGraph* graph = plot->addGraph();
        graph->data()->set(samples, true);
        graph->setPen(QPen(spec.style(false).colour, 1.0));
    }
    plot->rescaleAxes();
    plot->resize(plotSize);
    plot->show();
    return plot;
}

/// Args: curves, points of each.
void zoomPlain(benchmark::State& state)
{
    const auto points = static_cast<std::size_t>(state.range(1));
    const auto plot = plainPlot(static_cast<std::size_t>(state.range(0)), points);
    Zoom zoom(points);
    PictureTimes times;
    for (auto _ : state) {
        times.measure([&] {
            const AxisRange range = zoom.next();
            plot->xAxis->setRange(range.minimum, range.maximum);
            plot->replot(QCustomPlot::rpQueuedRefresh);
        });
    }
    times.report(state);
}
BENCHMARK(zoomPlain)
    ->Args({8, 100'000})
    ->Args({8, 1'000'000})
    ->Args({50, 100'000})
    ->Iterations(Zoom::pictures)
    ->Unit(benchmark::kMillisecond);

/// Counts how often a widget is painted.
class PaintCounter final : public QObject
{
public:
    explicit PaintCounter(QWidget& watched) { watched.installEventFilter(this); }
    [[nodiscard]] int count() const { return m_count; }
    bool eventFilter(QObject*, QEvent* event) override
    {
        m_count += event->type() == QEvent::Paint ? 1 : 0;
        return false;
    }

private:
    int m_count = 0;
};

/// Somebody turns the wheel over `surface`, a notch of a fine wheel each 4 ms, in and out again.
void turnWheel(benchmark::State& state, QWidget& surface)
{
    constexpr int notches = 480;
    const QPoint place(surface.width() / 2, surface.height() / 2);
    PaintCounter painted(surface);
    QElapsedTimer watch;
    watch.start();
    for (int notch = 0; notch < notches; ++notch) {
        const QPoint turned(0, (notch / 60) % 2 == 0 ? 50 : -50);
        QWheelEvent event(place, surface.mapToGlobal(place), {}, turned, Qt::NoButton,
                          Qt::NoModifier, Qt::NoScrollPhase, false);
        QApplication::sendEvent(&surface, &event);
        QEventLoop loop;
        QTimer::singleShot(4, Qt::PreciseTimer, &loop, &QEventLoop::quit);
        loop.exec();
    }
    state.counters["pictures_per_s"] = 1e3 * painted.count() / static_cast<double>(watch.elapsed());
}

/// As on the page of comparisons: plots above each other that zoom together, the mouse over one of
/// them. Args: plots, curves, points of each, View.
void wheelThinned(benchmark::State& state)
{
    const auto series = makeSeries(static_cast<std::size_t>(state.range(1)),
                                   static_cast<std::size_t>(state.range(2)));
    PlotGroup group;
    std::vector<std::unique_ptr<CurvePlot>> plots;
    for (int i = 0; i < state.range(0); ++i) {
        plots.push_back(std::make_unique<CurvePlot>(QStringLiteral("Bench")));
        plots.back()->setGroup(group);
        plots.back()->setSeries(series);
        plots.back()->setSmoothing(state.range(3) == Smoothed ? 0.98 : 0.0);
        plots.back()->resize(plotSize.width() + 240, plotSize.height());
        plots.back()->show();
        plots.back()->drawNow();
    }
    auto& surface = *plots[0]->canvas().findChild<QCustomPlot*>();
    const QPointF place(0.5 * surface.width(), 0.5 * surface.height());
    QMouseEvent hover(QEvent::MouseMove, place, surface.mapToGlobal(place), Qt::NoButton,
                      Qt::NoButton, Qt::NoModifier);
    QApplication::sendEvent(&surface, &hover);
    for (auto _ : state) {
        turnWheel(state, surface);
    }
}
BENCHMARK(wheelThinned)
    ->Args({1, 50, 100'000, Raw})
    ->Args({1, 50, 100'000, Smoothed})
    ->Args({2, 50, 100'000, Raw})
    ->Args({2, 50, 100'000, Smoothed})
    ->Iterations(1)
    ->Unit(benchmark::kMillisecond);

/// Args: curves, points of each.
void wheelPlain(benchmark::State& state)
{
    const auto plot = plainPlot(static_cast<std::size_t>(state.range(0)),
                                static_cast<std::size_t>(state.range(1)));
    plot->setInteractions(QCP::iRangeZoom);
    for (auto _ : state) {
        turnWheel(state, *plot);
    }
}
BENCHMARK(wheelPlain)->Args({50, 100'000})->Iterations(1)->Unit(benchmark::kMillisecond);

constexpr std::size_t layers = 14;

/// Loss and the gradients of 14 layers, relative to their usual size, in two linked plots in view.
class WatchedRun
{
public:
    explicit WatchedRun(std::int64_t steps)
    {
        std::vector<SeriesSpec> loss = makeSeries(1, 0);
        std::vector<SeriesSpec> gradient = makeSeries(layers, 0);
        for (std::size_t i = 0; i <= layers; ++i) {
            m_raw.push_back(std::make_shared<CurveData>());
        }
        for (std::size_t i = 0; i < layers; ++i) {
            m_relative.push_back(std::make_shared<RelativeCurve>());
            gradient[i].data = {m_relative[i], &m_relative[i]->data()};
        }
        loss[0].data = m_raw[0];
        addSteps(steps);
        m_loss.setSeries(std::move(loss));
        m_gradient.setSeries(std::move(gradient));
        for (CurvePlot* plot : {&m_loss, &m_gradient}) {
            plot->setGroup(m_group);
            plot->resize(plotSize.width() + 240, plotSize.height());
            plot->show();
            plot->drawNow();
        }
    }
    /// As a batch of the session arrives.
    void addSteps(std::int64_t count)
    {
        for (std::int64_t i = 0; i < count; ++i, ++m_step) {
            for (auto& curve : m_raw) {
                curve->append(m_step, 1.0 + 0.1 * std::sin(static_cast<double>(m_step * 7919)));
            }
        }
        for (std::size_t i = 0; i < layers; ++i) {
            m_relative[i]->update(*m_raw[i + 1]);
        }
        m_loss.refresh();
        m_gradient.refresh();
    }

private:
    std::vector<std::shared_ptr<CurveData>> m_raw;
    std::vector<std::shared_ptr<RelativeCurve>> m_relative;
    std::int64_t m_step = 0;
    PlotGroup m_group;
    CurvePlot m_loss {QStringLiteral("Loss")};
    CurvePlot m_gradient {QStringLiteral("Gradient")};
};

/// The window thread's time in one second of a fast run: batches at 30 Hz, drawn when they are due.
/// Args: steps that are there already, steps a second (of 15 values each).
void followRun(benchmark::State& state)
{
    constexpr int batches = 30;
    WatchedRun run(state.range(0));
    for (auto _ : state) {
        const double before = threadSeconds();
        for (int batch = 0; batch < batches; ++batch) {
            run.addSteps(state.range(1) / batches);
            QEventLoop frame;
            QTimer::singleShot(33, &frame, &QEventLoop::quit);
            frame.exec();
        }
        state.SetIterationTime(threadSeconds() - before);
    }
}
BENCHMARK(followRun)
    ->Args({5'000, 70})
    ->Args({5'000, 1'000})
    ->Args({100'000, 1'000})
    ->Args({1'000'000, 1'000})
    ->UseManualTime()
    ->Iterations(3)
    ->Unit(benchmark::kMillisecond);

/// A sample into a curve with its pyramid.
void appendSample(benchmark::State& state)
{
    CurveData curve;
    std::int64_t step = 0;
    for (auto _ : state) {
        curve.append(step++, 1.0);
    }
}
BENCHMARK(appendSample);

} // namespace

int main(int argc, char** argv)
{
    QApplication application(argc, argv);
    benchmark::Initialize(&argc, argv);
    benchmark::RunSpecifiedBenchmarks();
    return 0;
}
