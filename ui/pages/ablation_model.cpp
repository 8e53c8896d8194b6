// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/ablation_model.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace mocoscope::ui {
namespace {

using storage::AblationRow;

} // namespace

AblationModel::AblationModel(QObject* parent)
    : QAbstractTableModel(parent)
{
}

void AblationModel::setRuns(ComparedRuns runs)
{
    beginResetModel();
    m_runs = std::move(runs);
    chooseFigure();
    ablate();
    endResetModel();
}

void AblationModel::setFigure(std::size_t figure)
{
    beginResetModel();
    m_figure = figure;
    m_isFigureChosen = true;
    ablate();
    endResetModel();
}

void AblationModel::setBaseline(std::optional<storage::RunId> run)
{
    if (run != m_baseline) {
        beginResetModel();
        m_baseline = run;
        ablate();
        endResetModel();
    }
}

std::vector<std::size_t> AblationModel::knownFigures() const
{
    std::vector<std::size_t> known;
    for (std::size_t i = 0; m_runs && i < figures().size(); ++i) {
        if (countOf(figures()[i], *m_runs) > 0) {
            known.push_back(i);
        }
    }
    return known;
}

/// Linear probing, kNN accuracy or loss, whichever the most runs have.
void AblationModel::chooseFigure()
{
    if (m_isFigureChosen && std::ranges::count(knownFigures(), m_figure) > 0) {
        return;
    }
    std::ptrdiff_t most = 0;
    for (const std::string_view id : {"linear_top1", "knn_top1_last", "loss_last"}) {
        for (std::size_t i = 0; i < figures().size(); ++i) {
            const auto count = id == figures()[i].id ? countOf(figures()[i], *m_runs) : 0;
            m_figure = count > most ? i : m_figure;
            most = std::max(most, count);
        }
    }
}

void AblationModel::ablate()
{
    std::vector<storage::AblatedRun> runs;
    std::optional<std::size_t> baseline;
    for (std::size_t i = 0; m_runs && i < m_runs->size(); ++i) {
        const ComparedRun& run = (*m_runs)[i];
        baseline = m_baseline == run.record.id ? i : baseline;
        runs.push_back(
            {&run.record, run.config ? &*run.config : nullptr, figures()[m_figure].value(run)});
    }
    m_ablation = storage::ablate(runs, baseline);
    layOut();
}

void AblationModel::layOut()
{
    m_lines.clear();
    if (!m_ablation) {
        return;
    }
    m_lines.push_back({nullptr, tr("Baseline"), {}});
    m_lines.push_back({&m_ablation->baseline, {}, {}});
    addLines(tr("One option changed"), m_ablation->single);
    addLines(tr("Several options changed"), m_ablation->several);
    addLines(tr("The baseline again, with a seed that it has"), m_ablation->repeated);
    if (!m_ablation->leftOut.empty()) {
        m_lines.push_back({nullptr, tr("Left out: not finished, or options not known"), {}});
    }
    for (const std::size_t run : m_ablation->leftOut) {
        m_lines.push_back({nullptr, QString::fromStdString((*m_runs)[run].record.name), run});
    }
}

void AblationModel::addLines(const QString& heading, const std::vector<AblationRow>& rows)
{
    if (rows.empty()) {
        return;
    }
    m_lines.push_back({nullptr, heading, {}});
    std::vector<const AblationRow*> sorted;
    for (const AblationRow& row : rows) {
        sorted.push_back(&row);
    }
    if (m_sortColumn >= 0) {
        std::ranges::stable_sort(sorted, [this](const AblationRow* one, const AblationRow* other) {
            return isBefore(*one, *other);
        });
    }
    for (const AblationRow* row : sorted) {
        m_lines.push_back({row, {}, {}});
    }
}

QVariant AblationModel::sortKey(const AblationRow& row, int column) const
{
    const auto number
        = [](const std::optional<double>& value) { return value ? QVariant(*value) : QVariant(); };
    switch (column) {
    case Runs:
        return static_cast<double>(row.runs.size());
    case Result:
        return row.value ? QVariant(row.value->mean) : QVariant();
    case Difference:
        return number(row.difference);
    case Option:
        return optionCell(row);
    case Value:
    case Instead: {
        if (row.changes.size() != 1) {
            return valueCell(row, column == Instead);
        }
        // As it is stored: what is shown has signs and units that are for people.
        const auto& change = row.changes.front();
        const QString text
            = QString::fromStdString(column == Instead ? change.baseline : change.value);
        bool isNumber = false;
        const double value = text.toDouble(&isNumber);
        return isNumber ? QVariant(value) : QVariant(text);
    }
    default: {
        const auto& published = row.published[static_cast<std::size_t>(column - firstPublished)];
        return published ? QVariant(published->value) : QVariant();
    }
    }
}

