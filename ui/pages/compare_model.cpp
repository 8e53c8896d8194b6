// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/compare_model.h"

#include "training/api/config_json.h"
#include "ui/models/curve_style.h"
#include "ui/pages/compare_columns.h"
#include "ui/pages/compare_figures.h"
#include "ui/pages/compare_options.h"
#include "ui/plot/table_text.h"

#include <QStringList>

#include <algorithm>

namespace mocoscope::ui {

ComparedRun comparedRun(storage::RunRecord record, std::vector<storage::MetricSummary> summaries)
{
    ComparedRun run;
    if (auto config = training::fromJson(record.configJson)) {
        run.config = std::move(*config);
    }
    run.record = std::move(record);
    run.summaries = std::move(summaries);
    return run;
}

CompareModel::CompareModel(QObject* parent)
    : QAbstractTableModel(parent)
{
}

CompareModel::~CompareModel() = default;

void CompareModel::setRuns(std::vector<ComparedRun> runs)
{
    show(std::make_shared<const std::vector<ComparedRun>>(std::move(runs)));
    Q_EMIT runsChanged();
}

void CompareModel::show(ComparedRuns runs)
{
    const auto baseline
        = m_runs->empty() ? std::nullopt : std::optional(runOf(m_baseline).record.id);
    beginResetModel();
    m_runs = std::move(runs);
    rebuild();
    m_baseline = 0;
    for (int column = 0; column < columnCount(); ++column) {
        m_baseline = baseline == runOf(column).record.id ? column : m_baseline;
    }
    endResetModel();
}

void CompareModel::rebuild()
{
    m_differing = findDifferingKeys();
    m_columns = compareColumns(runs(), true);
    m_haveSeeds = m_columns.size() < runs().size();
    if (!m_showsMeans) {
        m_columns = compareColumns(runs(), false);
    }
    rebuildRows();
}

void CompareModel::setShowsMeans(bool means)
{
    if (means != m_showsMeans) {
        m_showsMeans = means;
        show(m_runs);
    }
}

const ComparedRun& CompareModel::runOf(int column) const
{
    return runs()[m_columns[static_cast<std::size_t>(column)].runs.front()];
}

QString CompareModel::titleOf(int column) const
{
    return columnTitle(m_columns[static_cast<std::size_t>(column)], runs());
}

void CompareModel::setBaseline(int column)
{
    if (column != m_baseline && column >= 0 && column < columnCount()) {
        m_baseline = column;
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, columnCount() - 1));
        Q_EMIT headerDataChanged(Qt::Horizontal, 0, columnCount() - 1);
        Q_EMIT baselineMarked(runOf(column).record.id);
    }
}

int CompareModel::columnOf(storage::RunId run) const
{
    for (int column = 0; column < columnCount(); ++column) {
        const auto& members = m_columns[static_cast<std::size_t>(column)].runs;
        if (std::ranges::any_of(
                members, [&](std::size_t member) { return runs()[member].record.id == run; })) {
            return column;
        }
    }
    return -1;
}

void CompareModel::setShowsAllOptions(bool all)
{
    if (all != m_showsAll) {
        beginResetModel();
        m_showsAll = all;
        rebuildRows();
        endResetModel();
    }
}

void CompareModel::setDark(bool dark)
{
    m_isDark = dark;
    if (!runs().empty()) {
        Q_EMIT headerDataChanged(Qt::Horizontal, 0, columnCount() - 1);
    }
}

QString CompareModel::optionText(const std::string& key, std::size_t run) const
{
    const auto& config = runs()[run].config;
    return config ? ui::optionText(key, *config) : QStringLiteral("?");
}

/// Of runs that differ by seed: all seeds.
QString CompareModel::optionText(const Row& row, int column) const
{
    QStringList texts;
    for (const std::size_t run : m_columns[static_cast<std::size_t>(column)].runs) {
        texts << optionText(row.key, run);
    }
    texts.removeDuplicates();
    return texts.join(QStringLiteral(", "));
}

QString CompareModel::publishedText(const Row& row, int column) const
{
    const auto value = publishedValue(runOf(column), row.key);
    return value ? QStringLiteral("%1 %2")
                       .arg(value->value, 0, 'f', 1)
                       .arg(QString::fromStdString(value->unit))
                 : QStringLiteral("–");
}

QString CompareModel::cellText(const Row& row, int column) const
{
    if (row.kind == Row::Kind::Section) {
        return {};
    }
    if (row.kind == Row::Kind::Option) {
        return optionText(row, column);
    }
    return row.kind == Row::Kind::Published
        ? publishedText(row, column)
        : spreadText(figures()[row.figure], m_columns[static_cast<std::size_t>(column)], runs());
}

