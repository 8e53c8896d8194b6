// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/plot/curve_plot.h"

#include <QTest>

#include <memory>

namespace mocoscope::testing {

using namespace ui;

inline const QColor red(255, 0, 0);

inline std::shared_ptr<CurveData> curveOf(std::size_t count, double (*value)(std::size_t))
{
    auto data = std::make_shared<CurveData>();
    for (std::size_t i = 0; i < count; ++i) {
        data->append(static_cast<std::int64_t>(i), value(i));
    }
    return data;
}

inline SeriesSpec seriesOf(const QString& name, std::shared_ptr<const CurveData> data,
                           QColor colour = red)
{
    SeriesSpec spec;
    spec.name = name;
    spec.style = [colour](bool) { return SeriesStyle {colour, Qt::SolidLine, 1.5}; };
    spec.data = std::move(data);
    return spec;
}

inline void showPlot(CurvePlot& plot)
{
    plot.resize(900, 320);
    plot.show();
    QVERIFY(QTest::qWaitForWindowExposed(&plot));
    plot.drawNow();
}

} // namespace mocoscope::testing
