// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/image_grid.h"

#include "ui/plot/plot_theme.h"
#include "ui/theme.h"

#include <QHelpEvent>
#include <QKeyEvent>
#include <QPainter>
#include <QToolTip>

#include <algorithm>

namespace mocoscope::ui {

namespace {

/// Enlarged more than this, pixels are shown as they are instead of blurred.
constexpr double smoothEnlargement = 2.5;
constexpr int frameWidth = 3; ///< around what is selected

} // namespace

QImage toImage(const training::RgbImage& image)
{
    const auto expected
        = std::size_t(std::max(0, image.width)) * std::size_t(std::max(0, image.height)) * 3;
    if (expected == 0 || image.bytes.size() != expected) {
        return {};
    }
    return QImage(image.bytes.data(), image.width, image.height, qsizetype(image.width) * 3,
                  QImage::Format_RGB888)
        .copy();
}

QRect paintImage(QPainter& painter, const QRect& area, const QImage& image)
{
    const QSize size = image.size().scaled(area.size(), Qt::KeepAspectRatio);
    QRect target({}, size);
    target.moveCenter(area.center());
    const bool isBlocky = image.width() > 0 && size.width() > smoothEnlargement * image.width();
    painter.setRenderHint(QPainter::SmoothPixmapTransform, !isBlocky);
    painter.drawImage(target, image);
    return target;
}

ImageGrid::ImageGrid(const QString& name, QWidget* parent)
    : QWidget(parent)
{
    QSizePolicy policy(QSizePolicy::Expanding, QSizePolicy::Minimum);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
    setFocusPolicy(Qt::StrongFocus);
    setAccessibleName(name);
}

void ImageGrid::setRows(std::vector<ImageRow> rows)
{
    m_rows = std::move(rows);
    if (m_focused
        && (m_focused->first >= m_rows.size()
            || m_focused->second >= m_rows[m_focused->first].cells.size())) {
        m_focused.reset();
    }
    updateGeometry();
    update();
}

void ImageGrid::setSelected(int tag)
{
    m_selected = tag;
    update();
}

QRect ImageGrid::currentRow() const
{
    const auto current = std::ranges::find_if(m_rows, &ImageRow::isCurrent);
    if (current == m_rows.end()) {
        return {};
    }
    const int height = pitch(side(width()));
    return {0, static_cast<int>(current - m_rows.begin()) * height, width(), height};
}

int ImageGrid::titleWidth() const
{
    int widest = 0;
    for (const ImageRow& row : m_rows) {
        widest = std::max(widest, fontMetrics().horizontalAdvance(row.title));
    }
    return widest > 0 ? widest + spacing(4) : 0;
}

int ImageGrid::columns() const
{
    std::size_t most = 1;
    for (const ImageRow& row : m_rows) {
        most = std::max(most, row.cells.size());
    }
    return static_cast<int>(most);
}

int ImageGrid::side(int width) const
{
    const int room = (width - titleWidth()) / columns() - spacing(2);
    return std::clamp(room, spacing(4), spacing(20));
}

int ImageGrid::captionHeight() const
{
    const auto has = [this](auto member) {
        return std::ranges::any_of(m_rows, [member](const ImageRow& row) {
            return std::ranges::any_of(
                row.cells, [member](const ImageCell& cell) { return !(cell.*member).isEmpty(); });
        });
    };
    return fontMetrics().height()
        * ((has(&ImageCell::caption) ? 1 : 0) + (has(&ImageCell::note) ? 1 : 0));
}

int ImageGrid::pitch(int side) const
{
    return side + captionHeight() + spacing(3);
}

int ImageGrid::heightForWidth(int width) const
{
    return std::max<int>(1, static_cast<int>(m_rows.size())) * pitch(side(width));
}

QSize ImageGrid::sizeHint() const
{
    const int width = titleWidth() + columns() * spacing(16);
    return {width, heightForWidth(width)};
}

QSize ImageGrid::minimumSizeHint() const
{
    const int width = titleWidth() + columns() * spacing(6);
    return {width, pitch(spacing(4))};
}

QRect ImageGrid::cellRect(std::size_t row, std::size_t column) const
{
    const int each = side(width());
    return {titleWidth() + static_cast<int>(column) * (each + spacing(2)) + spacing(1),
            static_cast<int>(row) * pitch(each) + spacing(1), each, each};
}

std::optional<ImageGrid::Place> ImageGrid::placeAt(const QPoint& point) const
{
    for (std::size_t row = 0; row < m_rows.size(); ++row) {
        for (std::size_t column = 0; column < m_rows[row].cells.size(); ++column) {
            if (cellRect(row, column).adjusted(0, 0, 0, captionHeight()).contains(point)) {
                return Place {row, column};
            }
        }
    }
    return std::nullopt;
}

void ImageGrid::paintCell(QPainter& painter, Place place)
{
    const ImageCell& cell = m_rows[place.first].cells[place.second];
    const QRect area = cellRect(place.first, place.second);
    const QRect target = paintImage(painter, area, cell.image);
    painter.setBrush(Qt::NoBrush);
    if (cell.tag == m_selected) {
        painter.setPen(QPen(palette().color(QPalette::Highlight), frameWidth));
        painter.drawRect(target);
    }
    if (hasFocus() && m_focused == place) {
        painter.setPen(QPen(palette().color(QPalette::Text), 1, Qt::DotLine));
        painter.drawRect(target.adjusted(-2, -2, 2, 2));
    }
    QRect line(area.left(), area.bottom() + 2, area.width(), fontMetrics().height());
    const auto write = [&](const QString& text, const QColor& colour) {
        if (!text.isEmpty()) {
            painter.setPen(colour);
            painter.drawText(line, Qt::AlignHCenter,
                             fontMetrics().elidedText(text, Qt::ElideRight, line.width()));
            line.translate(0, line.height());
        }
    };
    write(cell.caption, palette().color(QPalette::Text));
    write(cell.note, mutedText(palette()));
}

void ImageGrid::paintEvent(QPaintEvent* /*event*/)
{
    QPainter painter(this);
    if (const QRect current = currentRow(); !current.isEmpty() && m_rows.size() > 1) {
        painter.fillRect(
            current,
            mixed(palette().color(QPalette::Highlight), palette().color(QPalette::Base), 0.14));
    }
    for (std::size_t row = 0; row < m_rows.size(); ++row) {
        const QRect first = cellRect(row, 0);
        QFont font = this->font();
        font.setBold(m_rows[row].isCurrent && m_rows.size() > 1);
        painter.setFont(font);
        painter.setPen(palette().color(QPalette::Text));
        painter.drawText(QRect(spacing(1), first.top(), titleWidth() - spacing(2), first.height()),
                         int(Qt::AlignVCenter) | int(Qt::AlignRight), m_rows[row].title);
        painter.setFont(this->font());
        for (std::size_t column = 0; column < m_rows[row].cells.size(); ++column) {
            paintCell(painter, {row, column});
        }
    }
}

void ImageGrid::mouseReleaseEvent(QMouseEvent* event)
{
    const auto place = placeAt(event->position().toPoint());
    if (event->button() == Qt::LeftButton && place) {
        m_focused = place;
        Q_EMIT clicked(m_rows[place->first].cells[place->second].tag);
    }
}

void ImageGrid::keyPressEvent(QKeyEvent* event)
{
    const bool isEnter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter
        || event->key() == Qt::Key_Space;
    if (isEnter && m_focused) {
        Q_EMIT clicked(m_rows[m_focused->first].cells[m_focused->second].tag);
        return;
    }
    const int across = event->key() == Qt::Key_Right ? 1 : event->key() == Qt::Key_Left ? -1 : 0;
    const int down = event->key() == Qt::Key_Down ? 1 : event->key() == Qt::Key_Up ? -1 : 0;
    if ((across == 0 && down == 0) || m_rows.empty()) {
        QWidget::keyPressEvent(event);
        return;
    }
    const Place from = m_focused.value_or(Place {0, 0});
    const auto moved = [](std::size_t at, int by, std::size_t count) {
        const auto last = static_cast<std::ptrdiff_t>(std::max<std::size_t>(count, 1)) - 1;
        return static_cast<std::size_t>(
            std::clamp<std::ptrdiff_t>(static_cast<std::ptrdiff_t>(at) + by, 0, last));
    };
    const std::size_t row = m_focused ? moved(from.first, down, m_rows.size()) : 0;
    const std::size_t column = m_focused ? moved(from.second, across, m_rows[row].cells.size()) : 0;
    if (!m_rows[row].cells.empty()) {
        m_focused = Place {row, column};
        setAccessibleDescription(m_rows[row].cells[column].toolTip);
    }
    update();
}

bool ImageGrid::event(QEvent* event)
{
    if (event->type() == QEvent::ToolTip) {
        const auto* help = static_cast<QHelpEvent*>(event);
        if (const auto place = placeAt(help->pos())) {
            QToolTip::showText(help->globalPos(), m_rows[place->first].cells[place->second].toolTip,
                               this);
            return true;
        }
    }
    return QWidget::event(event);
}

} // namespace mocoscope::ui
