// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/collapse_panel.h"

#include "ui/models/text_format.h"
#include "ui/pages/live_curves.h"
#include "ui/plot/tick_text.h"
#include "ui/theme.h"

#include <QGridLayout>
#include <QVBoxLayout>

#include <cmath>

namespace mocoscope::ui {
namespace {

std::optional<double> newest(const LiveCurves& curves, const char* metric)
{
    const auto curve = curves.find(metric);
    return curve && !curve->isEmpty() ? std::optional(curve->value(curve->size() - 1))
                                      : std::nullopt;
}

void showValue(QLabel* label, std::optional<double> value)
{
    label->setText(value && std::isfinite(*value) ? valueText(*value) : nothingText);
}

} // namespace

CollapsePanel::CollapsePanel(QWidget* parent)
    : Card(tr("Features"), parent)
    , m_verdict(makeMutedLabel({}))
{
    content().addWidget(m_verdict);
    auto* grid = new QGridLayout;
    grid->setHorizontalSpacing(spacing(4));
    grid->setVerticalSpacing(spacing(1));
    m_deviation
        = addFigure(*grid, tr("Feature deviation"),
                    tr("Mean deviation of the normalised features over images, times √width: "
                       "1 when they are spread evenly, 0 when all images look alike"));
    m_rank = addFigure(*grid, tr("Effective rank"),
                       tr("How many directions the features use: the exponential of the entropy of "
                          "their singular values"));
    m_alignment
        = addFigure(*grid, tr("Alignment"),
                    tr("Mean squared distance of the normalised features of two random views "
                       "of an image: 0 when views make no difference, 2 when they have "
                       "nothing in common. Low is good as long as uniformity is low too"));
    m_uniformity
        = addFigure(*grid, tr("Uniformity"),
                    tr("Logarithm of the mean of exp(−2 d²) over pairs of images: 0 when all "
                       "are in one place, towards −4 when they are spread over the sphere"));
    m_dead
        = addFigure(*grid, tr("Dead dimensions"),
                    tr("Share of the feature dimensions that vary less than a hundredth as much as "
                       "usual from image to image"));
    grid->setColumnStretch(1, 1);
    grid->setColumnStretch(3, 1);
    content().addLayout(grid);
    content().addStretch(1);
    setFigures({});
}

QLabel* CollapsePanel::addFigure(QGridLayout& grid, const QString& name, const QString& explanation)
{
    const int place = grid.count() / 2; // two figures in a row, each a name and a number
    auto* label = new QLabel(name);
    auto* value = new QLabel;
    value->setTextInteractionFlags(Qt::TextSelectableByMouse);
    value->setAccessibleName(name);
    for (QLabel* each : {label, value}) {
        each->setToolTip(explanation);
    }
    grid.addWidget(label, place / 2, 2 * (place % 2));
    grid.addWidget(value, place / 2, 2 * (place % 2) + 1);
    return value;
}

void CollapsePanel::setFigures(const CollapseFigures& figures)
{
    m_verdict->setText(collapseVerdict(figures));
    showValue(m_deviation, figures.deviation);
    showValue(m_rank, figures.rank);
    showValue(m_alignment, figures.alignment);
    showValue(m_uniformity, figures.uniformity);
    m_dead->setText(figures.deadShare && std::isfinite(*figures.deadShare)
                        ? percentText(100 * *figures.deadShare)
                        : nothingText);
    keepRoomForLines();
}

void CollapsePanel::resizeEvent(QResizeEvent* event)
{
    Card::resizeEvent(event);
    keepRoomForLines();
}

void CollapsePanel::keepRoomForLines()
{
    setMinimumHeight(qMax(0, layout()->totalHeightForWidth(width())));
}

QString CollapsePanel::verdict() const
{
    return m_verdict->text();
}

CollapseFigures collapseFigures(const LiveCurves& curves)
{
    CollapseFigures figures;
    figures.deviation = newest(curves, "eval/feature_std");
    figures.rank = newest(curves, "eval/effective_rank");
    figures.alignment = newest(curves, "eval/alignment");
    figures.uniformity = newest(curves, "eval/uniformity");
    if (const auto dead = newest(curves, "eval/dead_dimensions")) {
        figures.deadShare = *dead / 100;
    }
    if (const auto rank = curves.find("eval/effective_rank"); rank && !rank->isEmpty()) {
        figures.step = rank->lastStep();
        const Extent extent = rank->extent(0, rank->size());
        if (!extent.isEmpty()) {
            figures.bestRank = extent.maximum;
        }
    }
    return figures;
}

} // namespace mocoscope::ui
