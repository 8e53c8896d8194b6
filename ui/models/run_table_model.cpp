// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/run_table_model.h"

#include "storage/run_tags.h"
#include "ui/models/curve_style.h"
#include "ui/models/text_format.h"

#include <algorithm>
#include <array>
#include <tuple>

namespace mocoscope::ui {

using storage::RunId;
using storage::RunRecord;

namespace {

struct ColumnText
{
    const char* title;
    const char* toolTip;
};

constexpr std::array<ColumnText, RunTableModel::ColumnCount> columns {{
    {QT_TRANSLATE_NOOP("mocoscope::ui::RunTableModel", "Name"),
     QT_TRANSLATE_NOOP("mocoscope::ui::RunTableModel",
                       "Check a run to lay it beside others on the Compare page. F2 renames it.")},
    {QT_TRANSLATE_NOOP("mocoscope::ui::RunTableModel", "State"),
     QT_TRANSLATE_NOOP("mocoscope::ui::RunTableModel",
                       "Runs whose process died are interrupted; they can be resumed.")},
    {QT_TRANSLATE_NOOP("mocoscope::ui::RunTableModel", "Preset"),
     QT_TRANSLATE_NOOP("mocoscope::ui::RunTableModel",
                       "The preset that the configuration started from")},
    {QT_TRANSLATE_NOOP("mocoscope::ui::RunTableModel", "Sweep"),
     QT_TRANSLATE_NOOP("mocoscope::ui::RunTableModel", "The sweep that the run belongs to")},
    {QT_TRANSLATE_NOOP("mocoscope::ui::RunTableModel", "Best kNN"),
     QT_TRANSLATE_NOOP("mocoscope::ui::RunTableModel", "Highest kNN accuracy of the run, top 1")},
    {QT_TRANSLATE_NOOP("mocoscope::ui::RunTableModel", "Last kNN"),
     QT_TRANSLATE_NOOP("mocoscope::ui::RunTableModel", "Newest kNN accuracy of the run, top 1")},
    {QT_TRANSLATE_NOOP("mocoscope::ui::RunTableModel", "Linear"),
     QT_TRANSLATE_NOOP(
         "mocoscope::ui::RunTableModel",
         "Linear probing, top 1: of the run itself, or of the last one that evaluated it")},
    {QT_TRANSLATE_NOOP("mocoscope::ui::RunTableModel", "Fine-tuned"),
     QT_TRANSLATE_NOOP(
         "mocoscope::ui::RunTableModel",
         "Fine-tuning, top 1: of the run itself, or of the last one that evaluated it")},
    {QT_TRANSLATE_NOOP("mocoscope::ui::RunTableModel", "Loss"),
     QT_TRANSLATE_NOOP("mocoscope::ui::RunTableModel", "Newest training loss")},
    {QT_TRANSLATE_NOOP("mocoscope::ui::RunTableModel", "Steps"),
     QT_TRANSLATE_NOOP("mocoscope::ui::RunTableModel", "Updates done, of all")},
    {QT_TRANSLATE_NOOP("mocoscope::ui::RunTableModel", "Duration"),
     QT_TRANSLATE_NOOP("mocoscope::ui::RunTableModel", "Training time, pauses left out")},
    {QT_TRANSLATE_NOOP("mocoscope::ui::RunTableModel", "Started"),
     QT_TRANSLATE_NOOP("mocoscope::ui::RunTableModel", "Local time")},
    {QT_TRANSLATE_NOOP("mocoscope::ui::RunTableModel", "Tags"),
     QT_TRANSLATE_NOOP("mocoscope::ui::RunTableModel", "Given in the panel beside the table")},
}};

auto shownParts(const RunRecord& run)
{
    return std::tie(run.name, run.preset, run.state, run.stateReason, run.startedAt, run.finishedAt,
                    run.device, run.notes, run.tags, run.colour, run.stepsDone, run.totalSteps,
                    run.durationMs, run.lastLoss, run.lastKnnTop1, run.bestKnnTop1, run.linearTop1,
                    run.finetuneTop1, run.sweep);
}

QString joined(const std::vector<std::string>& tags)
{
    QStringList texts;
    for (const std::string& tag : tags) {
        texts << QString::fromStdString(tag);
    }
    return texts.join(", ");
}

QString displayText(const RunRecord& run, int column)
{
    switch (column) {
    case RunTableModel::Name:
        return storage::hasTag(run, storage::starredTag)
            ? QStringLiteral("\u2605 ") + QString::fromStdString(run.name)
            : QString::fromStdString(run.name);
    case RunTableModel::State:
        return stateName(run.state);
    case RunTableModel::Preset:
        return run.preset.empty() ? nothingText : QString::fromStdString(run.preset);
    case RunTableModel::Sweep:
        return run.sweep ? QString::fromStdString(run.sweep->name) : nothingText;
    case RunTableModel::BestKnn:
        return percentText(run.bestKnnTop1);
    case RunTableModel::LastKnn:
        return percentText(run.lastKnnTop1);
    case RunTableModel::Linear:
        return percentText(run.linearTop1);
    case RunTableModel::Finetuned:
        return percentText(run.finetuneTop1);
    case RunTableModel::Loss:
        return lossText(run.lastLoss);
    case RunTableModel::Steps:
        return stepsText(run);
    case RunTableModel::Duration:
        return durationText(run.durationMs);
    case RunTableModel::Started:
        return timeText(run.startedAt);
    case RunTableModel::Tags:
        return joined(run.tags);
    default:
        return {};
    }
}

/// Runs without a value come after all others, whichever way they are sorted.
QVariant orNothing(std::optional<double> value)
{
    return value ? QVariant(*value) : QVariant();
}

QVariant sortValue(const RunRecord& run, int column)
{
    switch (column) {
    case RunTableModel::Sweep:
        return run.sweep ? QVariant(QStringLiteral("%1 %2")
                                        .arg(QString::fromStdString(run.sweep->name).toLower())
                                        .arg(run.sweep->place, 4, 10, QLatin1Char('0')))
                         : QVariant();
    case RunTableModel::BestKnn:
        return orNothing(run.bestKnnTop1);
    case RunTableModel::LastKnn:
        return orNothing(run.lastKnnTop1);
    case RunTableModel::Linear:
        return orNothing(run.linearTop1);
    case RunTableModel::Finetuned:
        return orNothing(run.finetuneTop1);
    case RunTableModel::Loss:
        return orNothing(run.lastLoss);
    case RunTableModel::Steps:
        return static_cast<qlonglong>(run.stepsDone);
    case RunTableModel::Duration:
        return static_cast<qlonglong>(run.durationMs);
    case RunTableModel::Started:
        return static_cast<qlonglong>(run.startedAt.value_or(run.createdAt));
    default:
        return displayText(run, column).toLower();
    }
}

bool isNumeric(int column)
{
    return column >= RunTableModel::BestKnn && column <= RunTableModel::Duration;
}

QString rowSearchText(const RunRecord& run)
{
    return QStringList {QString::fromStdString(run.name),
                        QString::fromStdString(run.preset),
                        stateName(run.state),
                        QString::fromStdString(run.notes),
                        QString::fromStdString(run.device),
                        joined(run.tags),
                        run.sweep ? QString::fromStdString(run.sweep->name) : QString()}
        .join('\n');
}

} // namespace

RunTableModel::RunTableModel(QObject* parent)
    : QAbstractTableModel(parent)
{
}

void RunTableModel::setRuns(const std::vector<RunRecord>& runs)
{
    removeMissing(runs);
    for (std::size_t row = 0; row < runs.size(); ++row) {
        placeRun(static_cast<int>(row), runs[row]);
    }
}

void RunTableModel::removeMissing(const std::vector<RunRecord>& runs)
{
    std::set<RunId> kept;
    for (const RunRecord& run : runs) {
        kept.insert(run.id);
    }
    for (int row = rowCount() - 1; row >= 0; --row) {
        if (!kept.contains(run(row).id)) {
            beginRemoveRows({}, row, row);
            m_runs.erase(m_runs.begin() + row);
            endRemoveRows();
        }
    }
    if (std::erase_if(m_shown, [&kept](RunId id) { return !kept.contains(id); }) > 0) {
        Q_EMIT shownRunsChanged();
    }
}

/// Puts the run into `row`; the rows above it are in place already.
void RunTableModel::placeRun(int row, const RunRecord& run)
{
    const int present = rowOf(run.id);
    if (present < 0) {
        beginInsertRows({}, row, row);
        m_runs.insert(m_runs.begin() + row, run);
        endInsertRows();
        return;
    }
    if (present != row) {
        beginMoveRows({}, present, present, {}, row);
        std::rotate(m_runs.begin() + row, m_runs.begin() + present, m_runs.begin() + present + 1);
        endMoveRows();
    }
    RunRecord& old = m_runs[static_cast<std::size_t>(row)];
    const bool isChanged = shownParts(old) != shownParts(run);
    old = run;
    if (isChanged) {
        Q_EMIT dataChanged(index(row, 0), index(row, ColumnCount - 1));
    }
}

void RunTableModel::setDark(bool dark)
{
    m_isDark = dark;
    if (!m_runs.empty()) {
        Q_EMIT dataChanged(index(0, Name), index(rowCount() - 1, Name), {Qt::DecorationRole});
    }
}

const RunRecord& RunTableModel::run(int row) const
{
    return m_runs[static_cast<std::size_t>(row)];
}

int RunTableModel::rowOf(RunId id) const
{
    const auto found = std::ranges::find(m_runs, id, &RunRecord::id);
    return found == m_runs.end() ? -1 : static_cast<int>(found - m_runs.begin());
}

void RunTableModel::setShownRuns(std::vector<RunId> runs)
{
    if (runs == m_shown) {
        return;
    }
    m_shown = std::move(runs);
    if (!m_runs.empty()) {
        Q_EMIT dataChanged(index(0, Name), index(rowCount() - 1, Name), {Qt::CheckStateRole});
    }
    Q_EMIT shownRunsChanged();
}

int RunTableModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_runs.size());
}

int RunTableModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant RunTableModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid)) {
        return {};
    }
    const RunRecord& record = run(index.row());
    switch (role) {
    case Qt::DisplayRole:
        return displayText(record, index.column());
    case Qt::ToolTipRole:
        return index.column() == State && !record.stateReason.empty()
            ? QString::fromStdString(record.stateReason)
            : QVariant();
    case Qt::TextAlignmentRole:
        return QVariant(int(Qt::AlignVCenter)
                        | int(isNumeric(index.column()) ? Qt::AlignRight : Qt::AlignLeft));
    case SortRole:
        return sortValue(record, index.column());
    case RunIdRole:
        return static_cast<qlonglong>(record.id.value);
    case StateRole:
        return static_cast<int>(record.state);
    case SweepRole:
        return record.sweep ? QVariant(static_cast<qlonglong>(record.sweep->sweep.value))
                            : QVariant();
    case SearchRole:
        return rowSearchText(record);
    default:
        return index.column() == Name ? nameData(record, role) : QVariant();
    }
}

QVariant RunTableModel::nameData(const RunRecord& run, int role) const
{
    switch (role) {
    case Qt::EditRole:
        return QString::fromStdString(run.name);
    case Qt::DecorationRole:
        return runStyle(run, m_isDark).colour;
    case Qt::CheckStateRole:
        return std::ranges::find(m_shown, run.id) == m_shown.end() ? Qt::Unchecked : Qt::Checked;
    default:
        return {};
    }
}

