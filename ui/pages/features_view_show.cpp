// SPDX-License-Identifier: GPL-3.0-or-later
// What is shown of one checkpoint.
#include "ui/models/text_format.h"
#include "ui/pages/attention_grid.h"
#include "ui/pages/features_bar.h"
#include "ui/pages/features_view.h"
#include "ui/pages/image_grid.h"
#include "ui/pages/projection_card.h"
#include "ui/plot/scatter_plot.h"

#include <QLabel>
#include <QScrollArea>
#include <QStackedLayout>
#include <QTimer>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <random>

namespace mocoscope::ui {

using training::FeaturePicture;
using training::Neighbour;
using training::PictureSample;

namespace {

constexpr std::size_t drawnImages = 16;
constexpr std::size_t shownNeighbours = 8;

QString cosineText(float cosine)
{
    return QString::number(double(cosine), 'f', 3);
}

} // namespace

void FeaturesView::showPicture(const PictureLoader::Picture& picture)
{
    m_shown = picture;
    if (!m_sample || m_sample->indices != picture->sample->indices) {
        takeSample();
    }
    m_bar->setBlocks(picture->attention.blocks);
    showImages();
    showAttention();
    showNeighbours();
    showProjection();
    m_below->setCurrentIndex(1);
}

void FeaturesView::takeSample()
{
    m_sample = m_shown->sample;
    m_thumbnails.clear();
    for (const training::RgbImage& image : m_sample->images) {
        m_thumbnails.push_back(toImage(image));
    }
    drawImages();
    if (std::ranges::find(m_drawn, m_chosen) == m_drawn.end()) {
        m_chosen = m_drawn.front();
    }
}

/// The same images for the same number of the draw, on every machine.
void FeaturesView::drawImages()
{
    std::vector<int> all(m_thumbnails.size());
    std::iota(all.begin(), all.end(), 0);
    std::mt19937 random(m_draw);
    const std::size_t count = std::min(drawnImages, all.size());
    for (std::size_t i = 0; i < count; ++i) {
        std::swap(all[i], all[i + random() % (all.size() - i)]);
    }
    m_drawn.assign(all.begin(), all.begin() + static_cast<std::ptrdiff_t>(count));
}

QString FeaturesView::nameOf(std::size_t image) const
{
    return imageName(*m_shown->sample, image);
}

void FeaturesView::choose(int image)
{
    if (!m_shown || image < 0 || image >= std::ssize(m_thumbnails)) {
        plot().setSelected(m_chosen); // which a click beside all dots has taken off
        return;
    }
    m_chosen = image;
    if (std::ranges::find(m_drawn, image) == m_drawn.end()) {
        m_drawn.insert(m_drawn.begin(), image); // chosen among neighbours, or in the plot
        m_drawn.pop_back();
    }
    showImages();
    showAttention();
    showNeighbours();
    plot().setSelected(image);
}

void FeaturesView::showImages()
{
    ImageRow row;
    for (const int image : m_drawn) {
        const auto index = static_cast<std::size_t>(image);
        row.cells.push_back({m_thumbnails[index],
                             nameOf(index),
                             {},
                             QString::fromStdString(m_shown->sample->names[index]),
                             image});
    }
    m_images->setRows({row});
    m_images->setSelected(m_chosen);
}

void FeaturesView::showAttention()
{
    const auto chosen = static_cast<std::size_t>(m_chosen);
    if (m_shown->attention.isEmpty()) {
        m_attention->clear();
        m_noAttention->setText(QString::fromStdString(m_shown->reasonWithoutAttention));
        m_attentionStack->setCurrentIndex(1);
        return;
    }
    m_attention->setAttention(m_thumbnails[chosen], m_shown->attention, chosen);
    m_attentionStack->setCurrentIndex(0);
}

/// A row for each checkpoint that is there.
void FeaturesView::showNeighbours()
{
    const auto chosen = static_cast<std::size_t>(m_chosen);
    const PictureSample& sample = *m_shown->sample;
    std::vector<ImageRow> rows;
    for (const auto& [step, picture] : m_loader->all()) {
        if (picture->sample != m_shown->sample && picture->sample->indices != sample.indices) {
            continue;
        }
        ImageRow row {tr("step %1").arg(countText(step)), step == m_shown->step, {}};
        for (const Neighbour& each : picture->neighbours[chosen]) {
            if (row.cells.size() == shownNeighbours) {
                break;
            }
            const auto index = static_cast<std::size_t>(each.image);
            const bool isSame
                = sample.labels[index] >= 0 && sample.labels[index] == sample.labels[chosen];
            const QString cosine = cosineText(each.cosine);
            row.cells.push_back(
                {m_thumbnails[index], nameOf(index),
                 isSame ? QStringLiteral("✓ ") + cosine : cosine,
                 tr("%1, cosine %2\n%3")
                     .arg(nameOf(index), cosine, QString::fromStdString(sample.names[index])),
                 each.image});
        }
        rows.push_back(std::move(row));
    }
    m_neighbours->setRows(std::move(rows));
    const QString text = tr("By the cosine of the features, among %1 training images that are "
                            "spread over the data set.")
                             .arg(countText(std::ssize(sample.indices)));
    m_neighbourText->setText(
        std::isnan(m_shown->sameLabelShare) ? text + tr(" They have no labels.")
                                            : text
                + tr(" ✓: the same label, which %1 of the %2 nearest of all images have.")
                      .arg(percentText(100 * m_shown->sameLabelShare))
                      .arg(m_shown->neighbours.front().size()));
    // When the rows have their places.
    QTimer::singleShot(0, m_neighbours, [this] {
        const QRect current = m_neighbours->currentRow();
        m_neighbourArea->ensureVisible(0, current.center().y(), 0, current.height() / 2);
    });
}

void FeaturesView::showProjection()
{
    if (lacksProjection()) {
        completeProjection();
    } else {
        m_projection->showPicture(*m_shown, m_loader->all(), m_thumbnails, m_chosen);
    }
}

} // namespace mocoscope::ui
