// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/compare_table_parts.h"

#include "ui/pages/compare_model.h"
#include "ui/plot/plot_theme.h"

#include <QAbstractItemView>
#include <QHelpEvent>
#include <QPainter>
#include <QToolTip>

#include <algorithm>

namespace mocoscope::ui {
namespace {

constexpr int cellMargin = 8; // pixels
constexpr int widestRunName = 44; // characters, where runs are rows
constexpr int widestValue = 32; // characters: paths are longer

QColor verdictColour(int verdict, const QPalette& palette)
{
    const bool dark = isDark(palette);
    if (verdict == CompareModel::Better) {
        return dark ? QColor(0x5c, 0xcb, 0x7f) : QColor(0x1b, 0x7f, 0x3b);
    }
    if (verdict == CompareModel::Worse) {
        return dark ? QColor(0xff, 0x9e, 0x80) : QColor(0xb7, 0x3a, 0x12);
    }
    return mixed(palette.color(QPalette::Text), palette.color(QPalette::Base), 0.6);
}

QFont bolder(QFont font)
{
    font.setWeight(QFont::DemiBold);
    return font;
}

} // namespace

void CompareDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option,
                            const QModelIndex& index) const
{
    painter->save();
    const QColor base = option.palette.color(QPalette::Base);
    const QColor text = option.palette.color(QPalette::Text);
    if (index.data(CompareModel::SectionRole).toBool()) {
        painter->fillRect(option.rect, mixed(text, base, 0.06));
    } else if (option.state & QStyle::State_Selected) {
        painter->fillRect(option.rect,
                          mixed(option.palette.color(QPalette::Highlight), base, 0.22));
    }
    const bool differs = index.data(CompareModel::DiffersRole).toBool();
    const QFont font = differs ? bolder(option.font) : option.font;
    painter->setFont(font);
    painter->setPen(text);
    const QRect area = option.rect.adjusted(cellMargin, 0, -cellMargin, 0);
    const QString value = index.data().toString();
    const QFontMetrics metrics(font);
    painter->drawText(area, Qt::AlignLeft | Qt::AlignVCenter,
                      metrics.elidedText(value, Qt::ElideMiddle, area.width()));
    const QString delta = index.data(CompareModel::DeltaRole).toString();
    painter->setPen(verdictColour(index.data(CompareModel::VerdictRole).toInt(), option.palette));
    painter->drawText(area.adjusted(metrics.horizontalAdvance(value) + cellMargin, 0, 0, 0),
                      Qt::AlignRight | Qt::AlignVCenter, delta);
    painter->restore();
}

QSize CompareDelegate::sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    // What differs from the baseline is bold.
    const QFontMetrics metrics(bolder(option.font));
    const int value = std::min(metrics.horizontalAdvance(index.data().toString()),
                               widestValue * metrics.averageCharWidth());
    const QString delta = index.data(CompareModel::DeltaRole).toString();
    const int more
        = delta.isEmpty() ? 0 : option.fontMetrics.horizontalAdvance(delta) + 2 * cellMargin;
    return {value + more + 2 * cellMargin + 6, option.fontMetrics.height() + 6};
}

bool CompareDelegate::helpEvent(QHelpEvent* event, QAbstractItemView* view,
                                const QStyleOptionViewItem& option, const QModelIndex& index)
{
    const QString value = index.data().toString();
    const int room = option.rect.width() - 2 * cellMargin;
    if (event->type() != QEvent::ToolTip
        || QFontMetrics(bolder(option.font)).horizontalAdvance(value) <= room) {
        return QStyledItemDelegate::helpEvent(event, view, option, index);
    }
    QToolTip::showText(event->globalPos(), value, view);
    return true;
}

RunHeader::RunHeader(Qt::Orientation orientation, QWidget* parent)
    : QHeaderView(orientation, parent)
{
    setSectionsClickable(true);
    setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    setContextMenuPolicy(Qt::CustomContextMenu);
    if (orientation == Qt::Vertical) {
        setSectionResizeMode(QHeaderView::Fixed);
    }
}

