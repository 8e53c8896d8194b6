// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "storage/run_record.h"
#include "training/api/training_config.h"

#include <QString>

#include <map>
#include <optional>
#include <span>

namespace mocoscope::ui {

/// How long steps took that cost what those of a configuration cost.
struct MeasuredStep
{
    double milliseconds = 0;
    QString run; ///< name of the run that was measured
    QString device;
};

/// Finds measurements among past runs. Never guesses.
class MeasuredSpeed
{
public:
    /// The newest run with the same model, heads, batch, precision, images and device setting.
    [[nodiscard]] std::optional<MeasuredStep> find(const training::TrainingConfig& config,
                                                   std::span<const storage::RunRecord> runs);

private:
    [[nodiscard]] const training::TrainingConfig* configOf(const storage::RunRecord& run);

    /// Configurations that were read already; empty: not readable.
    std::map<storage::RunId, std::optional<training::TrainingConfig>> m_configs;
};

} // namespace mocoscope::ui
