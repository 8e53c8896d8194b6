// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/collapse_verdict.h"

#include <QCoreApplication>

#include <cmath>

namespace mocoscope::ui {
namespace {

constexpr double alikeDeviation = 0.1;
constexpr double alikeRank = 1.5;
constexpr double deadShareOfTrouble = 0.5;
constexpr double shrunkShare = 0.5;

struct VerdictText
{
    Q_DECLARE_TR_FUNCTIONS(CollapseVerdict)
};

QString number(std::optional<double> value, int decimals)
{
    return QString::number(value.value_or(std::nan("")), 'f', decimals);
}

} // namespace

CollapseState collapseState(const CollapseFigures& figures)
{
    if (!figures.deviation || !figures.rank || !std::isfinite(*figures.deviation)) {
        return CollapseState::Unknown;
    }
    if (figures.step == 0) {
        return CollapseState::Untrained;
    }
    if (*figures.deviation < alikeDeviation || *figures.rank < alikeRank) {
        return CollapseState::Collapsed;
    }
    if (figures.deadShare.value_or(0) > deadShareOfTrouble) {
        return CollapseState::Partial;
    }
    const double best = figures.bestRank.value_or(*figures.rank);
    return *figures.rank < shrunkShare * best ? CollapseState::Shrinking : CollapseState::Healthy;
}

QString collapseVerdict(const CollapseFigures& figures)
{
    switch (collapseState(figures)) {
    case CollapseState::Untrained:
        return VerdictText::tr(
            "These are the features before the first step. A network with random weights "
            "sees little difference between images; what counts comes with the next "
            "evaluations.");
    case CollapseState::Healthy:
        return VerdictText::tr(
                   "No sign of collapse: the features of different images differ (deviation %1 of "
                   "at most 1) and use about %2 directions.")
            .arg(number(figures.deviation, 2), number(figures.rank, 0));
    case CollapseState::Shrinking:
        return VerdictText::tr(
                   "The features have lost directions: about %1 of the %2 that they used at their "
                   "best. Where accuracy falls as well, go back to an earlier checkpoint with a "
                   "smaller learning rate.")
            .arg(number(figures.rank, 0), number(figures.bestRank, 0));
    case CollapseState::Partial:
        return VerdictText::tr(
                   "%1 % of the feature dimensions no longer vary from image to image: a part of "
                   "the "
                   "network is unused. A smaller learning rate or a longer warm-up is the usual "
                   "remedy.")
            .arg(number(100 * figures.deadShare.value_or(0), 0));
    case CollapseState::Collapsed:
        return VerdictText::tr(
                   "Collapsed: all images look alike to the network (deviation %1, about %2 "
                   "direction(s)). It rarely recovers. Stop the run; a smaller learning rate, the "
                   "prediction head and the momentum encoder are what keeps features apart.")
            .arg(number(figures.deviation, 3), number(figures.rank, 1));
    case CollapseState::Unknown:
        break;
    }
    return figures.deviation
        ? VerdictText::tr(
            "The features are not finite: the weights have overflowed. Go back to a checkpoint.")
        : VerdictText::tr(
            "How far the features of different images differ is measured with every evaluation "
            "(evaluation.knn_every_epochs).");
}

} // namespace mocoscope::ui
