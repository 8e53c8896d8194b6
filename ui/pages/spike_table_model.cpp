// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/spike_table_model.h"

#include "ui/models/text_format.h"
#include "ui/plot/tick_text.h"
#include "ui/plot/timeline.h"
#include "ui/plot/tip_text.h"

#include <algorithm>

namespace mocoscope::ui {

using training::SpikeIncident;

void SpikeTableModel::setIncidents(const training::SpikeWatch* watch, const Timeline& timeline)
{
    const std::vector<SpikeIncident> none;
    const std::vector<SpikeIncident>& found = watch ? watch->incidents() : none;
    const auto before = static_cast<int>(m_incidents.size());
    const auto now = static_cast<int>(found.size());
    if (now > before) {
        beginInsertRows({}, before, now - 1);
    } else if (now < before) {
        beginRemoveRows({}, now, before - 1);
    }
    m_incidents = found;
    m_layers = watch ? watch->layers() : std::vector<std::string>();
    m_epochs.clear();
    m_sentences.clear();
    for (const SpikeIncident& incident : m_incidents) {
        m_epochs.push_back(
            timeline.isEmpty() // of an import that tells none
                ? nothingText
                : QString::number(
                    timeline.position(static_cast<double>(incident.onset()), AxisUnit::Epoch), 'f',
                    2));
        m_sentences.push_back(QString::fromStdString(watch->describe(incident)));
    }
    if (now > before) {
        endInsertRows();
    } else if (now < before) {
        endRemoveRows();
    }
    if (const int kept = std::min(before, now); kept > 0) {
        Q_EMIT dataChanged(index(0, 0), index(kept - 1, ColumnCount - 1));
    }
}

int SpikeTableModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_incidents.size());
}

int SpikeTableModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant SpikeTableModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) {
        return {};
    }
    const auto row = static_cast<std::size_t>(index.row());
    switch (role) {
    case Qt::DisplayRole:
        return text(m_incidents[row], row, index.column());
    case Qt::ToolTipRole:
        return wrappedTip(m_sentences[row]);
    case Qt::TextAlignmentRole: {
        const bool isNumber
            = index.column() != FirstLayer && index.column() != LastBlock && index.column() != Dip;
        return static_cast<int>((isNumber ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    }
    default:
        return {};
    }
}

QString SpikeTableModel::text(const SpikeIncident& incident, std::size_t row, int column) const
{
    switch (column) {
    case Onset:
        return stepText(static_cast<double>(incident.onset()));
    case Epoch:
        return m_epochs[row];
    case FirstLayer:
        return QString::fromStdString(m_layers[incident.firstLayer()]);
    case Layers:
        return tr("%1 of %2").arg(incident.layers.size()).arg(m_layers.size());
    case Peak:
        return QStringLiteral("× %1").arg(QString::number(incident.peakFactor(), 'g', 3));
    case LastBlock:
        if (!incident.lag) {
            return incident.isOpen ? tr("not yet") : tr("did not follow");
        }
        return *incident.lag == 0 ? tr("at once")
            : *incident.lag == 1  ? tr("1 step later")
                                  : tr("%1 steps later").arg(*incident.lag);
    case Dip:
        return incident.dip ? tr("−%1 points at step %2")
                                  .arg(incident.dip->points, 0, 'f', 1)
                                  .arg(stepText(static_cast<double>(incident.dip->step)))
                            : nothingText;
    default:
        return {};
    }
}

QVariant SpikeTableModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    struct Heading
    {
        QString title;
        QString toolTip;
    };
    if (orientation != Qt::Horizontal || section < 0 || section >= ColumnCount) {
        return {};
    }
    const Heading headings[ColumnCount] {
        {tr("Onset step"), tr("The first step in which a layer was beyond the threshold")},
        {tr("Epoch"), tr("Epoch of the onset")},
        {tr("Began in"),
         tr("The layer that was first; of several at once the one nearest to the "
            "images")},
        {tr("Layers"), tr("Layers that were reached")},
        {tr("Peak"), tr("The largest of all layers, times its own running median")},
        {tr("Last block"), tr("How many iterations after the onset the last block followed")},
        {tr("kNN dip"), tr("How far the kNN accuracy then fell below its best")},
    };
    return role == Qt::DisplayRole ? QVariant(headings[section].title)
        : role == Qt::ToolTipRole  ? QVariant(headings[section].toolTip)
                                   : QVariant();
}

} // namespace mocoscope::ui
