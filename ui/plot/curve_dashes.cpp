// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plot/curve_dashes.h"

#include <QPen>

#include <algorithm>
#include <cmath>

namespace mocoscope::ui {
namespace {

/// What of a stroke lies between two places: the next sample may be millions of pixels away.
QPolygonF between(const QPolygonF& stroke, double left, double right)
{
    QPolygonF part;
    for (qsizetype i = 1; i < stroke.size(); ++i) {
        QPointF from = stroke[i - 1];
        QPointF to = stroke[i];
        if (to.x() < left || from.x() > right) {
            continue;
        }
        const double slope = (to.y() - from.y()) / (to.x() - from.x());
        if (from.x() < left) {
            from = {left, from.y() + (left - from.x()) * slope};
        }
        if (to.x() > right) {
            to = {right, from.y() + (right - from.x()) * slope};
        }
        if (part.isEmpty()) {
            part.append(from);
        }
        part.append(to);
    }
    return part;
}

/// The dashes of a stroke. `pattern`: lengths of dash and gap in turn, pixels.
void addDashes(const QPolygonF& stroke, const QList<qreal>& pattern, Strokes& dashes)
{
    qsizetype part = 0;
    double left = pattern.first();
    QPolygonF dash;
    for (qsizetype i = 0; i < stroke.size(); ++i) {
        QPointF from = stroke[std::max<qsizetype>(i - 1, 0)];
        double length = std::hypot(stroke[i].x() - from.x(), stroke[i].y() - from.y());
        for (; length > left; left = pattern[part]) {
            from += (stroke[i] - from) * (left / length);
            length -= left;
            dash.append(from);
            if (part % 2 == 0) {
                dashes.push_back(dash);
            }
            part = (part + 1) % pattern.size();
            dash = QPolygonF {from};
        }
        left -= length;
        dash.append(stroke[i]);
    }
    if (part % 2 == 0 && dash.size() > 1) {
        dashes.push_back(dash);
    }
}

} // namespace

Strokes dashed(const Strokes& strokes, const QPen& pen, double left, double right)
{
    QList<qreal> pattern = pen.dashPattern(); // in widths of the pen
    for (qreal& length : pattern) {
        length *= pen.widthF();
    }
    Strokes dashes;
    for (const QPolygonF& stroke : strokes) {
        if (stroke.size() == 1) {
            dashes.push_back(stroke); // a dot
            continue;
        }
        addDashes(between(stroke, left, right), pattern, dashes);
    }
    return dashes;
}

} // namespace mocoscope::ui
