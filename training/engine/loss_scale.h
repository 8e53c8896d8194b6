// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>

namespace mocoscope::training {

/// The factor of the loss in fp16, which keeps small gradients from vanishing: as large as the
/// gradients bear. Doubled after 2000 steps without an overflow, halved by each overflow. A power
/// of two, so that gradients divided by it are exact. Source: Micikevicius et al. 2018; the same
/// numbers as torch.amp.GradScaler.
class LossScale
{
public:
    /// What a checkpoint keeps.
    struct State
    {
        std::int64_t exponent = 16;
        std::int64_t goodSteps = 0; ///< since it last changed
        bool operator==(const State&) const = default;
    };

    /// Off, the factor is 1.
    explicit LossScale(bool isOn)
        : m_isOn(isOn)
    {
    }

    [[nodiscard]] bool isOn() const { return m_isOn; }
    [[nodiscard]] double factor() const;
    [[nodiscard]] const State& state() const { return m_state; }
    void setState(const State& state) { m_state = state; }

    void addGoodStep();
    /// After gradients that were not finite. False where it can go no lower, or is off: then it was
    /// not the factor that made them so.
    [[nodiscard]] bool reduce();

private:
    bool m_isOn;
    State m_state;
};

} // namespace mocoscope::training
