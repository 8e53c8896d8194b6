// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/compare_model.h"

#include "training/api/config_json.h"
#include "training/api/config_schema.h"
#include "ui/models/curve_style.h"
#include "ui/pages/compare_columns.h"
#include "ui/pages/compare_figures.h"
#include "ui/plot/plot_export.h"
#include "ui/plot/tick_text.h"

#include <QStringList>

#include <algorithm>
#include <cmath>

namespace mocoscope::ui {
namespace {

QString withUnit(const QString& text, const training::FieldDescription& field)
{
    return field.unit.empty() ? text : text + QLatin1Char(' ') + QString::fromStdString(field.unit);
}

/// As many decimals as the value has: 0.937 against 0.942 differs by 0.005, not by 0.005225. Empty
/// when they read the same.
QString sizeOfDelta(const Figure& figure, double value, double base)
{
    const QString whole = figure.text(value);
    const double delta = std::abs(value - base);
    if (whole == figure.text(base)) {
        return {};
    }
    const qsizetype point = whole.indexOf(QLatin1Char('.'));
    const bool isPlain
        = figure.text == valueText && point >= 0 && !whole.contains(QLatin1Char('e'));
    const QString size = isPlain
        ? QString::number(delta, 'f', static_cast<int>(whole.size() - point - 1))
        : figure.text(delta).remove(QLatin1String(" %")); // points, not per cent of the base
    const bool isZero
        = std::none_of(size.begin(), size.end(), [](QChar c) { return c >= u'1' && c <= u'9'; });
    return isZero ? QString() : size;
}

} // namespace

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
    const auto baseline
        = m_runs.empty() ? std::nullopt : std::optional(runOf(m_baseline).record.id);
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
    m_columns = compareColumns(m_runs, true);
    m_haveSeeds = m_columns.size() < m_runs.size();
    if (!m_showsMeans) {
        m_columns = compareColumns(m_runs, false);
    }
    rebuildRows();
}

void CompareModel::setShowsMeans(bool means)
{
    if (means != m_showsMeans) {
        m_showsMeans = means;
        setRuns(std::vector<ComparedRun>(m_runs));
    }
}

const ComparedRun& CompareModel::runOf(int column) const
{
    return m_runs[m_columns[static_cast<std::size_t>(column)].runs.front()];
}

QString CompareModel::titleOf(int column) const
{
    return columnTitle(m_columns[static_cast<std::size_t>(column)], m_runs);
}

void CompareModel::setBaseline(int column)
{
    if (column != m_baseline && column >= 0 && column < columnCount()) {
        m_baseline = column;
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, columnCount() - 1));
        Q_EMIT headerDataChanged(Qt::Horizontal, 0, columnCount() - 1);
    }
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
    if (!m_runs.empty()) {
        Q_EMIT headerDataChanged(Qt::Horizontal, 0, columnCount() - 1);
    }
}

QString CompareModel::optionText(const std::string& key, std::size_t index) const
{
    const ComparedRun& run = m_runs[index];
    const training::FieldDescription* field = training::findField(key);
    if (!run.config || !field) {
        return QStringLiteral("?");
    }
    const training::FieldValue value = field->get(*run.config);
    const double* number = std::get_if<double>(&value);
    return withUnit(number ? settingText(*number) : QString::fromStdString(training::toText(value)),
                    *field);
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
        : spreadText(figures()[row.figure], m_columns[static_cast<std::size_t>(column)], m_runs);
}

CompareModel::Delta CompareModel::delta(const Row& row, int column) const
{
    if (row.kind != Row::Kind::Figure || column == m_baseline) {
        return {};
    }
    const Figure& figure = figures()[row.figure];
    const auto value = spreadOf(figure, m_columns[static_cast<std::size_t>(column)], m_runs);
    const auto base = spreadOf(figure, m_columns[static_cast<std::size_t>(m_baseline)], m_runs);
    const QString size = value && base ? sizeOfDelta(figure, value->mean, base->mean) : QString();
    if (size.isEmpty()) {
        return {};
    }
    const bool isMore = value->mean > base->mean;
    const QString signedSize = (isMore ? QStringLiteral("+") : QStringLiteral("−")) + size;
    if (figure.goal == Figure::Goal::None) {
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

QString CompareModel::toText(QChar separator) const
{
    const auto field = [separator](QString text) {
        // Tab-separated text has no quotes: what would break a cell becomes a blank.
        return separator == QLatin1Char(',') ? csvField(text)
                                             : text.replace(QLatin1Char('\t'), QLatin1Char(' '))
                                                   .replace(QLatin1Char('\n'), QLatin1Char(' '));
    };
    QStringList lines;
    QStringList cells {QString()};
    for (int column = 0; column < columnCount(); ++column) {
        cells << field(titleOf(column));
    }
    lines << cells.join(separator);
    for (const Row& row : m_rows) {
        if (row.kind == Row::Kind::Section) {
            continue;
        }
        cells = {field(row.title)};
        for (int column = 0; column < columnCount(); ++column) {
            cells << field(cellText(row, column));
        }
        lines << cells.join(separator);
    }
    return lines.join(QLatin1String("\r\n")) + QLatin1String("\r\n");
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
