// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "storage/run_record.h"
#include "ui/pages/compare_model.h"

#include <QWidget>

#include <initializer_list>
#include <optional>
#include <string>
#include <vector>

class QCheckBox;
class QComboBox;

namespace mocoscope::ui {

class CompareStore;

/// A way to look at the runs of a comparison. While it is hidden it only notes that other runs
/// came.
class CompareView : public QWidget
{
    Q_OBJECT

public:
    /// `compared` outlives this.
    explicit CompareView(CompareModel& compared, QWidget* parent = nullptr);
    /// Shows curves, which come after the runs. `store` outlives this too.
    CompareView(CompareModel& compared, CompareStore& store, QWidget* parent = nullptr);

    /// The run that is selected on the page; empty: none.
    void select(std::optional<storage::RunId> run);

Q_SIGNALS:
    /// By the user, in this view.
    void runSelected(std::optional<mocoscope::storage::RunId> run);
    /// Only these are to be compared.
    void runsRequested(const std::vector<mocoscope::storage::RunId>& runs);

protected:
    /// Shows the runs as they are now; called while it is visible only.
    virtual void rebuild() = 0;
    /// Shows which of the runs is selected; −1: none.
    virtual void showSelected(int /*run*/) { }
    /// Of a plot whose items are the runs in their order.
    void selectItem(int item);
    [[nodiscard]] CompareModel& compared() const { return m_compared; }
    void showEvent(QShowEvent* event) override;
    /// Is to be rebuilt when it is shown again.
    void setStale() { m_isStale = true; }

private:
    void onRunsChanged();

    CompareModel& m_compared;
    std::optional<storage::RunId> m_selected;
    bool m_isStale = true;
};

/// What runs can be grouped by: on their own, by seeds, and by these options. Keeps what is chosen
/// where it is still there; tells nobody.
void fillGroupings(QComboBox& choice, const std::vector<std::string>& keys);
/// Means are of groups: asking for them groups by seeds where each run stood for itself, and each
/// run for itself has none.
void tieMeans(QCheckBox& means, QComboBox& grouping);
/// Adds the metrics that are not there yet; tells nobody.
void offerMetrics(QComboBox& choice, const std::vector<std::string>& metrics);
/// Puts widgets beside each other into `bar`, which stands beside the names of the views: no choice
/// is wider than it takes to be read.
void fillChoiceBar(QWidget& bar, std::initializer_list<QWidget*> widgets);

} // namespace mocoscope::ui
