// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "training/api/feature_pictures.h"

#include <QImage>
#include <QWidget>

#include <vector>

namespace mocoscope::ui {

/// What the class token attends to in an image: a map for each head of a block and their mean, over
/// the image. Each map has its own scale, from 0 to its largest weight on a patch.
class AttentionGrid final : public QWidget
{
    Q_OBJECT

public:
    explicit AttentionGrid(QWidget* parent = nullptr);

    /// An image of the sample; `attention` is not empty.
    void setAttention(const QImage& image, const training::AttentionMaps& attention,
                      std::size_t sampleImage);
    void clear();
    /// Maps that are shown: the mean, then the heads.
    [[nodiscard]] std::size_t mapCount() const { return m_maps.size(); }
    /// A pixel a patch, in the colours of the scale.
    [[nodiscard]] const QImage& map(std::size_t index) const { return m_maps[index].colours; }
    [[nodiscard]] QString toolTipOf(std::size_t index) const { return m_maps[index].toolTip; }

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;
    bool event(QEvent* event) override;

private:
    struct Map
    {
        QString title;
        QString toolTip;
        QImage colours;
    };
    [[nodiscard]] static Map makeMap(const QString& title, const std::vector<float>& weights,
                                     int grid);
    [[nodiscard]] int columns() const;
    /// Of the image itself (0) and of the maps (from 1).
    [[nodiscard]] QRect cell(std::size_t index) const;

    QImage m_image;
    std::vector<Map> m_maps;
};

} // namespace mocoscope::ui
