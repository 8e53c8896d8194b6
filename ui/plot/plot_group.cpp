// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plot/plot_group.h"

#include <algorithm>
#include <cmath>

namespace mocoscope::ui {

void PlotGroup::setUnit(AxisUnit unit)
{
    if (unit != m_unit) {
        m_unit = unit;
        m_crosshair.reset();
        reset();
    }
}

AxisRange PlotGroup::range() const
{
    if (m_chosen) {
        return *m_chosen;
    }
    std::optional<AxisRange> all;
    for (const Member& member : m_members) {
        if (const auto reach = member.reach()) {
            all = all ? AxisRange {std::min(all->minimum, reach->minimum),
                                   std::max(all->maximum, reach->maximum)}
                      : *reach;
        }
    }
    if (!all) {
        return {0, 1};
    }
    if (all->minimum == all->maximum) {
        return {all->minimum - 0.5, all->maximum + 0.5};
    }
    // A little room, so that the newest value does not stick to the edge.
    return {all->minimum, all->maximum + 0.01 * (all->maximum - all->minimum)};
}

void PlotGroup::choose(AxisRange range)
{
    const double size = range.maximum - range.minimum;
    const double place = std::max({1e-6, std::abs(range.minimum), std::abs(range.maximum)});
    if (!std::isfinite(size) || size < 1e-9 * place || place > 1e15) {
        return; // closer than numbers can tell apart, or out of this world
    }
    const bool followed = isFollowing();
    m_chosen = range;
    if (followed) {
        Q_EMIT followingChanged(false);
    }
    Q_EMIT viewChanged();
}

void PlotGroup::reset()
{
    const bool followed = isFollowing();
    m_chosen.reset();
    if (!followed) {
        Q_EMIT followingChanged(true);
    }
    Q_EMIT resetHappened();
    Q_EMIT viewChanged();
}

void PlotGroup::setCrosshair(std::optional<double> position)
{
    if (position != m_crosshair) {
        m_crosshair = position;
        Q_EMIT crosshairMoved(position);
    }
}

void PlotGroup::setSharesValues(bool shares)
{
    if (shares != m_sharesValues) {
        m_sharesValues = shares;
        Q_EMIT viewChanged();
    }
}

std::optional<AxisRange> PlotGroup::values(const AxisRange& x, bool isLogarithmic) const
{
    std::optional<AxisRange> all;
    for (const Member& member : m_members) {
        const auto range = member.values ? member.values(x, isLogarithmic) : std::nullopt;
        if (range) {
            all = all ? AxisRange {std::min(all->minimum, range->minimum),
                                   std::max(all->maximum, range->maximum)}
                      : *range;
        }
    }
    return all;
}

void PlotGroup::addMember(QObject* member, Reach reach, Values values)
{
    m_members.push_back({member, std::move(reach), std::move(values)});
    connect(member, &QObject::destroyed, this, [this, member] {
        std::erase_if(m_members, [member](const Member& known) { return known.object == member; });
    });
}

} // namespace mocoscope::ui
