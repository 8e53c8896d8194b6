// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/plot/canvas_scene.h"

#include <QObject>

#include <functional>
#include <optional>
#include <vector>

namespace mocoscope::ui {

/// What linked plots have in common: the horizontal axis, what is seen of it, and the crosshair.
class PlotGroup final : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

    [[nodiscard]] AxisUnit unit() const { return m_unit; }
    /// Shows everything again: a range in steps means nothing in seconds.
    void setUnit(AxisUnit unit);

    /// True until the user chooses a range: then all there is is shown, growing as it grows.
    [[nodiscard]] bool isFollowing() const { return !m_chosen.has_value(); }
    [[nodiscard]] AxisRange range() const;
    void choose(AxisRange range);
    /// Back to following.
    void reset();

    [[nodiscard]] std::optional<double> crosshair() const { return m_crosshair; }
    void setCrosshair(std::optional<double> position);

    /// A member tells how far its data reach; the range of a group that follows spans all of them.
    using Reach = std::function<std::optional<AxisRange>()>;
    void addMember(QObject* member, Reach reach);

Q_SIGNALS:
    void viewChanged();
    void crosshairMoved(std::optional<double> position);
    void followingChanged(bool follows);
    void resetHappened();

private:
    struct Member
    {
        QObject* object;
        Reach reach;
    };
    AxisUnit m_unit = AxisUnit::Step;
    std::optional<AxisRange> m_chosen;
    std::optional<double> m_crosshair;
    std::vector<Member> m_members;
};

} // namespace mocoscope::ui
