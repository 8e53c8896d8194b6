// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/pages/compare_model.h"
#include "ui/plot/value_axis.h"

#include <QString>

#include <string>
#include <vector>

namespace mocoscope::ui {

/// Something of runs that an axis can show.
struct AxisChoice
{
    QString key; ///< `option:optimizer.lr`, `figure:knn_top1_last`, `last:grad/l2/blocks.3`
    QString title;
};

/// The options with these keys.
[[nodiscard]] std::vector<AxisChoice> optionAxes(const std::vector<std::string>& keys);
/// The figures that some of the runs have, then the last values of their other metrics.
[[nodiscard]] std::vector<AxisChoice> resultAxes(const std::vector<ComparedRun>& runs);

/// What the runs have of it. Numbers are on a logarithmic axis where they span a factor of eight
/// or more; `title` is that of the choice. All missing where the key is not known.
[[nodiscard]] ValueAxis valueAxis(const std::vector<ComparedRun>& runs, const QString& key);

} // namespace mocoscope::ui
