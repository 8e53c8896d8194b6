// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plot/plot_legend.h"

#include "ui/plot/plot_theme.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QStyledItemDelegate>

namespace mocoscope::ui {
namespace {

constexpr int sampleWidth = 22; // pixels
constexpr int gap = 7;

class LegendDelegate final : public QStyledItemDelegate
{
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter* painter, const QStyleOptionViewItem& option,
               const QModelIndex& index) const override
    {
        painter->save();
        const bool isVisible = index.data(Qt::CheckStateRole).toInt() == Qt::Checked;
        if (option.state & (QStyle::State_MouseOver | QStyle::State_HasFocus)) {
            painter->fillRect(option.rect,
                              mixed(option.palette.color(QPalette::Highlight),
                                    option.palette.color(QPalette::Base), 0.16));
        }
        const QRect area = option.rect.adjusted(gap, 0, -gap, 0);
        const SeriesStyle style {
            index.data(LegendModel::ColourRole).value<QColor>(),
            static_cast<Qt::PenStyle>(index.data(LegendModel::DashRole).toInt()), 2.5};
        paintLineSample(*painter, QRectF(area.left(), area.top(), sampleWidth, area.height()),
                        style, isVisible);
        const QColor text = option.palette.color(QPalette::Text);
        const QColor dim = mixed(text, option.palette.color(QPalette::Base), 0.4);
        painter->setFont(option.font);
        const QString value = isVisible ? index.data(LegendModel::ValueRole).toString() : QString();
        const int valueWidth = option.fontMetrics.horizontalAdvance(value);
        painter->setPen(isVisible ? text : dim);
        painter->drawText(area, Qt::AlignRight | Qt::AlignVCenter, value);
        const QRect nameArea = area.adjusted(sampleWidth + gap, 0, -valueWidth - gap, 0);
        painter->setPen(isVisible ? text : dim);
        painter->drawText(
            nameArea, Qt::AlignLeft | Qt::AlignVCenter,
            elidedName(option.fontMetrics, index.data().toString(), nameArea.width()));
        painter->restore();
    }

    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem& option,
                                 const QModelIndex&) const override
    {
        return {100, option.fontMetrics.height() + 3};
    }
};

} // namespace

void paintLineSample(QPainter& painter, const QRectF& area, const SeriesStyle& style,
                     bool isVisible)
{
    painter.setRenderHint(QPainter::Antialiasing);
    QColor colour = style.colour;
    if (!isVisible) {
        colour.setAlphaF(0.25F);
    }
    painter.setPen(QPen(colour, style.width, style.dash, Qt::FlatCap));
    painter.drawLine(QPointF(area.left(), area.center().y()),
                     QPointF(area.right(), area.center().y()));
}

PlotLegend::PlotLegend(LegendModel& model, QWidget* parent)
    : QListView(parent)
    , m_model(model)
{
    setModel(&model);
    setItemDelegate(new LegendDelegate(this));
    setFrameShape(QFrame::NoFrame);
    setSelectionMode(QAbstractItemView::NoSelection);
    setEditTriggers(QAbstractItemView::NoEditTriggers);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setUniformItemSizes(true);
    setMouseTracking(true);
    setAccessibleName(tr("Curves"));
    connect(this, &QListView::entered, this,
            [this](const QModelIndex& index) { Q_EMIT rowHovered(index.row()); });
    connect(this, &QListView::viewportEntered, this, [this] { Q_EMIT rowHovered(-1); });
}

QSize PlotLegend::sizeHint() const
{
    return {fontMetrics().averageCharWidth() * 30, 120};
}

void PlotLegend::mousePressEvent(QMouseEvent* event)
{
    const QModelIndex index = indexAt(event->position().toPoint());
    if (index.isValid() && event->button() == Qt::LeftButton) {
        m_visibleBeforeClick = m_model.rows()[static_cast<std::size_t>(index.row())].isVisible;
        setCurrentIndex(index);
        m_model.setVisible(index.row(), !m_visibleBeforeClick);
    }
}

void PlotLegend::mouseDoubleClickEvent(QMouseEvent* event)
{
    const QModelIndex index = indexAt(event->position().toPoint());
    if (index.isValid()) {
        // The first click of the two has toggled it already.
        m_model.setVisible(index.row(), m_visibleBeforeClick);
        m_model.isolate(index.row());
    }
}

void PlotLegend::keyPressEvent(QKeyEvent* event)
{
    const QModelIndex index = currentIndex();
    if (index.isValid() && event->key() == Qt::Key_Space) {
        m_model.setVisible(index.row(), index.data(Qt::CheckStateRole).toInt() != Qt::Checked);
    } else if (index.isValid()
               && (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter)) {
        m_model.isolate(index.row());
    } else {
        QListView::keyPressEvent(event);
    }
}

void PlotLegend::leaveEvent(QEvent* event)
{
    QListView::leaveEvent(event);
    Q_EMIT rowHovered(-1);
}

} // namespace mocoscope::ui
