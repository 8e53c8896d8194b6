// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/plot/colour_map.h"

#include <QWidget>

#include <vector>

namespace mocoscope::ui {

/// What the colours of a heat map stand for, beside it.
class ColourBar final : public QWidget
{
    Q_OBJECT

public:
    explicit ColourBar(QWidget* parent = nullptr);

    void setScale(const ColourScale& scale);
    [[nodiscard]] const ColourScale& scale() const { return m_scale; }
    /// Behind the numbers: `× usual`.
    void setUnit(const QString& unit);
    /// Top and bottom of the bar, in pixels of this widget; where they are the same there is none.
    void setSpan(int top, int bottom);
    /// Values that are labelled, ascending, all on the scale.
    [[nodiscard]] static std::vector<double> ticks(const ColourScale& scale);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    [[nodiscard]] double pixelOf(double value) const;
    ColourScale m_scale;
    QString m_unit;
    int m_top = 0;
    int m_bottom = 0;
};

} // namespace mocoscope::ui
