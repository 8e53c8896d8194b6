// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "storage/run_record.h"
#include "training/api/training_config.h"

#include <QAbstractTableModel>
#include <QStringList>

#include <memory>
#include <optional>
#include <utility>
#include <vector>

namespace mocoscope::ui {

/// A run as the comparison sees it.
struct ComparedRun
{
    storage::RunRecord record;
    std::optional<training::TrainingConfig> config; ///< empty: could not be read
    std::vector<storage::MetricSummary> summaries;
};
[[nodiscard]] ComparedRun comparedRun(storage::RunRecord record,
                                      std::vector<storage::MetricSummary> summaries);

/// Shared by the views of a comparison.
using ComparedRuns = std::shared_ptr<const std::vector<ComparedRun>>;

struct CompareColumn;

/// Runs side by side, a column each or a column for all seeds of a setting: first what came of
/// them, then the options in which they differ (or all options). One column is the baseline that
/// the others are measured against. Published values have lines of their own, and are never
/// measured against anything.
class CompareModel final : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Role : int
    {
        DeltaRole = Qt::UserRole, ///< difference to the baseline as text; empty for none
        VerdictRole, ///< Verdict of that difference
        DiffersRole, ///< an option that is not as in the baseline
        SectionRole, ///< the row is a heading
        ColourRole, ///< of a run, in the horizontal header
        KeyRole, ///< the option of a row, in the vertical header; empty for other rows
        SortRole, ///< a number, or a text; invalid where there is no value
    };
    enum Verdict : int
    {
        Worse = -1,
        Neutral = 0,
        Better = 1
    };

    explicit CompareModel(QObject* parent = nullptr);
    ~CompareModel() override;

    void setRuns(std::vector<ComparedRun> runs);
    [[nodiscard]] const std::vector<ComparedRun>& runs() const { return *m_runs; }
    /// Never null.
    [[nodiscard]] const ComparedRuns& sharedRuns() const { return m_runs; }
    /// The run that a column shows, or the first of those whose mean it shows.
    [[nodiscard]] const ComparedRun& runOf(int column) const;
    [[nodiscard]] QString titleOf(int column) const;
    /// Whether some of the runs are finished and differ in nothing but the seed.
    [[nodiscard]] bool haveSeeds() const { return m_haveSeeds; }
    /// Mean ± deviation in one column for runs that differ in nothing but the seed.
    void setShowsMeans(bool means);
    [[nodiscard]] bool showsMeans() const { return m_showsMeans; }
    /// By the user's hand; a column that is not there changes nothing.
    void setBaseline(int column);
    /// The column that shows a run, or the mean that it is part of; −1: none.
    [[nodiscard]] int columnOf(storage::RunId run) const;
    [[nodiscard]] int baseline() const { return m_baseline; }
    void setShowsAllOptions(bool all);
    void setDark(bool dark);
    /// Options that are listed first, and also where they are the same in all runs.
    void setPinned(std::vector<std::string> keys);
    void setPinned(const std::string& key, bool isPinned);
    [[nodiscard]] const std::vector<std::string>& pinned() const { return m_pinned; }
    [[nodiscard]] bool isPinned(const std::string& key) const;

    /// Options in which the runs differ, in the schema's order.
    [[nodiscard]] const std::vector<std::string>& differingKeys() const { return m_differing; }
    /// The options of a run that differ among the runs: "Learning rate 1.5e-4 · Batch size 256".
    [[nodiscard]] QString distinction(int run) const;
    /// The whole table, headers and all, without headings: runs are columns, or rows.
    [[nodiscard]] std::vector<QStringList> table(bool runsAsRows) const;
    /// The same for a spreadsheet.
    [[nodiscard]] QString toText(QChar separator, bool runsAsRows = false) const;

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role) const override;
    [[nodiscard]] Qt::ItemFlags flags(const QModelIndex& index) const override;

Q_SIGNALS:
    /// Other runs, or more is known of them; what the table shows of them is another matter.
    void runsChanged();
    /// Somebody chose the baseline; the first run of its column.
    void baselineMarked(mocoscope::storage::RunId run);

private:
    struct Row
    {
        enum class Kind : std::uint8_t
        {
            Section,
            Figure,
            Published,
            Option
        };
        Kind kind = Kind::Section;
        QString title;
        QString toolTip;
        std::size_t figure = 0; ///< of Kind::Figure
        std::string key; ///< of Kind::Option; the label of Kind::Published
    };
    /// A result's difference to the baseline's.
    struct Delta
    {
        QString text;
        Verdict verdict = Neutral;
    };
    [[nodiscard]] std::vector<std::string> findDifferingKeys() const;
    void rebuild();
    void rebuildRows();
    void addFigures();
    void addPublished();
    void addOptions();
    void addPinned();
    void addOption(const std::string& key);
    [[nodiscard]] QString optionText(const std::string& key, std::size_t run) const;
    [[nodiscard]] QString optionText(const Row& row, int column) const;
    [[nodiscard]] QString publishedText(const Row& row, int column) const;
    [[nodiscard]] QString cellText(const Row& row, int column) const;
    [[nodiscard]] Delta delta(const Row& row, int column) const;
    [[nodiscard]] bool differs(const Row& row, int column) const;
    [[nodiscard]] QVariant sortKey(const Row& row, int column) const;

    void show(ComparedRuns runs);

    ComparedRuns m_runs = std::make_shared<std::vector<ComparedRun>>();
    std::vector<CompareColumn> m_columns;
    std::vector<Row> m_rows;
    std::vector<std::string> m_differing; ///< keys of options
    std::vector<std::string> m_pinned;
    int m_baseline = 0;
    bool m_showsAll = false;
    bool m_showsMeans = true;
    bool m_haveSeeds = false;
    bool m_isDark = false;
};

} // namespace mocoscope::ui
