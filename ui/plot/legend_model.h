// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/plot/canvas_scene.h"

#include <QAbstractListModel>

#include <vector>

namespace mocoscope::ui {

/// The curves of a plot as a list: name, line sample, whether it is shown, and a value.
class LegendModel final : public QAbstractListModel
{
    Q_OBJECT

public:
    enum Role : int
    {
        ValueRole = Qt::UserRole,
        ColourRole,
        DashRole
    };
    struct Row
    {
        QString name;
        QString toolTip;
        SeriesStyle style;
        bool isVisible = true;
        QString value;
    };
    using QAbstractListModel::QAbstractListModel;

    [[nodiscard]] const std::vector<Row>& rows() const { return m_rows; }
    void setRows(std::vector<Row> rows);
    void setStyles(const std::vector<SeriesStyle>& styles);
    void setValues(const std::vector<QString>& values);
    void setVisible(int row, bool visible);
    /// Shows only `row`; all, if it was the only one already.
    void isolate(int row);

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    bool setData(const QModelIndex& index, const QVariant& value, int role) override;
    [[nodiscard]] Qt::ItemFlags flags(const QModelIndex& index) const override;

Q_SIGNALS:
    void visibilityChanged();

private:
    void allChanged(const QList<int>& roles);
    std::vector<Row> m_rows;
};

} // namespace mocoscope::ui
