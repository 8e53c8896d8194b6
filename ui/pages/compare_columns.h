// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "training/api/seed_groups.h"
#include "training/api/study_reference.h"
#include "ui/pages/compare_figures.h"

#include <optional>
#include <vector>

namespace mocoscope::ui {

/// A column of a comparison: one run, or finished runs that differ in nothing but the seed.
struct CompareColumn
{
    std::vector<std::size_t> runs; ///< indices into the compared runs; the first one stands for all
    [[nodiscard]] bool isMean() const { return runs.size() > 1; }
};

/// With `meansOverSeeds`, runs that belong together share a column.
[[nodiscard]] std::vector<CompareColumn> compareColumns(const std::vector<ComparedRun>& runs,
                                                        bool meansOverSeeds);

/// Of a figure over the runs of a column.
[[nodiscard]] std::optional<training::Spread>
spreadOf(const Figure& figure, const CompareColumn& column, const std::vector<ComparedRun>& runs);
/// Whether the means of two columns differ by no more than the deviation of that difference
/// (storage::Ablation): by no more than seeds do. That is not known, and so not said, of single
/// runs.
[[nodiscard]] bool isWithinSeeds(const Figure& figure, const CompareColumn& column,
                                 const CompareColumn& other, const std::vector<ComparedRun>& runs);
/// Mean ± deviation of the sample (number of runs): "62.10 % ± 0.84 % (3)"; "62.10 %" for one run.
[[nodiscard]] QString spreadText(const Figure& figure, const CompareColumn& column,
                                 const std::vector<ComparedRun>& runs);
/// "lr=1e-4 (3 seeds)", or the run's name.
[[nodiscard]] QString columnTitle(const CompareColumn& column,
                                  const std::vector<ComparedRun>& runs);

/// What the study reports of some of the runs: "paper (ImageNet, linear probing)".
[[nodiscard]] std::vector<std::string> publishedLabels(const std::vector<ComparedRun>& runs);
/// Empty where the run corresponds to no such value.
[[nodiscard]] std::optional<training::StudyValue> publishedValue(const ComparedRun& run,
                                                                 const std::string& label);

} // namespace mocoscope::ui
