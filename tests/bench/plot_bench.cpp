// SPDX-License-Identifier: GPL-3.0-or-later
// What drawing costs: our thinned plots beside plain QCPGraphs with all of the data, in one run.
// Compiled with Qt's keywords, which qcustomplot.h needs. QT_QPA_PLATFORM=offscreen.
#include "ui/plot/curve_plot.h"
#include "ui/plot/derived_curves.h"
#include "ui/plot/plot_canvas.h"

#include <QApplication>
#include <qcustomplot.h>

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

/// Args: curves, points of each.
void drawThinned(benchmark::State& state)
{
    CurvePlot plot(QStringLiteral("Bench"));
    plot.setSeries(makeSeries(static_cast<std::size_t>(state.range(0)),
                              static_cast<std::size_t>(state.range(1))));
    plot.resize(plotSize.width() + 240, plotSize.height());
    plot.show();
    for (auto _ : state) {
        plot.drawNow();
    }
}
BENCHMARK(drawThinned)
    ->Args({8, 100'000})
    ->Args({8, 1'000'000})
    ->Args({50, 100'000})
    ->Unit(benchmark::kMillisecond);

void drawSmoothed(benchmark::State& state)
{
    CurvePlot plot(QStringLiteral("Bench"));
    plot.setSeries(makeSeries(static_cast<std::size_t>(state.range(0)),
                              static_cast<std::size_t>(state.range(1))));
    plot.setSmoothing(0.98);
    plot.resize(plotSize.width() + 240, plotSize.height());
    plot.show();
    plot.drawNow();
    for (auto _ : state) {
        plot.drawNow();
    }
}
BENCHMARK(drawSmoothed)->Args({8, 100'000})->Args({8, 1'000'000})->Unit(benchmark::kMillisecond);

/// The plain way: each graph has all of the data, QCustomPlot's adaptive sampling is on.
void drawPlain(benchmark::State& state)
{
    QCustomPlot plot;
    const auto points = static_cast<std::size_t>(state.range(1));
    const auto series = makeSeries(static_cast<std::size_t>(state.range(0)), points);
    for (const SeriesSpec& spec : series) {
        QVector<QCPGraphData> samples;
        for (std::size_t i = 0; i < points; ++i) {
            samples.append(QCPGraphData(static_cast<double>(i), spec.data->value(i)));
        }
        QCPGraph* graph = plot.addGraph();
        graph->data()->set(samples, true);
        graph->setPen(QPen(spec.style(false).colour, 1.0));
    }
    plot.rescaleAxes();
    plot.resize(plotSize);
    plot.show();
    for (auto _ : state) {
        plot.replot(QCustomPlot::rpQueuedRefresh);
    }
}
BENCHMARK(drawPlain)
    ->Args({8, 100'000})
    ->Args({8, 1'000'000})
    ->Args({50, 100'000})
    ->Unit(benchmark::kMillisecond);

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

double threadSeconds()
{
    timespec now {};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) + 1e-9 * static_cast<double>(now.tv_nsec);
}

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
