// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/pages/compare_curves.h"
#include "ui/plot/timeline.h"
#include "ui/session/run_library.h"

#include <QObject>

#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

namespace mocoscope::ui {

/// The curves of compared runs: read from the library when a view wants them, and kept.
class CompareStore final : public QObject
{
    Q_OBJECT

public:
    /// `library` outlives this.
    explicit CompareStore(RunLibrary& library, QObject* parent = nullptr);

    void setRuns(std::vector<OverlaidRun> runs);
    [[nodiscard]] const std::vector<OverlaidRun>& runs() const { return m_runs; }
    /// The metrics that `view` shows from now on; what is missing of them is read.
    void want(const QObject* view, std::set<std::string> metrics);
    /// Every metric that any of the runs was found to have, in the order in which they came.
    [[nodiscard]] const std::vector<std::string>& metrics() const { return m_metrics; }

    /// nullptr: not read yet, or the run has no such values.
    [[nodiscard]] std::shared_ptr<const CurveData> curve(std::size_t run,
                                                         const std::string& metric) const;
    [[nodiscard]] std::shared_ptr<const Timeline> timeline(std::size_t run) const;

Q_SIGNALS:
    /// Other runs, or values of them have come.
    void changed();
    /// Records and summaries as they were read, before changed().
    void curvesRead(const std::vector<mocoscope::ui::RunCurves>& runs);

private:
    struct Stored
    {
        std::shared_ptr<Timeline> timeline = std::make_shared<Timeline>();
        std::map<std::string, std::shared_ptr<CurveData>>
            curves; ///< empty ones too: no need to ask again
        std::int64_t lastStep = -1; ///< of the record when it was read
    };
    void readMissing();
    void store(const RunCurves& read);

    RunLibrary& m_library;
    std::vector<OverlaidRun> m_runs;
    std::map<storage::RunId, Stored> m_stored;
    std::map<const QObject*, std::set<std::string>> m_wanted;
    std::vector<std::string> m_metrics;
};

} // namespace mocoscope::ui
