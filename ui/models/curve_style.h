// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "storage/run_record.h"

#include <QColor>

namespace mocoscope::ui {

/// How a curve is drawn. The colours can be told apart with colour-blind eyes and stand out from
/// the window's base by 3:1 or more in either theme; after a cycle of colours the dash changes.
struct CurveStyle
{
    QColor colour;
    Qt::PenStyle dash = Qt::SolidLine;
    bool operator==(const CurveStyle&) const = default;
};

/// Number of colours before the dash changes.
inline constexpr int curveColours = 7;

/// Any index, negative ones too.
[[nodiscard]] CurveStyle curveStyle(int index, bool dark);

/// The same run looks the same on every page: the colour that its user chose, else by its id.
[[nodiscard]] CurveStyle runStyle(const storage::RunRecord& run, bool dark);

/// WCAG's contrast of two opaque colours, from 1 to 21.
[[nodiscard]] double contrast(const QColor& one, const QColor& other);

} // namespace mocoscope::ui
