// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "storage/clock.h"

#include <atomic>

namespace mocoscope::testing {

/// A time of day that stands still until it is moved. Any thread; must outlive its users.
class ManualClock
{
public:
    void advance(storage::UtcMilliseconds milliseconds) { m_now += milliseconds; }
    [[nodiscard]] storage::UtcMilliseconds now() const { return m_now; }
    [[nodiscard]] storage::Clock clock() const
    {
        return [this] { return now(); };
    }

private:
    std::atomic<storage::UtcMilliseconds> m_now {1'700'000'000'000};
};

} // namespace mocoscope::testing
