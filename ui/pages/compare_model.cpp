// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/compare_model.h"

#include "training/api/config_json.h"
#include "training/api/config_schema.h"
#include "ui/models/curve_style.h"
#include "ui/pages/compare_figures.h"
#include "ui/plot/plot_export.h"
#include "ui/plot/tick_text.h"

#include <QCoreApplication>
#include <QStringList>

#include <algorithm>
#include <cassert>
#include <cmath>
#include <set>

namespace mocoscope::ui {
namespace {

const QString noValue = QStringLiteral("–");

QString figureText(const char* source)
{
    return QCoreApplication::translate("Figure", source);
}

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

QString titleOf(const training::FieldDescription& field)
{
    return field.label.empty() ? QString::fromStdString(field.key)
                               : QString::fromStdString(field.label);
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

void CompareModel::setRuns(std::vector<ComparedRun> runs)
{
    const auto known = [&](const ComparedRun& run) {
        return !m_runs.empty()
            && run.record.id == m_runs[static_cast<std::size_t>(m_baseline)].record.id;
    };
    beginResetModel();
    const auto baseline = std::find_if(runs.begin(), runs.end(), known);
    m_baseline = baseline == runs.end() ? 0 : static_cast<int>(baseline - runs.begin());
    m_runs = std::move(runs);
    rebuildRows();
    endResetModel();
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

/// In the schema's order. What differs between any two runs differs from the first one in one.
std::vector<std::string> CompareModel::differingKeys() const
{
    std::set<std::string> keys;
    const auto first = std::find_if(m_runs.begin(), m_runs.end(),
                                    [](const auto& run) { return run.config.has_value(); });
    for (auto run = first; run != m_runs.end(); ++run) {
        if (run->config) {
            for (const auto& difference : training::difference(*first->config, *run->config)) {
                keys.insert(difference.key);
            }
        }
    }
    std::vector<std::string> ordered;
    for (const training::FieldDescription& field : training::configFields()) {
        if (keys.contains(field.key)) {
            ordered.push_back(field.key);
        }
    }
    return ordered;
}

void CompareModel::rebuildRows()
{
    m_rows.clear();
    if (m_runs.empty()) {
        return;
    }
    // What differs is short and says what is compared; all options would push the results away.
    if (m_showsAll) {
        addFigures();
        addOptions();
    } else {
        addOptions();
        addFigures();
    }
}

void CompareModel::addFigures()
{
    m_rows.push_back({Row::Kind::Section, tr("Results"), {}, 0, {}});
    for (std::size_t i = 0; i < figures().size(); ++i) {
        const Figure& figure = figures()[i];
        const bool isKnown = std::any_of(m_runs.begin(), m_runs.end(), [&](const ComparedRun& run) {
            return figure.value(run).has_value();
        });
        if (isKnown) {
            m_rows.push_back(
                {Row::Kind::Figure, figureText(figure.title), figureText(figure.help), i, {}});
        }
    }
}

void CompareModel::addOptions()
{
    std::vector<std::string> keys = differingKeys();
    if (m_showsAll) {
        keys.clear();
        for (const training::FieldDescription& field : training::configFields()) {
            keys.push_back(field.key);
        }
    }
    const QString none = m_runs.size() > 1 ? tr("Options: all are the same")
                                           : tr("Options: choose a second run to see what differs");
    m_rows.push_back({Row::Kind::Section,
                      keys.empty()     ? none
                          : m_showsAll ? tr("All options")
                                       : tr("Options that differ"),
                      {},
                      0,
                      {}});
    for (const std::string& key : keys) {
        const training::FieldDescription* field = training::findField(key);
        assert(field);
        const QString help = QStringLiteral("%1\n%2").arg(QString::fromStdString(key),
                                                          QString::fromStdString(field->help));
        m_rows.push_back({Row::Kind::Option, titleOf(*field), help, 0, key});
    }
}

QString CompareModel::optionText(const Row& row, int column) const
{
    const ComparedRun& run = m_runs[static_cast<std::size_t>(column)];
    const training::FieldDescription* field = training::findField(row.key);
    if (!run.config || !field) {
        return QStringLiteral("?");
    }
    const training::FieldValue value = field->get(*run.config);
    const double* number = std::get_if<double>(&value);
    return withUnit(number ? settingText(*number) : QString::fromStdString(training::toText(value)),
                    *field);
}

QString CompareModel::cellText(const Row& row, int column) const
{
    if (row.kind == Row::Kind::Section) {
        return {};
    }
    if (row.kind == Row::Kind::Option) {
        return optionText(row, column);
    }
    const Figure& figure = figures()[row.figure];
    const auto value = figure.value(m_runs[static_cast<std::size_t>(column)]);
    return value ? figure.text(*value) : noValue;
}

CompareModel::Delta CompareModel::delta(const Row& row, int column) const
{
    if (row.kind != Row::Kind::Figure || column == m_baseline) {
        return {};
    }
    const Figure& figure = figures()[row.figure];
    const auto value = figure.value(m_runs[static_cast<std::size_t>(column)]);
    const auto base = figure.value(m_runs[static_cast<std::size_t>(m_baseline)]);
    const QString size = value && base ? sizeOfDelta(figure, *value, *base) : QString();
    if (size.isEmpty()) {
        return {};
    }
    const bool isMore = *value > *base;
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

QString CompareModel::distinction(int column) const
{
    QStringList parts;
    for (const std::string& key : differingKeys()) {
        const training::FieldDescription* field = training::findField(key);
        parts << QStringLiteral("%1 %2").arg(
            titleOf(*field), optionText({Row::Kind::Option, {}, {}, 0, key}, column));
    }
    return parts.join(QStringLiteral(" · "));
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
        cells << field(
            QString::fromStdString(m_runs[static_cast<std::size_t>(column)].record.name));
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
    return parent.isValid() ? 0 : static_cast<int>(m_runs.size());
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
    const storage::RunRecord& run = m_runs[static_cast<std::size_t>(section)].record;
    const QString name = QString::fromStdString(run.name);
    switch (role) {
    case Qt::DisplayRole:
        return section == m_baseline ? QStringLiteral("◆ ") + name : name;
    case Qt::ToolTipRole:
    case Qt::AccessibleTextRole:
        return (section == m_baseline ? tr("%1, the baseline").arg(name) : name)
            + (distinction(section).isEmpty() ? QString()
                                              : QLatin1Char('\n') + distinction(section));
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
