// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/monitors/proc_reader.h"

#include <algorithm>
#include <fstream>
#include <sstream>
#include <string>
#include <utility>

namespace mocoscope::training {

namespace {

/// The number of kB behind `name` in a file of lines "MemTotal:  16303428 kB", in bytes.
std::optional<std::int64_t> readKilobytes(std::istream& lines, const std::string& name)
{
    for (std::string line; std::getline(lines, line);) {
        if (!line.starts_with(name + ":")) {
            continue;
        }
        std::istringstream words(line.substr(name.size() + 1));
        std::int64_t kilobytes = 0;
        return words >> kilobytes ? std::optional(1024 * kilobytes) : std::nullopt;
    }
    return std::nullopt;
}

/// User and system time of `self/stat`. The name of the program, in brackets, may hold anything.
std::optional<std::int64_t> readProcessTicks(std::istream& file)
{
    std::string line;
    std::getline(file, line);
    const auto nameEnd = line.rfind(')');
    if (nameEnd == std::string::npos) {
        return std::nullopt;
    }
    std::istringstream words(line.substr(nameEnd + 1));
    constexpr int wordsBeforeTimes = 11; // state … majflt, cmajflt; see proc_pid_stat(5)
    std::string skipped;
    for (int i = 0; i < wordsBeforeTimes; ++i) {
        words >> skipped;
    }
    std::int64_t user = 0;
    std::int64_t system = 0;
    return words >> user >> system ? std::optional(user + system) : std::nullopt;
}

double percentOf(std::int64_t part, std::int64_t whole)
{
    return std::clamp(100.0 * static_cast<double>(part) / static_cast<double>(whole), 0.0, 100.0);
}

} // namespace

ProcReader::ProcReader(std::filesystem::path folder)
    : m_folder(std::move(folder))
    , m_before(readTicks())
{
}

std::optional<ProcReader::Ticks> ProcReader::readTicks() const
{
    std::ifstream machine(m_folder / "stat");
    std::string name;
    machine >> name;
    // user nice system idle iowait irq softirq steal; what comes after is part of user and nice
    constexpr int counters = 8;
    constexpr int idle = 3;
    constexpr int waitsForDisk = 4;
    Ticks ticks;
    for (int i = 0; i < counters; ++i) {
        std::int64_t count = 0;
        if (!(machine >> count)) {
            return std::nullopt;
        }
        ticks.all += count;
        ticks.idle += i == idle || i == waitsForDisk ? count : 0;
    }
    std::ifstream process(m_folder / "self" / "stat");
    const auto own = readProcessTicks(process);
    if (name != "cpu" || !own) {
        return std::nullopt;
    }
    ticks.process = *own;
    return ticks;
}

MachineLoad ProcReader::read()
{
    MachineLoad load;
    const auto now = readTicks();
    if (now && m_before && now->all > m_before->all) {
        const std::int64_t all = now->all - m_before->all;
        load.cpuPercent = percentOf(all - (now->idle - m_before->idle), all);
        load.processCpuPercent = percentOf(now->process - m_before->process, all);
    }
    m_before = now;
    addMemory(load);
    return load;
}

void ProcReader::addMemory(MachineLoad& load) const
{
    std::ifstream status(m_folder / "self" / "status");
    load.processBytes = readKilobytes(status, "VmRSS");
    std::ifstream memory(m_folder / "meminfo"); // MemTotal comes before MemAvailable
    load.totalBytes = readKilobytes(memory, "MemTotal");
    const auto available = readKilobytes(memory, "MemAvailable");
    if (load.totalBytes && available) {
        load.usedBytes = *load.totalBytes - *available;
    }
}

} // namespace mocoscope::training
