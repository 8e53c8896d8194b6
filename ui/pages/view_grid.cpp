// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/view_grid.h"

#include "ui/pages/image_grid.h"
#include "ui/theme.h"

#include <QHelpEvent>
#include <QPainter>
#include <QToolTip>

#include <algorithm>

namespace mocoscope::ui {

ViewGrid::ViewGrid(QWidget* parent)
    : QWidget(parent)
{
    QSizePolicy policy(QSizePolicy::Expanding, QSizePolicy::Minimum);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
    setAccessibleName(tr("Preview of the views"));
}

void ViewGrid::setPairs(const std::vector<training::ViewPair>& pairs)
{
    m_rows.clear();
    for (const training::ViewPair& pair : pairs) {
        Row row;
        row.name = QString::fromStdString(pair.name);
        if (!pair.label.empty()) {
            row.name += QStringLiteral(" (%1)").arg(QString::fromStdString(pair.label));
        }
        row.images[0] = toImage(pair.original);
        row.images[1] = toImage(pair.view1);
        row.images[2] = toImage(pair.view2);
        m_rows.push_back(std::move(row));
    }
    m_isStale = false;
    updateGeometry();
    update();
}

void ViewGrid::setStale(bool stale)
{
    m_isStale = stale;
    update();
}

int ViewGrid::cellSide(int width) const
{
    return std::max(1, (width - (columns - 1) * spacing(2)) / columns);
}

int ViewGrid::titleHeight() const
{
    return fontMetrics().height() + spacing(1);
}

int ViewGrid::heightForWidth(int width) const
{
    const int rows = std::max(1, static_cast<int>(m_rows.size()));
    return titleHeight() + rows * cellSide(width) + (rows - 1) * spacing(2);
}

QSize ViewGrid::sizeHint() const
{
    const int width = fontMetrics().averageCharWidth() * 50;
    return {width, heightForWidth(width)};
}

QRect ViewGrid::cell(int row, int column) const
{
    const int side = cellSide(width());
    const int pitch = side + spacing(2);
    return {column * pitch, titleHeight() + row * pitch, side, side};
}

void ViewGrid::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    const bool isOne = std::ranges::all_of(
        m_rows, [](const Row& row) { return row.images[columns - 1].isNull(); });
    const QString titles[columns]
        = {tr("Image"), isOne ? tr("As seen") : m_titles[0], isOne ? QString() : m_titles[1]};
    painter.setPen(mutedText(palette()));
    for (int column = 0; column < columns; ++column) {
        const QRect top = cell(0, column);
        painter.drawText(QRect(top.x(), 0, top.width(), titleHeight()),
                         int(Qt::AlignLeft) | int(Qt::AlignTop), titles[column]);
    }
    painter.setOpacity(m_isStale ? 0.45 : 1.0);
    for (int row = 0; row < static_cast<int>(m_rows.size()); ++row) {
        for (int column = 0; column < columns; ++column) {
            paintImage(painter, cell(row, column), m_rows[std::size_t(row)].images[column]);
        }
    }
}

bool ViewGrid::event(QEvent* event)
{
    if (event->type() == QEvent::ToolTip) {
        const auto* help = static_cast<QHelpEvent*>(event);
        for (int row = 0; row < static_cast<int>(m_rows.size()); ++row) {
            if (cell(row, 0).united(cell(row, columns - 1)).contains(help->pos())) {
                QToolTip::showText(help->globalPos(), m_rows[std::size_t(row)].name, this);
                return true;
            }
        }
    }
    return QWidget::event(event);
}

} // namespace mocoscope::ui
