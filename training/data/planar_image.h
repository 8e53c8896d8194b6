// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace mocoscope::training {

/// 8-bit RGB as three planes behind each other, rows without padding. Memory only grows.
class PlanarImage
{
public:
    void resize(int width, int height)
    {
        m_width = width;
        m_height = height;
        if (m_bytes.size() < 3 * pixels()) {
            m_bytes.resize(3 * pixels());
        }
    }
    [[nodiscard]] int width() const { return m_width; }
    [[nodiscard]] int height() const { return m_height; }
    [[nodiscard]] std::size_t pixels() const
    {
        return static_cast<std::size_t>(m_width) * static_cast<std::size_t>(m_height);
    }
    /// 0 red, 1 green, 2 blue.
    [[nodiscard]] std::uint8_t* plane(std::size_t channel)
    {
        return m_bytes.data() + channel * pixels();
    }
    [[nodiscard]] const std::uint8_t* plane(std::size_t channel) const
    {
        return m_bytes.data() + channel * pixels();
    }

private:
    int m_width = 0;
    int m_height = 0;
    std::vector<std::uint8_t> m_bytes;
};

} // namespace mocoscope::training
