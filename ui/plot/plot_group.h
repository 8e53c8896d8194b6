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

    /// Whether the plots have one vertical axis as well: for the same metric in each.
    void setSharesValues(bool shares);
    [[nodiscard]] bool sharesValues() const { return m_sharesValues; }
    /// What the members' values span within a part of the horizontal axis, those that have a place
    /// on a logarithmic axis or all; empty: no values.
    [[nodiscard]] std::optional<AxisRange> values(const AxisRange& x, bool isLogarithmic) const;

    /// A member tells how far its data reach; the range of a group that follows spans all of them.
    using Reach = std::function<std::optional<AxisRange>()>;
    /// And what its values span within a part of the horizontal axis.
    using Values = std::function<std::optional<AxisRange>(const AxisRange& x, bool isLogarithmic)>;
    void addMember(QObject* member, Reach reach, Values values = {});

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
        Values values;
    };
    bool m_sharesValues = false;
    AxisUnit m_unit = AxisUnit::Step;
    std::optional<AxisRange> m_chosen;
    std::optional<double> m_crosshair;
    std::vector<Member> m_members;
};

} // namespace mocoscope::ui
