// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>

namespace mocoscope::training {

/// Load and memory of this process and its machine. What cannot be read is left out.
struct MachineLoad
{
    std::optional<double> cpuPercent; ///< of all cores together, 0 … 100, by any process
    std::optional<double> processCpuPercent; ///< likewise, by this one
    std::optional<std::int64_t> processBytes; ///< resident
    std::optional<std::int64_t> usedBytes; ///< of the machine, what can be given back not counted
    std::optional<std::int64_t> totalBytes; ///< of the machine
};

/// Reads /proc. Not for several threads at once.
class ProcReader
{
public:
    /// `folder` stands in for /proc in tests. Loads are counted from here on.
    explicit ProcReader(std::filesystem::path folder = "/proc");

    /// Loads are those since the last call, memory is that of now.
    [[nodiscard]] MachineLoad read();

private:
    /// In ticks of the kernel's clock, of which all cores have the same.
    struct Ticks
    {
        std::int64_t all = 0; ///< of all cores
        std::int64_t idle = 0;
        std::int64_t process = 0;
    };
    [[nodiscard]] std::optional<Ticks> readTicks() const;
    void addMemory(MachineLoad& load) const;

    std::filesystem::path m_folder;
    std::optional<Ticks> m_before;
};

} // namespace mocoscope::training