CompareModel::Delta CompareModel::delta(const Row& row, int column) const
{
    if (row.kind != Row::Kind::Figure || column == m_baseline) {
        return {};
    }
    const Figure& figure = figures()[row.figure];
    const auto value = spreadOf(figure, m_columns[static_cast<std::size_t>(column)], runs());
    const auto base = spreadOf(figure, m_columns[static_cast<std::size_t>(m_baseline)], runs());
    const QString size = value && base ? sizeOfDelta(figure, value->mean, base->mean) : QString();
    if (size.isEmpty()) {
        return {};
    }
    const bool isMore = value->mean > base->mean;
    const QString signedSize = (isMore ? QStringLiteral("+") : QStringLiteral("−")) + size;
    const bool saysNothing = figure.goal == Figure::Goal::None
        || isWithinSeeds(figure, m_columns[static_cast<std::size_t>(column)],
                         m_columns[static_cast<std::size_t>(m_baseline)], runs())
        || !areComparable(figure, runOf(column), runOf(m_baseline));
    if (saysNothing) {
        return {signedSize, Neutral};
    }
    const bool isBetter = isMore == (figure.goal == Figure::Goal::Higher);
    return {(isBetter ? QStringLiteral("✓ ") : QStringLiteral("✗ ")) + signedSize,
            isBetter ? Better : Worse};
}

bool CompareModel::differs(const Row& row, int column) const
{
    return row.kind == Row::Kind::Option && column != m_baseline
        && optionText(row, column) != optionText(row, m_baseline);
}

std::vector<QStringList> CompareModel::table(bool runsAsRows) const
{
    std::vector<QStringList> columns(1); // titles, then a run each
    columns[0] << QString();
    for (int column = 0; column < columnCount(); ++column) {
        columns.push_back({titleOf(column)});
    }
    for (const Row& row : m_rows) {
        if (row.kind == Row::Kind::Section) {
            continue;
        }
        columns[0] << row.title;
        for (int column = 0; column < columnCount(); ++column) {
            columns[static_cast<std::size_t>(column + 1)] << cellText(row, column);
        }
    }
    if (runsAsRows) {
        return columns;
    }
    std::vector<QStringList> rows(static_cast<std::size_t>(columns[0].size()));
    for (std::size_t row = 0; row < rows.size(); ++row) {
        for (const QStringList& column : columns) {
            rows[row] << column[static_cast<qsizetype>(row)];
        }
    }
    return rows;
}

QString CompareModel::toText(QChar separator, bool runsAsRows) const
{
    return tableText(table(runsAsRows), separator);
}

QVariant CompareModel::sortKey(const Row& row, int column) const
{
    const CompareColumn& members = m_columns[static_cast<std::size_t>(column)];
    if (row.kind == Row::Kind::Figure) {
        const auto spread = spreadOf(figures()[row.figure], members, runs());
        return spread ? QVariant(spread->mean) : QVariant();
    }
    if (row.kind == Row::Kind::Published) {
        const auto value = publishedValue(runOf(column), row.key);
        return value ? QVariant(value->value) : QVariant();
    }
    const auto& config = runOf(column).config;
    const training::FieldDescription* field = training::findField(row.key);
    if (row.kind == Row::Kind::Section || !config || !field) {
        return {};
    }
    const training::FieldValue value = field->get(*config);
    const auto number = optionNumber(value);
    return number ? QVariant(*number) : QVariant(optionValueText(value));
}

int CompareModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int CompareModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_columns.size());
}

QVariant CompareModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) {
        return {};
    }
    const Row& row = m_rows[static_cast<std::size_t>(index.row())];
    switch (role) {
    case Qt::DisplayRole:
        return cellText(row, index.column());
    case Qt::AccessibleTextRole:
        return QString(cellText(row, index.column()) + QLatin1Char(' ')
                       + delta(row, index.column()).text)
            .trimmed();
    case Qt::ToolTipRole:
        return row.toolTip;
    case DeltaRole:
        return delta(row, index.column()).text;
    case VerdictRole:
        return static_cast<int>(delta(row, index.column()).verdict);
    case DiffersRole:
        return differs(row, index.column());
    case SectionRole:
        return row.kind == Row::Kind::Section;
    case SortRole:
        return sortKey(row, index.column());
    default:
        return {};
    }
}

QVariant CompareModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation == Qt::Vertical) {
        if (section < 0 || section >= rowCount()) {
            return {};
        }
        const Row& row = m_rows[static_cast<std::size_t>(section)];
        return role == Qt::DisplayRole ? QVariant(row.title)
            : role == Qt::ToolTipRole  ? QVariant(row.toolTip)
            : role == SectionRole      ? QVariant(row.kind == Row::Kind::Section)
            : role == KeyRole          ? QVariant(
                           QString::fromStdString(row.kind == Row::Kind::Option ? row.key : std::string()))
                              : QVariant();
    }
    if (section < 0 || section >= columnCount()) {
        return {};
    }
    const storage::RunRecord& run = runOf(section).record;
    const auto first = static_cast<int>(m_columns[static_cast<std::size_t>(section)].runs.front());
    const QString name = titleOf(section);
    switch (role) {
    case Qt::DisplayRole:
        return section == m_baseline ? QStringLiteral("◆ ") + name : name;
    case Qt::ToolTipRole:
    case Qt::AccessibleTextRole:
        return (section == m_baseline ? tr("%1, the baseline").arg(name) : name)
            + (distinction(first).isEmpty() ? QString() : QLatin1Char('\n') + distinction(first));
    case ColourRole:
        return runStyle(run, m_isDark).colour;
    default:
        return {};
    }
}

Qt::ItemFlags CompareModel::flags(const QModelIndex& index) const
{
    return index.isValid() ? Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemNeverHasChildren
                           : Qt::NoItemFlags;
}

} // namespace mocoscope::ui
