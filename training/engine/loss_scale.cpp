// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/engine/loss_scale.h"

#include <algorithm>
#include <cmath>

namespace mocoscope::training {

namespace {

constexpr std::int64_t growthInterval = 2000; // steps
constexpr std::int64_t largestExponent = 24;

} // namespace

double LossScale::factor() const
{
    return m_isOn ? std::ldexp(1.0, static_cast<int>(m_state.exponent)) : 1.0;
}

void LossScale::addGoodStep()
{
    if (m_isOn && ++m_state.goodSteps >= growthInterval) {
        m_state.exponent = std::min(m_state.exponent + 1, largestExponent);
        m_state.goodSteps = 0;
    }
}

bool LossScale::reduce()
{
    if (!m_isOn || m_state.exponent <= 0) {
        return false;
    }
    m_state = {m_state.exponent - 1, 0};
    return true;
}

} // namespace mocoscope::training