QVariant RunTableModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= ColumnCount) {
        return {};
    }
    const ColumnText& column = columns[static_cast<std::size_t>(section)];
    switch (role) {
    case Qt::DisplayRole:
        return tr(column.title);
    case Qt::ToolTipRole:
        return tr(column.toolTip);
    case Qt::TextAlignmentRole:
        return QVariant(int(Qt::AlignVCenter)
                        | int(isNumeric(section) ? Qt::AlignRight : Qt::AlignLeft));
    default:
        return {};
    }
}

Qt::ItemFlags RunTableModel::flags(const QModelIndex& index) const
{
    Qt::ItemFlags flags = QAbstractTableModel::flags(index);
    if (index.isValid() && index.column() == Name) {
        flags |= Qt::ItemIsEditable | Qt::ItemIsUserCheckable;
    }
    return flags;
}

bool RunTableModel::setData(const QModelIndex& index, const QVariant& value, int role)
{
    if (!index.isValid() || index.column() != Name) {
        return false;
    }
    const RunId id = run(index.row()).id;
    if (role == Qt::CheckStateRole) {
        show(id, value.toInt() == Qt::Checked);
        return true;
    }
    const QString name = value.toString().trimmed();
    if (role != Qt::EditRole || name.isEmpty()) {
        return false;
    }
    Q_EMIT renameRequested(id, name);
    return true;
}

void RunTableModel::show(RunId id, bool shown)
{
    std::erase(m_shown, id);
    if (shown) {
        m_shown.push_back(id);
    }
    const QModelIndex changed = index(rowOf(id), Name);
    Q_EMIT dataChanged(changed, changed, {Qt::CheckStateRole});
    Q_EMIT shownRunsChanged();
}

} // namespace mocoscope::ui
