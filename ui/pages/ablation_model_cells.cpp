// SPDX-License-Identifier: GPL-3.0-or-later
// What stands in the cells of an ablation.
#include "ui/pages/ablation_model.h"
#include "ui/pages/compare_options.h"
#include "ui/plot/table_text.h"

#include <QStringList>

#include <array>
#include <cmath>

namespace mocoscope::ui {
namespace {

using storage::AblationRow;

const QString& noValue()
{
    static const QString dash = QStringLiteral("–");
    return dash;
}

} // namespace

QString AblationModel::settingTitle(const AblationRow& row) const
{
    const storage::RunRecord& first = (*m_runs)[row.runs.front()].record;
    const bool hasSetting = first.sweep && !first.sweep->setting.empty();
    const QString name = QString::fromStdString(hasSetting ? first.sweep->setting : first.name);
    return row.runs.size() > 1 ? tr("%1 (%2 seeds)").arg(name).arg(row.runs.size()) : name;
}

QString AblationModel::optionCell(const AblationRow& row) const
{
    if (row.changes.empty()) {
        return settingTitle(row);
    }
    QStringList parts;
    for (const storage::ChangedOption& change : row.changes) {
        parts << (row.changes.size() == 1
                      ? optionTitle(change.key)
                      : QStringLiteral("%1 %2").arg(optionTitle(change.key),
                                                    optionValueText(change.key, change.value)));
    }
    return parts.join(QStringLiteral(", "));
}

QString AblationModel::valueCell(const AblationRow& row, bool ofBaseline) const
{
    if (row.changes.size() != 1) {
        return {};
    }
    const storage::ChangedOption& change = row.changes.front();
    return optionValueText(change.key, ofBaseline ? change.baseline : change.value);
}

/// One run on either side is no measure of what seeds do: nothing is said then.
CompareModel::Verdict AblationModel::verdict(const AblationRow& row) const
{
    const Figure& figure = figures()[m_figure];
    const bool isBeyondSeeds = row.difference && row.differenceDeviation
        && std::abs(*row.difference) > *row.differenceDeviation;
    const auto& runs = *m_runs;
    if (!isBeyondSeeds || figure.goal == Figure::Goal::None
        || !areComparable(figure, runs[row.runs.front()],
                          runs[m_ablation->baseline.runs.front()])) {
        return CompareModel::Neutral;
    }
    return (*row.difference > 0) == (figure.goal == Figure::Goal::Higher) ? CompareModel::Better
                                                                          : CompareModel::Worse;
}

QString AblationModel::differenceCell(const AblationRow& row) const
{
    if (!row.difference || !row.value) {
        return &row == &m_ablation->baseline ? QString() : noValue();
    }
    const Figure& figure = figures()[m_figure];
    const double mean = row.value->mean;
    const QString size = sizeOfDelta(figure, mean, mean - *row.difference);
    const QString sign = size.isEmpty() ? QStringLiteral("±0")
        : *row.difference > 0           ? QStringLiteral("+")
                                        : QStringLiteral("−");
    QString text = sign + size;
    if (row.differenceDeviation) {
        text += QStringLiteral(" ± ")
            + deviationText(figure, mean, *row.differenceDeviation).remove(QLatin1String(" %"));
    }
    constexpr std::array marks {"✗ ", "", "✓ "};
    return QString::fromUtf8(marks[static_cast<std::size_t>(verdict(row) + 1)]) + text;
}

QString AblationModel::publishedCell(const AblationRow& row, std::size_t label) const
{
    const auto& value = row.published[label];
    if (!value) {
        return noValue();
    }
    const QString text = QString::number(value->value, 'f', 1) + QLatin1Char(' ')
        + QString::fromStdString(value->unit);
    const auto difference = row.publishedDifference(m_ablation->baseline, label);
    return difference && &row != &m_ablation->baseline
        ? QStringLiteral("%1 (%2%3)")
              .arg(text, *difference < 0 ? QStringLiteral("−") : QStringLiteral("+"))
              .arg(std::abs(*difference), 0, 'f', 1)
        : text;
}

QString AblationModel::cellText(const Line& line, int column) const
{
    if (!line.row) {
        return column == Option ? line.heading : QString();
    }
    const AblationRow& row = *line.row;
    const Figure& figure = figures()[m_figure];
    switch (column) {
    case Option:
        return optionCell(row);
    case Value:
    case Instead:
        return valueCell(row, column == Instead);
    case Runs:
        return QString::number(row.runs.size());
    case Result:
        return !row.value ? noValue()
            : !row.value->deviation
            ? figure.text(row.value->mean)
            : QStringLiteral("%1 ± %2").arg(
                figure.text(row.value->mean),
                deviationText(figure, row.value->mean, *row.value->deviation));
    case Difference:
        return differenceCell(row);
    default:
        return publishedCell(row, static_cast<std::size_t>(column - firstPublished));
    }
}

QString AblationModel::toolTip(const Line& line, int column) const
{
    if (!line.row) {
        return {};
    }
    if (column == Difference && line.row->differenceDeviation) {
        return line.row->isPaired
            ? tr("Mean ± standard deviation of the differences between runs of the same seed")
            : tr("Difference of the means ± root of the sum of both variances: the seeds are not "
                 "the same");
    }
    if (column >= firstPublished) {
        const auto& value = line.row->published[static_cast<std::size_t>(column - firstPublished)];
        return value ? QString::fromStdString(value->study.setting + "\n" + value->note).trimmed()
                     : QString();
    }
    QStringList names;
    for (const std::size_t run : line.row->runs) {
        names << QString::fromStdString((*m_runs)[run].record.name);
    }
    return names.join(QLatin1Char('\n'));
}

/// With the header; headings and runs that are left out are none.
std::vector<QStringList> AblationModel::cells() const
{
    std::vector<QStringList> rows(1);
    for (int column = 0; column < columnCount(); ++column) {
        rows[0] << headerData(column, Qt::Horizontal, Qt::DisplayRole).toString();
    }
    for (const Line& line : m_lines) {
        if (line.row) {
            QStringList& row = rows.emplace_back();
            for (int column = 0; column < columnCount(); ++column) {
                row << cellText(line, column);
            }
        }
    }
    return rows;
}

QString AblationModel::toText(QChar separator) const
{
    return tableText(cells(), separator);
}

QString AblationModel::toMarkdown() const
{
    return markdownTable(cells(), Runs);
}

} // namespace mocoscope::ui
