// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "storage/exchange/ablation.h"
#include "ui/pages/compare_figures.h"
#include "ui/pages/compare_model.h"

#include <QAbstractTableModel>

#include <optional>
#include <vector>

namespace mocoscope::ui {

/// What changing one option of a baseline did: the baseline, a line for each setting that differs
/// from it in one option, those that differ in more, and what was left out. Sorting stays within
/// these sections.
class AblationModel final : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column : int
    {
        Option,
        Value,
        Instead, ///< the baseline's value
        Runs,
        Result,
        Difference,
        firstPublished ///< a column for each label of the study
    };
    // CompareModel's SectionRole and VerdictRole hold here too.

    explicit AblationModel(QObject* parent = nullptr);

    void setRuns(ComparedRuns runs);
    /// Index into figures().
    void setFigure(std::size_t figure);
    [[nodiscard]] std::size_t figure() const { return m_figure; }
    /// The figures that some of the runs have.
    [[nodiscard]] std::vector<std::size_t> knownFigures() const;
    /// A run of the baseline's setting; empty: the setting that most others are next to.
    void setBaseline(std::optional<storage::RunId> run);
    [[nodiscard]] std::optional<storage::RunId> baseline() const { return m_baseline; }

    /// Empty when no run is finished.
    [[nodiscard]] const std::optional<storage::Ablation>& ablation() const { return m_ablation; }
    /// The runs behind a line; empty for headings.
    [[nodiscard]] std::vector<storage::RunId> runsOf(int row) const;
    [[nodiscard]] std::vector<storage::RunId> runsOf(const storage::AblationRow& row) const;
    /// `lr=0.5, 3 seeds`: what a setting is called in a choice.
    [[nodiscard]] QString settingTitle(const storage::AblationRow& row) const;

    /// For a spreadsheet: all lines, headings left out.
    [[nodiscard]] QString toText(QChar separator) const;
    [[nodiscard]] QString toMarkdown() const;

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role) const override;
    [[nodiscard]] Qt::ItemFlags flags(const QModelIndex& index) const override;
    /// −1: as they came, by option and value.
    void sort(int column, Qt::SortOrder order) override;

private:
    struct Line
    {
        const storage::AblationRow* row = nullptr; ///< null: a heading, or a run that is left out
        QString heading; ///< the text of a heading, or the name of a run that is left out
        std::optional<std::size_t> leftOut;
    };
    void ablate();
    void chooseFigure();
    void layOut();
    void addLines(const QString& heading, const std::vector<storage::AblationRow>& rows);
    [[nodiscard]] bool isBefore(const storage::AblationRow& one,
                                const storage::AblationRow& other) const;
    [[nodiscard]] QVariant sortKey(const storage::AblationRow& row, int column) const;
    [[nodiscard]] QString cellText(const Line& line, int column) const;
    [[nodiscard]] QString optionCell(const storage::AblationRow& row) const;
    [[nodiscard]] QString valueCell(const storage::AblationRow& row, bool ofBaseline) const;
    [[nodiscard]] QString differenceCell(const storage::AblationRow& row) const;
    [[nodiscard]] QString publishedCell(const storage::AblationRow& row, std::size_t label) const;
    [[nodiscard]] QString toolTip(const Line& line, int column) const;
    [[nodiscard]] CompareModel::Verdict verdict(const storage::AblationRow& row) const;
    [[nodiscard]] std::vector<QStringList> cells() const;

    ComparedRuns m_runs;
    std::size_t m_figure = 0;
    bool m_isFigureChosen = false;
    std::optional<storage::RunId> m_baseline;
    std::optional<storage::Ablation> m_ablation;
    std::vector<Line> m_lines;
    int m_sortColumn = -1;
    Qt::SortOrder m_sortOrder = Qt::AscendingOrder;
};

} // namespace mocoscope::ui