/// What has no value comes last, whichever way is sorted.
bool AblationModel::isBefore(const AblationRow& one, const AblationRow& other) const
{
    const QVariant left = sortKey(one, m_sortColumn);
    const QVariant right = sortKey(other, m_sortColumn);
    if (left.isValid() != right.isValid()) {
        return left.isValid();
    }
    if (left.typeId() != right.typeId()) { // numbers before texts
        return (left.typeId() == QMetaType::Double) == (m_sortOrder == Qt::AscendingOrder);
    }
    const auto order = QVariant::compare(left, right);
    return m_sortOrder == Qt::AscendingOrder ? order == QPartialOrdering::Less
                                             : order == QPartialOrdering::Greater;
}

void AblationModel::sort(int column, Qt::SortOrder order)
{
    beginResetModel();
    m_sortColumn = column < columnCount() ? column : -1;
    m_sortOrder = order;
    layOut();
    endResetModel();
}

std::vector<storage::RunId> AblationModel::runsOf(int row) const
{
    const Line& line = m_lines[static_cast<std::size_t>(row)];
    if (line.row) {
        return runsOf(*line.row);
    }
    return line.leftOut ? std::vector {(*m_runs)[*line.leftOut].record.id}
                        : std::vector<storage::RunId> {};
}

std::vector<storage::RunId> AblationModel::runsOf(const AblationRow& row) const
{
    std::vector<storage::RunId> runs;
    for (const std::size_t run : row.runs) {
        runs.push_back((*m_runs)[run].record.id);
    }
    return runs;
}

int AblationModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_lines.size());
}

int AblationModel::columnCount(const QModelIndex& parent) const
{
    const std::size_t labels = m_ablation ? m_ablation->labels.size() : 0;
    return parent.isValid() ? 0 : firstPublished + static_cast<int>(labels);
}

QVariant AblationModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) {
        return {};
    }
    const Line& line = m_lines[static_cast<std::size_t>(index.row())];
    const bool isNumber = index.column() >= Runs;
    switch (role) {
    case Qt::DisplayRole:
        return cellText(line, index.column());
    case Qt::ToolTipRole:
        return toolTip(line, index.column());
    case Qt::TextAlignmentRole:
        return QVariant::fromValue(isNumber ? Qt::AlignRight | Qt::AlignVCenter
                                            : Qt::AlignLeft | Qt::AlignVCenter);
    case CompareModel::SectionRole:
        return !line.row && !line.leftOut;
    case CompareModel::VerdictRole:
        return line.row && index.column() == Difference ? static_cast<int>(verdict(*line.row))
                                                        : static_cast<int>(CompareModel::Neutral);
    default:
        return {};
    }
}

QVariant AblationModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= columnCount()) {
        return {};
    }
    if (role == Qt::TextAlignmentRole) {
        return QVariant::fromValue(section >= Runs ? Qt::AlignRight | Qt::AlignVCenter
                                                   : Qt::AlignLeft | Qt::AlignVCenter);
    }
    if (role != Qt::DisplayRole) {
        return {};
    }
    const std::array<QString, firstPublished> titles {tr("Option"),
                                                      tr("Value"),
                                                      tr("Instead of"),
                                                      tr("Runs"),
                                                      figureTitle(figures()[m_figure]),
                                                      tr("Difference")};
    return section < firstPublished
        ? titles[static_cast<std::size_t>(section)]
        : QString::fromStdString(
            m_ablation->labels[static_cast<std::size_t>(section - firstPublished)]);
}

Qt::ItemFlags AblationModel::flags(const QModelIndex& index) const
{
    if (!index.isValid()) {
        return Qt::NoItemFlags;
    }
    const bool isHeading = index.data(CompareModel::SectionRole).toBool();
    return isHeading ? Qt::ItemIsEnabled | Qt::ItemNeverHasChildren
                     : Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemNeverHasChildren;
}

} // namespace mocoscope::ui
