// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "training/api/ports.h"

#include <QImage>
#include <QWidget>

#include <optional>
#include <utility>
#include <vector>

namespace mocoscope::ui {

/// Copies: the bytes need not outlive it. Null where they do not fit the size.
[[nodiscard]] QImage toImage(const training::RgbImage& image);

/// Draws an image as large as fits into `area`, its pixels as they are where they are few. Returns
/// where.
QRect paintImage(QPainter& painter, const QRect& area, const QImage& image);

/// An image that can be clicked.
struct ImageCell
{
    QImage image;
    QString caption;
    QString note; ///< a second line, muted
    QString toolTip;
    int tag = 0; ///< who it is; several cells may show the same
};

struct ImageRow
{
    QString title; ///< in front of the images; may be empty
    bool isCurrent = false; ///< stands out from the others
    std::vector<ImageCell> cells;
};

/// Small images in rows, with a line or two below each. One of them may be selected. Chosen by
/// mouse, or with the arrow keys and Enter.
class ImageGrid final : public QWidget
{
    Q_OBJECT

public:
    explicit ImageGrid(const QString& name, QWidget* parent = nullptr);

    void setRows(std::vector<ImageRow> rows);
    [[nodiscard]] const std::vector<ImageRow>& rows() const { return m_rows; }
    /// Frames all cells of this tag; −1: none.
    void setSelected(int tag);
    /// Where the row that stands out is; empty: none does.
    [[nodiscard]] QRect currentRow() const;
    /// Of a cell's image, for tests and for scrolling.
    [[nodiscard]] QRect cellRect(std::size_t row, std::size_t column) const;

    [[nodiscard]] bool hasHeightForWidth() const override { return true; }
    [[nodiscard]] int heightForWidth(int width) const override;
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

Q_SIGNALS:
    void clicked(int tag);

protected:
    void paintEvent(QPaintEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    bool event(QEvent* event) override;

private:
    using Place = std::pair<std::size_t, std::size_t>; ///< row, column
    [[nodiscard]] int titleWidth() const;
    [[nodiscard]] int columns() const;
    [[nodiscard]] int side(int width) const;
    [[nodiscard]] int captionHeight() const;
    [[nodiscard]] int pitch(int side) const;
    [[nodiscard]] std::optional<Place> placeAt(const QPoint& point) const;
    void paintCell(QPainter& painter, Place place);

    std::vector<ImageRow> m_rows;
    int m_selected = -1;
    std::optional<Place> m_focused; ///< where the keyboard is
};

} // namespace mocoscope::ui
