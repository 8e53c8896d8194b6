// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/run_row_delegate.h"

#include "ui/models/run_table_model.h"
#include "ui/pages/state_look.h"
#include "ui/theme.h"

#include <QAbstractItemView>
#include <QHelpEvent>
#include <QPainter>
#include <QTextDocument>
#include <QToolTip>

namespace mocoscope::ui {

namespace {

/// In a selected row with an edge, so that it stands out from the selection.
QIcon swatch(const QColor& colour, const QColor& edge, int side)
{
    QPixmap plain(side, side);
    plain.fill(colour);
    QPixmap edged(side, side);
    edged.fill(edge);
    QPainter(&edged).fillRect(edged.rect().adjusted(1, 1, -1, -1), colour);
    QIcon icon(plain);
    icon.addPixmap(edged, QIcon::Selected);
    return icon;
}

} // namespace

QSize RunRowDelegate::sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    QSize size = QStyledItemDelegate::sizeHint(option, index);
    size.setHeight(qMax(size.height(), option.fontMetrics.height() + spacing(3)));
    return size;
}

bool RunRowDelegate::helpEvent(QHelpEvent* event, QAbstractItemView* view,
                               const QStyleOptionViewItem& option, const QModelIndex& index)
{
    const bool isCut = QStyledItemDelegate::sizeHint(option, index).width() > option.rect.width();
    if (event->type() == QEvent::ToolTip && isCut && !index.data(Qt::ToolTipRole).isValid()) {
        QToolTip::showText(event->globalPos(), Qt::convertFromPlainText(index.data().toString()),
                           view);
        return true;
    }
    return QStyledItemDelegate::helpEvent(event, view, option, index);
}

void RunRowDelegate::initStyleOption(QStyleOptionViewItem* option, const QModelIndex& index) const
{
    QStyledItemDelegate::initStyleOption(option, index);
    const int side = option->fontMetrics.height() * 3 / 4;
    if (index.column() == RunTableModel::Name) {
        option->decorationSize = QSize(side, side);
        option->icon = swatch(index.data(Qt::DecorationRole).value<QColor>(),
                              option->palette.color(QPalette::HighlightedText), side);
    }
    if (index.column() == RunTableModel::State) {
        const auto state
            = static_cast<training::RunState>(index.data(RunTableModel::StateRole).toInt());
        option->features |= QStyleOptionViewItem::HasDecoration;
        option->icon = option->state.testFlag(QStyle::State_Selected)
            ? stateIcon(state, option->palette.color(QPalette::HighlightedText))
            : stateIcon(state, option->palette);
        option->decorationSize = QSize(side, side);
    }
}

} // namespace mocoscope::ui
