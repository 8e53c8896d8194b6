// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "training/api/ports.h"

#include <QImage>
#include <QWidget>

#include <array>
#include <vector>

namespace mocoscope::ui {

/// Images in rows: the original and the two views that training would see of it.
class ViewGrid final : public QWidget
{
    Q_OBJECT

public:
    explicit ViewGrid(QWidget* parent = nullptr);

    /// What stands above the views.
    void setTitles(const QString& first, const QString& second) { m_titles = {first, second}; }
    void setPairs(const std::vector<training::ViewPair>& pairs);
    /// Paler, while newer views are being drawn.
    void setStale(bool stale);
    [[nodiscard]] bool isEmpty() const { return m_rows.empty(); }

    [[nodiscard]] bool hasHeightForWidth() const override { return true; }
    [[nodiscard]] int heightForWidth(int width) const override;
    [[nodiscard]] QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;
    bool event(QEvent* event) override;

private:
    static constexpr int columns = 3;
    struct Row
    {
        QString name;
        QImage images[columns];
    };
    [[nodiscard]] int cellSide(int width) const;
    [[nodiscard]] int titleHeight() const;
    [[nodiscard]] QRect cell(int row, int column) const;

    std::vector<Row> m_rows;
    std::array<QString, 2> m_titles;
    bool m_isStale = false;
};

} // namespace mocoscope::ui
