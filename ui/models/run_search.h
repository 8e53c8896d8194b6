// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "storage/run_filter.h"
#include "training/api/training_config.h"

#include <QCoreApplication>
#include <QString>

#include <functional>
#include <map>
#include <optional>
#include <string>

namespace mocoscope::ui {

/// What somebody searches runs for: words, or an expression (storage::RunFilter). Of the models
/// that show the runs found.
class RunSearch
{
    Q_DECLARE_TR_FUNCTIONS(RunSearch)

public:
    /// False when it cannot be read: then the search before it stays, and problem() says why.
    bool set(const QString& text);
    /// What is wrong with the search, the place underlined, as rich text; empty: nothing.
    [[nodiscard]] const QString& problem() const { return m_problem; }
    /// `containsWord`: whether the texts of the run have a word.
    [[nodiscard]] bool finds(const storage::RunRecord& run,
                             std::function<bool(const std::string&)> containsWord) const;

private:
    /// nullptr: cannot be read.
    [[nodiscard]] const training::TrainingConfig* configOf(const storage::RunRecord& run) const;

    storage::RunFilter m_filter;
    QString m_problem;
    /// Read when a search first looks at them; the options of a run never change.
    mutable std::map<std::string, std::optional<training::TrainingConfig>> m_configs; ///< by uuid
};

} // namespace mocoscope::ui