void RunHeader::paintSection(QPainter* painter, const QRect& rect, int section) const
{
    painter->save();
    const QColor base = palette().color(QPalette::Base);
    painter->fillRect(rect, mixed(palette().color(QPalette::Text), base, 0.03));
    const QRect line = orientation() == Qt::Horizontal
        ? QRect(rect.left() + cellMargin, rect.bottom() - 2, rect.width() - 2 * cellMargin, 3)
        : QRect(rect.left() + 2, rect.top() + 2, 3, rect.height() - 4);
    painter->fillRect(
        line,
        model()->headerData(section, orientation(), CompareModel::ColourRole).value<QColor>());
    const QFont bold = bolder(font());
    painter->setFont(bold);
    painter->setPen(palette().color(QPalette::Text));
    const QRect area
        = rect.adjusted(cellMargin, 0, -cellMargin, orientation() == Qt::Horizontal ? -3 : 0);
    const QString name = model()->headerData(section, orientation(), Qt::DisplayRole).toString();
    painter->drawText(area, Qt::AlignLeft | Qt::AlignVCenter,
                      QFontMetrics(bold).elidedText(name, Qt::ElideMiddle, area.width()));
    painter->restore();
}

QSize RunHeader::sectionSizeFromContents(int section) const
{
    const QFontMetrics metrics(bolder(font()));
    const QString name = model()->headerData(section, orientation(), Qt::DisplayRole).toString();
    const int width = metrics.horizontalAdvance(name) + 2 * cellMargin + 4;
    return orientation() == Qt::Horizontal
        ? QSize(width, metrics.height() + 12)
        : QSize(std::min(width, widestRunName * metrics.averageCharWidth()), metrics.height() + 6);
}

TitleHeader::TitleHeader(Qt::Orientation orientation, QWidget* parent)
    : QHeaderView(orientation, parent)
{
    setContextMenuPolicy(Qt::CustomContextMenu);
    setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    if (orientation == Qt::Vertical) {
        setSectionResizeMode(QHeaderView::Fixed);
    } else {
        setSectionsClickable(true);
    }
}

void TitleHeader::paintSection(QPainter* painter, const QRect& rect, int section) const
{
    painter->save();
    const bool isHeading
        = model()->headerData(section, orientation(), CompareModel::SectionRole).toBool();
    const bool isSorted = isSortIndicatorShown() && sortIndicatorSection() == section && !isHeading;
    const QColor base = palette().color(QPalette::Base);
    const QColor text = palette().color(QPalette::Text);
    painter->fillRect(rect, isHeading ? mixed(text, base, 0.06) : base);
    painter->setFont(isHeading || isSorted ? bolder(font()) : font());
    painter->setPen(isHeading || isSorted ? text : mixed(text, base, 0.75));
    const QString title = model()->headerData(section, orientation(), Qt::DisplayRole).toString();
    const QString arrow
        = sortIndicatorOrder() == Qt::AscendingOrder ? QStringLiteral(" ▲") : QStringLiteral(" ▼");
    painter->drawText(rect.adjusted(cellMargin, 0, -cellMargin, 0),
                      Qt::AlignLeft | Qt::AlignVCenter, isSorted ? title + arrow : title);
    painter->restore();
}

QSize TitleHeader::sectionSizeFromContents(int section) const
{
    const QFontMetrics metrics(bolder(font()));
    const QString title = model()->headerData(section, orientation(), Qt::DisplayRole).toString();
    const int arrow
        = orientation() == Qt::Horizontal ? metrics.horizontalAdvance(QStringLiteral(" ▼")) : 0;
    return {metrics.horizontalAdvance(title) + arrow + 3 * cellMargin,
            metrics.height() + (orientation() == Qt::Horizontal ? 12 : 6)};
}

} // namespace mocoscope::ui
