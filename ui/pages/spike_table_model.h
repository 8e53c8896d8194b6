// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "training/api/spike_watch.h"

#include <QAbstractTableModel>
#include <QString>

#include <vector>

namespace mocoscope::ui {

class Timeline;

/// The incidents of a run, one a row, in the order in which they began.
class SpikeTableModel final : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column
    {
        Onset,
        Epoch,
        FirstLayer,
        Layers,
        Peak,
        LastBlock,
        Dip,
        ColumnCount
    };
    using QAbstractTableModel::QAbstractTableModel;

    /// Of another run, or more of the same: rows that are there are updated in place.
    void setIncidents(const training::SpikeWatch* watch, const Timeline& timeline);
    [[nodiscard]] const std::vector<training::SpikeIncident>& incidents() const
    {
        return m_incidents;
    }

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role) const override;

private:
    [[nodiscard]] QString text(const training::SpikeIncident& incident, std::size_t row,
                               int column) const;
    std::vector<training::SpikeIncident> m_incidents;
    std::vector<QString> m_epochs; ///< of the onsets
    std::vector<QString> m_sentences;
    std::vector<std::string> m_layers;
};

} // namespace mocoscope::ui
